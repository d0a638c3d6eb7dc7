import { randomUUID } from 'node:crypto';
import { createHash, type Hash } from '../crypto/index.ts';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DeskError } from '../../shared/errors/index.ts';
import { clearSync, moveFileSync, removeSync } from '../disk/busy.ts';
import { storeFailure } from './failures.ts';

export interface StoredFile {
  /** Hexadecimal, lower case: the file's name for good. */
  readonly sha256: string;
  readonly size: number;
}

/**
 * The office's files, each stored once under the SHA-256 of its bytes and never edited. A file is flushed to disk,
 * folder entry included, before its hash is given out: whatever names it later can rely on it.
 */
export interface FileStore {
  put(bytes: Uint8Array): StoredFile;
  /** @param limit most bytes accepted @throws DeskError store.file-too-large */
  putStream(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, limit: number): Promise<StoredFile>;
  /**
   * A new file: the bytes of a stored one, then `tail`. The only way in which a document ever grows.
   * @throws DeskError store.file-missing, store.file-damaged, store.disk-full, store.unwritable
   */
  grow(sha256: string, tail: Uint8Array): Promise<StoredFile>;
  /**
   * SHA-256 of a stored file whose bytes have been found to be those that were stored. A copy of it can be continued
   * with the bytes that follow.
   * @throws DeskError store.file-missing, store.file-damaged
   */
  hash(sha256: string): Promise<Hash>;
  /** Size, and the first bytes (1,024 at most), which say what a file really is. @throws DeskError store.file-missing */
  peek(sha256: string): { readonly size: number; readonly head: Buffer };
  /** Where a file lies, if it is there. */
  place(sha256: string): string;
  /** @throws DeskError store.file-missing */
  path(sha256: string): string;
  /** The whole file, checked. @throws DeskError store.file-missing, store.file-damaged */
  read(sha256: string): Buffer;
  /** Takes a file away for good, if nobody holds it. @returns whether it was there */
  remove(sha256: string): boolean;
  /** Reads the file again in pieces: are these still the bytes that were stored? */
  check(sha256: string): Promise<'whole' | 'missing' | 'damaged'>;
}

const hashForm = /^[0-9a-f]{64}$/;

const incomplete = 'incomplete';

/** A file is read to be signed and read again to grow: one of 50 MB is hashed only once for both. */
const HASHES_KEPT = 16;

const PIECE = 1024 * 1024;

/** Removes what a crash left half written. Only for who holds the folder's lock: others may be writing. */
export function clearIncomplete(dir: string): void {
  clearSync(join(dir, 'files', incomplete));
}

/** Whether any file is stored in a data folder. */
export function hasStoredFiles(dir: string): boolean {
  const root = join(dir, 'files');
  if (!existsSync(root)) return false;
  return readdirSync(root).some((shard) => shard !== incomplete && readdirSync(join(root, shard)).length > 0);
}

