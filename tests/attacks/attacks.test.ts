import { beforeAll, describe, expect, it } from 'vitest';
import { issue } from '../pki/ca.ts';
import { createOfficePki } from '../pki/office.ts';
import type { OfficePki } from '../pki/office.ts';
import type { Verification } from '../../src/shared/domain/verification.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { importedAnchor } from '../../src/main/x509/trust.ts';
import { verifySource } from '../../src/main/signature/verify.ts';
import { readCertificate } from '../../src/main/x509/certificate.ts';
import {
  attacks,
  honestFillings,
  honestGrowth,
  honestLooks,
  honestOddities,
  honestPlaces,
  honestRoom,
  honestSaving,
} from './attacks.ts';
import { LETTER, append, bodyOf, stream, writePdf } from './pdf-text.ts';
import { rekeyed } from './storage.ts';
import { filledInLyingFont } from './looks.ts';
import { type Attack, sign, signed } from './signed.ts';
import { needs } from '../needs.ts';

let pki: OfficePki;
beforeAll(async () => {
  pki = await createOfficePki({
    agency: 'Trường Tiểu học Ví Dụ',
    superior: 'Ủy ban nhân dân xã Ví Dụ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
});

/** The reader that trusts the authority and has its lists, as in the office, and the one that looks at bytes only. */
async function results(file: Buffer): Promise<Verification[]> {
  const { root, issuing } = pki.crls();
  const anchors = [importedAnchor(readCertificate(pki.root.certificate))];
  return await Promise.all([
    verifySource(memorySource(file), { anchors, crls: [root, issuing] }),
    verifySource(memorySource(file), { checkChain: false }),
  ]);
}
const verdicts = async (file: Buffer) => (await results(file)).map(({ verdict }) => verdict);

describe('what is honest is green', () => {
  it.each(Object.entries(honestFillings))('a field filled %s', async (_, make) => {
    expect(await verdicts(await make(pki))).toEqual(['valid-with-changes', 'valid-with-changes']);
  });

  it.each(Object.entries(honestGrowth))('a tagged file that grows %s', async (_, make) => {
    expect(await verdicts(await make(pki))).toEqual(['valid', 'valid']);
  });

  it.each(Object.entries(honestSaving))('a revision whose end has %s', async (_, make) => {
    expect(await verdicts(await make(pki))).toEqual(['valid', 'valid']);
  });

  it.each(Object.entries(honestLooks))('a field drawn %s', async (_, make) => {
    expect(await verdicts(await make(pki))).toEqual(['valid-with-changes', 'valid-with-changes']);
  });

  it.each(Object.entries(honestPlaces))('%s', async (_, make) => {
    expect(await verdicts(await make(pki))).toEqual(['valid', 'valid']);
  });

  it.each(Object.entries(honestOddities))('%s', async (_, make) => {
    for (const verdict of await verdicts(await make(pki))) expect(verdict).toMatch(/^valid/);
  });

  it('a hole larger than its CMS', async () => {
    expect(await verdicts(await honestRoom(pki))).toEqual(['valid', 'valid']);
  });
});

describe('what shows nothing is allowed, and listed', () => {
  it.each([
    ['metadata', '/Metadata 70 0 R'],
    ['validation-data-added', '/DSS << /Certs [] >>'],
  ])('%s', async (kind, entry) => {
    const file = await signed(pki);
    const catalog = bodyOf(file, 1).replace(/>>$/, `${entry} >>`);
    const update = append(file, { 1: catalog, 70: stream('<x/>', '/Type /Metadata /Subtype /XML') });
    const [{ changes } = { changes: [] }] = await results(update);
    expect(changes.map((change) => [change.kind, change.allowed])).toEqual([[kind, true]]);
  });

  it.each([
    ['written anew', { 9: '<< /Title (B) >>' }, '/Info 9 0 R'],
    ['exchanged for another', { 70: '<< /Title (B) >>' }, '/Info 70 0 R'],
    ['taken out', { 70: '<< >>' }, ''],
  ])('what is told of the file, %s', async (_, objects, trailer) => {
    const plain = append(writePdf(LETTER), { 9: '<< /Title (A) >>' }, { trailer: '/Info 9 0 R' });
    const [{ changes, verdict } = { changes: [] }] = await results(
      append(await sign(plain, pki.principal), objects, { trailer }),
    );
    expect(changes.map((change) => [change.kind, change.allowed])).toEqual([['metadata', true]]);
    expect(verdict).toBe('valid-with-changes');
  });

  needs('qpdf')('an update of an encrypted file that keeps its key', async () => {
    expect(await verdicts(await rekeyed(pki, 'kept'))).toEqual(['valid', 'valid']);
  });
});

describe('a font that came after the signature', () => {
  it.each([
    ['is not believed', undefined, 'unknown'],
    ['is not believed on the word of a stranger', 'stranger', 'unknown'],
    ['may draw what somebody trusted has then signed', 'agency', 'caution'],
  ] as const)('%s', async (_, who, light) => {
    const file = await filledInLyingFont(pki);
    const stranger = await issue(null, { profile: 'signer', subject: [['CN', 'Người Lạ Ví Dụ']] });
    const signers = { stranger, agency: pki.agency };
    const target = { kind: 'new', page: 0, name: 'KY_CO_QUAN' } as const;
    const [trusting] = await results(who ? await sign(file, signers[who], { target }) : file);
    expect(trusting?.signatures[0]?.lights.integrity).toBe(light);
    expect(trusting?.changes.map(({ kind, allowed }) => [kind, allowed])).toContainEqual([
      'appearance-unproven',
      true,
    ]);
  });
});

describe('no attack is green', () => {
  const named = (tool?: 'qpdf') =>
    attacks.filter((attack) => attack.tool === tool).map((attack) => [attack.name, attack] as const);

  it.each(named())('%s', isExposed);
  needs('qpdf').each(named('qpdf'))('%s', isExposed);

  async function isExposed(_: string, attack: Attack): Promise<void> {
    const [trusting, bytesOnly] = await results(await attack.make(pki));
    expect(trusting?.verdict).not.toMatch(/^valid/);
    const kinds = trusting?.changes.filter(({ allowed }) => !allowed).map(({ kind }) => kind) ?? [];
    expect([...kinds, ...(trusting?.reasons ?? []).map(({ code }) => code)]).toContain(attack.exposedBy);
    // Whose certificate it is cannot be seen from the bytes.
    if (!attack.exposedBy.startsWith('signer.')) expect(bytesOnly?.verdict).not.toMatch(/^valid/);
  }
});
