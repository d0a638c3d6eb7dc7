import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { TokenInfo } from '../../src/shared/domain/token.ts';
import { PRINCIPAL, SCHOOL } from '../demo/sample.ts';
import { needs } from '../needs.ts';
import { createOfficePki } from '../pki/office.ts';
import { createFaultyToken, type FaultyToken } from '../token/faulty-token.ts';
import { documentIn, expectWhole, journal, loginOf, type Office, openOffice, signing } from './set-up.ts';

// Several tokens and keys behind one module: the one for Windows has one of each.
needs('softhsm2-util');

const PIN = '24681357';

let office: Office;
let device: FaultyToken;

beforeAll(async () => {
  const pki = await createOfficePki({
    agency: SCHOOL.name,
    superior: 'SỞ VÍ DỤ',
    province: 'Ví Dụ',
    principal: PRINCIPAL.name,
  });
  device = await createFaultyToken({
    label: 'Cũ và mới',
    pin: PIN,
    identities: [pki.expired, pki.principal],
  });
  await device.addToken({ label: 'Chỉ còn cũ', pin: PIN, identities: [pki.expired] });
  await device.addToken({ label: 'Giấu', pin: PIN, identities: [pki.principal], hidesCertificates: true });
  await device.addToken({ label: 'Rỗng', pin: PIN, identities: [] });
  // The desk starts the token's process with its own environment.
  for (const name of Object.keys(device.env)) vi.stubEnv(name, device.env[name]);
  office = await openOffice({ tokenTimeouts: { certificates: 800 } });
  await office.clerk.call('settings.add-module', { path: device.module });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await office.close();
  await device.remove();
});
beforeEach(() => device.faults());

async function seen(label: string, argument: { includeExpired?: boolean } = {}): Promise<TokenInfo> {
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

/** Signs a new document with the token as the screen does: with one PIN, by a certificate it lists. */
async function signWith(label: string): Promise<void> {
  const id = await documentIn('to-sign', office);
  const asked = await signing(office.principal, id, 'approve', { label, pin: PIN });
  await device.logins();
  await office.principal.call('signing.sign', { ...asked, acceptUnchecked: true });
  expect(await device.logins()).toEqual(['1 8']);
  expect(await office.principal.call('outgoing.get', { id })).toMatchObject({ state: 'signed' });
}

async function learn(label: string): Promise<void> {
  const { id } = await seen(label);
  expect(await office.principal.refusal('signing.learn', { tokenId: id, pin: '11111111' })).toBe(
    'token.wrong-pin-low',
  );
  await office.principal.call('signing.learn', { tokenId: id, pin: PIN });
}

it('a token that hides its certificates is read with one PIN, remembered, and signs', async () => {
  expect(await seen('Giấu')).toMatchObject({ hidesCertificates: true, certificates: [] });
  await learn('Giấu');
  expect(await seen('Giấu')).toMatchObject({ certificates: [{ subjectName: PRINCIPAL.name }] });
  const [learned, ...more] = journal(office.dataDir).filter(({ type }) => type === 'token.learned');
  expect(more).toEqual([]);
  expect(JSON.parse(learned!.data)).toMatchObject({ label: 'Giấu', certificates: [{}] });
  await signWith('Giấu');
  await expectWhole(office.clerk);
});

it('a token whose driver hangs before the PIN is listed, read with one PIN, and signs', async () => {
  await device.faults('hang-before-login');
  expect(await seen('Cũ và mới')).toMatchObject({ hidesCertificates: true, certificates: [] });
  await learn('Cũ và mới');
  expect(await expiredOf('Cũ và mới', { includeExpired: true })).toEqual(['expired', 'in force']);
  await signWith('Cũ và mới');
});

it('a token with nothing in it, and one that is gone, say so when they are to be read', async () => {
  const { tokenId } = await loginOf(office.principal, { label: 'Rỗng', pin: PIN });
  const entry = { tokenId, pin: PIN };
  expect(await office.principal.answer('signing.learn', entry)).toMatchObject({
    code: 'token.empty',
    params: { label: 'Rỗng' },
  });
  await device.faults('removed');
  expect(await office.principal.refusal('signing.learn', entry)).toBe('token.not-found');
});
