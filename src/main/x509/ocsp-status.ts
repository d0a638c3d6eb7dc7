/** What OCSP answers at hand say of one certificate (RFC 6960, 3.2 and 4.2.2). */
import { answerFor, authorisedResponder } from './ocsp.ts';
import type { OcspAnswer, OcspResponse } from './ocsp.ts';
import type { RevocationStatus } from './revocation.ts';
import type { Certificate } from './certificate.ts';

/** Clocks of two machines may differ by this much. */
const CLOCK_SLACK = 5 * 60_000;

/**
 * The newest answer that is current at `at` and signed by somebody who may.
 * @param at UTC milliseconds the status is asked for; @param now of the check: nothing may come from later
 */
export function ocspStatus(
  certificate: Certificate,
  issuer: Certificate,
  responses: readonly OcspResponse[],
  { at, now }: { readonly at: number; readonly now: number },
): RevocationStatus {
  const isCurrent = (response: OcspResponse, { thisUpdate, nextUpdate }: OcspAnswer): boolean =>
    (nextUpdate ?? response.producedAt) >= at &&
    thisUpdate <= now + CLOCK_SLACK &&
    // A responder may have forgotten a certificate that had expired (4.4.4).
    thisUpdate <= certificate.notAfter;
  const [newest] = responses
    .flatMap((response) => {
      const answer = answerFor(response, certificate, issuer);
      return answer && isCurrent(response, answer) && authorisedResponder(response, issuer) ? [answer] : [];
    })
    .toSorted((a, b) => b.thisUpdate - a.thisUpdate);
  if (newest?.status === 'good') return { status: 'good' };
  if (newest?.status === 'revoked' && newest.revokedAt !== null)
    return { status: 'revoked', at: newest.revokedAt, reason: newest.reason ?? 0 };
  return { status: 'unknown', isAnswered: newest !== undefined };
}
