/** Everything at hand that may prove something about the certificates of a file, wherever it was found. */
import type { PdfDocument } from '../pdf/reader.ts';
import { crlsOf } from '../x509/crl.ts';
import type { Crl } from '../x509/crl.ts';
import { DerError } from '../asn1/der.ts';
import { readStore } from '../pdf/dss.ts';
import { readOcspResponse } from '../x509/ocsp.ts';
import type { OcspResponse } from '../x509/ocsp.ts';
import type { SignatureFacts } from './signature-facts.ts';
import { tryReadCertificate } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';

export interface Evidence {
  /** Certificates that may lie on paths. */
  readonly pool: readonly Certificate[];
  readonly crls: readonly Crl[];
  readonly ocsps: readonly OcspResponse[];
}

/** Certificates of the document security store (ISO 32000-2, 12.8.4.3); a signer's may stand there alone. */
export const storedCertificates = (document: PdfDocument): Certificate[] =>
  readStore(document).Certs.flatMap((der) => tryReadCertificate(der) ?? []);

export interface GivenEvidence {
  readonly certificates?: readonly Certificate[];
  /** DER. */
  readonly crls?: readonly Uint8Array[];
  /** DER. */
  readonly ocsps?: readonly Uint8Array[];
}

/** The file's own evidence and what the caller has; nothing of it is believed before its signature holds. */
export function gatherEvidence(
  document: PdfDocument,
  all: readonly SignatureFacts[],
  given: GivenEvidence,
): Evidence {
  const store = readStore(document);
  const signed = all.flatMap(({ data }) => data ?? []);
  return {
    pool: [
      ...signed.flatMap(({ certificates }) => certificates),
      ...storedCertificates(document),
      ...(given.certificates ?? []),
    ],
    crls: crlsOf([
      ...(given.crls ?? []),
      ...store.CRLs,
      ...signed.flatMap(({ crls, signer }) => [...crls, ...signer.archivedCrls]),
    ]),
    ocsps: [
      ...(given.ocsps ?? []),
      ...store.OCSPs,
      ...signed.flatMap(({ signer }) => signer.archivedOcsps),
    ].flatMap(readUsableOcsp),
  };
}

function readUsableOcsp(der: Uint8Array): OcspResponse[] {
  try {
    return [readOcspResponse(der)];
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}
