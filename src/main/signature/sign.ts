/** Signing a PDF at PAdES-B-B: one incremental update, made with whatever holds the key. */
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { DeskError } from '../../shared/errors/index.ts';
import { openPdf } from '../pdf/reader.ts';
import type { PdfDocument } from '../pdf/reader.ts';
import { embedSignature, prepareSignature } from '../pdf/signature-field.ts';
import type { SignatureRequest } from '../pdf/signature-field.ts';
import { openFileSource } from '../pdf/source.ts';
import { keyBits, publicKey, signatureScheme, verifySignature } from './algorithms.ts';
import type { SignatureScheme } from './algorithms.ts';
import { signedAttributes, signedData, signedDataSize } from './cms.ts';
import { isForSigning, signerName } from './certificate-use.ts';
import type { Signer } from './signer.ts';
import { tryReadCertificate } from './x509.ts';
import type { Certificate } from './x509.ts';

export { signerName } from './certificate-use.ts';

/** Where and how the signature shows; the room for the CMS and its format are this module's matter. */
export type SigningRequest = Omit<SignatureRequest, 'contentsBytes' | 'subFilter'>;

export interface SignedTail {
  /** To be appended to the untouched original. */
  readonly tail: Uint8Array;
  readonly fieldName: string;
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
): Promise<SignedTail> {
  const certificate = usableCertificate(signer.certificate, now);
  const prepared = prepareSignature(document, {
    signingTime: new Date(now),
    signerName: signerName(certificate),
    ...request,
    subFilter: 'ETSI.CAdES.detached',
    contentsBytes: signedDataSize(certificate, signer.chain),
  });
  const { attributes, digest } = signedAttributes(certificate, prepared.digest);
  const signature = await signer.signDigest('SHA-256', digest, attributes);
  // Tokens do return garbage; a file must never carry it.
  if (!verifySignature(schemeOf(certificate), publicKey(certificate.spki), [attributes], signature))
    throw new DeskError('signature.self-check-failed', { name: signerName(certificate) });
  const cms = signedData({ certificate, chain: signer.chain, attributes, signature });
  return { tail: embedSignature(prepared, cms), fieldName: prepared.fieldName };
}

export interface SignPdfOptions {
  readonly input: string;
  readonly output: string;
  readonly request: SigningRequest;
  readonly signer: Signer;
  readonly password?: string;
  /** UTC milliseconds; default now. */
  readonly now?: number;
}

/**
 * Signs a file into another file: the old bytes, then the update. The output appears whole or not at all.
 * @returns the name of the signed field
 * @throws what `openPdf` and `signDocument` throw; signature.output-is-input; file system errors as they are
 */
export async function signPdf(options: SignPdfOptions): Promise<{ fieldName: string }> {
  const { input, output, request, signer, password, now } = options;
  if (isSameFile(input, output)) throw new DeskError('signature.output-is-input');
  const source = openFileSource(input);
  try {
    const document = openPdf(source, password === undefined ? {} : { password });
    const { tail, fieldName } = await signDocument(document, request, signer, now);
    writeWhole(input, source.size, tail, output);
    return { fieldName };
  } finally {
    source.close();
  }
}

function isSameFile(a: string, b: string): boolean {
  const [one, two] = [statSync(a), statSync(b, { throwIfNoEntry: false })];
  return two !== undefined && one.dev === two.dev && one.ino === two.ino;
}

function writeWhole(input: string, size: number, tail: Uint8Array, output: string): void {
  const temporary = join(dirname(output), `.${basename(output)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    copyFileSync(input, temporary);
    if (statSync(temporary).size !== size) throw new DeskError('signature.input-changed');
    const fd = openSync(temporary, 'r+');
    try {
      for (let done = 0; done < tail.length;)
        done += writeSync(fd, tail, done, tail.length - done, size + done);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, output);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
