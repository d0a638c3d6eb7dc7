/** X.509 certificates (RFC 5280, 4) read from DER. What they say is judged elsewhere. */
import { createHash } from '../crypto/index.ts';
import { readAlgorithm } from './algorithms.ts';
import type { AlgorithmIdentifier } from './algorithms.ts';
import { readExtensions } from './extensions.ts';
import type { Extensions } from './extensions.ts';
import {
  contextPrimitive,
  contextTag,
  DerError,
  fields,
  inner,
  integerOctets,
  readBitOctets,
  readSmallInteger,
  readTime,
  tag,
} from '../asn1/der.ts';
import { readSigned, requireSameAlgorithm } from './signed.ts';
import { readName } from './names.ts';
import type { Name } from './names.ts';

export interface Certificate {
  readonly der: Uint8Array;
  /** SHA-256 of the DER, lower-case hexadecimal: the identity of a certificate everywhere in the program. */
  readonly fingerprint: string;
  /** The signed part. */
  readonly tbs: Uint8Array;
  readonly version: number;
  /** Contents octets of the serial number. */
  readonly serial: Uint8Array;
  readonly issuer: Name;
  readonly subject: Name;
  /** UTC milliseconds, both inclusive (RFC 5280, 4.1.2.5). */
  readonly notBefore: number;
  readonly notAfter: number;
  /** SubjectPublicKeyInfo, whole. */
  readonly spki: Uint8Array;
  readonly keyAlgorithm: AlgorithmIdentifier;
  /** Contents of subjectPublicKey: what key identifiers and OCSP hash. */
  readonly keyBytes: Uint8Array;
  readonly extensions: Extensions;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

const MAX_CERTIFICATE = 1 << 18;

/** @throws DerError when the bytes are not exactly one well-formed certificate */
export function readCertificate(der: Uint8Array): Certificate {
  if (der.length > MAX_CERTIFICATE) throw new DerError('certificate above 256 KiB');
  const signed = readSigned(der);
  const { tbs, signatureAlgorithm, signature } = signed;
  const parts = fields(tbs);
  const versionField = parts.optional(contextTag(0));
  const version = versionField ? readSmallInteger(inner(versionField)) + 1 : 1;
  const serial = integerOctets(parts.next(tag.integer));
  requireSameAlgorithm(parts.next(tag.sequence), signed);
  const issuer = readName(parts.next(tag.sequence));
  const validity = fields(parts.next(tag.sequence));
  const notBefore = readTime(validity.next());
  const notAfter = readTime(validity.next());
  validity.end();
  const subject = readName(parts.next(tag.sequence));
  const spki = parts.next(tag.sequence);
  parts.optional(contextPrimitive(1));
  parts.optional(contextPrimitive(2));
  const extensionField = parts.optional(contextTag(3));
  parts.end();
  if (extensionField && version !== 3) throw new DerError('extensions in an old certificate version');

  const keyParts = fields(spki);
  const keyAlgorithm = readAlgorithm(keyParts.next(tag.sequence));
  const keyBytes = readBitOctets(keyParts.next());
  keyParts.end();
  return {
    der,
    fingerprint: createHash('sha256').update(der).digest('hex'),
    tbs: tbs.raw,
    version,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    spki: spki.raw,
    keyAlgorithm,
    keyBytes,
    extensions: readExtensions(extensionField && inner(extensionField)),
    signatureAlgorithm,
    signature,
  };
}

/** The certificate, or null when the bytes are none: for bags in which anything may lie. */
export function tryReadCertificate(der: Uint8Array): Certificate | null {
  try {
    return readCertificate(der);
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

/** Serial number as people read it: upper-case hexadecimal. */
export const serialText = ({ serial }: Pick<Certificate, 'serial'>): string =>
  Buffer.from(serial)
    .toString('hex')
    .toUpperCase()
    .replace(/^00(?=.)/, '');

/** Whether issuer and subject are the same name (RFC 5280, 6.1); its signature may still be of another key. */
export const isSelfIssued = (certificate: Certificate): boolean =>
  certificate.subject.key === certificate.issuer.key;

/** Whether two arrays hold the same octets. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
