import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLERK, PEOPLE, PRINCIPAL, SCHOOL, TEACHER } from '../../tests/demo/sample.ts';
import { filledSealPng, opaquePng, signaturePng } from '../../tests/fixtures/pdf/images.ts';
import { SAMPLE_LETTER, drawLetter } from '../../tests/fixtures/pdf/letters.ts';
import { missing } from '../../tests/crypto/boringssl.ts';
import { makeSamples, PIN, type Desk as Samples } from '../../tests/desk/signing.ts';
import { pem } from '../../tests/pki/ca.ts';
import { writePkcs12 } from '../../tests/pki/pkcs12.ts';
import { capabilities, grantOf, type Role } from '../shared/domain/permissions.ts';
import { ipc, type Argument, type CallName, type DeskEvent, type Result } from '../shared/ipc/index.ts';
import { openDesk, type Desk } from './desk.ts';
import { forkHost } from './token/launch.ts';

let dir: string;
let desk: Desk;
let logged: string[];
let vaultValues: Map<string, string>;
let samples: Samples;

const open = () =>
  openDesk({
    dataDir: dir,
    vault: {
      get: (key) => Promise.resolve(vaultValues.get(key) ?? null),
      set: (key, value) => Promise.resolve(void vaultValues.set(key, value)),
    },
    launchTokenHost: forkHost(),
    log: {
      info: (message) => void logged.push(message),
      error: (message, cause) => void logged.push(`${message} ${String((cause as Error)?.stack)}`),
    },
  });

beforeAll(async () => (samples = await makeSamples()));
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'desk-'));
  logged = [];
  vaultValues = new Map();
  desk = await open();
});
afterEach(async () => {
  await desk.close();
  rmSync(dir, { recursive: true });
});

const at = (id: string) => ({ id, host: 'browser' }) as const;

async function call<N extends CallName>(window: string, name: N, argument: Argument<N>): Promise<Result<N>> {
  const answer = await desk.call(name, argument, at(window));
  if (!answer.ok) throw Object.assign(new Error(answer.code), answer);
  return ipc[name].result.parse(answer.value) as Result<N>;
}
const refused = (code: string, params?: object) =>
  expect.objectContaining(params ? { code, params } : { code });
const file = async (window: string, name: string, bytes: Uint8Array) => {
  const answer = await desk.addFile(name, bytes, at(window));
  if (!answer.ok) throw Object.assign(new Error(answer.code), answer);
  return { sha256: (answer.value as { sha256: string }).sha256, name };
};

/** The office with its people; each sits at a window named after them. */
async function setUp(): Promise<void> {
  await call('first', 'settings.save-office', SCHOOL);
  for (const person of PEOPLE) {
    await call(person === PEOPLE[0] ? 'first' : CLERK.id, 'settings.save-person', person);
    if (person === PEOPLE[0]) await call(CLERK.id, 'session.sit', { personId: CLERK.id });
  }
  for (const { id } of PEOPLE) await call(id, 'session.sit', { personId: id });
}

const draft = async (changes: Partial<Argument<'outgoing.create'>> = {}) => ({
  kindId: 'CV',
  subject: 'V/v báo cáo số liệu đầu năm học 2026-2027',
  unit: 'VP',
  urgency: 'normal' as const,
  dueDate: null,
  signerId: PRINCIPAL.id,
  main: await file(TEACHER.id, 'bao-cao.pdf', samples.letter),
  source: await file(TEACHER.id, 'bao-cao.docx', Buffer.from('docx')),
  appendices: [],
  recipients: [],
  replyToId: null,
  ...changes,
});

const mainAttachment = async (id: string) =>
  (await call(TEACHER.id, 'outgoing.get', { id })).attachments.find(({ role }) => role === 'main')!;
const mainOf = async (id: string) => (await mainAttachment(id)).sha256;
const verdictOf = async (id: string) => (await mainAttachment(id)).verdict;
const found = async (text: string) => (await call(CLERK.id, 'search.find', { text })).hits;

const capabilitiesOf = (role: Role) => capabilities.filter((capability) => grantOf(role, capability));

