import type { Hash } from '../crypto/index.ts';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { DeskError } from '../../shared/errors/index.ts';

/** Random access to the bytes of one immutable file. Offsets and lengths in bytes. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `offset`; a range outside the file is a RangeError. Do not write into the result. */
  read(offset: number, length: number): Uint8Array;
  /** Fills `target` from `offset`, where that is cheaper than `read`. */
  readInto?(target: Uint8Array, offset: number): void;
  /** SHA-256 of all its bytes, where it is known already: to be copied and continued, never finished. */
  readonly sha256?: Hash;
}

export interface FileSource extends ByteSource {
  close(): void;
}

/** One block of read-ahead: objects mostly lie one after another, and a system call each would cost more than the copy. */
const BLOCK = 64 * 1024;

function checkRange(size: number, offset: number, length: number): void {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
    throw new RangeError(`bad range ${offset}+${length}`);
  }
  if (offset + length > size) throw new RangeError(`range ${offset}+${length} beyond ${size}`);
}

export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(offset, length) {
      checkRange(bytes.length, offset, length);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** A file read by range, so that its size does not matter for memory. Errors of the file system pass through. */
export function openFileSource(path: string): FileSource {
  const fd = openSync(path, 'r');
  const size = fstatSync(fd).size;
  let blockStart = 0;
  let block: Uint8Array = new Uint8Array(0);

  function fill(target: Uint8Array, offset: number): void {
    for (let done = 0; done < target.length;) {
      const n = readSync(fd, target, done, target.length - done, offset + done);
      if (n === 0) throw new DeskError('pdf.truncated');
      done += n;
    }
  }

  function readFully(offset: number, length: number): Uint8Array {
    const bytes = Buffer.allocUnsafeSlow(length);
    fill(bytes, offset);
    return bytes;
  }

  return {
    size,
    read(offset, length) {
      checkRange(size, offset, length);
      if (length > BLOCK / 2) return readFully(offset, length);
      if (offset < blockStart || offset + length > blockStart + block.length) {
        blockStart = Math.max(0, Math.min(offset, size - BLOCK));
        block = readFully(blockStart, Math.min(BLOCK, size - blockStart));
      }
      return block.subarray(offset - blockStart, offset - blockStart + length);
    },
    readInto(target, offset) {
      checkRange(size, offset, target.length);
      fill(target, offset);
    },
    close: () => closeSync(fd),
  };
}

/** The first `end` bytes as a file of their own: one revision of an incrementally updated PDF (ISO 32000-2, 7.5.6). */
export function prefixSource(source: ByteSource, end: number): ByteSource {
  checkRange(source.size, 0, end);
  return {
    size: end,
    read(offset, length) {
      checkRange(end, offset, length);
      return source.read(offset, length);
    },
  };
}

/** A file with bytes behind it, as the next revision will have them, without copying it. */
export function extendedSource(source: ByteSource, tail: Uint8Array): ByteSource {
  const size = source.size + tail.length;
  return {
    size,
    read(offset, length) {
      checkRange(size, offset, length);
      const inFile = Math.max(0, Math.min(length, source.size - offset));
      const from = Math.max(0, offset - source.size);
      const behind = tail.subarray(from, from + length - inFile);
      if (inFile === 0) return behind;
      const head = source.read(offset, inFile);
      return behind.length === 0 ? head : Buffer.concat([head, behind]);
    },
  };
}

const CHUNK = 1024 * 1024;

/**
 * Hands a range to `take` piece by piece, so that hashing or copying a big file needs one megabyte of memory. A piece
 * is valid only until `take` returns.
 */
export function readInChunks(
  source: ByteSource,
  offset: number,
  length: number,
  take: (chunk: Uint8Array) => void,
): void {
  const buffer = source.readInto && Buffer.allocUnsafe(Math.min(CHUNK, length));
  for (let done = 0; done < length; done += CHUNK) {
    const size = Math.min(CHUNK, length - done);
    if (buffer) {
      const chunk = buffer.subarray(0, size);
      source.readInto?.(chunk, offset + done);
      take(chunk);
    } else take(source.read(offset + done, size));
  }
}
