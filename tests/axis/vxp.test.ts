import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEW_DOCUMENT } from '../../src/main/axis/edxml-model.ts';
import { readEdxml } from '../../src/main/axis/edxml-read.ts';
import { writeEdoc, writeStatus } from '../../src/main/axis/edxml-write.ts';
import { errorKind } from '../../src/main/axis/transport.ts';
import type { AxisTransport, Submission } from '../../src/main/axis/transport.ts';
import { vxpTransport } from '../../src/main/axis/vxp.ts';
import type { VxpConnection } from '../../src/main/axis/vxp.ts';
import { DeskError } from '../../src/shared/errors/index.ts';
import { department, pdfAttachment, sampleEdoc, sampleStatus, school } from './samples.ts';
import { createAxis } from './server.ts';
import type { ReferenceAxis } from './server.ts';

const schoolUnit = { code: 'H99.05.021', name: school.name, systemId: 'sys.school', secret: 'school-s3cr3t' };
const departmentUnit = {
  code: 'H99.05',
  oldCode: '000.00.05.H99',
  name: department.name,
  systemId: 'sys.department',
  secret: 'department-s3cr3t',
};
const otherUnit = {
  code: 'H99.07',
  oldCode: '000.00.07.H99',
  name: 'Sở Nội vụ',
  systemId: 'sys.7',
  secret: 's7',
};
const never = new AbortController().signal;
const now = Date.now();

let folder: string;
let axis: ReferenceAxis;
let ours: AxisTransport;
let theirs: AxisTransport;

const connect = (changes: Partial<VxpConnection> = {}) =>
  vxpTransport({ url: axis.url, allowHttp: true, ...schoolUnit, ...changes });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'axis-'));
  axis = await createAxis({ port: 0, dataDir: folder });
  for (const unit of [schoolUnit, departmentUnit, otherUnit]) axis.addUnit(unit);
  ours = connect();
  theirs = connect(departmentUnit);
});

afterEach(async () => {
  await axis.close();
  rmSync(folder, { recursive: true });
});

const edocBytes = (changes = {}) => writeEdoc(sampleEdoc(changes), { now, secrecy: '' });
const submission = (changes: Partial<Submission> = {}): Submission => ({
  kind: 'edoc',
  bytes: edocBytes(),
  from: 'H99.05.021',
  to: ['H99.05', '000.00.07.H99'],
  ...changes,
});
/** Code of the failure; the whole error must not carry the secret anywhere. */
const codeOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (error === null) return 'none';
  if (!(error instanceof DeskError)) throw error;
  expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('s3cr3t');
  return error.code;
};

const sendText = async (text: string) => codeOf(ours.send(submission({ bytes: Buffer.from(text) }), never));
const list = () => codeOf(ours.listIncoming('edoc', never));
const send = () => codeOf(ours.send(submission(), never));

const answering = async (listener: RequestListener, act: (transport: AxisTransport) => Promise<unknown>) => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  try {
    return await codeOf(act(connect({ url: `http://127.0.0.1:${port}` })));
  } finally {
    server.closeAllConnections();
    server.close();
  }
};
const body =
  (text: string): RequestListener =>
  (_, response) =>
    response.end(text);
const listOf = (transport: AxisTransport) => transport.listIncoming('edoc', never);

const cut: RequestListener = (_, response) => {
  response.writeHead(200, { 'Content-Length': '100' });
  response.write('{');
  setTimeout(() => response.destroy(), 20);
};
const all = async (transport: AxisTransport) => {
  for await (const agency of transport.listAgencies(never)) expect(agency.code).not.toBe('');
};

