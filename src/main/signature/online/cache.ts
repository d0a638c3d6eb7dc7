/**
 * What online services answered, kept in a folder until it expires. It holds bytes, not judgements: whoever takes
 * something out checks its signature as if it had just come over the network.
 */
import { randomBytes } from 'node:crypto';
import { createHash } from '../../crypto/index.ts';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { moveFile, remove } from '../../disk/busy.ts';

export interface CachedAnswer {
  readonly bytes: Uint8Array;
  /** UTC milliseconds. */
  readonly fetchedAt: number;
  readonly expiresAt: number;
}

export interface OnlineCache {
  /** What is kept under `key` and has not expired at `now`; null otherwise, and for a damaged file. */
  get(key: string, now: number): Promise<CachedAnswer | null>;
  put(key: string, answer: CachedAnswer, now: number): Promise<void>;
}

/** The first line of a cache file; the answer follows it. The key is repeated so that no file can speak for another. */
const headSchema = z.strictObject({
  key: z.string(),
  fetchedAt: z.number(),
  expiresAt: z.number(),
  sha256: z.string(),
});
type Head = z.infer<typeof headSchema>;

const SUFFIX = '.answer';
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** @param maxBytes of all files together; beyond it the oldest go. File system errors pass through. */
export function openCache(folder: string, maxBytes = 64 * 1024 * 1024): OnlineCache {
  const fileOf = (key: string): string => join(folder, `${sha256(key)}${SUFFIX}`);
  return {
    async get(key, now) {
      const found = await readAnswer(fileOf(key));
      return found?.head.key === key && found.head.expiresAt > now ? found : null;
    },
    async put(key, { bytes, fetchedAt, expiresAt }, now) {
      const head: Head = { key, fetchedAt, expiresAt, sha256: sha256(bytes) };
      const content = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), bytes]);
      if (content.length > maxBytes || expiresAt <= now) return;
      await mkdir(folder, { recursive: true });
      const temporary = join(folder, `${randomBytes(8).toString('hex')}.tmp`);
      await writeFile(temporary, content);
      await moveFile(temporary, fileOf(key));
      await prune(folder, maxBytes);
    },
  };
}

async function readAnswer(file: string): Promise<(CachedAnswer & { readonly head: Head }) | null> {
  const content = await unlessMissing(readFile(file));
  if (!content) return null;
  const end = content.indexOf(0x0a);
  const head = headSchema.safeParse(parseJson(content.toString('utf8', 0, Math.max(0, end))));
  const bytes = content.subarray(end + 1);
  if (!head.success || head.data.sha256 !== sha256(bytes)) return null;
  return { bytes, fetchedAt: head.data.fetchedAt, expiresAt: head.data.expiresAt, head: head.data };
}

/** Null for a file that is not there, or no longer: two jobs may use one folder. */
async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Temporary files a crash left are as old as anything and go with the rest. */
async function prune(folder: string, maxBytes: number): Promise<void> {
  const names = await readdir(folder);
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const facts = await unlessMissing(stat(path));
      return facts && { path, size: facts.size, mtimeMs: facts.mtimeMs };
    }),
  );
  const files = found.filter((file) => file !== null);
  let total = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of files.toSorted((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (total <= maxBytes) return;
    await remove(path);
    total -= size;
  }
}
