import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { finished, startNode } from '../store/child.ts';
import type { EdocMessage, StatusMessage } from '../../src/main/axis/edxml-model.ts';
import { readEdxml } from '../../src/main/axis/edxml-read.ts';
import { writeEdoc } from '../../src/main/axis/edxml-write.ts';
import { type Desk, openDesk } from '../../src/main/desk.ts';
import { fileVault, permissionsOnly } from '../../src/main/host/vault.ts';
import { verifyFile } from '../../src/main/signature/verify.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import type { Argument, CallName } from '../../src/shared/ipc/index.ts';
import { type PersonAtDesk, sitDown } from '../demo/person.ts';
import { CLERK, DEPARTMENT, HOME_AFFAIRS, PRINCIPAL, SCHOOL, TOKENS } from '../demo/sample.ts';
import { departmentLetter } from './school.ts';
import { deliver, documentIn, expectWhole, journal, type Office, openOffice, signing } from './set-up.ts';

/**
 * One document and one letter through everything that can be done with them, on the same folder, the desk killed at
 * every step on the way. What a kill leaves is what the next desk begins with; at the end all must be there once.
 */
const script = fileURLToPath(new URL('./dying-desk.ts', import.meta.url));
const dyingFiles = new URL('./dying-files.ts', import.meta.url).href;
/** Each step starts the program, up to sixteen in a test, which takes its time on a busy machine. */
const STEPS_LIMIT_MS = 600_000;
/** After this long the axis's own list of sent messages is believed (A 5: settling). */
const SETTLED = 61_000;

let office: Office;
let id: string;
let letter: string;
let sign: Record<'approve' | 'seal', Argument<'signing.sign'>>;
let ahead = 0;

beforeAll(async () => {
  const { now } = Date;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
  office = await openOffice();
  const { clerk, principal, demo } = office;
  await office.goRound();
  const { services } = await clerk.call('settings.get', {});
  await clerk.call('settings.save-services', { ...services, timestampBeforeSending: true });
  const { rows } = await clerk.call('incoming.list', {});
  letter = rows[0]!.id;
  id = await documentIn('to-sign', office);
  const approve = await signing(principal, id, 'approve', TOKENS.principal);
  const { tokens } = await clerk.call('signing.tokens', {});
  const agency = tokens.find(({ label }) => label === TOKENS.agency.label)!;
  const certificateSha256 = agency.certificates[0]!.sha256;
  const { pin } = TOKENS.agency;
  sign = {
    approve,
    seal: { ...approve, act: 'seal', tokenId: agency.id, certificateSha256, pin, boxes: [] },
  };
  await demo.desk.close();
});
afterAll(async () => {
  await office.close();
  vi.restoreAllMocks();
});

type Calls = readonly { [N in CallName]: readonly [N, Argument<N>] }[CallName][];

/** The desk opens, makes the calls and is gone when it reaches the point. */
async function dies(point: string, seat: string, calls: Calls): Promise<void> {
  const env = { DIE_BEFORE: point };
  const args = [
    '--import',
    dyingFiles,
    script,
    office.dataDir,
    seat,
    JSON.stringify(calls),
    point,
    String(ahead),
  ];
  expect(await finished(startNode(args, env)), point).toEqual({ isKilled: true, output: '' });
}

function look(sql: string, ...values: unknown[]): unknown {
  const tables = new Database(join(office.dataDir, 'office', 'office.sqlite'), { readonly: true });
  try {
    return tables.prepare(sql).get(...values);
  } finally {
    tables.close();
  }
}
const state = () => (look('SELECT state FROM outgoing WHERE id = ?', id) as { state: string }).state;

/** Killed before the act is committed it never was; killed right after, it is there. */
async function act(
  seat: string,
  calls: Calls,
  points: readonly string[],
  entry: string,
  [before, after]: readonly [string, string],
): Promise<void> {
  for (const point of [...points, `${entry} inside`]) {
    await dies(point, seat, calls);
    expect(state(), point).toBe(before);
  }
  await dies(`${entry} after`, seat, calls);
  expect(state()).toBe(after);
}