describe('a document from sender to receiver', () => {
  it('arrives re-serialised, is listed until acknowledged, and its status comes back', async () => {
    const id = await ours.send(submission(), never);
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    const [item, ...more] = await theirs.listIncoming('edoc', never);
    expect(more).toEqual([]);
    const received = readEdxml(await theirs.fetch(item?.axisDocId ?? '', never), 'edoc');
    expect(received.warnings).toEqual([]);
    expect(received.message).toMatchObject({
      subject: sampleEdoc().subject,
      attachments: sampleEdoc().attachments.map(({ name, description }) => ({
        name,
        description,
        problems: [],
      })),
    });
    expect(await theirs.listIncoming('edoc', never)).toHaveLength(1);
    await theirs.ack(item?.axisDocId ?? '', 'done', never);
    expect(await theirs.listIncoming('edoc', never)).toEqual([]);

    await theirs.send(
      { kind: 'status', bytes: writeStatus(sampleStatus()), from: 'H99.05', to: ['H99.05.021'] },
      never,
    );
    const [status] = await ours.listIncoming('status', never);
    expect(readEdxml(await ours.fetch(status?.axisDocId ?? '', never)).message).toEqual(sampleStatus());
  });

  it('shows in the list of sent messages, one line a recipient', async () => {
    const id = await ours.send(submission(), never);
    const rows = await ours.listSent('edoc', never);
    expect(rows).toMatchObject([
      { axisDocId: id, kind: 'edoc', to: 'H99.05', notation: '12/CV-THPTVD', title: sampleEdoc().subject },
      { axisDocId: id, to: '000.00.07.H99' },
    ]);
    expect(Math.abs((rows[0]?.sentAt ?? 0) - now)).toBeLessThan(60_000);
  });

  it('is found among lines that name no message, which are told once', async () => {
    axis.faults.oddLines = true;
    await ours.send(submission(), never);
    const told: unknown[] = [];
    expect(await theirs.listIncoming('edoc', never, (error) => told.push(error))).toHaveLength(1);
    expect(told).toMatchObject([{ code: 'axis.list-unreadable', params: { count: 7 } }]);
  });

  it('survives a restart of the axis', async () => {
    await ours.send(submission(), never);
    await axis.close();
    axis = await createAxis({ port: 0, dataDir: folder });
    expect(await connect(departmentUnit).listIncoming('edoc', never)).toHaveLength(1);
  });

  it('carries 36 MB', async () => {
    const bytes = Buffer.alloc(36_000_000, 'x').fill('%PDF-1.7 ', 0, 9);
    const big = edocBytes({ attachments: [{ ...pdfAttachment, bytes }] });
    await ours.send(submission({ bytes: big }), never);
    const [item] = await theirs.listIncoming('edoc', never);
    const received = readEdxml(await theirs.fetch(item?.axisDocId ?? '', never)).message;
    expect(
      received.kind === 'edoc' && Buffer.compare(received.attachments[0]?.bytes ?? bytes.subarray(1), bytes),
    ).toBe(0);
  });
});

describe('what the axis refuses', () => {
  it.each([
    ['wrong secret', () => connect({ secret: 'wrong' }).listIncoming('edoc', never), 'axis.auth', 'halt'],
    [
      'unknown system id',
      () => connect({ systemId: 'sys.x' }).listIncoming('edoc', never),
      'axis.auth',
      'halt',
    ],
    [
      'another sender',
      () => ours.send(submission({ from: 'H99.05' }), never),
      'axis.sender-not-registered',
      'halt',
    ],
    [
      'an unknown recipient',
      () =>
        ours.send(submission({ bytes: edocBytes({ to: [{ ...department, organId: 'H99.404' }] }) }), never),
      'axis.recipient-unknown',
      'permanent',
    ],
    [
      'a locked recipient',
      () => {
        axis.store.lockUnit('H99.05', true);
        return ours.send(submission(), never);
      },
      'axis.recipient-locked',
      'permanent',
    ],
    [
      'what is no edXML',
      () => ours.send(submission({ bytes: Buffer.from('<edXML/>') }), never),
      'axis.message-refused',
      'permanent',
    ],
    [
      'a DTD',
      () =>
        ours.send(
          submission({ bytes: Buffer.from(`<!DOCTYPE a>${Buffer.from(edocBytes()).toString()}`) }),
          never,
        ),
      'axis.message-refused',
      'permanent',
    ],
    ['an unknown message', () => ours.fetch('nope', never), 'axis.message-refused', 'permanent'],
  ] as const)('%s', async (_, act, code, kind) => {
    expect(await codeOf(act())).toBe(code);
    expect(errorKind(new DeskError(code))).toBe(kind);
  });

  it('messages other writers make: no prefixes, raw bytes labelled zip, no DocumentId, other dates', async () => {
    const xml = Buffer.from(edocBytes()).toString();
    axis.faults.strictPrefix = true;
    expect(
      await sendText(
        xml.replaceAll('edXML:edXMLEnvelope', 'x:edXMLEnvelope').replace('xmlns:edXML', 'xmlns:x'),
      ),
    ).toBe('axis.message-refused');
    expect(await sendText(xml.replace('<ContentType>text/plain', '<ContentType>application/zip'))).toBe(
      'axis.message-refused',
    );
    expect(await sendText(xml.replace(/<edXML:DocumentId>H99.05.021.*/, ''))).toBe('axis.message-refused');
    expect(await sendText(xml.replace('Date>2025/10/13', 'Date>13/10/2025'))).toBe('axis.message-refused');
    expect(await sendText(xml)).toBe('none');
  });
});

