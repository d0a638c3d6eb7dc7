import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../../../tests/http.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { DeskEvent } from '../../shared/ipc/index.ts';
import type { HostedDesk, HostLog } from '../host/desk-port.ts';
import { alreadyOpen, startOpening, type Opening } from '../host/opening.ts';
import { type BrowserHost, startBrowserHost } from './server.ts';

const bytes = randomBytes(1000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const htmlSha256 = 'a'.repeat(64);

let folder: string;
let host: BrowserHost;
let tell: (event: DeskEvent) => void;
let logged: string[];

/** The smallest desk: the real one is served the same way, and tested with a browser in tests/e2e. */
const desk: HostedDesk = {
  async call(name, argument, session) {
    if (name === 'exchange.sync') throw new Error('socket of 10.0.0.1 refused');
    return { ok: true, value: { name, argument, person: session.id } };
  },
  async addFile(name, content) {
    return { ok: true, value: { name, size: content.length } };
  },
  async openFile(asked) {
    if (asked === sha256) return { path: join(folder, 'file'), size: 1000, mediaType: 'application/pdf' };
    if (asked === htmlSha256) return { path: join(folder, 'file'), size: 1000, mediaType: 'text/html' };
    throw new DeskError('host.not-found', { what: asked });
  },
  on(listener) {
    tell = listener;
    return () => (tell = () => undefined);
  },
};

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  readonly body: Buffer;
}

/** Sends exactly these headers and this target: fetch would correct both. */
function knock(
  target: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: object; body?: Uint8Array | string } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(host.origin);
    const sent = request({ hostname, port, path: target, method, headers: { ...headers } }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('error', reject);
      reply.on('end', () => {
        const all = Buffer.concat(chunks);
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text: all.toString(), body: all });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function enter(): Promise<string> {
  const reply = await knock(new URL(host.startUrl()).pathname);
  return String(reply.headers['set-cookie']).split(';')[0] ?? '';
}

async function post(target: string, body: Uint8Array | string, headers: object = {}): Promise<Reply> {
  const cookie = await enter();
  const type = target.startsWith('/files') ? 'application/octet-stream' : 'application/json';
  return knock(target, {
    method: 'POST',
    headers: { cookie, origin: host.origin, 'content-type': type, ...headers },
    body,
  });
}

async function get(target: string, headers: object = {}): Promise<Reply> {
  return knock(target, { headers: { cookie: await enter(), ...headers } });
}

const log: HostLog = { info: () => undefined, error: (message) => void logged.push(message) };
const serve = (opening: Opening<HostedDesk>) =>
  startBrowserHost({ opening, pages: join(folder, 'pages'), log });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'browser-host-'));
  await mkdir(join(folder, 'pages', 'assets'), { recursive: true });
  await mkdir(join(folder, 'pages-old'));
  await writeFile(join(folder, 'pages', 'index.html'), '<!doctype html><title>desk</title>');
  await writeFile(join(folder, 'pages', 'upgrade.html'), '<!doctype html><title>upgrade</title>');
  await writeFile(join(folder, 'pages', 'assets', 'app.js'), 'export {};');
  await writeFile(join(folder, 'pages', 'notes.txt'), 'not a page file');
  await writeFile(join(folder, 'pages-old', 'index.html'), 'old');
  await writeFile(join(folder, 'file'), bytes);
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  logged = [];
  host = await serve(alreadyOpen(desk, log));
});
afterEach(() => host.close());

