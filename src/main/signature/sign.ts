/** Signing a PDF at PAdES-B-B or, with a timestamp at hand, B-T: one incremental update by whatever holds the key. */
import { DeskError } from '../../shared/errors/index.ts';
import type { PdfDocument } from '../pdf/reader.ts';
import { embedSignature, prepareSignature } from '../pdf/signature-field.ts';
import type { PreparedSignature, SignatureRequest } from '../pdf/signature-field.ts';
import { keyBits, publicKey, signatureScheme, verifySignature } from './algorithms.ts';
import type { SignatureScheme } from './algorithms.ts';
import { signedAttributes, signedData, signedDataSize } from './cms.ts';
import type { SignedDataParts } from './cms.ts';
import { isForSigning, signerName } from './certificate-use.ts';
import { addRevision } from './levels/write-revision.ts';
import { oids } from './oids.ts';
import type { Signer } from './signer.ts';
import { tryReadCertificate } from './x509.ts';
import type { Certificate } from './x509.ts';

export { signerName } from './certificate-use.ts';

/** Where and how the signature shows; the room for the CMS and its format are this module's matter. */
export type SigningRequest = Omit<
  SignatureRequest,
  'contentsBytes' | 'subFilter' | 'timestamped' | 'certificates'
>;

/** A timestamp over the signature itself, asked for while the file still waits (PAdES-B-T). */
export interface Timestamping {
  /** Room to keep for the token, in bytes. */
  readonly reserveBytes: number;
  /** The token over this signature value. */
  request(signature: Uint8Array): Promise<Uint8Array>;
}

export interface SignedField {
  readonly fieldName: string;
  /**
   * Why the signature has no timestamp although one was wanted: it stands all the same (B-B), and a document
   * timestamp can prove its time later. Null with a timestamp, and when none was wanted.
   */
  readonly timestampFailure: DeskError | null;
}

export interface SignedTail extends SignedField {
  /** To be appended to the untouched original. */
  readonly tail: Uint8Array;
}

/** TT 15/2025/TT-BKHCN, Phụ lục I: RSA from 2048 bits, ECDSA from 256. */
const LEAST_BITS = { rsa: 2048, ec: 256 } as const;

/**
 * The signing certificate, once nothing speaks against signing with it now (TT 15/2025/TT-BKHCN, Điều 5 and
 * Phụ lục II: period, purpose, algorithm). Revocation and the person are the caller's to check.
 * @param at UTC milliseconds
 * @throws signature.certificate-unreadable, signature.certificate-expired, signature.certificate-not-yet-valid,
 *   signature.certificate-usage, signature.key-unsupported, signature.key-too-short
 */
export function usableCertificate(der: Uint8Array, at: number): Certificate {
  const certificate = tryReadCertificate(der);
  if (!certificate) throw new DeskError('signature.certificate-unreadable');
  const name = signerName(certificate);
  if (at > certificate.notAfter)
    throw new DeskError('signature.certificate-expired', { name, date: day(certificate.notAfter) });
  if (at < certificate.notBefore)
    throw new DeskError('signature.certificate-not-yet-valid', { name, date: day(certificate.notBefore) });
  if (!isForSigning(certificate)) throw new DeskError('signature.certificate-usage', { name });
  schemeOf(certificate);
  return certificate;
}

/** The day in Vietnam, `2026-11-20`. */
const day = (ms: number): string => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 10);

function schemeOf(certificate: Certificate): SignatureScheme {
  const key = publicKey(certificate.spki);
  const type = key?.asymmetricKeyType;
  if (!key || (type !== 'rsa' && type !== 'ec') || keyBits(key) === 0)
    throw new DeskError('signature.key-unsupported', { algorithm: type ?? certificate.keyAlgorithm.oid });
  if (keyBits(key) < LEAST_BITS[type]) throw new DeskError('signature.key-too-short', { bits: keyBits(key) });
  return signatureScheme(certificate.keyAlgorithm, 'sha256');
}

/**
 * Signs an open document.
 * @throws what `usableCertificate`, `prepareSignature` and the signer throw; signature.self-check-failed
 */
export async function signDocument(
  document: PdfDocument,
  request: SigningRequest,
  signer: Signer,
  now = Date.now(),
  timestamping?: Timestamping,
): Promise<SignedTail> {
  const certificate = usableCertificate(signer.certificate, now);
  const prepared = prepareSignature(document, {
    signingTime: new Date(now),
    signerName: signerName(certificate),
    ...request,
    subFilter: 'ETSI.CAdES.detached',
    timestamped: timestamping !== undefined,
    certificates: [certificate.der, ...signer.chain],
    contentsBytes: signedDataSize(certificate, signer.chain) + (timestamping?.reserveBytes ?? 0),
  });
  const { attributes, digest } = signedAttributes(certificate, prepared.digest);
  const signature = await signer.signDigest('SHA-256', digest, attributes);
  // Tokens do return garbage; a file must never carry it.
  if (!verifySignature(schemeOf(certificate), publicKey(certificate.spki), [attributes], signature))
    throw new DeskError('signature.self-check-failed', { name: signerName(certificate) });
  const parts = { certificate, chain: signer.chain, attributes, signature };
  const { tail, timestampFailure } = await embed(prepared, parts, timestamping);
  return { tail, fieldName: prepared.fieldName, timestampFailure };
}

/** A PIN was spent on this signature: whatever goes wrong with its timestamp, it is kept. */
async function embed(
  prepared: PreparedSignature,
  parts: SignedDataParts,
  timestamping: Timestamping | undefined,
): Promise<Pick<SignedTail, 'tail' | 'timestampFailure'>> {
  const plain = (failure: DeskError | null) => ({
    tail: embedSignature(prepared, signedData(parts)),
    timestampFailure: failure,
  });
  if (!timestamping) return plain(null);
  try {
    const value = await timestamping.request(parts.signature);
    const unsigned = [{ type: oids.timestampToken, value }];
    return { tail: embedSignature(prepared, signedData({ ...parts, unsigned })), timestampFailure: null };
  } catch (error) {
    return plain(error instanceof DeskError ? error : new DeskError('signature.timestamp-failed', {}, error));
  }
}

export interface SignPdfOptions {
  readonly input: string;
  readonly output: string;
  readonly request: SigningRequest;
  readonly signer: Signer;
  readonly password?: string;
  /** UTC milliseconds; default now. */
  readonly now?: number;
  /** For a timestamp inside the signature. */
  readonly timestamping?: Timestamping;
}

/**
 * Signs a file into another file: the old bytes, then the update. The output appears whole or not at all.
 * @throws what `addRevision` and `signDocument` throw
 */
export async function signPdf(options: SignPdfOptions): Promise<SignedField> {
  const { request, signer, now, timestamping } = options;
  const { fieldName, timestampFailure } = await addRevision(options, (document) =>
    signDocument(document, request, signer, now, timestamping),
  );
  return { fieldName, timestampFailure };
}
