import type { TokenCertificate, TokenInfo } from '../../shared/domain/token.ts';
import { foldForSearch, sameName } from '../../shared/text/fold.ts';

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
 * Whether a certificate is that of `expected`, a person or an office. An office's certificate often has more around
 * the name (`TRƯỜNG THPT VÍ DỤ - H99.05`), a person's must be that name; the organisation proves nothing, as the head's
 * own certificate names the same one.
 */
export function belongsTo(
  { subjectName }: TokenCertificate,
  expected: string,
  kind: 'person' | 'office',
): boolean {
  if (kind === 'person') return sameName(subjectName, expected);
  const name = foldForSearch(expected);
  return name !== '' && foldForSearch(subjectName).includes(name);
}

/**
 * The certificates that can sign now, those that last longest first: the signer's own, or all when none is, so that the
 * person sees whose token is plugged in.
 */
export function choices(
  tokens: readonly TokenInfo[],
  expected: string,
  kind: 'person' | 'office',
): readonly Choice[] {
  const all = tokens
    .filter(({ present }) => present)
    .flatMap((token) =>
      token.certificates
        .filter(({ canSign, expired }) => canSign && !expired)
        .map((certificate) => ({ token, certificate, belongs: belongsTo(certificate, expected, kind) })),
    )
    .sort((a, b) => b.certificate.notAfter - a.certificate.notAfter);
  const own = all.filter(({ belongs }) => belongs);
  return own.length > 0 ? own : all;
}
