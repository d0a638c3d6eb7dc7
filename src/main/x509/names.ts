/** Distinguished names and GeneralName (RFC 5280, 4.1.2.4 and 4.2.1.6). */
import {
  children,
  contextPrimitive,
  contextTag,
  DerError,
  expectTag,
  fields,
  inner,
  readOid,
  readText,
  tag,
} from '../asn1/der.ts';
import type { Der } from '../asn1/der.ts';
import { oids } from '../asn1/oids.ts';

export interface NameAttribute {
  readonly type: string;
  readonly value: string;
}

export interface Name {
  readonly raw: Uint8Array;
  /** Relative distinguished names, outermost first; nearly always of one attribute each. */
  readonly rdns: readonly (readonly NameAttribute[])[];
  /** Equal for two names that RFC 5280, 7.1 calls the same. */
  readonly key: string;
}

const MAX_RDNS = 64;

/** A Name of at most 64 relative distinguished names (RFC 5280, 4.1.2.4). @throws DerError */
export function readName(node: Der): Name {
  const sets = children(expectTag(node, tag.sequence));
  if (sets.length > MAX_RDNS) throw new DerError('name of too many parts');
  const rdns = sets.map((set) => children(expectTag(set, tag.set)).map(readAttribute));
  return { raw: node.raw, rdns, key: rdns.map(rdnKey).join(',') };
}

function readAttribute(node: Der): NameAttribute {
  const parts = fields(node);
  const type = readOid(parts.next(tag.oid));
  const value = readText(parts.next());
  parts.end();
  return { type, value };
}

/** Case and runs of spaces do not distinguish names (RFC 5280, 7.1; RFC 4518). */
const fold = (value: string): string => value.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');

const rdnKey = (rdn: readonly NameAttribute[]): string =>
  rdn
    .map(({ type, value }) => `${type}=${JSON.stringify(fold(value))}`)
    .sort()
    .join('+');

/** Is `name` the same as `base` or below it? */
export function isWithin(name: Name, base: Name): boolean {
  return (
    name.rdns.length >= base.rdns.length &&
    base.rdns.every((rdn, index) => rdnKey(rdn) === rdnKey(name.rdns[index]!))
  );
}

/** Values of one attribute type, outermost first. */
export const attributeValues = (name: Name, type: string): string[] =>
  name.rdns.flat().flatMap((attribute) => (attribute.type === type ? [attribute.value] : []));

const SHORT: Readonly<Record<string, string>> = {
  [oids.commonName]: 'CN',
  [oids.country]: 'C',
  [oids.locality]: 'L',
  [oids.state]: 'ST',
  [oids.organisation]: 'O',
  [oids.organisationalUnit]: 'OU',
  [oids.title]: 'T',
  [oids.userId]: 'UID',
  [oids.domainComponent]: 'DC',
  [oids.emailAddress]: 'E',
  [oids.serialNumber]: 'SERIALNUMBER',
};

/** For people: `CN=…, OU=…, O=…, C=VN`, innermost first (RFC 4514 order). */
export const nameText = (name: Name): string =>
  name.rdns
    .toReversed()
    .map((rdn) => rdn.map(({ type, value }) => `${SHORT[type] ?? type}=${value}`).join('+'))
    .join(', ');

export type GeneralName =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly value: string }
  | { readonly kind: 'ip'; readonly value: Uint8Array }
  | { readonly kind: 'directory'; readonly value: Name }
  | { readonly kind: 'other'; readonly tag: number };

/** A GeneralName (RFC 5280, 4.2.1.6). Kinds that no rule of a path compares are kept by their tag. @throws DerError */
export function readGeneralName(node: Der): GeneralName {
  const ascii = (): string => Buffer.from(node.content).toString('latin1');
  switch (node.tag) {
    case contextPrimitive(1):
      return { kind: 'email', value: ascii() };
    case contextPrimitive(2):
      return { kind: 'dns', value: ascii() };
    case contextPrimitive(6):
      return { kind: 'uri', value: ascii() };
    case contextPrimitive(7):
      return { kind: 'ip', value: node.content };
    case contextTag(4):
      return { kind: 'directory', value: readName(inner(node)) };
    default:
      return { kind: 'other', tag: node.tag };
  }
}

/** The names of a GeneralNames, in their order (RFC 5280, 4.2.1.6). @throws DerError */
export const readGeneralNames = (node: Der): GeneralName[] => children(node).map(readGeneralName);
