import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DeskError } from '../../shared/errors/index.ts';
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
  /** A new file: the bytes of a stored one, then `tail`. The only way in which a document ever grows. */
  grow(sha256: string, tail: Uint8Array): Promise<StoredFile>;
  /** Size, and the first bytes (1,024 at most), which say what a file really is. @throws DeskError store.file-missing */
  peek(sha256: string): { readonly size: number; readonly head: Buffer };
  /** @throws DeskError store.file-missing */
  path(sha256: string): string;
  /** The whole file, checked. @throws DeskError store.file-missing, store.file-damaged */
  read(sha256: string): Buffer;
  /** Reads the file again in pieces: are these still the bytes that were stored? */
  check(sha256: string): Promise<'whole' | 'missing' | 'damaged'>;
}

const hashForm = /^[0-9a-f]{64}$/;

const incomplete = 'incomplete';

/** Removes what a crash left half written. Only for who holds the folder's lock: others may be writing. */
export function clearIncomplete(dir: string): void {
  rmSync(join(dir, 'files', incomplete), { recursive: true, force: true });
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
    if (existsSync(target) && statSync(target).size === file.size) return rmSync(part, { force: true });
    const shard = join(root, file.sha256.slice(0, 2));
    if (!existsSync(shard)) {
      mkdirSync(shard, { recursive: true });
      flushFolder(root);
    }
    renameSync(part, target);
    flushFolder(shard);
  };

  /** Runs `write` on a new read-only temporary file and settles it; leaves nothing behind when it fails. */
  const newPart = () => {
    const part = join(temporary, randomUUID());
    return { part, fd: openSync(part, 'wx', 0o444) };
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
        rmSync(part, { force: true });
        throw storeFailure(error, root);
      }
      return file;
    },

    async putStream(source, limit) {
      const hash = createHash('sha256');
      let size = 0;
      const { part, fd } = newPart();
      try {
        try {
          for await (const piece of source) {
            size += piece.length;
            if (size > limit)
              throw new DeskError('store.file-too-large', { limitMb: Math.floor(limit / 1e6) });
            hash.update(piece);
            for (let at = 0; at < piece.length;) at += writeSync(fd, piece, at);
          }
          fsyncSync(fd);
        } finally {
          closeSync(fd);
        }
        const file = { sha256: hash.digest('hex'), size };
        settle(part, file);
        return file;
      } catch (error) {
        rmSync(part, { force: true });
        throw storeFailure(error, root);
      }
    },

    grow(sha256, tail) {
      const path = this.path(sha256);
      async function* bytes() {
        yield* createReadStream(path) as AsyncIterable<Buffer>;
        yield tail;
      }
      return this.putStream(bytes(), Infinity);
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

    async check(sha256) {
      const path = pathOf(sha256);
      if (!existsSync(path)) return 'missing';
      const hash = createHash('sha256');
      const handle = await open(path, 'r');
      try {
        for await (const piece of handle.createReadStream({ autoClose: false })) hash.update(piece as Buffer);
      } finally {
        await handle.close();
      }
      return hash.digest('hex') === sha256 ? 'whole' : 'damaged';
    },
  };
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
