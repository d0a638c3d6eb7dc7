import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { authenticate, checkSubmission, parameter } from './checks.ts';
import { NO_FAULTS } from './faults.ts';
import type { Faults } from './faults.ts';
import { demand, INVALID_FILE, Refusal } from './refusal.ts';
import { openStore } from './store.ts';
import type { AxisStore, Delivery, Unit } from './store.ts';
import { reserialize } from './transit.ts';

export interface AxisOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly dataDir: string;
  readonly now?: () => number;
}

export interface ReferenceAxis {
  readonly url: string;
  /** Change its properties at any time. */
  readonly faults: Faults;
  /** What it keeps: units, deliveries, their package status. */
  readonly store: AxisStore;
  /** Methods called so far, in order. */
  readonly calls: string[];
  addUnit(unit: Unit): void;
  close(): Promise<void>;
}

type Answer = Record<string, unknown> | Buffer | Readable;

/** Of no use to anybody: no object, no id, one too long, one that no header can carry. */
const ODD_LINES = [null, 'x', [], {}, { docId: '' }, { docId: 'a'.repeat(201) }, { docId: 'mã-1' }];

const MAX_REQUEST = 64 * 1024 * 1024;

/**
 * The exchange axis as the vendor's SDK sees it (A 5), with the checks, the rewriting in transit and the faults of
 * A 8. A real HTTP server on 127.0.0.1 that keeps everything in one SQLite file, so it survives being restarted.
 */
