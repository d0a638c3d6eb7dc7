/** Signing a PDF at PAdES-B-B or, with a timestamp at hand, B-T: one incremental update by whatever holds the key. */
import { DeskError } from '../../shared/errors/index.ts';
import { localDay, showDay } from '../../shared/text/dates.ts';
import type { PdfDocument } from '../pdf/reader.ts';
import { embedSignature, prepareSignature } from '../pdf/signature-field.ts';
import type { PreparedSignature, SignatureRequest } from '../pdf/signature-field.ts';
import {
  keyBits,
  publicKey,
  schemeName,
  signatureScheme,
  UnsupportedAlgorithm,
  verifySignature,
} from '../x509/algorithms.ts';
import type { PublicKey, SignatureScheme } from '../x509/algorithms.ts';
import { signedAttributes, signedData, signedDataSize } from '../cms/signed-data-write.ts';
import { isForSigning, signerName } from '../x509/certificate-use.ts';
import { addRevision } from '../pdf/write-revision.ts';
import { oids } from '../asn1/oids.ts';
import type { Signer } from './signer.ts';
import { readCertificate, tryReadCertificate } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';

export { signerName } from '../x509/certificate-use.ts';

/** Where and how the signature shows; the room for the CMS and its format are this module's matter. */
export type SigningRequest = Omit<
  SignatureRequest,
  'contentsBytes' | 'subFilter' | 'timestamped' | 'certificate' | 'chain'
>;

/** Whose signature it will be: a signer without the key. */
export type SignerCertificates = Pick<Signer, 'certificate' | 'chain'>;

/** The attribute around a timestamp in the CMS, and lengths above it that grow with it. */
const TIMESTAMP_FRAME_BYTES = 64;

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

const day = (ms: number): string => showDay(localDay(ms));

function schemeOf(certificate: Certificate): SignatureScheme {
  const { kind, bits } = keyOf(certificate);
  if (kind !== 'rsa' && kind !== 'ec') throw new DeskError('signature.key-unsupported', { algorithm: kind });
  if (bits < LEAST_BITS[kind]) throw new DeskError('signature.key-too-short', { bits });
  return signatureScheme(certificate.keyAlgorithm, 'sha256');
}

function keyOf({ spki, keyAlgorithm }: Certificate): PublicKey {
  try {
    const key = publicKey(spki);
    if (key) return key;
  } catch (error) {
    if (!(error instanceof UnsupportedAlgorithm)) throw error;
    throw new DeskError('signature.key-unsupported', { algorithm: error.algorithm }, error);
  }
  throw new DeskError('signature.key-unsupported', { algorithm: keyAlgorithm.oid });
}

/** How it signs, as evidence and reports say it. */
export function algorithmOf(certificate: Certificate) {
  return {
    digest: 'sha256',
    signature: schemeName(schemeOf(certificate)),
    keyBits: keyBits(certificate.spki),
  };
}

/** A document that waits for its signature: plain data, like all that the three steps of signing hand on. */
export interface StartedSignature {
  readonly prepared: PreparedSignature;
  /** SignedAttributes, and the SHA-256 of them: what the key signs. */
  readonly attributes: Uint8Array;
  readonly digest: Uint8Array;
}

/**
 * First step: the revision with its hole, and what the key has to sign.
 * @param reserveBytes room for a timestamp; null when none is wanted
 * @throws what `usableCertificate` and `prepareSignature` throw
 */
export function startSignature(
  document: PdfDocument,
  request: SigningRequest,
  { certificate: der, chain }: SignerCertificates,
  now: number,
  reserveBytes: number | null,
): StartedSignature {
  const certificate = usableCertificate(der, now);
  const prepared = prepareSignature(document, {
    signingTime: new Date(now),
    signerName: signerName(certificate),
    ...request,
    subFilter: 'ETSI.CAdES.detached',
    timestamped: reserveBytes !== null,
    certificate: {
      der,
      subject: certificate.subject.rdns.flat(),
      keyUsage: certificate.extensions.keyUsage,
      policies: certificate.extensions.policies ?? [],
    },
    chain,
    contentsBytes:
      signedDataSize(certificate, chain) + (reserveBytes === null ? 0 : reserveBytes + TIMESTAMP_FRAME_BYTES),
  });
  return { prepared, ...signedAttributes(certificate, prepared.digest) };
}

/**
 * Second step: the value over the attributes, as the key gives it. Tokens do return garbage; a file must never
 * carry it.
 * @throws what the signer throws; signature.self-check-failed
 */
export async function signAttributes(
  { attributes, digest }: Pick<StartedSignature, 'attributes' | 'digest'>,
  signer: Signer,
): Promise<Uint8Array> {
  const signature = await signer.signDigest('SHA-256', digest, attributes);
  const certificate = readCertificate(signer.certificate);
  if (!verifySignature(schemeOf(certificate), certificate.spki, [attributes], signature))
    throw new DeskError('signature.self-check-failed', { name: signerName(certificate) });
  return signature;
}

/**
 * Third step: the update to be appended to the untouched original.
 * @param timestamp the token over this signature value; null without one
 */
export function finishSignature(
  { prepared, attributes }: StartedSignature,
  { certificate, chain }: SignerCertificates,
  signature: Uint8Array,
  timestamp: Uint8Array | null,
): Uint8Array {
  const parts = { certificate: readCertificate(certificate), chain, attributes, signature };
  const unsigned = timestamp ? [{ type: oids.timestampToken, value: timestamp }] : [];
  return embedSignature(prepared, signedData({ ...parts, unsigned }));
}

/**
 * A timestamp over a signature, or why there is none: a PIN was spent on it, so it is kept whatever happens.
 * @throws pdf.seed-timestamp where the author of the field wants no signature without
 */
export async function timestampFor(
  { prepared: { needsTimestamp, fieldName } }: Pick<StartedSignature, 'prepared'>,
  signature: Uint8Array,
  timestamping: Timestamping | undefined,
): Promise<{ readonly timestamp: Uint8Array | null; readonly timestampFailure: DeskError | null }> {
  if (!timestamping) return { timestamp: null, timestampFailure: null };
  try {
    const timestamp = await timestamping.request(signature);
    const { reserveBytes } = timestamping;
    if (timestamp.length > reserveBytes)
      throw new DeskError('pdf.signature-too-big', { needed: timestamp.length, reserved: reserveBytes });
    return { timestamp, timestampFailure: null };
  } catch (error) {
    const timestampFailure =
      error instanceof DeskError ? error : new DeskError('signature.timestamp-failed', {}, error);
    if (needsTimestamp) throw new DeskError('pdf.seed-timestamp', { field: fieldName }, timestampFailure);
    return { timestamp: null, timestampFailure };
  }
}

/**
 * Signs an open document.
 * @throws what the three steps throw
 */
export async function signDocument(
  document: PdfDocument,
  request: SigningRequest,
  signer: Signer,
  now = Date.now(),
  timestamping?: Timestamping,
): Promise<SignedTail> {
  const started = startSignature(document, request, signer, now, timestamping?.reserveBytes ?? null);
  const signature = await signAttributes(started, signer);
  const { timestamp, timestampFailure } = await timestampFor(started, signature, timestamping);
  const tail = finishSignature(started, signer, signature, timestamp);
  return { tail, fieldName: started.prepared.fieldName, timestampFailure };
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
