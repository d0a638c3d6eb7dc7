/** OCSP answers (RFC 6960): read strictly into plain data, and judged for one certificate. */
import { createHash } from '../crypto/index.ts';
import type { Digest } from '../crypto/index.ts';
import {
  digestOf,
  readAlgorithm,
  signatureScheme,
  UnsupportedAlgorithm,
  verifySignature,
} from './algorithms.ts';
import type { AlgorithmIdentifier } from './algorithms.ts';
import {
  children,
  contextPrimitive,
  contextTag,
  DerError,
  expectTag,
  fields,
  inner,
  readBitOctets,
  readDer,
  readOid,
  readSmallInteger,
  readTime,
  tag,
} from '../asn1/der.ts';
import type { Der } from '../asn1/der.ts';
import { readExtensionList } from './extensions.ts';
import { readName } from './names.ts';
import type { Name } from './names.ts';
import { oids } from '../asn1/oids.ts';
import { isSignedBy } from './path.ts';
import { sameBytes, tryReadCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';

/** What an answer says of one certificate (4.2.1, SingleResponse). */
export interface OcspAnswer {
  readonly hashAlgorithm: AlgorithmIdentifier;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Contents octets. */
  readonly serial: Uint8Array;
  readonly status: 'good' | 'revoked' | 'unknown';
  /** UTC milliseconds and CRLReason of a revoked certificate. */
  readonly revokedAt: number | null;
  readonly reason: number | null;
  readonly thisUpdate: number;
  /** Null: newer information is available at any time (4.2.2.1). */
  readonly nextUpdate: number | null;
}

export interface OcspResponse {
  /** The whole OCSPResponse, as /OCSPs of a DSS wants it. */
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly responder: { readonly name: Name } | { readonly keyHash: Uint8Array };
  readonly producedAt: number;
  readonly answers: readonly OcspAnswer[];
  readonly nonce: Uint8Array | undefined;
  readonly certificates: readonly Certificate[];
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

/** OCSPResponseStatus other than successful (4.2.1). */
const REFUSALS: Readonly<Record<number, string>> = {
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
};

const MAX_RESPONSE = 1024 * 1024;
const MAX_ANSWERS = 1000;
const MAX_CERTIFICATES = 20;

/** @throws DerError when the bytes are not exactly one successful basic response; its message names a refusal */
export function readOcspResponse(der: Uint8Array): OcspResponse {
  if (der.length > MAX_RESPONSE) throw new DerError('OCSP response above 1 MiB');
  const outer = fields(readDer(der));
  const status = readSmallInteger(outer.next(tag.enumerated));
  if (status !== 0) throw new DerError(REFUSALS[status] ?? `response status ${status}`);
  const typed = fields(inner(outer.next(contextTag(0))));
  outer.end();
  if (readOid(typed.next(tag.oid)) !== oids.ocspBasic) throw new DerError('not a basic OCSP response');
  const basic = fields(readDer(typed.next(tag.octetString).content));
  typed.end();
  const tbs = basic.next(tag.sequence);
  const signatureAlgorithm = readAlgorithm(basic.next(tag.sequence));
  const signature = readBitOctets(basic.next());
  const certificateField = basic.optional(contextTag(0));
  basic.end();
  const carried = certificateField ? children(inner(certificateField)) : [];
  if (carried.length > MAX_CERTIFICATES) throw new DerError('too many certificates');
  return {
    der,
    tbs: tbs.raw,
    ...readResponseData(tbs),
    certificates: carried.flatMap(({ raw }) => tryReadCertificate(raw) ?? []),
    signatureAlgorithm,
    signature,
  };
}

function readResponseData(tbs: Der): Pick<OcspResponse, 'responder' | 'producedAt' | 'answers' | 'nonce'> {
  const parts = fields(tbs);
  const version = parts.optional(contextTag(0));
  if (version && readSmallInteger(inner(version)) !== 0) throw new DerError('OCSP version');
  const responder = parts.next();
  const producedAt = readTime(parts.next(tag.generalizedTime));
  const answers = children(parts.next(tag.sequence));
  if (answers.length > MAX_ANSWERS) throw new DerError('too many answers');
  const extensionField = parts.optional(contextTag(1));
  parts.end();
  const extensions = readExtensionList(extensionField && inner(extensionField));
  if (extensions.some(({ oid, critical }) => critical && oid !== oids.ocspNonce))
    throw new DerError('unknown critical extension');
  const nonce = extensions.find(({ oid }) => oid === oids.ocspNonce)?.value;
  return { responder: readResponder(responder), producedAt, answers: answers.map(readAnswer), nonce };
}

function readResponder(node: Der): OcspResponse['responder'] {
  if (node.tag === contextTag(1)) return { name: readName(inner(node)) };
  if (node.tag === contextTag(2)) return { keyHash: expectTag(inner(node), tag.octetString).content };
  throw new DerError('ResponderID');
}

function readAnswer(node: Der): OcspAnswer {
  const parts = fields(node);
  const id = fields(parts.next(tag.sequence));
  const hashAlgorithm = readAlgorithm(id.next(tag.sequence));
  const issuerNameHash = id.next(tag.octetString).content;
  const issuerKeyHash = id.next(tag.octetString).content;
  const serial = id.next(tag.integer).content;
  id.end();
  const status = readStatus(parts.next());
  const thisUpdate = readTime(parts.next(tag.generalizedTime));
  const next = parts.optional(contextTag(0));
  const extensionField = parts.optional(contextTag(1));
  parts.end();
  if (readExtensionList(extensionField && inner(extensionField)).some(({ critical }) => critical))
    throw new DerError('unknown critical extension');
  const nextUpdate = next ? readTime(expectTag(inner(next), tag.generalizedTime)) : null;
  return { hashAlgorithm, issuerNameHash, issuerKeyHash, serial, ...status, thisUpdate, nextUpdate };
}

function readStatus(node: Der): Pick<OcspAnswer, 'status' | 'revokedAt' | 'reason'> {
  if (node.tag === contextPrimitive(0)) return { status: 'good', revokedAt: null, reason: null };
  if (node.tag === contextPrimitive(2)) return { status: 'unknown', revokedAt: null, reason: null };
  const parts = fields(node, contextTag(1));
  const revokedAt = readTime(parts.next(tag.generalizedTime));
  const reason = parts.optional(contextTag(0));
  parts.end();
  return { status: 'revoked', revokedAt, reason: reason ? readSmallInteger(inner(reason)) : 0 };
}

/** The hashes by which a request or an answer names a certificate's issuer (4.1.1, CertID). */
export function issuerHashes(issuer: Certificate, digest: Digest): { name: Uint8Array; key: Uint8Array } {
  const hash = (bytes: Uint8Array): Uint8Array => createHash(digest).update(bytes).digest();
  return { name: hash(issuer.subject.raw), key: hash(issuer.keyBytes) };
}

/** What the response says of `certificate`; null when it does not speak of it. */
export function answerFor(
  response: OcspResponse,
  certificate: Certificate,
  issuer: Certificate,
): OcspAnswer | null {
  const found = response.answers.find((answer) => {
    if (!sameBytes(answer.serial, certificate.serial)) return false;
    try {
      const hashes = issuerHashes(issuer, digestOf(answer.hashAlgorithm));
      return sameBytes(answer.issuerNameHash, hashes.name) && sameBytes(answer.issuerKeyHash, hashes.key);
    } catch (error) {
      if (error instanceof UnsupportedAlgorithm) return false;
      throw error;
    }
  });
  return found ?? null;
}

/**
 * The certificate that signed the response: the issuer's own, or one that the issuer issued directly for
 * id-kp-OCSPSigning and that was in its period when the response was made (RFC 6960, 4.2.2.2). Null when somebody else
 * signed.
 */
export function authorisedResponder(response: OcspResponse, issuer: Certificate): Certificate | null {
  return (
    [issuer, ...response.certificates].find(
      (candidate) =>
        isNamed(response, candidate) &&
        (sameBytes(candidate.der, issuer.der) || isDelegate(candidate, issuer, response.producedAt)) &&
        isSignature(response, candidate),
    ) ?? null
  );
}

function isNamed({ responder }: OcspResponse, candidate: Certificate): boolean {
  if ('name' in responder) return responder.name.key === candidate.subject.key;
  return sameBytes(responder.keyHash, createHash('sha1').update(candidate.keyBytes).digest());
}

function isDelegate(candidate: Certificate, issuer: Certificate, at: number): boolean {
  return (
    candidate.issuer.key === issuer.subject.key &&
    (candidate.extensions.extendedKeyUsage?.includes(oids.ocspSigning) ?? false) &&
    candidate.extensions.unknownCritical.length === 0 &&
    at >= candidate.notBefore &&
    at <= candidate.notAfter &&
    isSignedBy(candidate, issuer)
  );
}

function isSignature({ signatureAlgorithm, tbs, signature }: OcspResponse, signer: Certificate): boolean {
  try {
    return verifySignature(signatureScheme(signatureAlgorithm), signer.spki, [tbs], signature);
  } catch (error) {
    if (error instanceof UnsupportedAlgorithm || error instanceof DerError) return false;
    throw error;
  }
}
