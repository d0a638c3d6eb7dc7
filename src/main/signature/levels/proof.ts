/** Does what lies in a file already prove the status of a certificate? */
import { crlsOf, isCrlSignedBy } from '../crl.ts';
import type { Crl } from '../crl.ts';
import { DerError } from '../der.ts';
import { answerFor, authorisedResponder, readOcspResponse } from '../online/ocsp.ts';
import type { OcspResponse } from '../online/ocsp.ts';
import { crlStatus } from '../revocation.ts';
import type { Certificate } from '../x509.ts';

/** Revocation data at hand, wherever in the file it was found. */
export interface KnownRevocation {
  readonly ocsps: readonly OcspResponse[];
  readonly crls: readonly Crl[];
}

export interface KnownStatus {
  readonly der: Uint8Array;
  readonly type: 'OCSP' | 'CRL';
  /** UTC milliseconds; null when not revoked. */
  readonly revokedAt: number | null;
}

/** What cannot be read proves nothing and is left out. */
export function knownRevocation(ocsps: readonly Uint8Array[], crls: readonly Uint8Array[]): KnownRevocation {
  return { ocsps: ocsps.flatMap(tryReadOcsp), crls: crlsOf(crls) };
}

function tryReadOcsp(der: Uint8Array): OcspResponse[] {
  try {
    return [readOcspResponse(der)];
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}

/** The status of `certificate` by data that was still current at `at` (UTC milliseconds); null when none tells. */
export function knownStatus(
  certificate: Certificate,
  issuer: Certificate,
  { ocsps, crls }: KnownRevocation,
  at: number,
): KnownStatus | null {
  for (const response of ocsps) {
    const answer = answerFor(response, certificate, issuer);
    if (!answer || answer.status === 'unknown' || (answer.nextUpdate ?? response.producedAt) < at) continue;
    if (!authorisedResponder(response, issuer)) continue;
    return { der: response.der, type: 'OCSP', revokedAt: answer.revokedAt };
  }
  for (const crl of crls) {
    const status = crlStatus(certificate, {
      crls: [crl],
      isAuthentic: (one) => isCrlSignedBy(one, issuer),
      at,
      now: Infinity,
    });
    if (status.status === 'unknown') continue;
    return { der: crl.der, type: 'CRL', revokedAt: status.status === 'revoked' ? status.at : null };
  }
  return null;
}
