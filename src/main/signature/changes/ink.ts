/** Is the ink of a signed page still there, with its contrast to its ground, in a picture of the page as it is now? */
import type { Picture } from '../../pdf/draw.ts';
import type { Area } from './geometry.ts';

/** What keeps the measure from calling honest things hidden. All areas in points, on the page as seen. */
export interface Allowances {
  /** Blanks to be filled in: what stands in them is no ink. */
  readonly blanks: readonly Area[];
  /** Handwriting and seals that were there, of which a part may be below a seal. */
  readonly marks: readonly Area[];
}

/** Difference from the mean around it by which a pixel is ink, of 255. */
const INK = 40;
/** The mean below which the ground is dark, and the ink light. */
const DARK_GROUND = 96;
/** Half the side of the square that counts as around: two thirds of a letter of 10 points. */
const AROUND = 10;
/** Less than this part of its contrast, and ink is no longer seen. */
const KEPT = 0.25;
/** A piece of ink is a letter or as large as one; above this many pixels it is cut. */
const PIECE = 24;
/** Pieces with fewer pixels are specks of a scan and the soft edges of letters. */
const LEAST_INK = 6;
/** Lost parts of a piece from which it is hidden. */
const HIDDEN = 0.5;
/** Ink of the same colour that has grown among a piece, as a part of it, from which it may be another letter. */
const ALTERED = 0.2;
/** Ink no higher, or no wider, than this is a dot or a line. */
const THIN = 3;
/** Difference of a channel below which two colours look alike. */
const ALIKE = 64;

/**
 * The first piece of ink of `before` that is hidden or altered in `after`, in points; null when there is none. Pictures of
 * other sizes are wholly different.
 */
