/** What an office that has not decided yet asks over the network: nothing. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TOKENS } from '../demo/sample.ts';
import { documentIn, fileOf, type Office, openOffice, signing } from './set-up.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice({ undecided: true });
});
afterAll(() => office.close());

it('nobody is asked before the question is answered, and everybody who has to be afterwards', async () => {
  const { clerk, principal, demo } = office;
  const { asked, urls } = demo.services;
  const decided = async () => (await clerk.call('session.state', {})).servicesDecided;
  expect(await decided()).toBe(false);
  await office.goRound();
  const { rows } = await clerk.call('incoming.list', {});
  const received = async () => (await clerk.call('incoming.get', { id: rows[0]!.id })).verdict;
  await expect.poll(received).toBe('indeterminate');
  const id = await documentIn('to-sign', office);
  const argument = await signing(principal, id, 'approve', TOKENS.principal);
  // What was not asked is not taken for granted.
  expect(await principal.refusal('signing.sign', argument)).toBe('documents.revocation-unchecked');
  await principal.call('signing.sign', { ...argument, acceptUnchecked: true });
  const sha256 = fileOf(await clerk.call('outgoing.get', { id }), 'main');
  const { verdict } = await clerk.call('verification.of', { sha256 });
  expect(verdict).toBe('indeterminate');
  expect(asked).toEqual([]);

  await clerk.call('settings.save-services', { tsaUrl: urls.tsa, timestamps: true, revocation: true });
  expect(await decided()).toBe(true);
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  await expect.poll(async () => (await clerk.call('verification.of', { sha256 })).verdict).toBe('valid');
});

it('the answer “no” is an answer', async () => {
  const { clerk } = office;
  await clerk.call('settings.save-services', { tsaUrl: '', timestamps: false, revocation: false });
  expect((await clerk.call('session.state', {})).servicesDecided).toBe(true);
});
