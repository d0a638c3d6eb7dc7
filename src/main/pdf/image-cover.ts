/** How much of what lies below an image is hidden by it, after all its masks (ISO 32000-2, 8.9.6 and 11.6.5.2). */
import type { CosDict, CosObject, CosStream } from './cos.ts';
import { intOf, isStream, nameOf } from './cos.ts';
import type { PdfDocument } from './reader.ts';

/** An image in parts, the first row on top. */
export interface ImageCover {
  readonly columns: number;
  readonly rows: number;
  /** Mean opacity of each part, 0 to 1. */
  readonly opacity: Float32Array;
}

const MAX_PARTS = 128;
const MAX_PIXELS = 64_000_000;

const OPAQUE: ImageCover = { columns: 1, rows: 1, opacity: Float32Array.of(1) };

/** Without a mask all of an image hides; and so it counts where the mask cannot be read. */
export function imageCover(document: PdfDocument, image: CosStream): ImageCover {
  try {
    return measured(document, image) ?? OPAQUE;
  } catch {
    // Damaged, too large, or in an image codec.
    return OPAQUE;
  }
}

function measured(document: PdfDocument, image: CosStream): ImageCover | undefined {
  const entry = (key: string): CosObject => document.get(image.dict.get(key));
  if (entry('ImageMask') === true) return stencil(document, image);
  const soft = entry('SMask');
  if (isStream(soft)) {
    if (soft.dict.has('SMask') || soft.dict.has('Mask')) return undefined;
    return sampled(document, soft, 1, ([value], [[from, to]]) => from + value * (to - from));
  }
  if ((intOf(entry('SMaskInData')) ?? 0) !== 0) return undefined;
  const mask = entry('Mask');
  if (isStream(mask)) return stencil(document, mask);
  const key = document.array(mask)?.map((item) => document.get(item));
  return key ? keyed(document, image, key) : OPAQUE;
}

/** One bit a pixel: 0 paints, unless /Decode turns it round (8.9.6.2). */
const stencil = (document: PdfDocument, mask: CosStream): ImageCover | undefined =>
  sampled(document, mask, 1, ([value], [[from, to]]) => 1 - (from + value * (to - from)), 1);

/** Samples between the limits of a colour key are not painted (8.9.6.4). */
function keyed(document: PdfDocument, image: CosStream, key: readonly CosObject[]): ImageCover | undefined {
  const components = componentsOf(document, document.get(image.dict.get('ColorSpace')));
  if (components === undefined || key.length !== components * 2) return undefined;
  const limits = key.map((limit) => intOf(limit) ?? -1);
  return sampled(document, image, components, (_, __, raw) =>
    raw.every((value, i) => value >= limits[i * 2]! && value <= limits[i * 2 + 1]!) ? 0 : 1,
  );
}

function componentsOf(document: PdfDocument, space: CosObject): number | undefined {
  const family = nameOf(space) ?? nameOf(document.get(document.array(space)?.[0]));
  if (family === 'ICCBased') {
    const profile = document.get(document.array(space)?.[1]);
    return isStream(profile) ? intOf(document.get(profile.dict.get('N'))) : undefined;
  }
  return new Map([
    ['DeviceGray', 1],
    ['CalGray', 1],
    ['Indexed', 1],
    ['Separation', 1],
    ['DeviceRGB', 3],
    ['CalRGB', 3],
    ['Lab', 3],
    ['DeviceCMYK', 4],
  ]).get(family ?? '');
}

type Values = readonly [number, ...number[]];
type Ranges = readonly [readonly [number, number], ...(readonly [number, number])[]];
/** @param values samples as parts of the largest, @param raw as they are stored */
type OpacityOf = (values: Values, decode: Ranges, raw: readonly number[]) => number;

/** The parts of the image whose pixels are samples of `source`; undefined when it has too few. */
function sampled(
  document: PdfDocument,
  source: CosStream,
  components: number,
  opacityOf: OpacityOf,
  bitsByKind?: number,
): ImageCover | undefined {
  const number = (key: string): number | undefined => intOf(document.get(source.dict.get(key)));
  const [width = 0, height = 0] = [number('Width'), number('Height')];
  const bits = bitsByKind ?? number('BitsPerComponent') ?? 8;
  if (width < 1 || height < 1 || width * height > MAX_PIXELS || ![1, 2, 4, 8, 16].includes(bits))
    return undefined;
  const data = document.decode(source);
  const rowBytes = Math.ceil((width * components * bits) / 8);
  if (data.length < rowBytes * height) return undefined;
  const decode = rangesOf(document, source.dict, components);
  const [columns, rows] = [Math.min(width, MAX_PARTS), Math.min(height, MAX_PARTS)];
  const opacity = new Float32Array(columns * rows);
  const counts = new Float32Array(columns * rows);
  const largest = 2 ** bits - 1;
  const known = new Map<number, number>();
  const raw = Array.from({ length: components }, () => 0);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x++) {
      for (let i = 0; i < components; i++)
        raw[i] = sampleAt(data, rowBytes * y, (x * components + i) * bits, bits);
      const id = components === 1 ? raw[0]! : raw.reduce((sum, value) => sum * 256 + (value & 255), 0);
      let value = bits <= 8 ? known.get(id) : undefined;
      if (value === undefined) {
        const values = raw.map((one) => one / largest) as unknown as Values;
        value = Math.min(1, Math.max(0, opacityOf(values, decode, raw)));
        if (known.size < 65_536) known.set(id, value);
      }
      const part = row + Math.floor((x * columns) / width);
      opacity[part]! += value;
      counts[part]! += 1;
    }
  }
  for (let part = 0; part < opacity.length; part++) opacity[part]! /= counts[part]!;
  return { columns, rows, opacity };
}

function sampleAt(data: Uint8Array, row: number, bit: number, bits: number): number {
  const at = row + (bit >> 3);
  if (bits === 8) return data[at]!;
  if (bits === 16) return data[at]! * 256 + data[at + 1]!;
  return (data[at]! >> (8 - bits - (bit & 7))) & (2 ** bits - 1);
}

/** /Decode, or what it is when left out (Table 88). */
function rangesOf(document: PdfDocument, entries: CosDict, components: number): Ranges {
  const held = (document.array(entries.get('Decode')) ?? []).map((item) => Number(document.get(item)));
  return Array.from({ length: components }, (_, i) => [
    held[i * 2] ?? 0,
    held[i * 2 + 1] ?? 1,
  ]) as unknown as Ranges;
}
