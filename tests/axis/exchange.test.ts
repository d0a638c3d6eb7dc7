import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_ORGANIZATION } from '../../src/main/axis/edxml-model.ts';
import type { EdocMessage, StatusMessage } from '../../src/main/axis/edxml-model.ts';
import { readEdxml } from '../../src/main/axis/edxml-read.ts';
import { writeEdoc, writeStatus } from '../../src/main/axis/edxml-write.ts';
import { createExchange } from '../../src/main/axis/exchange.ts';
import type { Exchange } from '../../src/main/axis/exchange.ts';
import type { AxisTransport } from '../../src/main/axis/transport.ts';
import { vxpTransport } from '../../src/main/axis/vxp.ts';
import { department, sampleEdoc, sampleStatus, school } from './samples.ts';
import { createAxis } from './server.ts';
import type { ReferenceAxis } from './server.ts';
import { openTestOffice } from './test-office.ts';
import type { TestOffice } from './test-office.ts';

const schoolUnit = {
  code: 'H99.05.021',
  oldCode: '000.21.05.H99',
  name: school.name,
  systemId: 'sys.school',
  secret: 'school-s3cr3t',
};
const departmentUnit = {
  code: 'H99.05',
  oldCode: '000.00.05.H99',
  name: department.name,
  systemId: 'sys.department',
  secret: 'd',
};
const otherUnit = {
  code: 'H99.07',
  oldCode: '000.00.07.H99',
  name: 'Sở Nội vụ',
  systemId: 'sys.7',
  secret: 's7',
};
const never = new AbortController().signal;
const MINUTE = 60_000;

let folder: string;
let axis: ReferenceAxis;
let office: TestOffice;
let exchange: Exchange;
let theirs: AxisTransport;
let clock: number;
let logged: unknown[];

const now = () => clock;
const transport = (secret = schoolUnit.secret) =>
  vxpTransport({ url: axis.url, allowHttp: true, systemId: schoolUnit.systemId, secret, now });
const exchangeOver = (port: TestOffice['port'], over: AxisTransport) =>
  createExchange({
    office: port,
    transport: over,
    intervalMs: 5 * MINUTE,
    now,
    log: (error) => String(logged.push(error)),
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exchange-'));
  clock = Date.now();
  logged = [];
  axis = await createAxis({ port: 0, dataDir: join(folder, 'axis'), now });
  for (const unit of [schoolUnit, departmentUnit, otherUnit]) axis.addUnit(unit);
  theirs = vxpTransport({ url: axis.url, allowHttp: true, ...departmentUnit });
  office = openTestOffice(folder, school, now);
  exchange = exchangeOver(office.port, transport());
});

afterEach(async () => {
  await exchange.stop();
  office.close();
  await axis.close();
  rmSync(folder, { recursive: true });
});

/** A document from the department to the school. */
const theirDocument = (changes: Partial<EdocMessage> = {}): EdocMessage =>
  sampleEdoc({
    from: department,
    to: [{ ...EMPTY_ORGANIZATION, organId: 'H99.05.021', name: school.name }],
    documentId: 'H99.05,2025/10/01,345/SGDĐT-VP',
    number: '345',
    notation: 'SGDĐT-VP',
    trace: [{ organId: 'H99.05', at: clock }],
    ...changes,
  });
const theySend = (changes: Partial<EdocMessage> = {}) =>
  theirs.send(
    {
      kind: 'edoc',
      bytes: writeEdoc(theirDocument(changes), { now: clock, secrecy: '' }),
      from: 'H99.05',
      to: ['H99.05.021'],
    },
    never,
  );
const theyReport = (changes: Partial<StatusMessage> = {}) =>
  theirs.send(
    { kind: 'status', bytes: writeStatus(sampleStatus(changes)), from: 'H99.05', to: ['H99.05.021'] },
    never,
  );
/** Codes of the statuses the department has got, in order. */
const statusesAtDepartment = async () => {
  const items = await theirs.listIncoming('status', never);
  const messages = await Promise.all(
    items.map(async ({ axisDocId }) => readEdxml(await theirs.fetch(axisDocId, never)).message),
  );
  return messages.map((message) => (message.kind === 'status' ? message.code : '?'));
};
const documentsAtDepartment = async () => (await theirs.listIncoming('edoc', never)).length;
const problem = () => exchange.state().problem?.code ?? null;

