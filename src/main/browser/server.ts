import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { DeskError } from '../../shared/errors/index.ts';
import type { Answer } from '../../shared/ipc/index.ts';
import { UPGRADE_PATH } from '../../shared/ipc/upgrade.ts';
import { isCallName } from '../host/call-name.ts';
import type { HostedDesk, HostLog, WindowSession } from '../host/desk-port.ts';
import { FILE_LIMIT_MB, requireFileName } from '../host/limits.ts';
import { openingSite, type Opening } from '../host/opening.ts';
import { failed, refusal } from '../host/refusal.ts';
import { answerResponse, site } from '../host/site.ts';
import { readBody, readJson } from './body.ts';
import { type EventStreams, eventStreams } from './event-stream.ts';
import { type Gate, openGate } from './gate.ts';
import { refusedPage } from './refused-page.ts';

/** How long requests that are being answered may still take when the program ends. */
const CLOSE_MS = 3000;

export interface BrowserHostOptions {
  readonly opening: Opening<HostedDesk>;
  /** Folder of the built renderer, `out/renderer`. */
  readonly pages: string;
  readonly log: HostLog;
  /** 0, the default, lets the system choose. */
  readonly port?: number;
}

export interface BrowserHost {
  readonly origin: string;
  /** A new address that opens one window, once: whoever has it sits at the desk. */
  startUrl(): string;
  /** Lets running requests finish, then ends every connection. The desk itself stays open. */
  close(): Promise<void>;
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  // A body that was refused is not read to its end, so the connection cannot carry a next request.
  const unread = response.req.complete ? {} : { Connection: 'close' };
  response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), ...unread });
  if (answer.body === null) response.end();
  else await pipeline(answer.body, response);
}

function requireType(request: IncomingMessage, type: string): void {
  if (request.headers['content-type'] !== type)
    throw new DeskError('host.bad-request', { field: 'Content-Type' });
}

/** The calls of the renderer's browser bridge; null when the path is none of them. */
async function bridgeCall(
  desk: HostedDesk,
  session: WindowSession,
  request: IncomingMessage,
  url: URL,
): Promise<Answer | null> {
  if (request.method !== 'POST') return null;
  const name = /^\/ipc\/([\w.-]{1,60})$/.exec(url.pathname)?.[1];
  if (name !== undefined) {
    if (!isCallName(name)) throw new DeskError('host.not-found', { what: name });
    requireType(request, 'application/json');
    return desk.call(name, await readJson(request), session);
  }
  if (url.pathname !== '/files') return null;
  requireType(request, 'application/octet-stream');
  const fileName = requireFileName(url.searchParams.get('name'));
  return desk.addFile(fileName, await readBody(request, FILE_LIMIT_MB), session);
}

function statusOf(answer: Answer): number {
  if (answer.ok) return 200;
  if (answer.code === 'host.too-large') return 413;
  if (answer.code === 'host.not-found') return 404;
  if (answer.code === 'host.unexpected') return 500;
  return answer.code === 'host.bad-request' ? 400 : 200;
}

interface Served extends BrowserHostOptions {
  readonly gate: Gate;
  /** Null until there is a desk. */
  readonly events: () => EventStreams | null;
  readonly origin: string;
}

async function answer(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { opening, pages, gate, events, origin } = served;
  const method = request.method ?? '';
  const target = request.url ?? '/';
  const admission = gate.admit({ method, target, headers: request.headers });
  if (admission.kind === 'refused') return send(response, refusedPage());
  if (admission.kind === 'started') {
    response.writeHead(303, { Location: '/', 'Set-Cookie': admission.cookie, 'Cache-Control': 'no-store' });
    response.end();
    return;
  }
  // A target that is no path (`*`, `http://…`) or starts with `//` would be read as another host.
  if (!/^\/(?!\/)/.test(target))
    return send(response, answerResponse(400, refusal('host.bad-request', { field: 'URL' })));
  const url = new URL(target, origin);
  const asked = { method, url, range: request.headers.range ?? null };
  await opening.outcome;
  const desk = opening.current();
  if (desk === null || url.pathname === UPGRADE_PATH)
    return send(response, await openingSite(opening, pages, asked));
  if (method === 'GET' && url.pathname === '/events') return events()?.open(response);
  const called = await bridgeCall(desk, admission.session, request, url);
  if (called !== null) return send(response, answerResponse(statusOf(called), called));
  return send(response, await site(desk, pages, admission.session, asked));
}

/**
 * The desk for a browser tab of this machine: the built page, the calls of its bridge, files and events, on
 * 127.0.0.1 only; while the desk is being opened, a page that says so. Rejects when the port cannot be had.
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const server = createServer();
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, '127.0.0.1', listening);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let events: EventStreams | null = null;
  const served = { ...options, origin, gate: openGate(origin), events: () => events };
  // Why it did not open, its page says.
  options.opening.desk.then((desk) => (events = eventStreams(desk))).catch(() => undefined);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await answer(served, request, response);
    } catch (error) {
      // The window went away in the middle of an answer: nobody is left to be told.
      if (response.headersSent || response.destroyed) response.destroy();
      else {
        const problem = failed(error, options.log);
        await send(response, answerResponse(statusOf(problem), problem)).catch(() => response.destroy());
      }
    }
  }
  server.on('request', (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });

  return {
    origin,
    startUrl: () => served.gate.startUrl(),
    async close() {
      events?.close();
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
      await closed;
      clearTimeout(late);
    },
  };
}
