import { describe, expect, it } from 'vitest';
import type { TokenCertificate, TokenInfo } from '../../shared/domain/token.ts';
import { choices, ownExpired } from './certificates.ts';

const certificate = (subjectName: string, more: Partial<TokenCertificate> = {}): TokenCertificate => ({
  sha256: 'a'.repeat(64),
  subjectName,
  organisation: '',
  issuerName: 'CA thử nghiệm',
  serialHex: '01',
  notBefore: 0,
  notAfter: 1000,
  canSign: true,
  expired: false,
  ...more,
});
const token = (id: string, ...certificates: TokenCertificate[]): TokenInfo => ({
  id,
  driver: 'pkcs11',
  label: id,
  serial: '1',
  manufacturer: '',
  module: 'x.so',
  present: true,
  pin: { minLength: 4, maxLength: 16, protectedPath: false, countLow: false, finalTry: false, locked: false },
  hidesCertificates: false,
  certificates,
});

const ids = (name: string) =>
  choices(
    [
      token('khác', certificate('Trần Thị Khác', { notAfter: 9000 })),
      token('cũ', certificate('NGUYỄN VĂN MẪU', { notAfter: 500 })),
      token('mới', certificate('Nguyễn Văn Mẫu')),
    ],
    { kind: 'person', name },
    100,
  ).map(({ token: { id }, belongs }) => `${id} ${belongs}`);

describe('choices', () => {
  it('are the signer’s own, the longest lasting first', () => {
    expect(ids('Nguyễn Văn Mẫu')).toEqual(['mới true', 'cũ true']);
  });

  it('show whose token is there when none is the signer’s', () => {
    expect(ids('Lê Thị Vắng')).toEqual(['khác false', 'mới false', 'cũ false']);
  });

  it('put a renewed certificate behind the old one until its day has come', () => {
    const tokens = [
      token(
        'token',
        certificate('A', { sha256: 'old', notAfter: 500 }),
        certificate('A', { sha256: 'new', notBefore: 400, notAfter: 9000 }),
      ),
    ];
    const at = (now: number) =>
      choices(tokens, { kind: 'person', name: 'A' }, now).map((each) => each.certificate.sha256);
    expect(at(399)).toEqual(['old', 'new']);
    expect(at(400)).toEqual(['new', 'old']);
  });

  it('leaves out what cannot sign', () => {
    const list = choices(
      [
        token('a', certificate('A', { expired: true }), certificate('B', { canSign: false })),
        { ...token('b', certificate('C')), present: false },
      ],
      { kind: 'person', name: 'A' },
      100,
    );
    expect(list).toEqual([]);
  });
});

it('names the holder’s own certificate that has ended, and nobody else’s', () => {
  const tokens = [
    token('cũ', certificate('NGUYỄN VĂN MẪU', { expired: true }), certificate('Nguyễn Văn Mẫu')),
    token('khác', certificate('Trần Thị Khác', { expired: true })),
    { ...token('đã rút', certificate('Nguyễn Văn Mẫu', { expired: true })), present: false },
  ];
  const found = ownExpired(tokens, { kind: 'person', name: 'Nguyễn Văn Mẫu' });
  expect(found.map(({ subjectName }) => subjectName)).toEqual(['NGUYỄN VĂN MẪU']);
});
