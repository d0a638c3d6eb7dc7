/** Does revocation data at hand already prove the status of a certificate? */
import { isCrlSignedBy } from '../crl.ts';
import type { Evidence } from '../evidence.ts';
import { ocspStatus } from '../ocsp-status.ts';
import { crlStatus } from '../revocation.ts';
import type { RevocationStatus } from '../revocation.ts';
import type { Certificate } from '../x509.ts';

export interface KnownStatus {
  readonly type: 'OCSP' | 'CRL';
  readonly der: Uint8Array;
  /** UTC milliseconds; null when not revoked. */
  readonly revokedAt: number | null;
}

/** The status of `certificate` by data that was still current at `at` (UTC milliseconds); null when none tells. */
export function knownStatus(
  certificate: Certificate,
  issuer: Certificate,
  { ocsps, crls }: Pick<Evidence, 'ocsps' | 'crls'>,
  at: number,
): KnownStatus | null {
  const when = { at, now: Infinity };
  const isAuthentic = (crl: Evidence['crls'][number]): boolean => isCrlSignedBy(crl, issuer);
  for (const response of ocsps) {
    const status = ocspStatus(certificate, issuer, [response], when);
    if (status.status !== 'unknown') return { type: 'OCSP', der: response.der, revokedAt: dateOf(status) };
  }
  for (const crl of crls) {
    const status = crlStatus(certificate, { crls: [crl], isAuthentic, ...when });
    if (status.status !== 'unknown') return { type: 'CRL', der: crl.der, revokedAt: dateOf(status) };
  }
  return null;
}

const dateOf = (status: RevocationStatus): number | null => (status.status === 'revoked' ? status.at : null);
