import { inflateSync, constants } from 'node:zlib';
import type { CosDict, CosObject } from './cos.ts';
import { intOf, isArray, isDict, nameOf } from './cos.ts';
import { isSpace } from './lexer.ts';
import { damaged, LIMITS, tooComplex } from './limits.ts';

/** Grows to at most the inflate limit: the output of a filter can be a thousand times its input. */
class Output {
  private bytes = new Uint8Array(4096);
  length = 0;

  push(byte: number): void {
    if (this.length === this.bytes.length) this.grow(this.length + 1);
    this.bytes[this.length++] = byte;
  }

  append(chunk: Uint8Array): void {
    if (this.length + chunk.length > this.bytes.length) this.grow(this.length + chunk.length);
    this.bytes.set(chunk, this.length);
    this.length += chunk.length;
  }

  /** Again what stands from `start` on, which may reach into what is being written. */
  repeat(start: number, count: number): void {
    const end = this.length + count;
    if (end > this.bytes.length) this.grow(end);
    for (let from = start; this.length < end; from++) this.bytes[this.length++] = this.bytes[from]!;
  }

  private grow(needed: number): void {
    if (needed > LIMITS.inflatedBytes) throw tooComplex('inflatedBytes');
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes);
    this.bytes = larger;
  }

  done(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

function flate(data: Uint8Array): Uint8Array {
  try {
    // Z_SYNC_FLUSH: writers that leave out the checksum exist, and readers accept them.
    return inflateSync(data, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LIMITS.inflatedBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooComplex('inflatedBytes');
    throw damaged('flate', error);
  }
}

/** ISO 32000-2, 7.4.2. */
function asciiHex(data: Uint8Array): Uint8Array {
  const end = data.indexOf(0x3e);
  const digits = Buffer.from(end < 0 ? data : data.subarray(0, end))
    .toString('latin1')
    .replace(/[\0\t\n\f\r ]/g, '');
  if (!/^[0-9a-fA-F]*$/.test(digits)) throw damaged('asciihex');
  return Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex');
}

/** ISO 32000-2, 7.4.3. */
function ascii85(data: Uint8Array): Uint8Array {
  const out = new Output();
  let group: number[] = [];
  const flush = (count: number) => {
    while (group.length < 5) group.push(84);
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
    if (value > 0xffffffff) throw damaged('ascii85');
    for (let i = 0; i < count; i++) out.push((value >>> (24 - 8 * i)) & 255);
    group = [];
  };
  for (const byte of data) {
    if (byte === 0x7e) break;
    if (isSpace(byte)) continue;
    if (byte === 0x7a && group.length === 0) out.append(new Uint8Array(4));
    else {
      if (byte < 0x21 || byte > 0x75) throw damaged('ascii85');
      group.push(byte - 0x21);
      if (group.length === 5) flush(4);
    }
  }
  if (group.length === 1) throw damaged('ascii85');
  if (group.length > 1) flush(group.length - 1);
  return out.done();
}

/** ISO 32000-2, 7.4.5. */
function runLength(data: Uint8Array): Uint8Array {
  const out = new Output();
  for (let pos = 0; pos < data.length;) {
    const length = data[pos++]!;
    if (length === 128) break;
    if (length < 128) {
      out.append(data.subarray(pos, pos + length + 1));
      pos += length + 1;
    } else out.append(new Uint8Array(257 - length).fill(data[pos++] ?? 0));
  }
  return out.done();
}

/**
 * ISO 32000-2, 7.4.4.2: codes of 9 to 12 bits, 256 clears the table, 257 ends. An entry is where it already stands in
 * the output: written out each by each, the entries of a hostile table would cost as much as what they unpack to.
 */
function lzw(data: Uint8Array, earlyChange: number): Uint8Array {
  const out = new Output();
  const starts = new Int32Array(4096);
  const lengths = new Int32Array(4096);
  let next = 258;
  let width = 9;
  /** Where the entry before stands in the output; -1 behind a clear. */
  let last = -1;
  let bits = 0;
  let held = 0;
  for (const byte of data) {
    bits = (bits << 8) | byte;
    held += 8;
    if (held < width) continue;
    held -= width;
    const symbol = (bits >>> held) & ((1 << width) - 1);
    bits &= (1 << held) - 1;
    if (symbol === 257) break;
    if (symbol === 256) {
      next = 258;
      width = 9;
      last = -1;
      continue;
    }
    const start = out.length;
    // The entry before and one letter more, which is the first of this one.
    if (last >= 0 && next < 4096) {
      starts[next] = last;
      lengths[next] = start - last + 1;
      next++;
    }
    if (symbol < 256) out.push(symbol);
    else if (symbol < next) out.repeat(starts[symbol]!, lengths[symbol]!);
    else throw damaged('lzw');
    last = start;
    const coming = next + 1 + (earlyChange - 1);
    width = coming >= 2048 ? 12 : coming >= 1024 ? 11 : coming >= 512 ? 10 : 9;
  }
  return out.done();
}

/** PNG and TIFF predictors (ISO 32000-2, 7.4.4.4; PNG 9.2). */
function unpredict(data: Uint8Array, parms: CosDict): Uint8Array {
  const predictor = intOf(parms.get('Predictor')) ?? 1;
  if (predictor === 1) return data;
  const colors = intOf(parms.get('Colors')) ?? 1;
  const bits = intOf(parms.get('BitsPerComponent')) ?? 8;
  const columns = intOf(parms.get('Columns')) ?? 1;
  if (colors < 1 || colors > 32 || ![1, 2, 4, 8, 16].includes(bits) || columns < 1 || columns > 1e7) {
    throw damaged('predictor');
  }
  const pixel = Math.max(1, (colors * bits) >> 3);
  const row = Math.ceil((colors * bits * columns) / 8);
  if (predictor === 2) return tiffPredictor(data, bits, pixel, row);
  if (predictor < 10 || predictor > 15) throw damaged('predictor');
  const rows = Math.ceil(data.length / (row + 1));
  // One byte less for each row: the last may be short, and a row may claim to be longer than all there is.
  const out = new Uint8Array(data.length - rows);
  for (let r = 0; r < rows; r++) pngRow(data, r, row, pixel, out);
  return out;
}

function tiffPredictor(data: Uint8Array, bits: number, pixel: number, row: number): Uint8Array {
  if (bits !== 8) throw damaged('predictor');
  const out = Uint8Array.from(data);
  for (let start = 0; start < out.length; start += row) {
    const end = Math.min(start + row, out.length);
    for (let i = start + pixel; i < end; i++) out[i] = out[i]! + out[i - pixel]!;
  }
  return out;
}

function pngRow(data: Uint8Array, r: number, row: number, pixel: number, out: Uint8Array): void {
  const from = r * (row + 1);
  const to = r * row;
  const type = data[from]!;
  const count = Math.min(row, data.length - from - 1);
  for (let i = 0; i < count; i++) {
    const left = i >= pixel ? out[to + i - pixel]! : 0;
    const up = r > 0 ? out[to + i - row]! : 0;
    const upLeft = r > 0 && i >= pixel ? out[to + i - row - pixel]! : 0;
    out[to + i] = data[from + 1 + i]! + pngPrediction(type, left, up, upLeft);
  }
}

function pngPrediction(type: number, left: number, up: number, upLeft: number): number {
  if (type === 0) return 0;
  if (type === 1) return left;
  if (type === 2) return up;
  if (type === 3) return (left + up) >> 1;
  if (type !== 4) throw damaged('predictor');
  const estimate = left + up - upLeft;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)];
  return a <= b && a <= c ? left : b <= c ? up : upLeft;
}