describe('entering', () => {
  it('exchanges the start address once for a cookie no script and no other site gets', async () => {
    const start = new URL(host.startUrl()).pathname;
    const first = await knock(start);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(String(first.headers['set-cookie'])).toMatch(
      /^desk-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    const second = await knock(start);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.text).toContain('đã được dùng');
  });

  it('does not spend the token on a HEAD', async () => {
    const start = new URL(host.startUrl()).pathname;
    expect((await knock(start, { method: 'HEAD' })).status).toBe(403);
    expect((await knock(start)).status).toBe(303);
  });

  it('gives each start address a window of its own', async () => {
    const ids = await Promise.all(
      [1, 2].map(async () => JSON.parse((await post('/ipc/session.state', '{}')).text).value.person),
    );
    expect(ids[0]).not.toBe(ids[1]);
  });

  it.each([
    ['no cookie', {}],
    ['a guessed cookie', { cookie: 'desk-1=x' }],
  ])('refuses %s', async (_, headers) => {
    for (const target of ['/', '/assets/app.js', `/files/${sha256}`, '/events'])
      expect((await knock(target, { headers })).status).toBe(403);
  });

  it.each([
    ['another host name (DNS rebinding)', { host: 'evil.example' }],
    ['our port under another name', { host: 'localhost' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site neighbour on another port', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s even with the cookie', async (_, headers) => {
    expect((await get('/', headers)).status).toBe(403);
    expect((await post('/ipc/session.state', '{}', headers)).status).toBe(403);
  });

  it('refuses a POST that does not say where it comes from', async () => {
    const headers = { cookie: await enter(), 'content-type': 'application/json' };
    expect((await knock('/ipc/session.state', { method: 'POST', headers, body: '{}' })).status).toBe(403);
  });
});

describe('pages', () => {
  it('serves the page under a strict policy', async () => {
    const { status, headers, text } = await get('/');
    expect(status).toBe(200);
    expect(text).toContain('<title>desk</title>');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|http:|\*/);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect((await get('/assets/app.js')).headers['content-type']).toMatch(/^text\/javascript/);
  });

  it.each([
    '/../file',
    '/..%2ffile',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/../pages-old/index.html',
    '/..%2fpages-old%2findex.html',
    '/assets',
    '/assets/',
    '/notes.txt',
    '/nothing.js',
    '/%00.js',
    '/%e0%a4.js',
    '/..%5cfile.js',
  ])('has nothing at %s', async (target) => {
    expect((await get(target)).status).toBe(404);
  });

  it.each(['//evil.example/', 'http://evil.example/', '*'])('refuses the target %s', async (target) => {
    expect((await get(target)).status).toBe(400);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses %s', async (method) => {
    const headers = { cookie: await enter(), origin: host.origin };
    expect((await knock('/', { method, headers })).status).toBe(405);
  });
});

describe('calls', () => {
  it('passes name and argument to the desk', async () => {
    const { status, text } = await post('/ipc/session.sit', '{"personId":"vt"}');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      ok: true,
      value: { name: 'session.sit', argument: { personId: 'vt' } },
    });
  });

  it('takes brackets inside of a text for letters', async () => {
    const personId = `${'["'.repeat(40)}\\`;
    const { text } = await post('/ipc/session.sit', JSON.stringify({ personId }));
    expect(JSON.parse(text)).toMatchObject({ ok: true, value: { argument: { personId } } });
  });

  it.each([
    ['a name the contract does not have', '/ipc/desk.destroy', '{}', {}, 404, 'host.not-found'],
    ['a name of Object', '/ipc/constructor', '{}', {}, 404, 'host.not-found'],
    ['broken JSON', '/ipc/session.state', '{', {}, 400, 'host.bad-request'],
    ['JSON of 200,000 levels', '/ipc/session.state', '['.repeat(200_000), {}, 400, 'host.bad-request'],
    ['JSON of 33 levels', '/ipc/session.state', '['.repeat(33) + ']'.repeat(33), {}, 400, 'host.bad-request'],
    [
      'bytes that are not UTF-8',
      '/ipc/session.state',
      Buffer.from([0x22, 0xff, 0x22]),
      {},
      400,
      'host.bad-request',
    ],
    ['a form', '/ipc/session.state', '{}', { 'content-type': 'text/plain' }, 400, 'host.bad-request'],
    ['more than 1 MB', '/ipc/session.state', `"${'x'.repeat(1024 * 1024)}"`, {}, 413, 'host.too-large'],
    ['a file without a name', '/files', 'x', {}, 400, 'host.bad-request'],
  ] as const)('refuses %s', async (_, target, body, headers, status, code) => {
    const reply = await post(target, body, headers);
    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.text)).toMatchObject({ ok: false, code });
  });

  it('shows only a log id of what nobody foresaw', async () => {
    const reply = await post('/ipc/exchange.sync', '{}');
    expect(reply.status).toBe(500);
    const { code, params } = JSON.parse(reply.text);
    expect(code).toBe('host.unexpected');
    expect(reply.text).not.toContain('10.0.0.1');
    expect(logged).toEqual([`unexpected failure ${params.logId}`]);
  });
});

describe('files', () => {
  it('stores a file under the name given', async () => {
    const reply = await post(`/files?name=${encodeURIComponent('Tờ trình.pdf')}`, bytes);
    expect(JSON.parse(reply.text)).toEqual({ ok: true, value: { name: 'Tờ trình.pdf', size: 1000 } });
  });

  it('refuses more than 50 MB before and while it is sent', async () => {
    const declared = await post('/files?name=a', '', { 'content-length': 51 * 1024 * 1024 }).catch(String);
    const streamed = await post('/files?name=a', Buffer.alloc(51 * 1024 * 1024), {
      'transfer-encoding': 'chunked',
    }).catch(String);
    // The answer, or the closed connection when our side was faster than the sender.
    for (const reply of [declared, streamed])
      expect(typeof reply === 'string' ? reply : reply.text).toMatch(/host\.too-large|EPIPE|ECONNRESET/);
  });

  it('sends a file that can never run as a page', async () => {
    const { status, headers, body } = await get(`/files/${sha256}`);
    expect(status).toBe(200);
    expect(body.equals(bytes)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment',
      'content-length': '1000',
      'accept-ranges': 'bytes',
    });
    expect(String(headers['content-security-policy'])).toContain('sandbox');
    expect((await get(`/files/${htmlSha256}`)).headers['content-type']).toBe('application/octet-stream');
  });

  it.each([
    ['bytes=0-9', 206, 'bytes 0-9/1000', [0, 10]],
    ['bytes=990-', 206, 'bytes 990-999/1000', [990, 1000]],
    ['bytes=990-5000', 206, 'bytes 990-999/1000', [990, 1000]],
    ['bytes=-10', 206, 'bytes 990-999/1000', [990, 1000]],
    ['bytes=-5000', 206, 'bytes 0-999/1000', [0, 1000]],
    ['bytes=1000-', 416, 'bytes */1000', [0, 0]],
    ['bytes=-0', 416, 'bytes */1000', [0, 0]],
    ['bytes=9-5', 200, undefined, [0, 1000]],
    ['bytes=0-1,5-6', 200, undefined, [0, 1000]],
    ['bytes=-', 200, undefined, [0, 1000]],
    ['lines=0-1', 200, undefined, [0, 1000]],
  ] as const)('answers the range %s', async (range, status, contentRange, [start, end]) => {
    const reply = await get(`/files/${sha256}`, { range });
    expect(reply.status).toBe(status);
    expect(reply.headers['content-range']).toBe(contentRange);
    expect(reply.body.equals(bytes.subarray(start, end))).toBe(true);
  });

  it('answers HEAD with the size and no body', async () => {
    const reply = await knock(`/files/${sha256}`, { method: 'HEAD', headers: { cookie: await enter() } });
    expect(reply.headers['content-length']).toBe('1000');
    expect(reply.body.length).toBe(0);
  });

  it.each(['b'.repeat(64), '../file', `${sha256}/`, sha256.toUpperCase()])('has no file %s', async (name) => {
    expect((await get(`/files/${name}`)).status).toBe(404);
  });
});