it('tells every window which algorithms its machine lacks', async () => {
  const { machineProblem } = await call('first', 'session.state', {});
  expect(machineProblem).toBeNull();
  await desk.close();
  missing.add('ed25519');
  desk = await open();
  missing.clear();
  for (const window of ['first', 'second'])
    expect((await call(window, 'session.state', {})).machineProblem).toEqual({
      code: 'host.cryptography-lacking',
      params: { algorithms: 'ed25519' },
    });
});

describe('who sits at the desk', () => {
  it('is asked before anything but setting up an empty office', async () => {
    await expect(call('w', 'incoming.list', {})).rejects.toThrow(refused('documents.nobody-sits'));
    await setUp();
    await expect(call('new', 'settings.save-office', SCHOOL)).rejects.toThrow(
      refused('documents.nobody-sits'),
    );
    await expect(call('new', 'session.sit', { personId: 'ai' })).rejects.toThrow(
      refused('documents.no-such-person'),
    );
    await expect(file('new', 'a.pdf', samples.letter)).rejects.toThrow(refused('documents.nobody-sits'));
    expect(await call('new', 'session.state', {})).toMatchObject({
      currentPersonId: null,
      officeName: SCHOOL.name,
    });
    expect(await call(CLERK.id, 'session.state', {})).toMatchObject({
      currentPersonId: CLERK.id,
      host: 'browser',
    });
  });

  it('must have the right, and a refusal is recorded', async () => {
    await setUp();
    await expect(
      call(TEACHER.id, 'register.book', { book: 'incoming', from: '2026-01-01', to: '2026-12-31' }),
    ).rejects.toThrow(refused('documents.not-allowed', { name: TEACHER.name }));
    await expect(
      call(CLERK.id, 'history.of', { id: '00000000-0000-4000-8000-000000000000' }),
    ).rejects.toThrow(refused('documents.not-found'));
    const { journalEntries } = await call(CLERK.id, 'integrity.check', { taskId: crypto.randomUUID() });
    expect(journalEntries).toBeGreaterThan(PEOPLE.length * 2);
  });

  it('deals with own documents only, where the table says so', async () => {
    await setUp();
    const { id } = await call(TEACHER.id, 'outgoing.create', await draft());
    const other = { ...TEACHER, id: 'gv-2', name: 'Hoàng Văn Thử' };
    await call(CLERK.id, 'settings.save-person', other);
    await call('gv-2', 'session.sit', { personId: 'gv-2' });
    expect((await call('gv-2', 'outgoing.list', {})).total).toBe(0);
    const sha256 = await mainOf(id);
    await expect(call('gv-2', 'verification.of', { sha256 })).rejects.toThrow(
      refused('documents.file-not-yours'),
    );
    for (const name of ['outgoing.get', 'outgoing.submit', 'history.of'] as const)
      await expect(call('gv-2', name, { id })).rejects.toThrow(refused('documents.not-allowed'));
    expect((await call('gv-2', 'search.find', { text: 'bao cao' })).total).toBe(0);
    expect((await call(TEACHER.id, 'search.find', { text: 'bao cao' })).total).toBe(1);
    await expect(call(CLERK.id, 'outgoing.number', { id })).rejects.toThrow(refused('documents.not-signed'));
    await expect(call(PRINCIPAL.id, 'outgoing.number', { id })).rejects.toThrow(
      refused('documents.not-allowed'),
    );
  });

  it('cannot leave the office without anybody who may change it', async () => {
    await setUp();
    await call(CLERK.id, 'settings.save-person', { ...PRINCIPAL, active: false });
    await expect(call(CLERK.id, 'settings.save-person', { ...CLERK, role: 'teacher' })).rejects.toThrow(
      refused('documents.last-manager'),
    );
    await expect(call(PRINCIPAL.id, 'incoming.list', {})).rejects.toThrow(refused('documents.nobody-sits'));
  });

  it('every role has some capability and nobody both signs and numbers', () => {
    for (const role of ['clerk', 'principal', 'teacher'] as const) {
      expect(capabilitiesOf(role).length).toBeGreaterThan(0);
      expect(
        ['outgoing.sign', 'outgoing.number'].every((one) => capabilitiesOf(role).some((two) => two === one)),
      ).toBe(false);
    }
  });
});