export function lostInk(before: Picture, after: Picture, allowances: Allowances): Area | null {
  const { width, height, scale } = before;
  if (after.width !== width || after.height !== height) return [0, 0, width / scale, height / scale];
  const region = changedRegion(before, after);
  if (!region) return null;
  const [old, now] = [new Grounded(before, region), new Grounded(after, region)];
  const within = (areas: readonly Area[]) => {
    const inPixels = areas.map((area) => area.map((value) => value * scale) as unknown as Area);
    return ({ box }: Blot): boolean => {
      const [x, y] = [region.left + (box[0] + box[2]) / 2, region.top + (box[1] + box[3]) / 2];
      return inPixels.some(
        ([left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom,
      );
    };
  };
  const [isBlank, isMark] = [within(allowances.blanks), within(allowances.marks)];
  for (const blot of blotsOf(old)) {
    if (isBlank(blot)) continue;
    const [across, down] = [blot.box[2] - blot.box[0], blot.box[3] - blot.box[1]];
    const isLarge = Math.min(across, down) > PIECE;
    const isThin = Math.min(across, down) <= THIN;
    const isWhole = (isLarge && isMark(blot)) || (isThin && Math.max(across, down) > PIECE);
    for (const pixels of isWhole ? [blot.pixels] : piecesOf(blot, old.width)) {
      if (pixels.length < LEAST_INK) continue;
      if (isHidden(pixels, old, now) || (!isLarge && !isThin && isAltered(pixels, old, now)))
        return areaOf(pixels, region, scale);
    }
  }
  return null;
}

interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Around all pixels that differ, with what their contrast depends on. */
function changedRegion(before: Picture, after: Picture): Region | null {
  const { width, height } = before;
  const [old, now] = [new Uint32Array(before.rgba.buffer), new Uint32Array(after.rgba.buffer)];
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++)
      if (old[at] !== now[at]) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = y;
      }
  if (right < 0) return null;
  const margin = AROUND * 2;
  [left, top] = [Math.max(0, left - margin), Math.max(0, top - margin)];
  [right, bottom] = [Math.min(width - 1, right + margin), Math.min(height - 1, bottom + margin)];
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** A part of a picture, each pixel measured against the mean around it. */
class Grounded {
  readonly width: number;
  readonly height: number;
  readonly #picture: Picture;
  readonly #region: Region;
  readonly #grey: Uint8Array;
  /** Sums of all above and left of each corner. */
  readonly #sums: Float64Array;

  constructor(picture: Picture, region: Region) {
    const { width, height, left, top } = region;
    [this.width, this.height, this.#picture, this.#region] = [width, height, picture, region];
    this.#grey = new Uint8Array(width * height);
    this.#sums = new Float64Array((width + 1) * (height + 1));
    for (let y = 0; y < height; y++) {
      let row = 0;
      let from = ((top + y) * picture.width + left) * 4;
      for (let x = 0; x < width; x++, from += 4) {
        const grey = (picture.rgba[from]! + picture.rgba[from + 1]! + picture.rgba[from + 2]!) / 3;
        this.#grey[y * width + x] = grey;
        row += this.#grey[y * width + x]!;
        this.#sums[(y + 1) * (width + 1) + x + 1] = this.#sums[y * (width + 1) + x + 1]! + row;
      }
    }
  }

  /** Below zero for ink darker than what is around it, above for lighter; 0 where there is none. */
  ink(at: number): number {
    const [mean, contrast] = this.#measure(at);
    return mean >= DARK_GROUND ? (contrast < -INK ? contrast : 0) : contrast > INK ? contrast : 0;
  }

  contrast(at: number): number {
    return this.#measure(at)[1];
  }

  /** Its red, green and blue. */
  colour(at: number): readonly [number, number, number] {
    const { rgba, width } = this.#picture;
    const [x, y] = [at % this.width, Math.floor(at / this.width)];
    const from = ((this.#region.top + y) * width + this.#region.left + x) * 4;
    return [rgba[from]!, rgba[from + 1]!, rgba[from + 2]!];
  }

  #measure(at: number): [mean: number, contrast: number] {
    const [x, y] = [at % this.width, Math.floor(at / this.width)];
    const [left, right] = [Math.max(0, x - AROUND), Math.min(this.width, x + AROUND + 1)];
    const [top, bottom] = [Math.max(0, y - AROUND), Math.min(this.height, y + AROUND + 1)];
    const [first, last, row] = [top * (this.width + 1), bottom * (this.width + 1), this.#sums];
    const sum = row[last + right]! - row[last + left]! - row[first + right]! + row[first + left]!;
    const mean = sum / ((right - left) * (bottom - top));
    return [mean, this.#grey[at]! - mean];
  }
}

/** Ink that hangs together. */
interface Blot {
  readonly pixels: readonly number[];
  /** left, top, right, bottom in pixels of the region, the last ones not in it. */
  readonly box: Area;
}

function* blotsOf(picture: Grounded): Generator<Blot> {
  const { width, height } = picture;
  const state = new Uint8Array(width * height);
  for (let at = 0; at < state.length; at++) if (picture.ink(at) !== 0) state[at] = 1;
  for (let start = 0; start < state.length; start++) {
    if (state[start] !== 1) continue;
    state[start] = 2;
    const pixels = [start];
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (const at of pixels) {
      const [x, y] = [at % width, Math.floor(at / width)];
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
      for (const next of neighbours(at, picture))
        if (state[next] === 1) {
          state[next] = 2;
          pixels.push(next);
        }
    }
    yield { pixels, box: [left, top, right, bottom] };
  }
}

function neighbours(at: number, { width, height }: Grounded): number[] {
  const [x, y] = [at % width, Math.floor(at / width)];
  const found: number[] = [];
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
    for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++)
      if (u !== x || v !== y) found.push(v * width + u);
  return found;
}

/** Cut into squares where it is larger than a letter. */
function piecesOf({ pixels, box }: Blot, width: number): Iterable<readonly number[]> {
  if (Math.max(box[2] - box[0], box[3] - box[1]) <= PIECE) return [pixels];
  return Map.groupBy(pixels, (at) => {
    const [x, y] = [(at % width) - box[0], Math.floor(at / width) - box[1]];
    return Math.floor(y / PIECE) * width + Math.floor(x / PIECE);
  }).values();
}

function isHidden(pixels: readonly number[], old: Grounded, now: Grounded): boolean {
  let lost = 0;
  for (const at of pixels) {
    const was = old.contrast(at);
    if (now.contrast(at) / was < KEPT) lost++;
  }
  return lost >= pixels.length * HIDDEN;
}

/** Has ink of its own colour grown where it stands? A stroke more makes another figure of one. */
function isAltered(pixels: readonly number[], old: Grounded, now: Grounded): boolean {
  const colours = pixels.map((at) => old.colour(at));
  const mean = [0, 1, 2].map((i) => colours.reduce((sum, one) => sum + one[i]!, 0) / pixels.length);
  const [left, right] = endsOf(pixels.map((at) => at % old.width));
  const [top, bottom] = endsOf(pixels.map((at) => Math.floor(at / old.width)));
  let grown = 0;
  for (let y = top; y < bottom; y++)
    for (let at = y * old.width + left; at < y * old.width + right; at++)
      if (
        old.ink(at) === 0 &&
        now.ink(at) !== 0 &&
        now.colour(at).every((v, i) => Math.abs(v - mean[i]!) < ALIKE)
      )
        grown++;
  return grown > pixels.length * ALTERED;
}

function areaOf(pixels: readonly number[], { left, top, width }: Region, scale: number): Area {
  const [x, right] = endsOf(pixels.map((at) => at % width));
  const [y, bottom] = endsOf(pixels.map((at) => Math.floor(at / width)));
  return [(left + x) / scale, (top + y) / scale, (left + right) / scale, (top + bottom) / scale];
}

/** The first of them and what follows the last. */
const endsOf = (values: readonly number[]): [number, number] =>
  values.reduce<[number, number]>(([a, b], v) => [Math.min(a, v), Math.max(b, v + 1)], [Infinity, 0]);
