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
 * the name (`TRƯỜNG THPT VÍ DỤ - SỞ GD&ĐT`), a person's must be that name.
 */
export function belongsTo(
  certificate: TokenCertificate,
  expected: string,
  kind: 'person' | 'office',
): boolean {
  if (sameName(certificate.subjectName, expected)) return true;
  if (kind === 'person') return false;
  const name = foldForSearch(expected);
  return (
    name !== '' && foldForSearch(`${certificate.subjectName} ${certificate.organisation}`).includes(name)
  );
}

/** Every certificate that can sign now, those of the signer first, those that last longest before others. */
export function choices(
  tokens: readonly TokenInfo[],
  expected: string,
  kind: 'person' | 'office',
): readonly Choice[] {
  return tokens
    .filter(({ present }) => present)
    .flatMap((token) =>
      token.certificates
        .filter(({ canSign, expired }) => canSign && !expired)
        .map((certificate) => ({ token, certificate, belongs: belongsTo(certificate, expected, kind) })),
    )
    .sort((a, b) => Number(b.belongs) - Number(a.belongs) || b.certificate.notAfter - a.certificate.notAfter);
}
