import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { Answer } from '../../shared/ipc/index.ts';
import { parseRange } from './byte-range.ts';
import type { HostedDesk, StoredFile, WindowSession } from './desk-port.ts';
import { fileHeaders, pageHeaders, sentMediaType } from './page-policy.ts';
import { refusal, refusalOf } from './refusal.ts';

/** Everything Vite writes into `out/renderer`; a file of another kind is not ours to serve. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/octet-stream',
  '.wasm': 'application/wasm',
};

export interface SiteRequest {
  readonly method: string;
  readonly url: URL;
  readonly range: string | null;
}

/**
 * The path of a page file under `root`, or null for anything outside it. The separator matters: without it
 * `out/renderer-old` would pass as inside `out/renderer`.
 */
function pagePath(root: string, pathname: string): string | null {
  let name: string;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (/[\\\0]/.test(name)) return null;
  const path = resolve(root, `.${name === '/' ? '/index.html' : name}`);
  return path.startsWith(resolve(root) + sep) ? path : null;
}

function stream(file: StoredFile, request: SiteRequest, headers: Record<string, string>): Response {
  const range = parseRange(request.range, file.size);
  if (range === 'unsatisfiable')
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'Content-Range': `bytes */${file.size}` },
    });
  const { start, end } = range ?? { start: 0, end: file.size - 1 };
  const length = end - start + 1;
  const body =
    request.method === 'HEAD' || length === 0
      ? null
      : (Readable.toWeb(createReadStream(file.path, { start, end })) as ReadableStream<Uint8Array>);
  return new Response(body, {
    status: range === null ? 200 : 206,
    headers: {
      ...headers,
      'Content-Type': file.mediaType,
      'Content-Length': String(length),
      'Accept-Ranges': 'bytes',
      ...(range === null ? {} : { 'Content-Range': `bytes ${start}-${end}/${file.size}` }),
    },
  });
}

const isGet = ({ method }: SiteRequest): boolean => method === 'GET' || method === 'HEAD';
const refusedMethod = () => answerResponse(405, refusal('host.bad-request', { field: 'method' }));

export function answerResponse(status: number, answer: Answer): Response {
  return new Response(JSON.stringify(answer), {
    status,
    headers: { ...fileHeaders, 'Content-Type': 'application/json; charset=utf-8' },
  });
}

/** A file of the page under `root`. */
export async function pageOf(
  root: string,
  request: SiteRequest,
  pathname = request.url.pathname,
): Promise<Response> {
  if (!isGet(request)) return refusedMethod();
  const path = pagePath(root, pathname);
  const mediaType = path === null ? undefined : mediaTypes[extname(path)];
  const found = path === null ? null : await stat(path).catch(() => null);
  if (path === null || mediaType === undefined || found === null || !found.isFile())
    return answerResponse(404, refusal('host.not-found', { what: request.url.pathname.slice(0, 200) }));
  return stream({ path, size: found.size, mediaType }, request, pageHeaders);
}

/**
 * Answers a GET of either host: the page under `root`, or a stored file as `/files/<sha256>` with byte ranges.
 * Whether the asker may ask at all was decided before.
 */
export async function site(
  desk: HostedDesk,
  root: string,
  session: WindowSession,
  request: SiteRequest,
): Promise<Response> {
  if (!isGet(request)) return refusedMethod();
  const sha256 = /^\/files\/([0-9a-f]{64})$/.exec(request.url.pathname)?.[1];
  if (sha256 === undefined) return pageOf(root, request);
  try {
    const file = await desk.openFile(sha256, session);
    const headers = { ...fileHeaders, 'Content-Disposition': 'attachment' };
    return stream({ ...file, mediaType: sentMediaType(file.mediaType) }, request, headers);
  } catch (error) {
    const answer = refusalOf(error);
    if (answer === null) throw error;
    return answerResponse(404, answer);
  }
}
