import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IpcMain, IpcMainInvokeEvent, IpcRenderer } from 'electron';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeskError } from '../../shared/errors/index.ts';
import type { Answer, DeskEvent } from '../../shared/ipc/index.ts';
import type { HostedDesk } from '../host/desk-port.ts';
import { channels } from './channels.ts';
import { isFromOurPage } from './guards.ts';
import { serveIpc } from './ipc.ts';
import { preloadBridge } from './preload-bridge.ts';
import { appProtocol } from './protocol.ts';

const sha256 = 'a'.repeat(64);
const session = { id: 'window', host: 'electron' } as const;
const log = { info: () => undefined, error: () => undefined };
let folder: string;

const desk: HostedDesk = {
  async call(name, argument) {
    if (name === 'exchange.sync') throw new Error('secret detail');
    return { ok: true, value: { name, argument } };
  },
  async addFile(name, bytes) {
    return { ok: true, value: { name, size: bytes.length } };
  },
  async openFile(asked) {
    if (asked !== sha256) throw new DeskError('host.not-found', { what: asked });
    return { path: join(folder, 'index.html'), size: 10, mediaType: 'application/pdf' };
  },
  on: () => () => undefined,
};

/** A desk that is open. */
const alreadyOpen = { current: () => desk, state: (): Answer => ({ ok: true, value: null }) };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'app-protocol-'));
  await writeFile(join(folder, 'index.html'), '0123456789');
});
afterAll(() => rm(folder, { recursive: true }));

const eventFrom = (senderFrame: unknown) => ({ senderFrame }) as IpcMainInvokeEvent;
const ourPage = eventFrom({ parent: null, url: 'app://desk/' });

describe('calls', () => {
  it.each([
    ['a frame inside the page', eventFrom({ parent: {}, url: 'app://desk/' })],
    ['another page', eventFrom({ parent: null, url: 'https://evil.example/' })],
    ['a frame that has gone', eventFrom(null)],
  ])('refuses %s', (_, event) => {
    expect(isFromOurPage(event)).toBe(false);
    expect(isFromOurPage(ourPage)).toBe(true);
  });

  type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<Answer>;
  function served(): (channel: string, event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<Answer> {
    const handlers = new Map<string, Handler>();
    const ipcMain: Pick<IpcMain, 'handle'> = {
      handle: (channel, handler) => void handlers.set(channel, handler as Handler),
    };
    serveIpc(ipcMain, desk, session, log);
    expect([...handlers.keys()]).toEqual([channels.call, channels.addFile]);
    return (channel, event, ...args) => handlers.get(channel)!(event, ...args);
  }

  it('passes the page through to the desk', async () => {
    const invoke = served();
    expect(await invoke(channels.call, ourPage, 'session.sit', { personId: 'vt' })).toEqual({
      ok: true,
      value: { name: 'session.sit', argument: { personId: 'vt' } },
    });
    expect(await invoke(channels.addFile, ourPage, 'a.pdf', new Uint8Array(3))).toEqual({
      ok: true,
      value: { name: 'a.pdf', size: 3 },
    });
  });

  it.each([
    ['a stranger', channels.call, eventFrom(null), ['session.state', {}], 'host.not-admitted'],
    ['an unknown name', channels.call, ourPage, ['toString', {}], 'host.not-found'],
    ['a name that is no text', channels.call, ourPage, [{}, {}], 'host.not-found'],
    ['a failure nobody foresaw', channels.call, ourPage, ['exchange.sync', {}], 'host.unexpected'],
    ['a file without a name', channels.addFile, ourPage, ['', new Uint8Array(1)], 'host.bad-request'],
    ['bytes that are none', channels.addFile, ourPage, ['a', 'text'], 'host.bad-request'],
    [
      'a file too large',
      channels.addFile,
      ourPage,
      ['a', new Uint8Array(50 * 1024 * 1024 + 1)],
      'host.too-large',
    ],
  ])('answers %s with its code', async (_, channel, event, args, code) => {
    const answer = await served()(channel, event, ...args);
    expect(answer).toMatchObject({ ok: false, code });
    expect(JSON.stringify(answer)).not.toContain('secret detail');
  });

  it('reaches the page as a bridge without a trace of Electron', async () => {
    const emitter = new EventEmitter();
    const invoked: unknown[][] = [];
    const ipcRenderer = {
      invoke: async (...args: unknown[]) => void invoked.push(args),
      on: (channel: string, listener: () => void) => void emitter.on(channel, listener),
      off: (channel: string, listener: () => void) => void emitter.off(channel, listener),
    };
    const bridge = preloadBridge(ipcRenderer as unknown as IpcRenderer);
    await bridge.call('session.state', {});
    await bridge.addFile('a', new Uint8Array(1));
    expect(invoked).toEqual([
      ['desk:call', 'session.state', {}],
      ['desk:add-file', 'a', new Uint8Array(1)],
    ]);
    const received: DeskEvent[][] = [];
    const stop = bridge.onEvent((...args) => void received.push(args));
    const event: DeskEvent = { type: 'changed', topic: 'incoming' };
    emitter.emit('desk:event', { sender: 'electron' }, event);
    stop();
    emitter.emit('desk:event', {}, event);
    expect(received).toEqual([[event]]);
    expect(bridge.fileUrl(sha256)).toBe(`/files/${sha256}`);
  });
});

const ask = (url: string, init: RequestInit = {}) => {
  // Request refuses app: addresses in Node; Electron's own has them.
  const request = { url, method: init.method ?? 'GET', headers: new Headers(init.headers) };
  return appProtocol(alreadyOpen, folder, session, log)(request);
};

describe('app protocol', () => {
  it('serves the page under its policy, and files by range', async () => {
    const page = await ask('app://desk/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const part = await ask(`app://desk/files/${sha256}`, { headers: { range: 'bytes=2-4' } });
    expect([part.status, await part.text()]).toEqual([206, '234']);
  });

  it.each([
    ['app://desk/%2e%2e%2fetc/passwd', {}, 404],
    ['app://other/', {}, 404],
    [`app://desk/files/${'b'.repeat(64)}`, {}, 404],
    ['app://desk/', { method: 'POST' }, 405],
  ])('refuses %s %j', async (url, init, status) => {
    expect((await ask(url, init)).status).toBe(status);
  });

  it('serves the page of an upgrade while there is no desk, and no file', async () => {
    await writeFile(join(folder, 'upgrade.html'), 'upgrade');
    const value = { isOpen: false, done: 1, total: 2 };
    const opening = { current: () => null, state: (): Answer => ({ ok: true, value }) };
    const answer = (path: string) =>
      appProtocol(
        opening,
        folder,
        session,
        log,
      )({
        method: 'GET',
        url: `app://desk${path}`,
        headers: new Headers(),
      });
    expect(await (await answer('/upgrade.html')).text()).toBe('upgrade');
    expect(await (await answer('/upgrade')).json()).toEqual({ ok: true, value });
    expect((await answer(`/files/${sha256}`)).status).toBe(404);
  });
});