describe('receiving', () => {
  it('stores, records, acknowledges, and reports 01', async () => {
    await theySend();
    const state = await exchange.syncNow();
    expect(state).toMatchObject({ online: true, problem: null, lastSyncAt: clock });
    expect(office.documents()).toEqual([theirDocument().subject]);
    expect(office.inbox()).toMatchObject([{ state: 'recorded', acked: 1 }]);
    expect(await statusesAtDepartment()).toEqual(['01']);
    expect(axis.store.deliveries()[0]?.status).toBe('done');
  });

  it('takes re-listed, doubled and aliased deliveries for one document', async () => {
    Object.assign(axis.faults, {
      relistDone: true,
      duplicateDelivery: true,
      deliverToAliases: true,
      upperCaseIds: true,
    });
    await theySend();
    await exchange.syncNow();
    axis.faults.upperCaseIds = false;
    await exchange.syncNow();
    expect(office.documents()).toHaveLength(1);
    expect((await statusesAtDepartment()).length).toBe(office.outbox().length * 4);
    expect(office.outbox()).toHaveLength(1);
    expect(office.inbox().every(({ state, acked }) => state === 'recorded' && acked === 1)).toBe(true);
  });

  it('a sender’s resend is the same document, other content under its id is another', async () => {
    await theySend();
    await exchange.syncNow();
    await theySend({ trace: [{ organId: 'H99.05', at: clock + 1000 }] });
    await exchange.syncNow();
    expect(office.documents()).toHaveLength(1);
    await theySend({ subject: 'V/v đính chính' });
    await exchange.syncNow();
    expect(office.documents()).toHaveLength(2);
  });

  it('keeps a document without id, with no status invented for it', async () => {
    axis.faults.verbatim = true;
    const xml = Buffer.from(writeEdoc(theirDocument(), { now: clock, secrecy: '' })).toString();
    const bytes = Buffer.from(xml.replace(/<edXML:DocumentId>H99.05,2025\/10\/01[^\n]*\n/, ''));
    const receivers = [{ toCode: 'H99.05.021', unitCode: 'H99.05.021' }];
    axis.store.accept({
      kind: 'edoc',
      from: 'H99.05',
      title: '',
      notation: '',
      sent: bytes,
      delivered: bytes,
      receivers,
    });
    await exchange.syncNow();
    expect(office.documents()).toHaveLength(1);
    expect(office.outbox()).toEqual([]);
  });

  it.each([
    ['broken XML', '<edXML><a></edXML>', 'axis.xml-broken'],
    ['a DTD', '<!DOCTYPE edXML><edXML/>', 'axis.dtd'],
    ['something else', '<html/>', 'axis.not-edxml'],
  ])('%s goes into quarantine whole, unacknowledged, and holds up nothing', async (_, text, code) => {
    const bytes = Buffer.from(text);
    const receivers = [{ toCode: 'H99.05.021', unitCode: 'H99.05.021' }];
    axis.store.accept({
      kind: 'edoc',
      from: 'H99.05',
      title: '',
      notation: '',
      sent: bytes,
      delivered: bytes,
      receivers,
    });
    await theySend();
    await exchange.syncNow();
    expect(problem()).toBe(code);
    expect(office.inbox()).toMatchObject([
      { state: 'quarantined', acked: 0, problem: code },
      { state: 'recorded', acked: 1 },
    ]);
    const fetches = () => axis.calls.filter((call) => call === 'getEdoc').length;
    const before = fetches();
    await exchange.syncNow();
    expect(fetches()).toBe(before);
    clock += 11 * MINUTE;
    await exchange.syncNow();
    expect(fetches()).toBe(before + 1);
    expect(await exchange.reread(axis.store.deliveries()[0]?.docId ?? '', 'edoc')).toBe(false);

    office.discard(axis.store.deliveries()[0]?.docId ?? '');
    clock += 60 * MINUTE;
    await exchange.syncNow();
    expect(axis.store.deliveries()[0]?.status).toBe('fail');
  });

  it('flags what does not decode and keeps the message', async () => {
    axis.faults.truncateBase64 = true;
    await theySend();
    await exchange.syncNow();
    expect(office.documents()).toHaveLength(1);
  });

  it('goes on with other messages when one cannot be fetched', async () => {
    await theySend();
    await theySend({ documentId: 'H99.05,2025/10/01,346/SGDĐT-VP', number: '346' });
    Object.assign(axis.faults, { failNext: 1, failMethod: 'getEdoc' });
    await exchange.syncNow();
    expect(problem()).toBe('axis.server-error');
    expect(office.documents()).toHaveLength(1);
    clock += 11 * MINUTE;
    await exchange.syncNow();
    expect(office.documents()).toHaveLength(2);
    expect(problem()).toBeNull();
  });
});

describe('lines that name no message', () => {
  it('hold up no other, in either direction, and are told', async () => {
    axis.faults.oddLines = true;
    await theySend();
    office.issue(sampleEdoc());
    await exchange.syncNow();
    expect(office.documents()).toHaveLength(1);
    expect(office.states()).toEqual(['sent', 'sent']);
    expect(problem()).toBe('axis.list-unreadable');
  });
});

