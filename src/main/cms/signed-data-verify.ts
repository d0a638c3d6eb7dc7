/** Does a CMS signature hold over its content? (RFC 5652, 5.4 and 5.6; RFC 5035) */
import { createHash } from '../crypto/index.ts';
import {
  digestOf,
  keyBits,
  schemeName,
  signatureScheme,
  UnsupportedAlgorithm,
  verifySignature,
} from '../x509/algorithms.ts';
import type { DigestName, SignatureScheme } from '../x509/algorithms.ts';
import { DerError } from '../asn1/der.ts';
import { identified } from './signed-data-read.ts';
import type { CertificateBinding, SignedData, SignerInfo } from './signed-data-read.ts';
import { oids } from '../asn1/oids.ts';
import { sameBytes } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';

/** What was signed, read as often as needed. */
export interface Content {
  (): Iterable<Uint8Array>;
  /** Its hash, where that is cheaper than reading it. */
  readonly hash?: (digest: DigestName) => Uint8Array;
}

export type CmsFault =
  /** The content is not the one signed. */
  | 'modified'
  /** The signature value does not belong to the signed attributes and the certificate. */
  | 'bad-signature'
  /** The attributes contradict the rules; `detail` says which. */
  | 'bad-format'
  | 'unsupported'
  | 'certificate-missing';

export interface CmsFacts {
  readonly fault: CmsFault | null;
  /** For `bad-format` and `unsupported`: a technical word. */
  readonly detail: string;
  readonly certificate: Certificate | null;
  readonly digest: string;
  readonly scheme: string;
  readonly keyBits: number;
}

/**
 * @param candidates certificates that may be the signer's, those in the CMS itself apart
 * @param contentType what the signed content-type attribute must say
 */
export function checkSignedData(
  data: SignedData,
  content: Content,
  contentType: string,
  candidates: readonly Certificate[] = [],
): CmsFacts {
  const { signer } = data;
  const named = identified(signer.identifier, [...data.certificates, ...candidates]);
  try {
    const digest = digestOf(signer.digestAlgorithm);
    const scheme = signatureScheme(signer.signatureAlgorithm, digest);
    const described = { digest, scheme: schemeName(scheme), keyBits: 0, certificate: null, detail: '' };
    const format = formatFault(signer, contentType, digest, scheme);
    if (format) return { ...described, fault: 'bad-format', detail: format };
    const isModified = signer.messageDigest && !sameBytes(hashOf(content, digest), signer.messageDigest);
    if (named.length === 0) return { ...described, fault: isModified ? 'modified' : 'certificate-missing' };
    const bound = named.filter((certificate) => isBound(certificate, signer.bindings));
    const certificate = bound[0] ?? named[0]!;
    const whole = { ...described, certificate, keyBits: keyBits(certificate.spki) };
    if (isModified) return { ...whole, fault: 'modified' };
    if (bound.length === 0) return { ...whole, fault: 'bad-format', detail: 'signing-certificate' };
    const signed = signer.signedAttributes ? [signer.signedAttributes] : content();
    const holds = verifySignature(scheme, certificate.spki, signed, signer.signature);
    return { ...whole, fault: holds ? null : 'bad-signature' };
  } catch (error) {
    if (!(error instanceof UnsupportedAlgorithm || error instanceof DerError)) throw error;
    const detail = error instanceof UnsupportedAlgorithm ? error.algorithm : error.message;
    const fault = error instanceof UnsupportedAlgorithm ? 'unsupported' : 'bad-format';
    return { fault, detail, certificate: named[0] ?? null, digest: '', scheme: '', keyBits: 0 };
  }
}

/** What must agree inside the SignerInfo before any hash is worth computing. */
function formatFault(
  signer: SignerInfo,
  contentType: string,
  digest: DigestName,
  scheme: SignatureScheme,
): string | null {
  if (scheme.digest !== null && scheme.digest !== digest) return 'digest-mismatch';
  // RFC 5652, 5.3: only plain data may be signed without attributes.
  if (!signer.signedAttributes) return contentType === oids.data ? null : 'signed-attributes';
  if (signer.contentType !== contentType) return 'content-type';
  return signer.messageDigest ? null : 'message-digest';
}

function isBound(certificate: Certificate, bindings: readonly CertificateBinding[]): boolean {
  return bindings.every(({ version, algorithm, hash: wanted }) => {
    const digest = algorithm ? digestOf(algorithm) : version === 1 ? 'sha1' : 'sha256';
    return sameBytes(hash(digest, [certificate.der]), wanted);
  });
}

/** The digest of what was signed, from whoever has computed it already or from the bytes. */
export const hashOf = (content: Content, digest: DigestName): Uint8Array =>
  content.hash?.(digest) ?? hash(digest, content());

/** The digest of chunks of bytes, one after the other. */
export function hash(digest: DigestName, content: Iterable<Uint8Array>): Uint8Array {
  const state = createHash(digest);
  for (const chunk of content) state.update(chunk);
  return state.digest();
}
