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

/** Reads a JSON body of at most 1 MB; throws `host.bad-request` when it is not JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBody(request, 1);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new DeskError('host.bad-request', { field: 'JSON' }, cause);
  }
}