describe('a clock days ahead, put right while an answer is lost', () => {
  it.each([3, -3])('%i days: the message is found on the axis and not sent again', async (days) => {
    const wrong = { by: days * 24 * 60 * MINUTE };
    const pcNow = () => clock + wrong.by;
    const own = vxpTransport({ url: axis.url, allowHttp: true, ...schoolUnit, now: pcNow });
    const pc = createExchange({
      office: office.port,
      transport: own,
      intervalMs: MINUTE,
      now: pcNow,
      log: String,
    });
    axis.faults.dropReplyAfterSend = 1;
    office.issue(sampleEdoc());
    await pc.syncNow();
    expect(office.states()).toEqual(['uncertain', 'uncertain']);
    wrong.by = 0;
    clock += 2 * MINUTE;
    await pc.syncNow();
    await pc.syncNow();
    expect(office.states()).toEqual(['sent', 'sent']);
    expect(office.outbox()).toMatchObject([{ attempts: 1 }]);
    expect(await documentsAtDepartment()).toBe(1);
    await pc.stop();
  });
});

describe('sending', () => {
  it('sends once and follows the statuses, whatever their order', async () => {
    office.issue(sampleEdoc());
    await exchange.syncNow();
    expect(office.states()).toEqual(['sent', 'sent']);
    expect(await documentsAtDepartment()).toBe(1);
    await theyReport({ code: '03', at: clock });
    await theyReport({ code: '01', at: clock - 1000 });
    await theyReport({ code: '01', at: clock - 1000 });
    axis.faults.reverseOrder = true;
    await exchange.syncNow();
    expect(office.states()).toEqual(['accepted', 'sent']);
    await exchange.syncNow();
    expect(await documentsAtDepartment()).toBe(1);
  });

  it('keeps a status that nothing belongs to until something does', async () => {
    await theyReport();
    await exchange.syncNow();
    expect(office.orphans()).toBe(1);
    office.issue(sampleEdoc());
    await exchange.syncNow();
    expect(office.orphans()).toBe(0);
    expect(office.states()).toEqual(['accepted', 'sent']);
  });

  it('waits while offline and goes on by itself', async () => {
    const { url } = axis;
    office.issue(sampleEdoc());
    await axis.close();
    await exchange.syncNow();
    expect(exchange.state()).toMatchObject({ online: false, problem: { code: 'axis.unreachable' } });
    await exchange.syncNow();
    expect(office.outbox()).toMatchObject([{ state: 'queued', attempts: 0 }]);
    axis = await createAxis({ port: Number(new URL(url).port), dataDir: join(folder, 'axis'), now });
    await exchange.syncNow();
    expect(exchange.state()).toMatchObject({ online: true, problem: null });
    expect(office.states()).toEqual(['sent', 'sent']);
  });

  it.each([
    ['the reply was dropped', { dropReplyAfterSend: 1 }],
    ['the axis failed after taking it', { failAfterSend: 1 }],
  ])('%s: looks before sending again, and never sends twice', async (_, faults) => {
    Object.assign(axis.faults, faults);
    office.issue(sampleEdoc());
    await exchange.syncNow();
    expect(problem()).toBe('axis.unknown-outcome');
    expect(office.states()).toEqual(['uncertain', 'uncertain']);
    await exchange.syncNow();
    expect(office.states()).toEqual(['uncertain', 'uncertain']);
    clock += 2 * MINUTE;
    await exchange.syncNow();
    expect(office.states()).toEqual(['sent', 'sent']);
    expect(office.outbox()).toMatchObject([{ attempts: 1 }]);
    expect(await documentsAtDepartment()).toBe(1);
  });

  it.each([
    ['HTTP 500', { failNext: 1, failMethod: 'sendEdoc' }],
    ['an HTML page', { htmlNext: 1 }],
  ])('%s and the axis does not have it: sends again', async (_, faults) => {
    await exchange.syncNow();
    Object.assign(axis.faults, faults);
    office.issue(sampleEdoc());
    await exchange.syncNow();
    clock += 2 * MINUTE;
    await exchange.syncNow();
    expect(office.states()).toEqual(['sent', 'sent']);
    expect(office.outbox()).toMatchObject([{ attempts: 2 }]);
    expect(await documentsAtDepartment()).toBe(1);
  });

  it('an update waits behind its document’s unknown outcome and is not taken for it', async () => {
    axis.faults.dropReplyAfterSend = 1;
    office.issue(sampleEdoc());
    const update = sampleEdoc({
      documentId: sampleEdoc().documentId,
      to: [{ ...department, organId: '000.00.05.H99' }],
      business: {
        ...sampleEdoc().business,
        type: 2,
        reason: 'Sửa',
        documentId: sampleEdoc().documentId,
        infoChanged: true,
      },
    });
    office.issue(update);
    await exchange.syncNow();
    expect(office.outbox()).toMatchObject([{ state: 'uncertain' }, { state: 'queued' }]);
    clock += 2 * MINUTE;
    axis.faults.dropReplyAfterSend = 1;
    await exchange.syncNow();
    expect(office.outbox()).toMatchObject([{ state: 'sent' }, { state: 'uncertain' }]);
    clock += 2 * MINUTE;
    await exchange.syncNow();
    expect(office.outbox()).toMatchObject([{ state: 'sent' }, { state: 'sent', attempts: 1 }]);
    expect(await documentsAtDepartment()).toBe(2);
  });

  it('a status that comes back proves a send whose answer was lost', async () => {
    axis.faults.dropReplyAfterSend = 1;
    office.issue(sampleEdoc());
    await exchange.syncNow();
    await theyReport({ code: '01', at: clock });
    await exchange.syncNow();
    expect(office.outbox()).toMatchObject([{ state: 'sent', attempts: 1 }]);
    expect(office.states()).toEqual(['arrived', 'sent']);
  });

  it('a refused message fails for good and the next one leaves', async () => {
    office.issue(sampleEdoc({ to: [{ ...department, organId: 'H99.404' }] }));
    office.issue(sampleEdoc({ documentId: 'H99.05.021,2025/10/13,13/CV-THPTVD', number: '13' }));
    await exchange.syncNow();
    expect(problem()).toBe('axis.recipient-unknown');
    expect(office.states()).toEqual(['send-failed', 'sent', 'sent']);
  });
});