/** @param dir the data folder; files lie in `files/ab/cdef…` under it */
export function openFiles(dir: string): FileStore {
  const root = join(dir, 'files');
  const temporary = join(root, incomplete);
  mkdirSync(temporary, { recursive: true });

  const pathOf = (sha256: string) => {
    if (!hashForm.test(sha256)) throw new DeskError('store.file-missing', { file: sha256.slice(0, 64) });
    return join(root, sha256.slice(0, 2), sha256.slice(2));
  };

  /** Moves a flushed temporary file to its name. Never over a whole one: an equal file needs no second writing. */
  const settle = (part: string, file: StoredFile) => {
    const target = pathOf(file.sha256);
    if (existsSync(target) && statSync(target).size === file.size) return removeSync(part);
    const shard = join(root, file.sha256.slice(0, 2));
    if (!existsSync(shard)) {
      mkdirSync(shard, { recursive: true });
      flushFolder(root);
    }
    moveFileSync(part, target);
    flushFolder(shard);
  };

  /** Runs `write` on a new read-only temporary file and settles it; leaves nothing behind when it fails. */
  const newPart = () => {
    const part = join(temporary, randomUUID());
    return { part, fd: openSync(part, 'wx', 0o400) };
  };

  const hashes = new Map<string, Hash>();
  const keepHash = (sha256: string, hash: Hash) => {
    hashes.set(sha256, hash);
    if (hashes.size > HASHES_KEPT) hashes.delete(hashes.keys().next().value!);
  };

  return {
    put(bytes) {
      const file = { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
      const { part, fd } = newPart();
      try {
        try {
          for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
          fsyncSync(fd);
        } finally {
          closeSync(fd);
        }
        settle(part, file);
      } catch (error) {
        removeSync(part);
        throw storeFailure(error, root);
      }
      return file;
    },

    async putStream(source, limit) {
      const hash = createHash('sha256');
      const part = join(temporary, randomUUID());
      try {
        let read = 0;
        const size = await writeFlushed(part, async (write) => {
          for await (const piece of source) {
            read += piece.length;
            if (read > limit)
              throw new DeskError('store.file-too-large', { limitMb: Math.floor(limit / 1e6) });
            hash.update(piece);
            await write(piece);
          }
        });
        const file = { sha256: hash.digest('hex'), size };
        settle(part, file);
        return file;
      } catch (error) {
        removeSync(part);
        throw storeFailure(error, root);
      }
    },

    async grow(sha256, tail) {
      const path = this.path(sha256);
      const known = hashes.get(sha256);
      const hash = known?.copy() ?? createHash('sha256');
      const part = join(temporary, randomUUID());
      try {
        const size = await writeFlushed(part, async (write) => {
          await inPieces(path, (piece) => {
            if (!known) hash.update(piece);
            return write(piece);
          });
          if (!known) requireHash(hash, sha256);
          await write(tail);
        });
        const file = { sha256: hash.update(tail).copy().digest('hex'), size };
        settle(part, file);
        keepHash(file.sha256, hash);
        return file;
      } catch (error) {
        removeSync(part);
        throw storeFailure(error, root);
      }
    },

    async hash(sha256) {
      const known = hashes.get(sha256);
      if (known) return known;
      const hash = await hashOf(this.path(sha256));
      requireHash(hash, sha256);
      keepHash(sha256, hash);
      return hash;
    },

    peek(sha256) {
      const fd = openSync(this.path(sha256), 'r');
      try {
        const { size } = fstatSync(fd);
        const head = Buffer.alloc(Math.min(size, 1024));
        readSync(fd, head, 0, head.length, 0);
        return { size, head };
      } finally {
        closeSync(fd);
      }
    },

    place: pathOf,

    path(sha256) {
      const path = pathOf(sha256);
      if (!existsSync(path)) throw new DeskError('store.file-missing', { file: sha256.slice(0, 12) });
      return path;
    },

    read(sha256) {
      const bytes = readFileSync(this.path(sha256));
      if (createHash('sha256').update(bytes).digest('hex') !== sha256)
        throw new DeskError('store.file-damaged', { file: sha256.slice(0, 12) });
      return bytes;
    },

    remove(sha256) {
      const path = pathOf(sha256);
      hashes.delete(sha256);
      if (!existsSync(path)) return false;
      clearSync(path);
      return true;
    },

    async check(sha256) {
      const path = pathOf(sha256);
      if (!existsSync(path)) return 'missing';
      return (await hashOf(path)).digest('hex') === sha256 ? 'whole' : 'damaged';
    },
  };
}

/** Bytes at hand as `putStream` takes them, so that it never works on many at one go. */
export function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/** Reads a file piece by piece; a piece is valid only until `take` is done with it. */
async function inPieces(path: string, take: (piece: Buffer) => unknown): Promise<void> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.allocUnsafe(Math.min(PIECE, size));
    for (let at = 0; at < size;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      // Shorter than it was: whoever looks at the hash will see.
      if (bytesRead === 0) return;
      await take(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

async function hashOf(path: string): Promise<Hash> {
  const hash = createHash('sha256');
  await inPieces(path, (piece) => hash.update(piece));
  return hash;
}

function requireHash(hash: Hash, sha256: string): void {
  if (hash.copy().digest('hex') !== sha256)
    throw new DeskError('store.file-damaged', { file: sha256.slice(0, 12) });
}

type Write = (bytes: Uint8Array) => Promise<void>;

/** Makes a read-only file of what `fill` writes and flushes it; @returns its size */
async function writeFlushed(path: string, fill: (write: Write) => Promise<void>): Promise<number> {
  const handle = await open(path, 'wx', 0o400);
  let size = 0;
  try {
    await fill(async (bytes) => {
      for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
      size += bytes.length;
    });
    await handle.sync();
    return size;
  } finally {
    await handle.close();
  }
}

/** A file's name is on disk only once its folder is. Windows has no such call and orders its own metadata. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