describe('a call', () => {
  it('is refused by the field that is wrong', async () => {
    await setUp();
    const bad = await desk.call('incoming.refuse', { id: crypto.randomUUID(), reason: ' no ' }, at(CLERK.id));
    expect(bad).toEqual({ ok: false, code: 'host.bad-request', params: { field: 'reason' } });
  });

  it('takes text in parts as one (NFC), but a secret as it is', async () => {
    await setUp();
    await call(CLERK.id, 'settings.save-office', { ...SCHOOL, name: SCHOOL.name.normalize('NFD') });
    expect((await call(CLERK.id, 'settings.get', {})).office?.name).toBe(SCHOOL.name.normalize('NFC'));
    const secret = 'mật khẩu'.normalize('NFD');
    const axis = { url: 'http://127.0.0.1:9', systemId: 's', allowHttp: true, intervalMinutes: 60 };
    await call(CLERK.id, 'settings.save-axis', { ...axis, secret });
    expect([...vaultValues.values()]).toEqual([secret]);
    expect((await call(CLERK.id, 'settings.get', {})).axis).toEqual({ ...axis, secretSet: true });
    const state = await call(CLERK.id, 'exchange.sync', {});
    expect(state).toMatchObject({ configured: true, online: false, problem: { code: 'axis.unreachable' } });
    expect(logged.join('\n')).not.toContain(secret);
  });

  it('needs a connection where it is about one', async () => {
    await setUp();
    expect(await call(CLERK.id, 'exchange.state', {})).toMatchObject({ configured: false, waiting: 0 });
    await expect(call(CLERK.id, 'exchange.sync', {})).rejects.toThrow(refused('documents.axis-missing'));
    await expect(call(CLERK.id, 'settings.test-axis', {})).rejects.toThrow(refused('documents.axis-missing'));
  });

  it('that fails for a reason nobody foresaw gives a log id and keeps the reason in the log', async () => {
    await setUp();
    const { id } = await call(TEACHER.id, 'outgoing.create', await draft());
    await desk.close();
    const answer = await desk.call('outgoing.get', { id }, at(TEACHER.id));
    expect(answer).toMatchObject({ ok: false, code: 'host.unexpected' });
    const logId = answer.ok ? '' : String(answer.params['logId']);
    expect(logged.find((line) => line.includes(logId))).toMatch(/database connection is not open/);
    desk = await open();
  });

  it('tells every window what to ask again, once', async () => {
    await setUp();
    const heard: DeskEvent[] = [];
    const stop = desk.on((event) => heard.push(event));
    await call(TEACHER.id, 'outgoing.create', await draft());
    const told = (events: readonly DeskEvent[]) =>
      events.filter((event) => event.type === 'changed' && event.topic === 'outgoing').length;
    await expect.poll(() => told(heard)).toBeGreaterThan(0);
    stop();
    const before = heard.length;
    const stillHeard: DeskEvent[] = [];
    desk.on((event) => stillHeard.push(event));
    await call(TEACHER.id, 'outgoing.create', await draft());
    await expect.poll(() => told(stillHeard)).toBeGreaterThan(0);
    expect(heard).toHaveLength(before);
  });
});

describe('long work', () => {
  it('says how far it is and can be stopped', async () => {
    await setUp();
    const taskId = crypto.randomUUID();
    const heard: DeskEvent[] = [];
    desk.on((event) => heard.push(event));
    expect(await call(CLERK.id, 'integrity.rebuild', { taskId })).toMatchObject({ identical: true });
    expect(heard).toContainEqual(expect.objectContaining({ type: 'progress', taskId }));
    const work = call(CLERK.id, 'integrity.rebuild', { taskId });
    await call(CLERK.id, 'task.cancel', { taskId });
    await expect(work).rejects.toThrow(refused('host.cancelled'));
  });
});

/** A timestamp service that takes longer to refuse than the rest of the desk takes to close. */
async function slowService() {
  const server = createServer(
    (_, response) => void setTimeout(() => response.writeHead(503).end('busy'), 1_500),
  );
  const asked = once(server, 'request');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, asked, end: () => void server.close() };
}