describe('the clock', () => {
  it('a wrong secret halts it, saying so, with everything kept; a person can start it again', async () => {
    office.issue(sampleEdoc());
    exchange = exchangeOver(office.port, transport('wrong'));
    exchange.start();
    await exchange.syncNow();
    expect(exchange.state()).toMatchObject({
      phase: 'halted',
      nextSyncAt: null,
      problem: { code: 'axis.auth' },
    });
    expect(office.outbox()).toMatchObject([{ state: 'queued' }]);
    await exchange.stop();
    exchange = exchangeOver(office.port, transport());
    exchange.start();
    await exchange.syncNow();
    expect(exchange.state()).toMatchObject({ phase: 'idle', problem: null });
    expect(office.states()).toEqual(['sent', 'sent']);
  });

  it('halts also when another message failed before', async () => {
    await exchange.syncNow();
    office.issue(sampleEdoc({ to: [{ ...department, organId: 'H99.404' }] }));
    Object.assign(axis.faults, { failNext: 1, failStatus: 401, failMethod: 'getReceivedEdocList' });
    expect(await exchange.syncNow()).toMatchObject({ phase: 'halted', problem: { code: 'axis.auth' } });
    expect(office.states()).toEqual(['send-failed']);
  });

  it('backs off while the axis fails, and returns to its interval', async () => {
    exchange.start();
    const waits: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      axis.faults.failNext = 2;
      await exchange.syncNow();
      waits.push(Math.round(((exchange.state().nextSyncAt ?? 0) - clock) / 10_000) * 10_000);
    }
    expect(waits[1]).toBeGreaterThan(50_000);
    expect(waits.at(-1)).toBeGreaterThan(400_000);
    expect(waits.at(-1)).toBeLessThan(550_000);
    axis.faults.failNext = 0;
    await exchange.syncNow();
    expect(exchange.state().nextSyncAt).toBeLessThan(clock + 6 * MINUTE);
  });

  it('runs by itself, one pass at a time, and stops in the middle of a call', async () => {
    await theySend();
    const quick = createExchange({
      office: office.port,
      transport: transport(),
      intervalMs: 20,
      now,
      log: () => '',
    });
    quick.start();
    await expect
      .poll(() => axis.calls.filter((call) => call === 'getReceivedEdocList').length)
      .toBeGreaterThan(6);
    expect(office.documents()).toHaveLength(1);
    // Longer than any test: who waited for the answer would never stop.
    axis.faults.delayMs = 600_000;
    await expect.poll(() => quick.state().phase).toBe('syncing');
    await quick.stop();
    expect(quick.state()).toMatchObject({ phase: 'stopped', nextSyncAt: null, problem: null });
  });

  it('logs what went wrong, never a secret', async () => {
    axis.faults.htmlNext = 4;
    office.issue(sampleEdoc());
    await exchange.syncNow();
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.map((error) => `${(error as Error).stack} ${JSON.stringify(error)}`).join()).not.toContain(
      's3cr3t',
    );
  });
});
