/**
 * Certificate revocation lists (RFC 5280, 5). The entries stay bytes: looking one up scans them, which costs
 * less for the few certificates of a document than reading a list of hundreds of thousands into objects.
 */
import { signatureScheme, UnsupportedAlgorithm, verifySignature } from './algorithms.ts';
import type { AlgorithmIdentifier } from './algorithms.ts';
import {
  contextPrimitive,
  contextTag,
  DerError,
  expectTag,
  fields,
  inner,
  integerOctets,
  readDer,
  readDerAt,
  readSmallInteger,
  readTime,
  readInteger,
  tag,
} from '../asn1/der.ts';
import { readDistributionPoints, readIssuingDistributionPoint } from './distribution-point.ts';
import type { DistributionPoint, IssuingDistributionPoint } from './distribution-point.ts';
import { accessUrls, readExtensionList } from './extensions.ts';
import type { RawExtension } from './extensions.ts';
import { readSigned, requireSameAlgorithm } from './signed.ts';
import { readGeneralNames, readName } from './names.ts';
import type { Name } from './names.ts';
import { oids } from '../asn1/oids.ts';
import type { Certificate } from './certificate.ts';

export interface Crl {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly issuer: Name;
  /** UTC milliseconds. */
  readonly thisUpdate: number;
  /** Infinity when the list names none (RFC 5280 demands one). */
  readonly nextUpdate: number;
  /** Contents of revokedCertificates. */
  readonly entries: Uint8Array;
  readonly number: bigint | undefined;
  /** The base list a delta list builds on. */
  readonly deltaBase: bigint | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  readonly scope: IssuingDistributionPoint | undefined;
  /** The issuing distribution point as encoded: a delta must have the same as its base. */
  readonly scopeRaw: Uint8Array | undefined;
  readonly freshest: readonly DistributionPoint[];
  /** Where the certificate of its signer is to be had (5.2.7). */
  readonly issuerUrls: readonly string[];
  /** A critical extension is unknown, of the list or of an entry: the list must not be used (5.2, 5.3). */
  readonly unusable: boolean;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

const MAX_CRL = 64 * 1024 * 1024;

/** @throws DerError when the bytes are not exactly one well-formed CRL */
export function readCrl(der: Uint8Array): Crl {
  if (der.length > MAX_CRL) throw new DerError('CRL above 64 MiB');
  const signed = readSigned(der);
  const { tbs, signatureAlgorithm, signature } = signed;
  const parts = fields(tbs);
  const version = parts.optional(tag.integer);
  if (version && readSmallInteger(version) !== 1) throw new DerError('CRL version');
  requireSameAlgorithm(parts.next(tag.sequence), signed);
  const issuer = readName(parts.next(tag.sequence));
  const thisUpdate = readTime(parts.next());
  const nextField = parts.optional(tag.utcTime) ?? parts.optional(tag.generalizedTime);
  const entries = parts.optional(tag.sequence)?.content ?? new Uint8Array();
  const extensionField = parts.optional(contextTag(0));
  parts.end();

  const extensions = new Map(
    readExtensionList(extensionField && inner(extensionField)).map((extension) => [extension.oid, extension]),
  );
  const number = (oid: string): bigint | undefined => {
    const extension = extensions.get(oid);
    return extension && readInteger(expectTag(readDer(extension.value), tag.integer));
  };
  const scopeRaw = extensions.get(oids.issuingDistributionPoint)?.value;
  const freshest = extensions.get(oids.freshestCrl)?.value;
  const access = extensions.get(oids.authorityInfoAccess)?.value;
  return {
    der,
    tbs: tbs.raw,
    issuer,
    thisUpdate,
    nextUpdate: nextField ? readTime(nextField) : Infinity,
    entries,
    number: number(oids.crlNumber),
    deltaBase: number(oids.deltaCrlIndicator),
    authorityKeyIdentifier: keyIdentifierOf(extensions.get(oids.authorityKeyIdentifier)),
    scope: scopeRaw && readIssuingDistributionPoint(scopeRaw),
    scopeRaw,
    freshest: freshest ? readDistributionPoints(readDer(freshest)) : [],
    issuerUrls: access ? accessUrls(readDer(access), oids.accessIssuers) : [],
    unusable:
      [...extensions.values()].some(({ oid, critical }) => critical && !KNOWN.has(oid)) ||
      hasUnknownEntry(entries),
    signatureAlgorithm,
    signature,
  };
}

const KNOWN: ReadonlySet<string> = new Set([
  oids.crlNumber,
  oids.deltaCrlIndicator,
  oids.issuingDistributionPoint,
  oids.authorityKeyIdentifier,
  oids.freshestCrl,
  oids.authorityInfoAccess,
]);
const KNOWN_OF_ENTRY: ReadonlySet<string> = new Set([oids.reasonCode, oids.certificateIssuer]);

function keyIdentifierOf(extension: RawExtension | undefined): Uint8Array | undefined {
  return extension && fields(readDer(extension.value)).optional(contextPrimitive(0))?.content;
}

export interface Revocation {
  /** UTC milliseconds. */
  readonly at: number;
  /** CRLReason (RFC 5280, 5.3.1); 0 when none is given. */
  readonly reason: number;
}
/** CRLReason removeFromCRL: only in delta lists, takes an entry back. */
export const REMOVED = 8;

/** What the list says of the certificate with this serial number of this issuer; null when it is not listed. */
export function findRevocation(crl: Crl, serial: Uint8Array, issuer: Name): Revocation | null {
  const { entries } = crl;
  const isIndirect = crl.scope?.indirect ?? false;
  let entryIssuer = crl.issuer.key;
  for (let at = 0; at < entries.length;) {
    const { start, end } = span(entries, at);
    if (isIndirect) entryIssuer = issuerNamed(entries.subarray(at, end)) ?? entryIssuer;
    if (hasSerial(entries, start, serial) && entryIssuer === issuer.key)
      return readEntry(entries.subarray(at, end));
    at = end;
  }
  return null;
}

/** Contents start and end of the value at `at`, without making an object for it. */
function span(bytes: Uint8Array, at: number): { start: number; end: number } {
  const first = bytes[at + 1] ?? 0x80;
  if (first < 0x80 && at + 2 + first <= bytes.length) return { start: at + 2, end: at + 2 + first };
  const { raw, content } = readDerAt(bytes, at);
  return { start: at + raw.length - content.length, end: at + raw.length };
}

/** Is the INTEGER at `at` this serial number? Numbers above 127 octets never are. */
function hasSerial(bytes: Uint8Array, at: number, serial: Uint8Array): boolean {
  if (bytes[at + 1] !== serial.length) return false;
  for (let i = 0; i < serial.length; i++) if (bytes[at + 2 + i] !== serial[i]) return false;
  return true;
}

function entryExtensions(entry: Uint8Array): RawExtension[] {
  const parts = fields(readDer(entry));
  parts.next(tag.integer);
  parts.next();
  const list = parts.optional(tag.sequence);
  parts.end();
  return readExtensionList(list);
}

/** 5.3.3: an entry that names an issuer speaks of that one's certificates, and so do those behind it. */
function issuerNamed(entry: Uint8Array): string | undefined {
  const extension = entryExtensions(entry).find(({ oid }) => oid === oids.certificateIssuer);
  if (!extension) return undefined;
  const [name] = readGeneralNames(readDer(extension.value));
  if (name?.kind !== 'directory') throw new DerError('certificateIssuer');
  return name.value.key;
}

function readEntry(entry: Uint8Array): Revocation {
  const parts = fields(readDer(entry));
  integerOctets(parts.next(tag.integer));
  const at = readTime(parts.next());
  const reason = entryExtensions(entry).find(({ oid }) => oid === oids.reasonCode);
  return { at, reason: reason ? readSmallInteger(expectTag(readDer(reason.value), tag.enumerated)) : 0 };
}

/** `SEQUENCE { SEQUENCE { reasonCode, OCTET STRING { ENUMERATED …` up to the reason: what nearly all entries end in. */
const REASON_ONLY = Buffer.from('300c300a0603551d1504030a01', 'hex');

function hasUnknownEntry(entries: Uint8Array): boolean {
  for (let at = 0; at < entries.length;) {
    const { start, end } = span(entries, at);
    if (entries[at] !== tag.sequence) throw new DerError('CRL entry');
    const date = span(entries, span(entries, start).end);
    if (date.end < end && !isReasonOnly(entries, date.end, end)) {
      const extensions = entryExtensions(entries.subarray(at, end));
      if (extensions.some(({ oid, critical }) => critical && !KNOWN_OF_ENTRY.has(oid))) return true;
    }
    at = end;
  }
  return false;
}

function isReasonOnly(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at !== REASON_ONLY.length + 1) return false;
  for (let i = 0; i < REASON_ONLY.length; i++) if (bytes[at + i] !== REASON_ONLY[i]) return false;
  return true;
}

/** Was the list signed with the key of `signer`, who may sign lists (5, 6.3.3 f, g)? */
export function isCrlSignedBy(crl: Crl, signer: Certificate): boolean {
  const { keyUsage } = signer.extensions;
  if (keyUsage && !keyUsage.has('cRLSign')) return false;
  try {
    return verifySignature(signatureScheme(crl.signatureAlgorithm), signer.spki, [crl.tbs], crl.signature);
  } catch (error) {
    if (error instanceof UnsupportedAlgorithm || error instanceof DerError) return false;
    throw error;
  }
}

/** The lists in a file: DER, or PEM with one or several blocks; nothing when it holds none. */
export const crlsOf = (ders: readonly Uint8Array[]): Crl[] =>
  ders.flatMap((der) => {
    try {
      return [readCrl(der)];
    } catch (error) {
      if (error instanceof DerError) return [];
      throw error;
    }
  });