describe('killed at every step of', { timeout: STEPS_LIMIT_MS }, () => {
  it('registering', async () => {
    const calls: Calls = [['incoming.register', { id: letter }]];
    await dies('incoming.registered inside', CLERK.id, calls);
    expect(look('SELECT state FROM incoming WHERE id = ?', letter)).toEqual({ state: 'arrived' });
    await dies('incoming.registered after', CLERK.id, calls);
    expect(look('SELECT state, arrival_number AS number FROM incoming WHERE id = ?', letter)).toEqual({
      state: 'registered',
      number: 1,
    });
  });

  it('signing', async () => {
    // No timestamp now: it comes before sending, as the office wants it.
    office.demo.services.always('tsa', 'busy');
    const points = ['pdf 1'];
    await act(PRINCIPAL.id, [['signing.sign', sign.approve]], points, 'outgoing.signed', [
      'to-sign',
      'signed',
    ]);
  });

  it('numbering', async () => {
    await act(CLERK.id, [['outgoing.number', { id }]], ['pdf 1'], 'outgoing.numbered', [
      'signed',
      'numbered',
    ]);
    expect(look('SELECT code FROM outgoing WHERE id = ?', id)).toEqual({ code: '01/THPTVD-VP' });
  });

  it('sealing', () =>
    act(CLERK.id, [['signing.sign', sign.seal]], ['pdf 1', 'pdf 2'], 'outgoing.sealed', [
      'numbered',
      'sealed',
    ]));

  it('issuing', async () => {
    await office.demo.goOffline();
    await act(CLERK.id, [['outgoing.issue', { id }]], ['xml 1'], 'outgoing.issued', ['sealed', 'issued']);
    await office.demo.goOnline();
  });

  it('sending', async () => {
    office.demo.services.always('tsa', null);
    const rewriting = ['pdf 1', 'xml 1', 'outbox.rewritten inside', 'outbox.rewritten after'];
    const points = [...rewriting, 'outbox.sending inside', 'outbox.sending after', 'sendEdoc before'];
    for (const point of [...points, 'sendEdoc after', 'outbox.sent inside', 'outbox.sent after']) {
      ahead += SETTLED;
      await dies(point, CLERK.id, [['exchange.sync', {}]]);
    }
    // What waits besides are the statuses of the letter.
    ahead += SETTLED;
  });

  it('receiving', async () => {
    await settle();
    await office.demo.department.poll();
    deliver(office.axis, writeEdoc(second(), { now: Date.now(), secrecy: '' }));
    const points = [
      'getReceivedEdocList before',
      'getReceivedEdocList after',
      'getEdoc before',
      'getEdoc after',
      'xml 1',
      'inbox.stored inside',
      'inbox.stored after',
      'status.received inside',
      'status.received after',
      'updateStatus before',
      'updateStatus after',
      'inbox.acknowledged inside',
      'inbox.acknowledged after',
      'pdf 1',
      'incoming.received inside',
      'incoming.received after',
    ];
    for (const point of points) {
      ahead += SETTLED;
      await dies(point, CLERK.id, [['exchange.sync', {}]]);
    }
    ahead += SETTLED;
  });
});

const second = () =>
  departmentLetter({ number: '901', documentId: 'H99.05,2026/11/19,901/SGDĐT-VP', subject: 'V/v thư sau' });

/** The desk in this process, once, to finish what waits. */
async function settle(): Promise<void> {
  const { clerk, desk } = await open();
  await clerk.call('exchange.sync', {});
  await desk.close();
  ahead += SETTLED;
}

async function open(): Promise<{ desk: Desk; clerk: PersonAtDesk }> {
  const desk = await openDesk({
    dataDir: join(office.dataDir, 'office'),
    vault: fileVault(join(office.dataDir, 'vault.json'), permissionsOnly),
    launchTokenHost: forkHost(),
    log: { info: () => {}, error: () => {} },
  });
  return { desk, clerk: await sitDown(desk, CLERK.id) };
}

