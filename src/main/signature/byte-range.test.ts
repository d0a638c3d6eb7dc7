import { createHash, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { memorySource } from '../pdf/source.ts';
import { rangeHashes } from './byte-range.ts';
import type { SignedRange } from './byte-range.ts';

const file = randomBytes(5000);
const range = ([gapStart, gapEnd, end]: readonly number[]): SignedRange => ({
  gapStart: gapStart!,
  gapEnd: gapEnd!,
  end: end!,
  contents: new Uint8Array(),
});
const plain = (digest: string, { gapStart, gapEnd, end }: SignedRange) =>
  createHash(digest).update(file.subarray(0, gapStart)).update(file.subarray(gapEnd, end)).digest('hex');

it('hashes any ranges of a file, in any order and again, as each by itself would be', () => {
  const offsets = fc
    .uniqueArray(fc.integer({ min: 1, max: file.length }), { minLength: 3, maxLength: 3 })
    .map((three) => range(three.toSorted((a, b) => a - b)));
  const asked = fc.array(fc.tuple(offsets, fc.constantFrom('sha1', 'sha256', 'sha384', 'sha512')));
  fc.assert(
    fc.property(asked, (all) => {
      const hashes = rangeHashes(memorySource(file));
      for (const [one, digest] of [...all, ...all])
        expect(Buffer.from(hashes(digest, one)).toString('hex')).toBe(plain(digest, one));
    }),
  );
});

it('reads a file of many signatures once, and behind each gap again', () => {
  let read = 0;
  const source = memorySource(file);
  const counting = {
    size: source.size,
    read: (offset: number, length: number) => {
      read += length;
      return source.read(offset, length);
    },
  };
  const hashes = rangeHashes(counting);
  const all = Array.from({ length: 25 }, (_, n) => range([n * 200 + 50, n * 200 + 150, (n + 1) * 200]));
  for (const one of all)
    expect(Buffer.from(hashes('sha256', one)).toString('hex')).toBe(plain('sha256', one));
  expect(read).toBe(24 * 200 + 50 + 25 * 50);
});
