import type { IncomingMessage } from 'node:http';
import { DeskError } from '../../shared/errors/index.ts';

const MEGABYTE = 1024 * 1024;

/** Reads a request body of at most `limitMb`; throws `host.too-large` as soon as that is certain. */
export async function readBody(request: IncomingMessage, limitMb: number): Promise<Buffer> {
  const limit = limitMb * MEGABYTE;
  if (Number(request.headers['content-length'] ?? 0) > limit)
    throw new DeskError('host.too-large', { limitMb });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new DeskError('host.too-large', { limitMb });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** No argument of a call is nested deeper; what reads it calls itself for every level. */
const MAX_DEPTH = 32;

/** How deep the brackets of a JSON text are nested; those inside of strings are letters. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of json.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Reads a JSON body of at most 1 MB; throws `host.bad-request` when it is not JSON, or nested deeper than any call. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBody(request, 1);
  try {
    const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (depthOf(json) > MAX_DEPTH) throw new RangeError(`deeper than ${MAX_DEPTH} levels`);
    return JSON.parse(json);
  } catch (cause) {
    throw new DeskError('host.bad-request', { field: 'JSON' }, cause);
  }
}