describe('after all that', () => {
  let desk: Desk;
  let clerk: PersonAtDesk;
  beforeAll(async () => {
    ({ desk, clerk } = await open());
    for (let round = 0; round < 2; round += 1) {
      await clerk.call('exchange.sync', {});
      await office.demo.department.poll();
      await office.demo.homeAffairs.poll();
      await clerk.call('exchange.sync', {});
    }
  });
  afterAll(() => desk.close());

  const messages = (to: string, kind: 'edoc' | 'status') =>
    office.axis
      .waiting(to, kind, true)
      .filter(({ fromCode }) => fromCode === SCHOOL.code)
      .map(({ docId }) => readEdxml(office.axis.received(docId, to)!).message);

  it('each recipient has the document once', () => {
    for (const { code } of [DEPARTMENT, HOME_AFFAIRS])
      expect(messages(code, 'edoc').map((message) => (message as EdocMessage).number)).toEqual(['01']);
  });

  it('with the timestamp that was wanted before sending', async () => {
    const [message] = messages(DEPARTMENT.code, 'edoc') as EdocMessage[];
    const path = join(office.dataDir, 'sent.pdf');
    writeFileSync(path, message!.attachments[0]!.bytes);
    const { signatures } = await verifyFile(path, { checkChain: false });
    // One was demanded. What adds proofs for the archive works beside the sending and may have been first with its
    // own, the second over the first: which of the two it is the crash decides, and never are there more.
    expect(signatures.map(({ kind }) => kind).join(' ')).toMatch(/^signature signature( timestamp){1,2}$/);
    const { attachments } = await clerk.call('outgoing.get', { id });
    const main = await clerk.filePath(attachments.find(({ role }) => role === 'main')!.sha256);
    expect(readFileSync(main).equals(readFileSync(path))).toBe(true);
  });

  it('every status has gone out once and come in once', async () => {
    const sent = (messages(DEPARTMENT.code, 'status') as StatusMessage[]).map(
      ({ code, responseFor }) => `${code} ${responseFor.documentId.split(',')[2]}`,
    );
    expect(sent.sort()).toEqual(
      ['01 345/SGDĐT-VP', '03 345/SGDĐT-VP', '01 901/SGDĐT-VP', '01 346/SGDĐT-VP'].sort(),
    );
    const { deliveries } = await clerk.call('outgoing.get', { id });
    expect(deliveries.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
    const heard = journal(office.dataDir).filter(({ type }) => type === 'status.received');
    expect(new Set(heard.map(({ data }) => (JSON.parse(data) as { statusKey: string }).statusKey)).size).toBe(
      4,
    );
    expect(heard).toHaveLength(4);
  });

  it('each letter is there once, and the next arrival number leaves no gap', async () => {
    const { rows } = await clerk.call('incoming.list', { sort: 'arrived', descending: false });
    expect(rows.map(({ code }) => code).sort()).toEqual(['345/SGDĐT-VP', '346/SGDĐT-VP', '901/SGDĐT-VP']);
    for (const row of rows.filter(({ state }) => state === 'arrived'))
      await clerk.call('incoming.register', { id: row.id });
    const year = { from: '2026-01-01', to: '2036-12-31' } as const;
    const arrivals = await clerk.call('register.book', { book: 'incoming', ...year });
    expect(arrivals.rows.map(({ cells }) => cells)).toMatchObject(
      [1, 2, 3].map((arrivalNumber) => ({ arrivalNumber })),
    );
    const departures = await clerk.call('register.book', { book: 'outgoing', ...year });
    expect(departures.rows.map(({ cells }) => cells.code)).toEqual(['01/THPTVD-VP']);
  });

  it('nothing waits any more, here or at the axis', async () => {
    expect(await clerk.call('exchange.sync', {})).toMatchObject({ waiting: 0, problem: null });
    for (const kind of ['edoc', 'status'] as const)
      expect(office.axis.waiting(SCHOOL.code, kind, false)).toEqual([]);
    expect((await clerk.call('exchange.quarantine', {})).rows).toEqual([]);
  });

  it('the signatures hold, and journal, tables and files agree', async () => {
    // The desk asks about revocation in the background and then judges again.
    await expect
      .poll(
        async () => {
          const { attachments } = await clerk.call('outgoing.get', { id });
          return attachments.map(({ role, verdict }) => [role, verdict]);
        },
        { timeout: 90_000, interval: 500 },
      )
      .toEqual([
        ['main', 'valid-with-changes'],
        ['source', null],
        ['appendix', 'valid'],
        ['message', null],
      ]);
    await expectWhole(clerk);
  });
});
