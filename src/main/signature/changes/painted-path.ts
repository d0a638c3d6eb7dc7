/** The path a content stream builds before it paints it or clips by it (ISO 32000-2, 8.5). */
import type { Area, Matrix } from './geometry.ts';

/** A piece of a path, in the space of the appearance's owner. */
interface Subpath {
  area: Area;
  /** Straight lines so far; a curve counts as too many. */
  lines: number;
  /** x and y by turns, curves as short lines. */
  readonly points: number[];
}

const CURVE_STEPS = 8;

export class Path {
  readonly #pieces: Subpath[] = [];

  /** @param points x and y by turns, seen through `matrix` */
  begin(points: readonly number[], matrix: Matrix): void {
    this.#pieces.push({ area: NOWHERE, lines: 0, points: [] });
    this.extend(points, 0, matrix);
  }

  extend(points: readonly number[], lines: number, matrix: Matrix): void {
    const current = this.#pieces.at(-1);
    if (!current) return;
    for (let i = 0; i + 1 < points.length; i += 2)
      current.points.push(...this.#take(current, points[i]!, points[i + 1]!, matrix));
    current.lines += lines;
  }

  /** @param points control points and end of a Bézier curve (8.5.2.2); `null` stands for the current point */
  curve(points: readonly (readonly [number, number] | null)[], matrix: Matrix): void {
    const current = this.#pieces.at(-1);
    if (!current || current.points.length < 2) return;
    const from = current.points.slice(-2) as [number, number];
    const [one, two, to] = points.map((point) =>
      point ? this.#take(current, point[0], point[1], matrix) : from,
    );
    current.lines = Infinity;
    if (!one || !two || !to) return;
    for (let step = 1; step <= CURVE_STEPS; step++) {
      const t = step / CURVE_STEPS;
      const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
      for (const i of [0, 1] as const) current.points.push(a * from[i] + b * one[i] + c * two[i] + d * to[i]);
    }
  }

  close(): void {
    const points = this.#pieces.at(-1)?.points;
    if (points && points.length >= 4) points.push(points[0]!, points[1]!);
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  get area(): Area {
    return around(this.#pieces.map((piece) => piece.area));
  }

  /** Its pieces, each as x and y by turns. */
  get outlines(): readonly (readonly number[])[] {
    return this.#pieces.map(({ points }) => points);
  }

  /** What a pen of this width leaves along it. */
  stroked(width: number): (readonly number[])[] {
    return this.outlines.flatMap((points) => {
      const strokes: number[][] = [];
      for (let i = 0; i + 3 < points.length; i += 2) {
        const [x, y, u, v] = points.slice(i, i + 4) as [number, number, number, number];
        const length = Math.hypot(u - x, v - y);
        const [dx, dy] =
          length > 0 ? [((u - x) / length) * (width / 2), ((v - y) / length) * (width / 2)] : [width / 2, 0];
        // Ends reach out by half the width, as projecting caps and joins do.
        const [a, b, c, d] = [x - dx, y - dy, u + dx, v + dy];
        strokes.push([a - dy, b + dx, c - dy, d + dx, c + dy, d - dx, a + dy, b - dx]);
      }
      return strokes;
    });
  }

  /** A border, a background, the lines of a comb: straight, from one side of the whole to the other. Letters are not. */
  isFrameOf(whole: Area): boolean {
    return this.#pieces.every(({ area: [left, bottom, right, top], lines }) => {
      const isAcross = right - left >= 0.8 * (whole[2] - whole[0]);
      return lines <= MAX_FRAME_LINES && (isAcross || top - bottom >= 0.8 * (whole[3] - whole[1]));
    });
  }

  #take(current: Subpath, x: number, y: number, [a, b, c, d, e, f]: Matrix): [number, number] {
    const at: [number, number] = [a * x + c * y + e, b * x + d * y + f];
    current.area = around([current.area, [at[0], at[1], at[0], at[1]]]);
    return at;
  }
}

const MAX_FRAME_LINES = 12;

const NOWHERE: Area = [Infinity, Infinity, -Infinity, -Infinity];

const around = (areas: readonly Area[]): Area =>
  areas.reduce(
    (all, [l, b, r, t]) => [
      Math.min(all[0], l),
      Math.min(all[1], b),
      Math.max(all[2], r),
      Math.max(all[3], t),
    ],
    NOWHERE,
  );

/** The corners of an area seen through a matrix, in turn. */
export function cornersOf([left, bottom, right, top]: Area, [a, b, c, d, e, f]: Matrix): number[] {
  return [left, bottom, right, bottom, right, top, left, top].flatMap((_, i, all) =>
    i % 2 === 0 ? [a * all[i]! + c * all[i + 1]! + e, b * all[i]! + d * all[i + 1]! + f] : [],
  );
}
