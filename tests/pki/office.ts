/** The certificates of one fictional office, as its people and its seal would carry them (domain: subjects). */
import { issue, issueCrl, serialOctets } from './ca.ts';
import type { Identity, KeyType, Subject } from './ca.ts';

export interface OfficePkiOptions {
  readonly agency: string;
  /** The agency above, as O of the office's certificates. */
  readonly superior: string;
  readonly province: string;
  readonly principal: string;
  /** Somebody else of the same office. */
  readonly otherPerson?: string;
  readonly keyType?: KeyType;
  readonly crlUrl?: string;
  readonly ocspUrl?: string;
  /** Sign under an authority that already exists: two offices, one state. */
  readonly authority?: Authority;
}

export interface Authority {
  readonly root: Identity;
  readonly issuing: Identity;
  readonly tsa: Identity;
  readonly ocsp: Identity;
}

export interface OfficePki extends Authority {
  readonly principal: Identity;
  readonly agency: Identity;
  readonly otherPerson: Identity;
  /** The principal's certificate of years ago. */
  readonly expired: Identity;
  /** The principal with an elliptic-curve key. */
  readonly principalP256: Identity;
  /** Current revocation lists: nothing revoked but what `revoked` names. */
  crls(revoked?: readonly Identity[]): { readonly root: Uint8Array; readonly issuing: Uint8Array };
}

const YEAR = 365 * 86_400_000;

/** @param base where the authority answers, like `http://127.0.0.1:40001`; without it nobody can ask about revocation */
export async function createAuthority(base?: string): Promise<Authority> {
  const organisation = ['O', 'Ban Cơ yếu Ví Dụ'] as const;
  const country = ['C', 'VN'] as const;
  const root = await issue(null, {
    profile: 'root',
    subject: [country, organisation, ['CN', 'RootCA Ví Dụ']],
    notAfter: Date.now() + 20 * YEAR,
  });
  const issuing = await issue(root, {
    profile: 'ca',
    subject: [country, organisation, ['CN', 'CA Ví Dụ phục vụ các cơ quan Nhà nước']],
    ...(base !== undefined && { crlUrl: `${base}/crl/root.crl`, issuerUrl: `${base}/cer/root.cer` }),
  });
  const [tsa, ocsp] = await Promise.all([
    issue(issuing, {
      profile: 'tsa',
      subject: [country, organisation, ['CN', 'TSA Ví Dụ']],
      ...(base !== undefined && authorityLinks(base)),
    }),
    issue(issuing, { profile: 'ocsp', subject: [country, organisation, ['CN', 'OCSP Ví Dụ']] }),
  ]);
  return { root, issuing, tsa, ocsp };
}

/** Where certificates of the issuing authority say that it answers. */
export const authorityLinks = (base: string) => ({
  crlUrl: `${base}/crl/issuing.crl`,
  ocspUrl: `${base}/ocsp`,
  issuerUrl: `${base}/cer/issuing.cer`,
});

export async function createOfficePki(options: OfficePkiOptions): Promise<OfficePki> {
  const authority = options.authority ?? (await createAuthority());
  const { issuing } = authority;
  const links = {
    ...(options.crlUrl && { crlUrl: options.crlUrl }),
    ...(options.ocspUrl && { ocspUrl: options.ocspUrl }),
  };
  const above: Subject = [
    ['C', 'VN'],
    ['L', options.province],
    ['O', options.superior],
  ];
  const personal = (person: string): Subject => [
    ...above,
    ['OU', options.agency.toUpperCase()],
    ['CN', person],
    ['E', 'vidu@vidu.example.vn'],
  ];
  const signer = (subject: Subject, keyType: KeyType = options.keyType ?? 'rsa-2048') => ({
    profile: 'signer' as const,
    subject,
    keyType,
    ...links,
    notAfter: Date.now() + 5 * YEAR,
  });
  const [principal, agency, otherPerson, expired, principalP256] = await Promise.all([
    issue(issuing, signer(personal(options.principal))),
    issue(issuing, signer([...above, ['CN', options.agency]])),
    issue(issuing, signer(personal(options.otherPerson ?? 'Lê Ví Dụ'))),
    issue(issuing, {
      ...signer(personal(options.principal)),
      notBefore: Date.now() - 6 * YEAR,
      notAfter: Date.now() - YEAR,
    }),
    issue(issuing, signer(personal(options.principal), 'p-256')),
  ]);
  return {
    ...authority,
    principal,
    agency,
    otherPerson,
    expired,
    principalP256,
    crls: (revoked = []) => ({
      root: issueCrl(authority.root),
      issuing: issueCrl(issuing, {
        revoked: revoked.map(({ certificate }) => ({
          serial: serialOctets(certificate),
          at: Date.now() - 60_000,
        })),
      }),
    }),
  };
}