describe('when the axis misbehaves', () => {
  it.each([
    [{ failNext: 1, failStatus: 500 }, 'axis.server-error', 'axis.unknown-outcome'],
    [{ failNext: 1, failStatus: 503 }, 'axis.server-error', 'axis.unknown-outcome'],
    [{ failNext: 1, failStatus: 401 }, 'axis.auth', 'axis.auth'],
    [{ failNext: 1, failStatus: 413 }, 'axis.refused-too-large', 'axis.refused-too-large'],
    [{ failNext: 1, failStatus: 404 }, 'axis.reply-invalid', 'axis.reply-invalid'],
    [{ failNext: 1, failStatus: 302 }, 'axis.reply-invalid', 'axis.unknown-outcome'],
    [{ htmlNext: 1 }, 'axis.reply-not-json', 'axis.unknown-outcome'],
  ])('%o', async (faults, listed, sent) => {
    Object.assign(axis.faults, faults);
    expect(await list()).toBe(listed);
    Object.assign(axis.faults, faults);
    expect(await send()).toBe(sent);
  });

  it('a reply dropped after acceptance is an unknown outcome, and the list of sent messages knows', async () => {
    axis.faults.dropReplyAfterSend = 1;
    expect(await send()).toBe('axis.unknown-outcome');
    expect(await ours.listSent('edoc', never)).toHaveLength(2);
  });

  it('reads odd but honest replies', async () => {
    Object.assign(axis.faults, {
      numericErrorCode: true,
      unknownFields: true,
      upperCaseIds: true,
      plainErrorText: true,
      crlf: true,
      prefix: '\ufeff',
    });
    await ours.send(submission(), never);
    const [item] = await theirs.listIncoming('edoc', never);
    expect(readEdxml(await theirs.fetch(item?.axisDocId ?? '', never)).warnings).toEqual([]);
    axis.faults.nullData = true;
    expect(await ours.listIncoming('edoc', never)).toEqual([]);
  });

  it('gives up on silence, slow drips and endless replies', async () => {
    axis.faults.delayMs = 300;
    const hasty = connect({ limits: { idleMs: 50 } });
    expect(await codeOf(hasty.listIncoming('edoc', never))).toBe('axis.timeout');
    expect(await codeOf(hasty.send(submission(), never))).toBe('axis.unknown-outcome');
    Object.assign(axis.faults, { delayMs: 0, dripMs: 20 });
    expect(await codeOf(connect({ limits: { totalMs: 200 } }).listIncoming('edoc', never))).toBe(
      'axis.timeout',
    );
    axis.faults.dripMs = 0;
    expect(await codeOf(connect({ limits: { maxReplyBytes: 10 } }).listIncoming('edoc', never))).toBe(
      'axis.reply-too-large',
    );
  });

  it('stops at once when told to', async () => {
    axis.faults.delayMs = 5000;
    const stop = new AbortController();
    const listing = codeOf(ours.listIncoming('edoc', stop.signal));
    setTimeout(() => stop.abort(), 50);
    expect(await listing).toBe('host.cancelled');
    expect(await codeOf(ours.send(submission(), stop.signal))).toBe('host.cancelled');
  });

  it('is unreachable when nobody listens, also for a send: nothing can have been taken', async () => {
    const nobody = connect({ url: 'http://127.0.0.1:9' });
    expect(await codeOf(nobody.listIncoming('edoc', never))).toBe('axis.unreachable');
    expect(await codeOf(nobody.send(submission(), never))).toBe('axis.unreachable');
    expect(errorKind(new DeskError('axis.unreachable'))).toBe('transient');
  });
});

