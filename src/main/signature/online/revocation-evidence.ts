/** What is asked about a certificate's status, and what an answer proves. */
import type { Certificate } from '../../x509/certificate.ts';

/** Proof of a certificate's status, as the evidence of a signature keeps it. Times are UTC milliseconds. */
export interface RevocationEvidence {
  readonly type: 'OCSP' | 'CRL';
  /** The whole OCSPResponse or CertificateList. */
  readonly der: Uint8Array;
  readonly url: string;
  readonly fetchedAt: number;
  readonly thisUpdate: number;
  /** Null when the answer names none. */
  readonly nextUpdate: number | null;
  readonly result: 'good' | 'revoked';
  readonly revokedAt: number | null;
  /** CRLReason. */
  readonly reason: number | null;
  /** Who signed the answer or the list in the issuer's place. */
  readonly responder: Certificate | null;
  /** The delta list that tells what has happened since this list. */
  readonly delta: Pick<RevocationEvidence, 'der' | 'url' | 'fetchedAt' | 'thisUpdate' | 'nextUpdate'> | null;
}

/** The certificate asked about, and what is known of those above it. */
export interface AskedCertificate {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** Where its path ends: whoever else signs lists for it must have a path there too. */
  readonly anchors: readonly Certificate[];
  /** Certificates at hand that may be such a signer's or lie above it. */
  readonly pool: readonly Certificate[];
}