describe('closing', () => {
  it('lets the signature under way be finished and recorded; what was not begun is as it was', async () => {
    await setUp();
    const p12 = await file(CLERK.id, 'Token thử', writePkcs12(samples.pki.principal, PIN));
    await call(CLERK.id, 'settings.add-pkcs12', { ...p12, pin: PIN });
    const [token] = (await call(PRINCIPAL.id, 'signing.tokens', {})).tokens;
    const letter = await file(PRINCIPAL.id, 'Bang diem.pdf', samples.letter);
    const service = await slowService();
    const services = { tsaUrl: service.url, timestamps: true, revocation: false };
    await call(CLERK.id, 'settings.save-services', services);
    const act = { kind: 'general', file: letter, holder: 'person' } as const;
    const signing = call(PRINCIPAL.id, 'file-act.sign', {
      items: Array.from({ length: 40 }, () => ({ act, boxes: [] })),
      tokenId: token!.id,
      certificateSha256: token!.certificates[0]!.sha256,
      pin: PIN,
      taskId: crypto.randomUUID(),
    });
    await service.asked;
    await desk.close();
    service.end();
    const { items, stopped } = await signing;
    const outcomes = items.map(({ outcome }) => outcome);
    expect(stopped?.code).toBe('host.cancelled');
    expect(outcomes[0]).toBe('signed');
    expect(outcomes).toContain('not-tried');
    expect(outcomes).not.toContain('failed');
    expect(logged.filter((line) => line.includes('Error'))).toEqual([]);

    desk = await open();
    await call(PRINCIPAL.id, 'session.sit', { personId: PRINCIPAL.id });
    await call(CLERK.id, 'session.sit', { personId: CLERK.id });
    const { total } = await call(PRINCIPAL.id, 'file-act.list', {});
    expect(total).toBe(outcomes.filter((outcome) => outcome === 'signed').length);
    expect(await call(CLERK.id, 'integrity.check', { taskId: crypto.randomUUID() })).toMatchObject({
      brokenAt: null,
      missing: [],
      damaged: [],
    });
  });
});

describe('files', () => {
  it('are given to whoever may see their document, and to the window that added them', async () => {
    await setUp();
    const { id } = await call(TEACHER.id, 'outgoing.create', await draft());
    const sha256 = await mainOf(id);
    const seen = await desk.openFile(sha256, at(CLERK.id));
    expect(seen).toMatchObject({ mediaType: 'application/pdf', size: samples.letter.length });
    expect(readFileSync(seen.path).equals(Buffer.from(samples.letter))).toBe(true);
    const loose = await file(TEACHER.id, 'khac.png', signaturePng(1));
    expect(await desk.openFile(loose.sha256, at(TEACHER.id))).toMatchObject({ mediaType: 'image/png' });
    await expect(desk.openFile(loose.sha256, at(CLERK.id))).rejects.toThrow(
      refused('documents.file-not-yours'),
    );
  });

  it('that are big come in piece by piece: the desk hears others meanwhile', async () => {
    await setUp();
    const megabytes = 20;
    const isIn = new AbortController();
    let turns = 0;
    const counted = (async () => {
      for (; !isIn.signal.aborted; turns += 1) await nextTurn();
    })();
    const { sha256 } = await file(CLERK.id, 'lon.bin', new Uint8Array(megabytes * 2 ** 20).fill(7));
    isIn.abort();
    await counted;
    expect(turns).toBeGreaterThanOrEqual(megabytes);
    const { path } = await desk.openFile(sha256, at(CLERK.id));
    expect(readFileSync(path)).toHaveLength(megabytes * 2 ** 20);
  });

  it('that hold keys are given to nobody, and no file is larger than the limit', async () => {
    await setUp();
    const key = await file('other', 'k.p12', new Uint8Array()).catch(() => null);
    expect(key).toBeNull();
    const p12 = await file(CLERK.id, 'principal.p12', writePkcs12(samples.pki.principal, PIN));
    await call(CLERK.id, 'settings.add-pkcs12', { ...p12, pin: PIN });
    await expect(desk.openFile(p12.sha256, at(PRINCIPAL.id))).rejects.toThrow(
      refused('documents.file-not-yours'),
    );
    await call(CLERK.id, 'session.sit', { personId: TEACHER.id });
    await call(CLERK.id, 'session.sit', { personId: CLERK.id });
    await expect(desk.openFile(p12.sha256, at(CLERK.id))).rejects.toThrow(
      refused('documents.file-not-yours'),
    );
    await expect(file(CLERK.id, 'a', new Uint8Array(50 * 1024 * 1024 + 1))).rejects.toThrow(
      refused('host.too-large'),
    );
  });
});