describe('replies no axis should give', () => {
  it.each([
    ['', listOf, 'none'],
    ['', (t: AxisTransport) => t.ack('a', 'done', never), 'axis.reply-invalid'],
    ['', (t: AxisTransport) => t.send(submission(), never), 'axis.unknown-outcome'],
    ['[]', listOf, 'axis.reply-invalid'],
    ['{"status":"OK"}', listOf, 'axis.reply-invalid'],
    ['{"status":"OK"}', (t: AxisTransport) => t.send(submission(), never), 'axis.unknown-outcome'],
    ['{"ErrorCode":"20","status":"FAIL"}', listOf, 'axis.server-error'],
    [
      '{"ErrorCode":"20","status":"FAIL"}',
      (t: AxisTransport) => t.send(submission(), never),
      'axis.unknown-outcome',
    ],
    ['{"ErrorCode":"0","status":"FAIL"}', listOf, 'axis.refused'],
    ['{"ErrorCode":"0","data":"x"}', listOf, 'axis.reply-invalid'],
    ['{"ErrorCode":"0"}', (t: AxisTransport) => t.fetch('a', never), 'axis.reply-invalid'],
    ['{"ErrorCode":"0"}', (t: AxisTransport) => t.send(submission(), never), 'none'],
  ])('%s', async (text, act, code) => {
    expect(await answering(body(text), act)).toBe(code);
  });

  it('a reply cut in the middle', async () => {
    expect(await answering(cut, listOf)).toBe('axis.unreachable');
  });
});

describe('addresses', () => {
  it.each([
    ['http://127.0.0.1/a', false, 'axis.http-not-allowed'],
    ['ftp://127.0.0.1', true, 'axis.address-invalid'],
    ['https://user:s3cr3t@host/', true, 'axis.address-invalid'],
    ['https://host/?a=b', true, 'axis.address-invalid'],
    ['', true, 'axis.address-invalid'],
    ['truc.example.gov.vn/adapter', false, 'none'],
  ])('%s', async (url, allowHttp, code) => {
    expect(await codeOf((async () => connect({ url, allowHttp }))())).toBe(code);
  });
});

describe('the directory', () => {
  it('comes row by row, 120,000 of them', async () => {
    axis.faults.extraAgencies = 120_000;
    let count = 0;
    for await (const agency of ours.listAgencies(never)) {
      if (count === 0)
        expect(agency).toEqual({
          code: 'H99.05',
          oldCode: '000.00.05.H99',
          name: department.name,
          email: '',
        });
      count += 1;
    }
    expect(count).toBe(120_003);
  });

  it('reports a refusal and a cut stream instead of a short list', async () => {
    expect(await codeOf(all(connect({ secret: 'wrong' })))).toBe('axis.auth');
    axis.faults.htmlNext = 1;
    expect(await codeOf(all(ours))).toBe('axis.reply-not-json');
    axis.faults.extraAgencies = 1_000_000;
    expect(await codeOf(all(connect({ limits: { totalMs: 100 } })))).toBe('axis.timeout');
  });
});

it('a recall travels as a document too', async () => {
  const business = {
    ...NEW_DOCUMENT,
    type: 1,
    reason: 'Gửi nhầm',
    documentId: sampleEdoc().documentId,
  } as const;
  await ours.send(submission({ bytes: edocBytes({ business }) }), never);
  const [item] = await theirs.listIncoming('edoc', never);
  expect(readEdxml(await theirs.fetch(item?.axisDocId ?? '', never)).message).toMatchObject({ business });
});
