import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../src/main/desk.ts';
import { create } from '../../src/main/office/outgoing/draft.ts';
import * as settings from '../../src/main/office/settings/settings.ts';
import { approveFormat, submit } from '../../src/main/office/outgoing/submit.ts';
import { fileVault, permissionsOnly } from '../../src/main/host/vault.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import type { DeskEvent, Result } from '../../src/shared/ipc/index.ts';
import { type PersonAtDesk, sitDown } from '../demo/person.ts';
import { CLERK, PRINCIPAL, TEACHER } from '../demo/sample.ts';
import { createFaultyToken, type FaultyToken } from '../token/faulty-token.ts';
import { openSchool, type School } from './school.ts';
import { draftOf, equip, makeSamples } from './signing.ts';

const PIN = '24681357';
const COUNT = 6;
/** Long enough that whatever happens during one signature happens before the next. */
const SLOW = 'C_Sign=slow 400';

let token: FaultyToken;
let desk: Desk;
let principal: PersonAtDesk;
let school: School;
let ids: string[];

beforeAll(async () => {
  const samples = await makeSamples();
  token = await createFaultyToken({ label: 'Token', pin: PIN, identities: [samples.pki.principal] });
  school = openSchool();
  school.clock.now = Date.now();
  await equip(school.store, samples);
  await settings.addModule(school.store, null, token.module);
  ids = [];
  for (let n = 0; n < COUNT; n += 1) {
    const { id } = create(school.store, TEACHER, draftOf(school.store, samples));
    await submit(school.store, TEACHER, { id });
    await approveFormat(school.store, CLERK, { id });
    ids.push(id);
  }
  school.store.close();
  desk = await openDesk({
    dataDir: school.dir,
    vault: fileVault(`${school.dir}/vault.json`, permissionsOnly),
    launchTokenHost: forkHost({ env: token.env }),
    log: { info: () => {}, error: (line, cause) => console.error(line, cause) },
  });
  principal = await sitDown(desk, PRINCIPAL.id);
});

beforeEach(() => token.faults(SLOW));

afterAll(async () => {
  await desk.close();
  await token.remove();
});

/** Signs `ids` in one batch; `meanwhile` runs once when the token is about to be asked the second time. */
async function batch(
  ids: readonly string[],
  meanwhile: (taskId: string) => unknown,
): Promise<Result<'signing.sign-batch'>> {
  const { tokens } = await principal.call('signing.tokens', {});
  const { id, certificates } = tokens.find(({ driver }) => driver === 'pkcs11')!;
  const taskId = crypto.randomUUID();
  const off = desk.on((event: DeskEvent) => {
    if (event.type !== 'progress' || event.taskId !== taskId || event.done !== 1) return;
    off();
    void meanwhile(taskId);
  });
  return principal
    .call('signing.sign-batch', {
      items: ids.map((document) => ({ id: document, boxes: [] })),
      act: 'approve',
      tokenId: id,
      certificateSha256: certificates[0]!.sha256,
      pin: PIN,
      acceptUnchecked: true,
      acceptClock: true,
      taskId,
    })
    .finally(off);
}

const outcomes = ({ items }: Result<'signing.sign-batch'>) => items.map(({ outcome }) => outcome);

async function statesOf(documents: readonly string[]): Promise<string[]> {
  const details = documents.map((id) => principal.call('outgoing.get', { id }));
  return (await Promise.all(details)).map(({ state }) => state);
}

/** What is still to be signed. */
async function waiting(): Promise<string[]> {
  const states = await statesOf(ids);
  return ids.filter((_, n) => states[n] === 'to-sign');
}

describe('a batch at a slow token', () => {
  it('that is cancelled keeps what is signed, finishes what is begun, and leaves the rest', async () => {
    const done = await batch(ids, (taskId) => principal.call('task.cancel', { taskId }));
    expect(outcomes(done)).toEqual(['signed', 'signed', ...Array(COUNT - 2).fill('not-tried')]);
    expect(done.stopped?.code).toBe('host.cancelled');
    expect(await statesOf(ids)).toEqual(['signed', 'signed', ...Array(COUNT - 2).fill('to-sign')]);
  });

  it('that is pulled out keeps what is signed and says of the rest why', async () => {
    const rest = await waiting();
    const done = await batch(rest, () => token.faults('removed'));
    const [first, second, ...others] = done.items;
    expect(first?.outcome).toBe('signed');
    // The second was at the token when it went: what it gave in time counts.
    expect(['signed', 'failed']).toContain(second?.outcome);
    expect(others.filter(({ outcome }) => outcome === 'signed')).toEqual([]);
    expect(done.items.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
    // Whoever looks first: the signature that fails, or the look for tokens that are gone.
    expect(['token.removed', 'token.session-ended']).toContain(done.stopped?.code);
    expect((await waiting()).length).toBe(rest.length - outcomes(done).filter((o) => o === 'signed').length);
  });

  it('ends with the login when the screen is locked', async () => {
    await expect.poll(async () => (await principal.call('signing.tokens', {})).tokens.length).toBe(3);
    const rest = await waiting();
    const done = await batch(rest, () => desk.endLogins());
    expect(done.stopped?.code).toBe('token.session-ended');
    expect(outcomes(done)[0]).toBe('signed');
    expect(outcomes(done)).toContain('failed');
    expect((await waiting()).length).toBe(rest.length - outcomes(done).filter((o) => o === 'signed').length);
  });

  it('leaves no login behind', async () => {
    const [id] = await waiting();
    const { tokens } = await principal.call('signing.tokens', {});
    const { id: tokenId, certificates } = tokens.find(({ driver }) => driver === 'pkcs11')!;
    const login = {
      tokenId,
      certificateSha256: certificates[0]!.sha256,
      acceptUnchecked: true,
      acceptClock: true,
    };
    const act = 'approve' as const;
    const asked = { id: id!, act, boxes: [], ...login, taskId: crypto.randomUUID() };
    // A login that was still open would take any PIN.
    expect(await principal.refusal('signing.sign', { ...asked, pin: '11111111' })).toBe(
      'token.wrong-pin-low',
    );
    await principal.call('signing.sign', { ...asked, pin: PIN });
  });
});