describe('settings', () => {
  it('name tokens, roots and images, and take them away again', async () => {
    await setUp();
    const p12 = await file(CLERK.id, 'principal.p12', writePkcs12(samples.pki.principal, PIN));
    await call(CLERK.id, 'settings.add-pkcs12', { ...p12, name: 'Token thử', pin: PIN });
    expect((await call(PRINCIPAL.id, 'signing.tokens', {})).tokens).toMatchObject([
      { label: 'Token thử', driver: 'pkcs12' },
    ]);
    await call(CLERK.id, 'settings.remove-pkcs12', { sha256: p12.sha256 });
    expect((await call(PRINCIPAL.id, 'signing.tokens', {})).tokens).toEqual([]);

    const root = await file(CLERK.id, 'root.pem', Buffer.from(pem('CERTIFICATE', samples.pki.root)));
    expect(await call(CLERK.id, 'settings.add-roots', root)).toEqual({ added: 1 });
    expect(await call(CLERK.id, 'settings.add-roots', root)).toEqual({ added: 0 });
    const roots = async () => (await call(CLERK.id, 'settings.get', {})).roots;
    const [added] = await roots();
    expect(added).toMatchObject({
      subject: expect.stringContaining('RootCA Ví Dụ') as string,
      origin: 'imported',
    });
    await call(CLERK.id, 'settings.remove-root', { sha256: added?.sha256 ?? '' });
    expect((await roots()).filter(({ origin }) => origin === 'imported')).toEqual([]);

    const image = await file(CLERK.id, 'ky.png', signaturePng(2));
    await call(CLERK.id, 'settings.save-image', { owner: PRINCIPAL.id, file: image });
    expect((await call(CLERK.id, 'settings.get', {})).images).toEqual({
      [PRINCIPAL.id]: { sha256: image.sha256 },
    });
    const letter = await file(CLERK.id, 'khong-phai-anh.png', samples.letter);
    await expect(call(CLERK.id, 'settings.save-image', { owner: 'seal', file: letter })).rejects.toThrow(
      refused('pdf.bad-image'),
    );
    for (const png of [opaquePng(), filledSealPng()]) {
      const opaque = await file(CLERK.id, 'dau.png', png);
      await expect(call(CLERK.id, 'settings.save-image', { owner: 'seal', file: opaque })).rejects.toThrow(
        refused('pdf.image-opaque'),
      );
    }
    await expect(call(CLERK.id, 'settings.save-image', { owner: 'ai', file: image })).rejects.toThrow(
      refused('documents.no-such-person'),
    );
    await expect(call(CLERK.id, 'settings.add-module', { path: join(dir, 'nowhere.so') })).rejects.toThrow(
      refused('token.module-file-missing'),
    );
  });
});

describe('reading in the background', () => {
  it('makes the words of a PDF findable and judges its signatures', async () => {
    await setUp();
    const { id } = await call(TEACHER.id, 'outgoing.create', await draft());
    await expect
      .poll(() => found('"cam ket tinh chinh xac"'))
      .toMatchObject([{ id, kind: 'outgoing', excerpt: expect.stringContaining('cam kết tính chính xác') }]);
    await expect.poll(() => verdictOf(id)).toBe('unsigned');
  });

  it('keeps no word of a draft with a secrecy stamp, and refuses to submit it', async () => {
    await setUp();
    const stamped = await drawLetter({
      ...SAMPLE_LETTER,
      subject: 'phương án',
      body: ['MẬT', 'Nội dung kín đáo'],
    });
    const main = await file(TEACHER.id, 'kin.pdf', stamped);
    const { id } = await call(TEACHER.id, 'outgoing.create', await draft({ main }));
    await expect(call(TEACHER.id, 'outgoing.submit', { id })).rejects.toThrow(
      refused('documents.secret', { mark: 'MẬT' }),
    );
    await expect.poll(() => verdictOf(id)).not.toBeNull();
    // Files are read in turn: what came later has been read, so this one has too.
    await call(TEACHER.id, 'outgoing.create', await draft());
    await expect.poll(() => found('"cam ket tinh chinh xac"')).toHaveLength(1);
    expect(await found('"noi dung kin dao"')).toEqual([]);
  });
});
