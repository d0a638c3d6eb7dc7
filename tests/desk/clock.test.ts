import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TOKENS } from '../demo/sample.ts';
import { documentIn, expectWhole, journal, type Office, openOffice, signing } from './set-up.ts';

/** The clock guard through the desk: what the axis and the timestamp service say of the time, and what a person confirms. */

let office: Office;
/** How far this computer's clock is off. */
let wrongMs = 0;
const HOUR = 3_600_000;

beforeAll(async () => {
  office = await openOffice({ clock: () => Date.now() + wrongMs });
});
afterEach(async () => {
  wrongMs = 0;
  await office.demo.goOnline();
  await office.clerk.call('exchange.sync', {});
});
afterAll(async () => {
  await expectWhole(office.clerk);
  await office.close();
});

const learnt = () =>
  journal(office.dataDir)
    .filter(({ type }) => type === 'clock.trusted')
    .map(({ data }) => JSON.parse(data) as { source: string; time: number });

async function toSign() {
  const id = await documentIn('to-sign', office);
  return signing(office.principal, id, 'approve', TOKENS.principal);
}

describe('a trusted time', () => {
  it("is learnt from the axis's own answers, and recorded only when it tells something", async () => {
    const before = learnt();
    expect(before.map(({ source }) => source)).toContain('axis');
    expect(Math.abs(before[0]!.time - Date.now())).toBeLessThan(HOUR);
    for (let pass = 0; pass < 3; pass += 1) await office.clerk.call('exchange.sync', {});
    await office.principal.call('signing.sign', await toSign());
    expect(learnt()).toEqual(before);
    wrongMs = 10 * 60_000;
    await office.clerk.call('exchange.sync', {});
    expect(learnt()).toHaveLength(before.length + 1);
  });

  it('puts a clock right that was once ahead: nobody is asked until that day has come', async () => {
    wrongMs = 2 * HOUR;
    const argument = await toSign();
    wrongMs = 0;
    expect(await office.principal.refusal('signing.sign', argument)).toBe('documents.clock-back');
    await office.clerk.call('exchange.sync', {});
    await office.principal.call('signing.sign', argument);
  });
});

describe('a clock in doubt', () => {
  it('a day away from what the axis said is confirmed first', async () => {
    const argument = await toSign();
    wrongMs = 30 * HOUR;
    expect(await office.principal.refusal('signing.sign', argument)).toBe('documents.clock-away');
    const { state } = await office.clerk.call('outgoing.get', { id: argument.id });
    expect(state).toBe('to-sign');
  });

  it('gives neither an arrival number nor a number to a document until somebody says that it is right', async () => {
    const id = await documentIn('signed', office);
    const { rows } = await office.clerk.call('incoming.list', { states: ['arrived'] });
    wrongMs = 30 * HOUR;
    expect(await office.clerk.refusal('incoming.register', { id: rows[0]!.id })).toBe('documents.clock-away');
    expect(await office.clerk.refusal('outgoing.number', { id })).toBe('documents.clock-away');
    wrongMs = 0;
    expect(await office.clerk.call('outgoing.number', { id })).toHaveProperty('code');
    wrongMs = 30 * HOUR;
    expect(await office.clerk.refusal('incoming.register', { id: rows[0]!.id })).toBe('documents.clock-away');
    await office.clerk.call('session.confirm-clock', {});
    expect(await office.clerk.call('incoming.register', { id: rows[0]!.id })).toHaveProperty('arrivalNumber');
  });

  it('is confirmed once, not at each signature', async () => {
    const [first, second] = [await toSign(), await toSign()];
    await office.demo.goOffline();
    wrongMs = -HOUR;
    expect(await office.principal.refusal('signing.sign', first)).toBe('documents.clock-back');
    await office.principal.call('signing.sign', { ...first, acceptClock: true, acceptUnchecked: true });
    expect(learnt().at(-1)?.source).toBe('person');
    await office.principal.call('signing.sign', { ...second, acceptUnchecked: true });
  });
});
