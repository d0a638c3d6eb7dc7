import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { TokenInfo } from '../../src/shared/domain/token.ts';
import { PRINCIPAL, SCHOOL } from '../demo/sample.ts';
import { createOfficePki, type OfficePki } from '../pki/office.ts';
import { createSoftHsm, type SoftHsm } from '../pki/softhsm.ts';
import { type Office, openOffice } from './set-up.ts';

const PIN = '24681357';

let office: Office;
let pki: OfficePki;
let hsm: SoftHsm;

beforeAll(async () => {
  pki = await createOfficePki({
    agency: SCHOOL.name,
    superior: 'SỞ VÍ DỤ',
    province: 'Ví Dụ',
    principal: PRINCIPAL.name,
  });
  hsm = await createSoftHsm();
  await hsm.addToken({ label: 'Cũ và mới', pin: PIN, identities: [pki.expired, pki.principal] });
  await hsm.addToken({ label: 'Chỉ còn cũ', pin: PIN, identities: [pki.expired] });
  // The desk starts the token's process with its own environment.
  for (const name of Object.keys(hsm.env)) vi.stubEnv(name, hsm.env[name]);
  office = await openOffice();
  await office.clerk.call('settings.add-module', { path: hsm.module });
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await office.close();
  await hsm.remove();
});

async function seen(label: string, argument: { includeExpired?: boolean }): Promise<TokenInfo> {
  const { tokens, problems } = await office.principal.call('signing.tokens', argument);
  expect(problems).toEqual([]);
  return tokens.find((token) => token.label === label)!;
}
const expiredOf = async (label: string, argument: { includeExpired?: boolean }) =>
  (await seen(label, argument)).certificates
    .map(({ expired }) => (expired ? 'expired' : 'in force'))
    .toSorted();

it('certificates that have expired are hidden unless they are asked for', async () => {
  for (const argument of [{}, { includeExpired: false }]) {
    expect(await expiredOf('Cũ và mới', argument)).toEqual(['in force']);
    expect(await expiredOf('Chỉ còn cũ', argument)).toEqual([]);
  }
  expect(await expiredOf('Cũ và mới', { includeExpired: true })).toEqual(['expired', 'in force']);
  expect(await expiredOf('Chỉ còn cũ', { includeExpired: true })).toEqual(['expired']);
});
