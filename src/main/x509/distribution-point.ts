/** CRL distribution points and the issuing distribution point of a CRL (RFC 5280, 4.2.1.13 and 5.2.5). */
import {
  children,
  contextPrimitive,
  contextTag,
  DerError,
  expectTag,
  fields,
  hasBit,
  inner,
  readBitString,
  readBoolean,
  readDer,
  tag,
} from '../asn1/der.ts';
import type { Der } from '../asn1/der.ts';
import { readGeneralNames, readName } from './names.ts';
import type { GeneralName, Name } from './names.ts';
import { encode } from '../asn1/der-write.ts';

/** ReasonFlags as bits 1 to 8; bit 0 is unused and never set. */
export type ReasonMask = number;
export const ALL_REASONS: ReasonMask = 0b1_1111_1110;

export type DistributionPointName =
  | { readonly kind: 'full'; readonly names: readonly GeneralName[] }
  /** To be appended to the issuer's name. */
  | { readonly kind: 'relative'; readonly rdn: Uint8Array };

export interface DistributionPoint {
  readonly name: DistributionPointName | undefined;
  readonly reasons: ReasonMask;
  readonly crlIssuer: readonly GeneralName[];
}

export interface IssuingDistributionPoint {
  readonly name: DistributionPointName | undefined;
  readonly onlyUserCerts: boolean;
  readonly onlyCaCerts: boolean;
  readonly reasons: ReasonMask;
  readonly indirect: boolean;
  readonly onlyAttributeCerts: boolean;
}

/** The points of a cRLDistributionPoints or freshestCRL extension (RFC 5280, 4.2.1.13, 4.2.1.15). @throws DerError */
export function readDistributionPoints(node: Der): DistributionPoint[] {
  return children(expectTag(node, tag.sequence)).map((entry) => {
    const parts = fields(entry);
    const name = parts.optional(contextTag(0));
    const reasons = parts.optional(contextPrimitive(1));
    const crlIssuer = parts.optional(contextTag(2));
    parts.end();
    return {
      name: name && readPointName(inner(name)),
      reasons: reasons ? reasonMask(reasons) : ALL_REASONS,
      crlIssuer: crlIssuer ? readGeneralNames(crlIssuer) : [],
    };
  });
}

function readPointName(node: Der): DistributionPointName {
  if (node.tag === contextTag(0)) return { kind: 'full', names: readGeneralNames(node) };
  if (node.tag === contextTag(1)) return { kind: 'relative', rdn: node.content };
  throw new DerError('DistributionPointName');
}

function reasonMask(node: Der): ReasonMask {
  const bits = readBitString(node);
  let mask = 0;
  for (let bit = 1; bit <= 8; bit++) if (hasBit(bits, bit)) mask |= 1 << bit;
  return mask;
}

/** @param value contents of the extension */
export function readIssuingDistributionPoint(value: Uint8Array): IssuingDistributionPoint {
  const parts = fields(readDer(value));
  const name = parts.optional(contextTag(0));
  const flag = (n: number): boolean => {
    const field = parts.optional(contextPrimitive(n));
    return field ? readBoolean({ ...field, tag: tag.boolean }) : false;
  };
  const onlyUserCerts = flag(1);
  const onlyCaCerts = flag(2);
  const reasons = parts.optional(contextPrimitive(3));
  const indirect = flag(4);
  const onlyAttributeCerts = flag(5);
  parts.end();
  return {
    name: name && readPointName(inner(name)),
    onlyUserCerts,
    onlyCaCerts,
    reasons: reasons ? reasonMask(reasons) : ALL_REASONS,
    indirect,
    onlyAttributeCerts,
  };
}

/** The names a point goes by, comparable as strings; a relative one is completed with its issuer's name. */
export function pointKeys(point: DistributionPointName, issuer: Name): string[] {
  if (point.kind === 'full') return generalNameKeys(point.names);
  const rdns = children(readDer(issuer.raw)).map(({ raw }) => raw);
  const whole = encode(tag.sequence, ...rdns, encode(tag.set, point.rdn));
  return [`directory:${readName(readDer(whole)).key}`];
}

/** Directory names and URIs as strings that are equal when the names are; other kinds of names have none. */
export const generalNameKeys = (names: readonly GeneralName[]): string[] =>
  names.flatMap((name) => {
    if (name.kind === 'directory') return [`directory:${name.value.key}`];
    return name.kind === 'uri' ? [`uri:${name.value}`] : [];
  });
