import { crc32, inflateSync } from 'node:zlib';
import { DeskError } from '../../shared/errors/index.ts';

const MAGIC = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const MAX_BYTES = 3.5 * 1024 * 1024;
const MAX_PIXELS = 16_000_000;
/** What makes the picture; texts, colour profiles and whatever else a file carries stay out of a signed document. */
const KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
/** Samples a pixel and bit depths by colour type (PNG, table 12). */
const COLOUR_TYPES: ReadonlyMap<number, { samples: number; depths: readonly number[] }> = new Map([
  [0, { samples: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { samples: 3, depths: [8, 16] }],
  [3, { samples: 1, depths: [1, 2, 4, 8] }],
  [4, { samples: 2, depths: [8, 16] }],
  [6, { samples: 4, depths: [8, 16] }],
]);

export interface Png {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** The file reduced to the chunks that make the picture. */
  readonly bytes: Uint8Array;
}

const bad = (cause?: unknown) => new DeskError('pdf.bad-image', {}, cause);

/**
 * Checks a PNG down to its inflated size before a library sees it: pdf-lib never returns from a file that is cut
 * short. Error: `pdf.bad-image`, also for more than 3.5 MB or 16 million pixels.
 */
export function readPng(file: Uint8Array): Png {
  const buffer = Buffer.from(file.buffer, file.byteOffset, file.length);
  if (file.length > MAX_BYTES || !buffer.subarray(0, 8).equals(MAGIC)) throw bad();
  const kept: Buffer[] = [MAGIC];
  const pixels: Buffer[] = [];
  const types: string[] = [];
  for (let at = 8; types.at(-1) !== 'IEND';) {
    if (at + 12 > buffer.length) throw bad();
    const end = at + 12 + buffer.readUInt32BE(at);
    if (end > buffer.length) throw bad();
    const type = buffer.toString('latin1', at + 4, at + 8);
    if (crc32(buffer.subarray(at + 4, end - 4)) !== buffer.readUInt32BE(end - 4)) throw bad();
    if (KEPT.has(type)) kept.push(buffer.subarray(at, end));
    if (type === 'IDAT') pixels.push(buffer.subarray(at + 8, end - 4));
    types.push(type);
    at = end;
  }
  if (types[0] !== 'IHDR' || types.filter((type) => type === 'IHDR').length !== 1) throw bad();
  const size = checkHeader(kept[1]!.subarray(8, -4), types.includes('PLTE'));
  checkPixels(Buffer.concat(pixels), size.leastBytes);
  return { width: size.width, height: size.height, bytes: Buffer.concat(kept) };
}

function checkHeader(
  header: Buffer,
  hasPalette: boolean,
): { width: number; height: number; leastBytes: number } {
  if (header.length !== 13) throw bad();
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour, compression, filter, interlace] = header.subarray(8);
  const kind = COLOUR_TYPES.get(colour ?? -1);
  if (!kind?.depths.includes(depth ?? 0) || (colour === 3 && !hasPalette)) throw bad();
  if (compression !== 0 || filter !== 0 || (interlace !== 0 && interlace !== 1)) throw bad();
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) throw bad();
  const row = Math.ceil((width * kind.samples * (depth ?? 0)) / 8);
  return { width, height, leastBytes: height * (row + 1) };
}

function checkPixels(data: Buffer, leastBytes: number): void {
  try {
    // Interlaced images have more, shorter rows: at most twice the filter bytes and padding.
    const inflated = inflateSync(data, { maxOutputLength: leastBytes * 2 + 1024 });
    if (inflated.length < leastBytes) throw bad();
  } catch (error) {
    throw error instanceof DeskError ? error : bad(error);
  }
}
