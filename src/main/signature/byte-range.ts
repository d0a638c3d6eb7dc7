/** The bytes a PDF signature covers (ISO 32000-2, 12.8.1), exact or not at all. */
import { createHash } from '../crypto/index.ts';
import type { Digest, Hash } from '../crypto/index.ts';
import type { CosDict } from '../pdf/cos.ts';
import { intOf, isArray, isString } from '../pdf/cos.ts';
import type { PdfDocument } from '../pdf/reader.ts';
import type { ByteSource } from '../pdf/source.ts';

export interface SignedRange {
  /** The gap: from the `<` of /Contents to behind its `>`. */
  readonly gapStart: number;
  readonly gapEnd: number;
  /** Where the signed revision ends. */
  readonly end: number;
  readonly contents: Uint8Array;
}

/** Technical words for what is wrong with a range. */
export type RangeFault = 'array' | 'start' | 'bounds' | 'gap' | 'place' | 'end';

/**
 * The range of a signature dictionary, once it is exactly: from the first byte, everything but the hexadecimal
 * string of this dictionary's own /Contents.
 * @param holder object number of the signature dictionary, if it is an object of its own
 */
export function signedRange(
  document: PdfDocument,
  signature: CosDict,
  holder: number | undefined,
): SignedRange | RangeFault {
  const array = document.get(signature.get('ByteRange'));
  const contents = document.get(signature.get('Contents'));
  if (!isArray(array) || array.length !== 4 || !isString(contents)) return 'array';
  const [start, gapStart, gapEnd, rest] = array.map((item) => intOf(document.get(item)));
  if (start === undefined || gapStart === undefined || gapEnd === undefined || rest === undefined)
    return 'array';
  if (start !== 0) return 'start';
  const end = gapEnd + rest;
  const { source } = document;
  if (gapStart <= 0 || gapEnd - gapStart < 2 || rest <= 0 || end > source.size) return 'bounds';
  if (!isHexString(source.read(gapStart, gapEnd - gapStart), contents.bytes)) return 'gap';
  const span = holder === undefined ? undefined : document.objectSpan(holder);
  if (!span || gapStart < span.offset || gapEnd > span.end) return 'place';
  return { gapStart, gapEnd, end, contents: contents.bytes };
}

/** Is the gap `<`, the digits of exactly these bytes, `>`, with nothing but white space between them (7.3.4.3)? */
function isHexString(gap: Uint8Array, bytes: Uint8Array): boolean {
  if (gap.length < bytes.length * 2 + 2 || gap[0] !== 0x3c || gap.at(-1) !== 0x3e) return false;
  const written = Buffer.from(gap.buffer, gap.byteOffset + 1, gap.length - 2).toString('latin1');
  const digits = written.length === bytes.length * 2 ? written : written.replace(/[\0\t\n\f\r ]/g, '');
  return digits.toLowerCase() === Buffer.from(bytes).toString('hex');
}

/** The signed bytes, a piece at a time; a piece is valid until the next one is asked for. */
export function* rangeBytes(
  source: ByteSource,
  { gapStart, gapEnd, end }: SignedRange,
): Generator<Uint8Array> {
  yield* pieces(source, 0, gapStart);
  yield* pieces(source, gapEnd, end);
}

export type RangeHash = (digest: Digest, range: SignedRange) => Uint8Array;

/**
 * Hashes of signed ranges of one file. Each begins as the one before it did and goes on: however many signatures follow
 * one another, the file is read once.
 */
export function rangeHashes(source: ByteSource): RangeHash {
  const begun = new Map<Digest, { readonly hash: Hash; readonly to: number }>();
  return (digest, { gapStart, gapEnd, end }) => {
    const known = begun.get(digest);
    const isBefore = known !== undefined && known.to <= gapStart;
    const hash = isBefore ? known.hash.copy() : createHash(digest);
    for (const piece of pieces(source, isBefore ? known.to : 0, gapStart)) hash.update(piece);
    begun.set(digest, { hash, to: gapStart });
    const whole = hash.copy();
    for (const piece of pieces(source, gapEnd, end)) whole.update(piece);
    return whole.digest();
  };
}

const CHUNK = 1 << 20;

/** As `readInChunks`, for hashing that asks instead of being told. */
function* pieces(source: ByteSource, from: number, to: number): Generator<Uint8Array> {
  const buffer = source.readInto && Buffer.allocUnsafe(Math.min(CHUNK, to - from));
  for (let at = from; at < to; at += CHUNK) {
    const size = Math.min(CHUNK, to - at);
    const piece = buffer?.subarray(0, size);
    if (piece) source.readInto?.(piece, at);
    yield piece ?? source.read(at, size);
  }
}