export async function createAxis({ port, dataDir, now = Date.now }: AxisOptions): Promise<ReferenceAxis> {
  const store = openStore(dataDir, now);
  const faults: Faults = { ...NO_FAULTS };
  const calls: string[] = [];
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      process.stderr.write(`axis: ${String(error)}\n`);
      response.destroy();
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Date', new Date(now()).toUTCString());
    const method = (request.url ?? '').split('?')[0]?.split('/').at(-1) ?? '';
    const body = await bodyOf(request);
    if (request.url?.startsWith('/admin/')) return reply(response, administer(method, body));
    calls.push(method);
    if (faults.delayMs > 0) await sleep(faults.delayMs);
    if (response.destroyed) return undefined;
    if (faults.failNext > 0 && (faults.failMethod === '' || faults.failMethod === method)) {
      faults.failNext -= 1;
      response.writeHead(faults.failStatus, { 'Content-Type': 'text/html' }).end('<h1>Error</h1>');
      return undefined;
    }
    if (faults.htmlNext > 0) {
      faults.htmlNext -= 1;
      response
        .writeHead(200, { 'Content-Type': 'text/html' })
        .end('<html><body>Dang nhap mang</body></html>');
      return undefined;
    }
    let answer: Answer;
    try {
      answer = serve(method, request, body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer = { status: 'FAIL', ErrorCode: String(error.code), ErrorDesc: described(error.message) };
    }
    if (method === 'sendEdoc' && isOk(answer)) {
      if (faults.dropReplyAfterSend > 0) {
        faults.dropReplyAfterSend -= 1;
        request.socket.destroy();
        return undefined;
      }
      if (faults.failAfterSend > 0) {
        faults.failAfterSend -= 1;
        response.writeHead(500).end();
        return undefined;
      }
    }
    return reply(response, answer);
  }

  function serve(method: string, request: IncomingMessage, body: Buffer): Answer {
    const { headers } = request;
    const unit = authenticate(headers, store, faults, now());
    const docId = parameter(headers, 'docId');
    const kind = parameter(headers, 'messagetype');
    switch (method) {
      case 'getReceivedEdocList': {
        const waiting = store.waiting(unit.code, kind, faults.relistDone).map(listItem);
        const ordered = faults.reverseOrder ? waiting.reverse() : waiting;
        return ok({ data: faults.nullData ? null : faults.oddLines ? [...ODD_LINES, ...ordered] : ordered });
      }
      case 'getEdoc': {
        const bytes = store.received(docId, unit.code);
        demand(bytes !== null, INVALID_FILE, 'Khong tim thay goi tin');
        return ok({ data: handedOut(bytes).toString('base64') });
      }
      case 'updateStatus': {
        const status = parameter(headers, 'status').toLowerCase();
        demand(['processing', 'done', 'fail'].includes(status), INVALID_FILE, 'Trang thai khong hop le');
        demand(store.setStatus(docId, unit.code, status), INVALID_FILE, 'Khong tim thay goi tin');
        return ok({});
      }
      case 'sendEdoc': {
        const { parcel, root } = checkSubmission(headers, body, unit, store, faults);
        const rewritten = faults.verbatim ? parcel.sent : Buffer.from(reserialize(root, wireTime(now())));
        return ok({ DocId: store.accept({ ...parcel, delivered: rewritten }) });
      }
      case 'getSentEdocList': {
        const rows = store.sent(unit.code, kind).filter((row) => docId === '' || row.senderDocId === docId);
        return ok({ data: rows.map(sentItem) });
      }
      case 'getAgenciesList':
        return agencies();
      case 'getAgenciesListQD20':
        return ok({
          data: store
            .units()
            .map(({ code, oldCode, name }, id) => ({ id, code, name, mail: '', code102: oldCode ?? '' })),
        });
      case 'getSynchronizeUnit':
        return ok({
          data: store.units().map(({ code, name }, id) => ({
            id,
            pid: null,
            code,
            name,
            mail: '',
            version: 1,
            centerCode: '',
            deleted: false,
            modifyDate: listTime(now()),
            isAgency: true,
          })),
        });
      case 'registerAgency': {
        const { code = '', name = '' } = JSON.parse(body.toString()) as { code?: string; name?: string };
        demand(code !== '' && name !== '', INVALID_FILE, 'Thieu ma hoac ten don vi');
        store.addUnit({ code, name, systemId: '', secret: '' });
        return ok({});
      }
      case 'deleteAgency':
        store.removeUnit(parameter(headers, 'AgencyCode'));
        return ok({});
      case 'countReceiveEdoc':
      case 'countReceiveStatus':
        return ok({ count: store.waiting(unit.code, kind, false).length });
      case 'downloadEdoc': {
        const bytes = store.received(docId, unit.code) ?? store.submitted(docId, unit.code);
        demand(bytes !== null, INVALID_FILE, 'Khong tim thay goi tin');
        return bytes;
      }
      default:
        throw new Refusal(INVALID_FILE, `Khong co ham ${method}`);
    }
  }

  function administer(what: string, body: Buffer): Answer {
    const given = body.length === 0 ? {} : (JSON.parse(body.toString()) as Record<string, unknown>);
    if (what === 'faults') Object.assign(faults, given);
    else if (what === 'units' && body.length > 0) store.addUnit(given as unknown as Unit);
    return {
      faults,
      units: store.units().map(({ code, oldCode, name }) => ({ code, oldCode, name })),
      deliveries: store.deliveries(),
    };
  }

  function ok(fields: Record<string, unknown>): Record<string, unknown> {
    return {
      status: 'OK',
      ErrorCode: faults.numericErrorCode ? 0 : '0',
      ErrorDesc: described('Thành công'),
      ...fields,
      ...(faults.unknownFields ? { futureField: { nested: [1, null] } } : {}),
    };
  }

  const described = (text: string) => (faults.plainErrorText ? text.replace(/[^\x20-\x7e]/g, '?') : text);

  function listItem(row: Delivery) {
    return {
      docId: faults.upperCaseIds ? row.docId.toUpperCase() : row.docId,
      serviceType: 'eDoc',
      messageType: row.kind,
      created_time: listTime(row.createdAt),
      updated_time: listTime(row.updatedAt),
      from: row.fromCode,
      to: row.toCode,
      status: row.status,
      status_desc: '',
    };
  }

  function handedOut(bytes: Buffer): Buffer {
    let text = faults.prefix + bytes.toString('utf8');
    if (faults.crlf) text = text.replace(/\r?\n/g, '\r\n');
    if (faults.truncateBase64)
      text = text.replace(/(ContentTransferEncoded[^>]*>)([^<]*)/g, (_, open: string, content: string) => {
        const half = content.slice(0, content.length / 2);
        return open + half.slice(0, half.length - (half.length % 4) + 1);
      });
    return Buffer.from(text);
  }

  /** The directory as a stream: the national one has over 100,000 rows. */
  function agencies(): Readable {
    const units = store.units();
    function* json() {
      yield '{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":[';
      for (const [id, { code, oldCode, name }] of units.entries())
        yield `${id ? ',' : ''}${JSON.stringify({ id, pid: null, code, oldCode, name, mail: '' })}`;
      for (let i = 0; i < faults.extraAgencies; i += 1) {
        const code = `H99.${String(i % 700).padStart(3, '0')}.${i}`;
        yield `${units.length + i ? ',' : ''}${JSON.stringify({ id: `x${i}`, pid: null, code, name: `Đơn vị số ${i}`, mail: '' })}`;
      }
      yield ']}';
    }
    return Readable.from(json());
  }

  async function reply(response: ServerResponse, answer: Answer): Promise<void> {
    if (answer instanceof Readable) {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      answer.pipe(response);
      return;
    }
    const bytes = Buffer.isBuffer(answer) ? answer : Buffer.from(JSON.stringify(answer));
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': bytes.length });
    if (faults.dripMs === 0) {
      response.end(bytes);
      return;
    }
    for (const byte of bytes) {
      if (response.destroyed) return;
      response.write(Buffer.of(byte));
      await sleep(faults.dripMs);
    }
    response.end();
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');

  return {
    url: `http://127.0.0.1:${address.port}/XrdAdapter/adapter`,
    faults,
    store,
    calls,
    addUnit: (unit) => store.addUnit(unit),
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      store.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REQUEST) throw new Error('request too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isOk(answer: Answer): boolean {
  return !Buffer.isBuffer(answer) && !(answer instanceof Readable) && answer['status'] === 'OK';
}

function sentItem(row: Delivery) {
  const taken = row.status === 'done';
  return {
    senderDocId: row.senderDocId,
    fromCode: row.fromCode,
    receiverDocId: row.docId,
    toCode: row.toCode,
    title: row.title,
    notation: row.notation,
    messageType: row.kind,
    serviceType: 'eDoc',
    sentTime: listTime(row.createdAt),
    receivedTime: taken ? listTime(row.updatedAt) : '',
    sendStatus: 'done',
    sendStatusDesc: '',
    receiveStatus: row.status,
    receiveStatusDesc: '',
  };
}

const local = (at: number) => new Date(at + 7 * 3_600_000).toISOString();

/** `dd/MM/yyyy HH:mm:ss` */
function listTime(at: number): string {
  const [day = '', clock = ''] = local(at).slice(0, 19).split('T');
  return `${day.split('-').reverse().join('/')} ${clock}`;
}

/** `yyyy/MM/dd HH:mm:ss` */
function wireTime(at: number): string {
  return local(at).slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}
