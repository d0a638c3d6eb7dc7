import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { DeskError } from '../../shared/errors/index.ts';

/** Random access to the bytes of one immutable file. Offsets and lengths in bytes. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `offset`; a range outside the file is a RangeError. Do not write into the result. */
  read(offset: number, length: number): Uint8Array;
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

  function readFully(offset: number, length: number): Uint8Array {
    const bytes = Buffer.allocUnsafeSlow(length);
    let done = 0;
    while (done < length) {
      const n = readSync(fd, bytes, done, length - done, offset + done);
      if (n === 0) throw new DeskError('pdf.truncated');
      done += n;
    }
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

/** Hands a range to `take` piece by piece, so that hashing or copying a big file needs one megabyte of memory. */
export function readInChunks(
  source: ByteSource,
  offset: number,
  length: number,
  take: (chunk: Uint8Array) => void,
): void {
  const step = 1024 * 1024;
  for (let done = 0; done < length; done += step) {
    take(source.read(offset + done, Math.min(step, length - done)));
  }
}
