import { basename } from 'node:path';
import { DeskError } from '../../shared/errors/index.ts';
import { DerError } from '../asn1/der.ts';
import { tryReadCertificate } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';
import { pemBlocks } from '../x509/pem.ts';
import { bundledCertificates } from './signed-data-read.ts';

const MAX_TRUST_FILE = 4 * 1024 * 1024;

/**
 * Certificates of a .cer, .crt, .pem or .p7b file.
 * @throws signature.trust-unreadable
 */
export function readTrustFile(bytes: Uint8Array, file: string): Certificate[] {
  const found = bytes.length > MAX_TRUST_FILE ? [] : pemBlocks(bytes).flatMap(certificatesIn);
  if (found.length === 0) throw new DeskError('signature.trust-unreadable', { file: basename(file) });
  return found;
}

function certificatesIn(der: Uint8Array): Certificate[] {
  const certificate = tryReadCertificate(der);
  if (certificate) return [certificate];
  try {
    return bundledCertificates(der);
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}
