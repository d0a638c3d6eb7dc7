/** What everything painted over a part of a page lets through of what is below: composited, point by point. */
import type { Area, Matrix } from './geometry.ts';
import { isEmpty, overlapOf } from './geometry.ts';
import type { Layer } from './painting.ts';

/** Points looked at in a point of length; fewer on a page that is large. */
const FINENESS = 2;
const MAX_SAMPLES = 4_000_000;
/** Steps of all layers of one page; what needs more is taken for whole. */
const MAX_STEPS = 60_000_000;
/** Less than this is let through: what is below is no longer seen. */
const HIDING = 0.5;

export class Veil {
  readonly #area: Area;
  readonly #scale: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #through: Float32Array;
  #steps = MAX_STEPS;

  /** @param area of the page as seen, in points from its top left corner */
  constructor(area: Area) {
    const size = Math.max(1, (area[2] - area[0]) * (area[3] - area[1]));
    this.#area = area;
    this.#scale = Math.min(FINENESS, Math.sqrt(MAX_SAMPLES / size));
    this.#columns = Math.max(1, Math.ceil((area[2] - area[0]) * this.#scale));
    this.#rows = Math.max(1, Math.ceil((area[3] - area[1]) * this.#scale));
    this.#through = new Float32Array(this.#columns * this.#rows).fill(1);
  }

  /**
   * @param toView from the space of the layer onto the page as seen
   * @param within the part of the page where it is shown
   */
  lay(layer: Layer, toView: Matrix, within: Area): void {
    const clip = overlapOf(within, this.#area);
    if (isEmpty(clip)) return;
    const edges = this.#edges(layer, toView);
    const inverse = layer.image ? inverted(layer.image.matrix, toView) : null;
    const [left, right] = [this.#column(clip[0]), this.#column(clip[2])];
    const [first, last] = [this.#row(clip[1]), this.#row(clip[3])];
    for (let row = first; row < last; row++) {
      if (this.#steps < 0) this.#fill(row, left, right, 1);
      else
        for (const [from, to] of spansOf(edges.get(row) ?? [], layer.isEvenOdd)) {
          const [start, end] = [Math.max(left, this.#column(from)), Math.min(right, this.#column(to))];
          if (layer.image && inverse) this.#fillImage(row, start, end, layer, layer.image.cover, inverse);
          else this.#fill(row, start, end, layer.opacity);
        }
    }
  }

  /** How much of an area, in points², is no longer seen. */
  hidden(area: Area): number {
    const inside = overlapOf(area, this.#area);
    if (isEmpty(inside)) return 0;
    let count = 0;
    const [left, right] = [this.#column(inside[0]), this.#column(inside[2])];
    for (let row = this.#row(inside[1]); row < this.#row(inside[3]); row++)
      for (let at = row * this.#columns + left; at < row * this.#columns + right; at++)
        if (this.#through[at]! < HIDING) count++;
    return count / this.#scale ** 2;
  }

  /** The first sample whose middle is not left of, or above, a place. */
  #column(x: number): number {
    return clamp(Math.ceil((x - this.#area[0]) * this.#scale - 0.5), this.#columns);
  }

  #row(y: number): number {
    return clamp(Math.ceil((y - this.#area[1]) * this.#scale - 0.5), this.#rows);
  }

  #fill(row: number, start: number, end: number, opacity: number): void {
    const rest = 1 - Math.min(1, opacity);
    const offset = row * this.#columns;
    this.#steps -= Math.max(0, end - start) + 1;
    for (let at = offset + start; at < offset + end; at++) this.#through[at]! *= rest;
  }

  #fillImage(
    row: number,
    start: number,
    end: number,
    { opacity }: Layer,
    cover: NonNullable<Layer['image']>['cover'],
    [a, b, c, d, e, f]: Matrix,
  ): void {
    const y = (row + 0.5) / this.#scale + this.#area[1];
    this.#steps -= Math.max(0, end - start) + 1;
    for (let column = start; column < end; column++) {
      const x = (column + 0.5) / this.#scale + this.#area[0];
      const across = clamp(Math.floor((a * x + c * y + e) * cover.columns), cover.columns - 1);
      const down = clamp(Math.floor((1 - (b * x + d * y + f)) * cover.rows), cover.rows - 1);
      const rest = 1 - Math.min(1, opacity * cover.opacity[down * cover.columns + across]!);
      const at = row * this.#columns + column;
      this.#through[at]! *= rest;
    }
  }

  /** Where the outlines cross the middle of each row, and in which direction. */
  #edges({ outlines }: Layer, [a, b, c, d, e, f]: Matrix): Map<number, Crossing[]> {
    const rows = new Map<number, Crossing[]>();
    for (const outline of outlines) {
      const count = outline.length >> 1;
      for (let i = 0; i < count && this.#steps >= 0; i++) {
        const [x, y] = [outline[i * 2]!, outline[i * 2 + 1]!];
        const next = ((i + 1) % count) * 2;
        const [u, v] = [outline[next]!, outline[next + 1]!];
        const from = { x: a * x + c * y + e, y: b * x + d * y + f };
        const to = { x: a * u + c * v + e, y: b * u + d * v + f };
        const [top, bottom] = from.y < to.y ? [from, to] : [to, from];
        const winding = from.y < to.y ? 1 : -1;
        const [first, last] = [this.#row(top.y), this.#row(bottom.y)];
        this.#steps -= last - first + 1;
        for (let row = first; row < last; row++) {
          const middle = (row + 0.5) / this.#scale + this.#area[1];
          const part = (middle - top.y) / (bottom.y - top.y);
          const crossing = { x: top.x + (bottom.x - top.x) * part, winding };
          const known = rows.get(row);
          if (known) known.push(crossing);
          else rows.set(row, [crossing]);
        }
      }
    }
    return rows;
  }
}

interface Crossing {
  readonly x: number;
  readonly winding: number;
}

/** What lies inside, by the nonzero or the even-odd rule (8.5.3.3). */
function spansOf(crossings: Crossing[], isEvenOdd: boolean): [number, number][] {
  const sorted = crossings.toSorted((one, other) => one.x - other.x);
  const spans: [number, number][] = [];
  let winding = 0;
  sorted.forEach((crossing, i) => {
    winding = isEvenOdd ? 1 - winding : winding + crossing.winding;
    const next = sorted[i + 1];
    if (winding !== 0 && next && next.x > crossing.x) spans.push([crossing.x, next.x]);
  });
  return spans;
}

const clamp = (value: number, most: number): number =>
  Number.isNaN(value) ? 0 : Math.min(most, Math.max(0, value));

/** From the page as seen into the unit square of an image; null for one that has no size. */
function inverted(image: Matrix, toView: Matrix): Matrix | null {
  const [g, h, i, j, k, l] = image;
  const [m, n, o, p, q, r] = toView;
  const [a, b] = [g * m + h * o, g * n + h * p];
  const [c, d] = [i * m + j * o, i * n + j * p];
  const [e, f] = [k * m + l * o + q, k * n + l * p + r];
  const size = a * d - b * c;
  if (size === 0) return null;
  return [d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size];
}
