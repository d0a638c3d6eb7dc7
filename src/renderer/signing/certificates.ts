import { belongsTo, type Holder } from '../../shared/domain/holder.ts';
import type { TokenCertificate, TokenInfo } from '../../shared/domain/token.ts';

/** A certificate one can sign with now, on the token that holds it. */
export interface Choice {
  readonly token: TokenInfo;
  readonly certificate: TokenCertificate;
  /** Whether it was issued to whoever has to sign. */
  readonly belongs: boolean;
}

/** Key of a choice in lists. */
export function choiceKey({ token, certificate }: Choice): string {
  return `${token.id} ${certificate.sha256}`;
}

/**
 * The certificates that can sign, those that last longest first and those not yet valid last: the signer's own, or all
 * when none is, so that the person sees whose token is plugged in.
 * @param now UTC milliseconds
 */
export function choices(tokens: readonly TokenInfo[], holder: Holder, now: number): readonly Choice[] {
  const isEarly = ({ certificate }: Choice) => Number(certificate.notBefore > now);
  const all = tokens
    .filter(({ present }) => present)
    .flatMap((token) =>
      token.certificates
        .filter(({ canSign, expired }) => canSign && !expired)
        .map((certificate) => ({
          token,
          certificate,
          belongs: belongsTo(certificate.subjectName, holder),
        })),
    )
    .sort((a, b) => isEarly(a) - isEarly(b) || b.certificate.notAfter - a.certificate.notAfter);
  const own = all.filter(({ belongs }) => belongs);
  return own.length > 0 ? own : all;
}

/** The holder's own certificates that have ended: they cannot be chosen, and are said. */
export function ownExpired(tokens: readonly TokenInfo[], holder: Holder): readonly TokenCertificate[] {
  return tokens
    .filter(({ present }) => present)
    .flatMap(({ certificates }) => certificates)
    .filter(({ expired, subjectName }) => expired && belongsTo(subjectName, holder));
}
