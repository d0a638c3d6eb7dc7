import { beforeAll, expect, it } from 'vitest';
import { issue } from '../../../tests/pki/ca.ts';
import { createOfficePki } from '../../../tests/pki/office.ts';
import type { OfficePki } from '../../../tests/pki/office.ts';
import { bitList } from '../asn1/der-write.ts';
import { oids } from '../asn1/oids.ts';
import { chainAbove, requireUsable, signerCertificates } from './certificates.ts';

const DAY = 86_400_000;
let pki: OfficePki;

beforeAll(async () => {
  pki = await createOfficePki({
    agency: 'Trường THPT Ví Dụ',
    superior: 'SỞ VÍ DỤ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Đặng Thị Ví Dụ',
  });
});

const describeOne = (der: Uint8Array) =>
  signerCertificates([der], Date.now()).at(0) ?? expect.fail('no signing certificate');
const thrown = (work: () => void): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

it('names people and offices, not authorities and not junk', () => {
  const ders = [
    pki.principal.certificate,
    pki.issuing.certificate,
    pki.root.certificate,
    Buffer.from('junk'),
    pki.agency.certificate,
  ];
  expect(signerCertificates(ders, Date.now()).map(({ subjectName }) => subjectName)).toEqual([
    'Đặng Thị Ví Dụ',
    'Trường THPT Ví Dụ',
  ]);
});

it('lets nobody sign before, after or outside what a certificate is for', async () => {
  const now = Date.now();
  expect(thrown(() => requireUsable(describeOne(pki.principal.certificate), now))).toBeUndefined();
  expect(thrown(() => requireUsable(describeOne(pki.expired.certificate), now))).toMatchObject({
    code: 'token.certificate-expired',
    params: { name: 'Đặng Thị Ví Dụ' },
  });
  const spec = { profile: 'signer', subject: [['CN', 'Lê Ví Dụ']] } as const;
  const future = await issue(pki.issuing, { ...spec, notBefore: Date.parse('2090-01-01T18:00:00Z') });
  // 18:00 UTC is already the next day in Vietnam.
  expect(thrown(() => requireUsable(describeOne(future.certificate), now))).toMatchObject({
    code: 'token.certificate-not-yet-valid',
    params: { name: 'Lê Ví Dụ', day: '02/01/2090' },
  });
  const encryption = await issue(pki.issuing, { ...spec, extensions: { [oids.keyUsage]: bitList(2) } });
  expect(thrown(() => requireUsable(describeOne(encryption.certificate), now))).toMatchObject({
    code: 'token.certificate-cannot-sign',
  });
});

it('a certificate without key usage may sign (RFC 5280, 4.2.1.3)', async () => {
  const spec = { profile: 'signer', subject: [['CN', 'Lê Ví Dụ']] } as const;
  const any = await issue(pki.issuing, { ...spec, extensions: { [oids.keyUsage]: null } });
  expect(describeOne(any.certificate).canSign).toBe(true);
});

it('orders a chain by signatures, leaving strangers of the same name out', async () => {
  const twin = await issue(null, {
    profile: 'root',
    subject: [
      ['C', 'VN'],
      ['O', 'Ban Cơ yếu Ví Dụ'],
      ['CN', 'CA Ví Dụ phục vụ các cơ quan Nhà nước'],
    ],
    notAfter: Date.now() + DAY,
  });
  const bag = [pki.root, twin, pki.agency, pki.issuing].map(({ certificate }) => certificate);
  expect(chainAbove(pki.principal.certificate, bag)).toEqual(pki.principal.chain);
  expect(chainAbove(pki.principal.certificate, [twin.certificate])).toEqual([]);
});
