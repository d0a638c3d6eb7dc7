/** Does revocation data at hand already prove the status of a certificate? */
import type { Evidence } from '../evidence.ts';
import { ocspStatus } from '../../x509/ocsp-status.ts';
import { authorisedResponder } from '../../x509/ocsp.ts';
import { crlSigner } from '../../x509/path-build.ts';
import { crlStatus } from '../../x509/revocation.ts';
import type { RevocationStatus } from '../../x509/revocation.ts';
import type { Certificate } from '../../x509/certificate.ts';

export interface KnownStatus {
  readonly type: 'OCSP' | 'CRL';
  readonly der: Uint8Array;
  /** UTC milliseconds; null when not revoked. */
  readonly revokedAt: number | null;
  /** Who signed it in the issuer's place: a responder, or the keeper of an indirect list. */
  readonly responder: Certificate | null;
}

/**
 * The status of `certificate` by data that was still current at `at` (UTC milliseconds); null when none tells.
 * @param above its issuer, and those above up to the anchor
 */
export function knownStatus(
  certificate: Certificate,
  above: readonly Certificate[],
  { ocsps, crls, pool }: Evidence,
  at: number,
): KnownStatus | null {
  const [issuer, anchor] = [above[0]!, above.at(-1)!];
  const when = { at, now: Infinity };
  const other = (signer: Certificate | null): Certificate | null =>
    signer?.fingerprint === issuer.fingerprint ? null : signer;
  for (const response of ocsps) {
    const status = ocspStatus(certificate, issuer, [response], when);
    if (status.status === 'unknown') continue;
    const responder = other(authorisedResponder(response, issuer));
    return { type: 'OCSP', der: response.der, revokedAt: dateOf(status), responder };
  }
  for (const crl of crls) {
    const signer = crlSigner(crl, [...above, ...pool], { issuer, anchors: [anchor], at });
    const status = crlStatus(certificate, { crls: [crl], isAuthentic: () => signer !== null, ...when });
    if (status.status === 'unknown') continue;
    return { type: 'CRL', der: crl.der, revokedAt: dateOf(status), responder: other(signer) };
  }
  return null;
}

const dateOf = (status: RevocationStatus): number | null => (status.status === 'revoked' ? status.at : null);
