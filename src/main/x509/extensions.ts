/** Certificate extensions (RFC 5280, 4.2), each read once into plain data. */
import {
  children,
  contextPrimitive,
  contextTag,
  DerError,
  expectTag,
  fields,
  hasBit,
  readBitString,
  readBoolean,
  readDer,
  readOid,
  readSmallInteger,
  tag,
} from '../asn1/der.ts';
import type { Der } from '../asn1/der.ts';
import { readGeneralName, readGeneralNames } from './names.ts';
import type { GeneralName } from './names.ts';
import { readDistributionPoints } from './distribution-point.ts';
import type { DistributionPoint } from './distribution-point.ts';
import { oids } from '../asn1/oids.ts';

/** KeyUsage bits in their order (RFC 5280, 4.2.1.3). */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

export interface Extensions {
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number };
  readonly keyUsage?: ReadonlySet<KeyUsage>;
  readonly extendedKeyUsage?: readonly string[];
  readonly subjectKeyIdentifier?: Uint8Array;
  readonly authorityKeyIdentifier?: Uint8Array;
  readonly subjectAltNames: readonly GeneralName[];
  readonly policies?: readonly string[];
  readonly policyMappings: readonly { readonly issuer: string; readonly subject: string }[];
  readonly requireExplicitPolicy?: number;
  readonly inhibitPolicyMapping?: number;
  readonly inhibitAnyPolicy?: number;
  readonly nameConstraints?: NameConstraints;
  readonly crlDistributionPoints: readonly DistributionPoint[];
  readonly freshestCrl: readonly DistributionPoint[];
  readonly ocspUrls: readonly string[];
  readonly issuerUrls: readonly string[];
  readonly ocspNoCheck: boolean;
  /** Critical extensions this program does not process: the certificate must then be refused. */
  readonly unknownCritical: readonly string[];
}

export interface RawExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** The Extensions SEQUENCE of a certificate, CRL or OCSP answer; one extension twice is an error. */
export function readExtensionList(node: Der | undefined): RawExtension[] {
  if (!node) return [];
  const seen = new Set<string>();
  return children(expectTag(node, tag.sequence)).map((entry) => {
    const parts = fields(entry);
    const oid = readOid(parts.next(tag.oid));
    const criticalField = parts.optional(tag.boolean);
    const value = parts.next(tag.octetString).content;
    parts.end();
    if (seen.has(oid)) throw new DerError('extension twice');
    seen.add(oid);
    return { oid, critical: criticalField ? readBoolean(criticalField) : false, value };
  });
}

type Mutable = { -readonly [K in keyof Extensions]: Extensions[K] };
type Reader = (into: Mutable, value: Der) => void;

const READERS: Readonly<Record<string, Reader>> = {
  [oids.basicConstraints](into, value) {
    const parts = fields(value);
    const ca = parts.optional(tag.boolean);
    const pathLength = parts.optional(tag.integer);
    parts.end();
    into.basicConstraints = {
      ca: ca ? readBoolean(ca) : false,
      ...(pathLength && { pathLength: readSmallInteger(pathLength) }),
    };
  },
  [oids.keyUsage](into, value) {
    const bits = readBitString(expectTag(value, tag.bitString));
    into.keyUsage = new Set(KEY_USAGES.filter((_, bit) => hasBit(bits, bit)));
  },
  [oids.extendedKeyUsage](into, value) {
    into.extendedKeyUsage = children(expectTag(value, tag.sequence)).map(readOid);
  },
  [oids.subjectKeyIdentifier](into, value) {
    into.subjectKeyIdentifier = expectTag(value, tag.octetString).content;
  },
  [oids.authorityKeyIdentifier](into, value) {
    const keyId = fields(value).optional(contextPrimitive(0));
    if (keyId) into.authorityKeyIdentifier = keyId.content;
  },
  [oids.subjectAltName](into, value) {
    into.subjectAltNames = readGeneralNames(expectTag(value, tag.sequence));
  },
  [oids.certificatePolicies](into, value) {
    const policies = children(expectTag(value, tag.sequence)).map((entry) =>
      readOid(fields(entry).next(tag.oid)),
    );
    if (new Set(policies).size !== policies.length) throw new DerError('policy twice');
    into.policies = policies;
  },
  [oids.policyMappings](into, value) {
    into.policyMappings = children(expectTag(value, tag.sequence)).map((entry) => {
      const parts = fields(entry);
      return { issuer: readOid(parts.next(tag.oid)), subject: readOid(parts.next(tag.oid)) };
    });
  },
  [oids.policyConstraints](into, value) {
    const parts = fields(value);
    const explicit = parts.optional(contextPrimitive(0));
    const mapping = parts.optional(contextPrimitive(1));
    parts.end();
    if (explicit) into.requireExplicitPolicy = readSmallInteger(explicit);
    if (mapping) into.inhibitPolicyMapping = readSmallInteger(mapping);
  },
  [oids.inhibitAnyPolicy](into, value) {
    into.inhibitAnyPolicy = readSmallInteger(expectTag(value, tag.integer));
  },
  [oids.nameConstraints](into, value) {
    const parts = fields(value);
    const permitted = parts.optional(contextTag(0));
    const excluded = parts.optional(contextTag(1));
    parts.end();
    into.nameConstraints = { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded) };
  },
  [oids.crlDistributionPoints](into, value) {
    into.crlDistributionPoints = readDistributionPoints(value);
  },
  [oids.freshestCrl](into, value) {
    into.freshestCrl = readDistributionPoints(value);
  },
  [oids.authorityInfoAccess](into, value) {
    into.ocspUrls = accessUrls(value, oids.accessOcsp);
    into.issuerUrls = accessUrls(value, oids.accessIssuers);
  },
  [oids.ocspNoCheck](into) {
    into.ocspNoCheck = true;
  },
};

/** Addresses an AuthorityInfoAccess gives for a method (4.2.2.1; of a CRL, 5.2.7). */
export const accessUrls = (value: Der, method: string): string[] =>
  children(expectTag(value, tag.sequence)).flatMap((entry) => {
    const parts = fields(entry);
    const isWanted = readOid(parts.next(tag.oid)) === method;
    const location = readGeneralName(parts.next());
    return isWanted && location.kind === 'uri' ? [location.value] : [];
  });

/** Every base of the subtrees; minimum and maximum must have their only allowed values (RFC 5280, 4.2.1.10). */
function readSubtrees(node: Der | undefined): GeneralName[] {
  if (!node) return [];
  return children(node).map((subtree) => {
    const parts = fields(subtree);
    const base = readGeneralName(parts.next());
    parts.end();
    return base;
  });
}

/** @param node the Extensions SEQUENCE of a TBSCertificate, if it has one */
export function readExtensions(node: Der | undefined): Extensions {
  const into: Mutable = {
    subjectAltNames: [],
    policyMappings: [],
    crlDistributionPoints: [],
    freshestCrl: [],
    ocspUrls: [],
    issuerUrls: [],
    ocspNoCheck: false,
    unknownCritical: [],
  };
  const unknown: string[] = [];
  for (const { oid, critical, value } of readExtensionList(node)) {
    const reader = Object.hasOwn(READERS, oid) ? READERS[oid] : undefined;
    if (reader) reader(into, readDer(value));
    else if (critical) unknown.push(oid);
  }
  return { ...into, unknownCritical: unknown };
}