const listOf = (object: CosObject | undefined): readonly CosObject[] =>
  object === undefined || object === null ? [] : isArray(object) ? object : [object];

/**
 * Undoes the filters of a stream whose content is structure (object streams, xref streams, page content). Image
 * codecs are none of its business: `pdf.damaged` with mark `filter`. `resolve` follows references in the dictionary.
 */
export function decodeStream(
  dict: CosDict,
  raw: Uint8Array,
  resolve: (object: CosObject | undefined) => CosObject,
): Uint8Array {
  const filters = listOf(resolve(dict.get('Filter') ?? dict.get('F'))).map((f) => nameOf(resolve(f)));
  const parms = listOf(resolve(dict.get('DecodeParms') ?? dict.get('DP'))).map((p) => resolve(p));
  if (filters.length > LIMITS.filters) throw tooComplex('filters');
  let data = raw;
  filters.forEach((filter, i) => {
    const parm = parms[i];
    const parmDict: CosDict = new Map(isDict(parm) ? [...parm].map(([k, v]) => [k, resolve(v)]) : []);
    if (filter === 'FlateDecode' || filter === 'Fl') data = unpredict(flate(data), parmDict);
    else if (filter === 'LZWDecode' || filter === 'LZW') {
      data = unpredict(lzw(data, intOf(parmDict.get('EarlyChange')) ?? 1), parmDict);
    } else if (filter === 'ASCIIHexDecode' || filter === 'AHx') data = asciiHex(data);
    else if (filter === 'ASCII85Decode' || filter === 'A85') data = ascii85(data);
    else if (filter === 'RunLengthDecode' || filter === 'RL') data = runLength(data);
    else if (filter !== 'Crypt') throw damaged('filter');
  });
  return data;
}