describe('events', () => {
  it('tells every window and lets go of it when it leaves', async () => {
    const cookie = await enter();
    const opened = await ask(`${host.origin}/events`, { headers: { cookie } });
    expect(opened.headers['content-type']).toBe('text/event-stream');
    const pieces = opened.setEncoding('utf8')[Symbol.asyncIterator]();
    expect((await pieces.next()).value).toBe('retry: 1000\n\n');
    tell({ type: 'changed', topic: 'incoming' });
    expect((await pieces.next()).value).toBe('data: {"type":"changed","topic":"incoming"}\n\n');
    opened.destroy();
  });

  it('ends the streams and refuses new connections when closed', async () => {
    const cookie = await enter();
    const opened = await ask(`${host.origin}/events`, { headers: { cookie } });
    const ended = text(opened);
    await host.close();
    expect(await ended).toBe('retry: 1000\n\n');
    await expect(ask(host.origin)).rejects.toThrow();
  });
});

describe('while the desk is opened', () => {
  /** Another host, on a desk that the test opens when it wants. */
  async function openLater() {
    await host.close();
    const later = Promise.withResolvers<HostedDesk>();
    const told = Promise.withResolvers<(done: number, total: number) => void>();
    const opening = startOpening((upgrading) => {
      told.resolve(upgrading);
      return later.promise;
    }, log);
    host = await serve(opening);
    const cookie = await enter();
    return { ...later, upgrading: await told.promise, cookie: { headers: { cookie } } };
  }
  const state = async (how: object) => JSON.parse((await knock('/upgrade', how)).text) as unknown;

  it('shows how far its records are, then the desk at the same address', async () => {
    const { upgrading, resolve, cookie } = await openLater();
    const first = knock('/', cookie);
    upgrading(0, 12);
    expect((await first).text).toContain('upgrade');
    upgrading(5, 12);
    expect(await state(cookie)).toEqual({ ok: true, value: { isOpen: false, done: 5, total: 12 } });
    expect((await knock('/assets/app.js', cookie)).status).toBe(200);
    const posted = { headers: { ...cookie.headers, origin: host.origin }, method: 'POST' };
    expect((await knock('/ipc/session.state', posted)).status).toBe(405);
    expect((await knock(`/files/${sha256}`, cookie)).status).toBe(404);
    resolve(desk);
    await expect.poll(() => state(cookie)).toMatchObject({ value: { isOpen: true } });
    expect((await knock('/', cookie)).text).toContain('desk');
  });

  it('shows the desk at once when there is nothing to wait for', async () => {
    const { resolve, cookie } = await openLater();
    const first = knock('/', cookie);
    resolve(desk);
    expect((await first).text).toContain('desk');
  });

  it('says why it did not open, and nothing that nobody foresaw', async () => {
    const { upgrading, reject, cookie } = await openLater();
    upgrading(1, 12);
    reject(new DeskError('store.disk-full', { place: 'D:' }));
    const refused = { ok: false, code: 'store.disk-full', params: { place: 'D:' } };
    await expect.poll(() => state(cookie)).toEqual(refused);
    expect((await knock('/', cookie)).text).toContain('upgrade');
    const other = await openLater();
    other.reject(new Error('secret'));
    await expect.poll(() => state(other.cookie)).toMatchObject({ code: 'host.unexpected' });
    expect(logged.join()).not.toContain('secret');
  });

  it('answers nobody who has not entered', async () => {
    const { upgrading } = await openLater();
    upgrading(1, 12);
    expect((await knock('/upgrade')).status).toBe(403);
  });
});
