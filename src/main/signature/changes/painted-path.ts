/** The path a content stream builds before it paints it or clips by it (ISO 32000-2, 8.5). */
import type { Area, Matrix } from './geometry.ts';
import { transformed } from './geometry.ts';

/** A piece of a path, in the space of the appearance's owner. */
interface Subpath {
  area: Area;
  /** Straight lines so far; a curve counts as too many. */
  lines: number;
}

export class Path {
  readonly #pieces: Subpath[] = [];

  /** @param points x and y by turns, seen through `matrix` */
  begin(points: readonly number[], matrix: Matrix): void {
    this.#pieces.push({ area: NOWHERE, lines: 0 });
    this.extend(points, 0, matrix);
  }

  extend(points: readonly number[], lines: number, matrix: Matrix): void {
    const current = this.#pieces.at(-1);
    if (!current) return;
    for (let i = 0; i + 1 < points.length; i += 2) {
      const at: Area = [points[i]!, points[i + 1]!, points[i]!, points[i + 1]!];
      current.area = around([current.area, transformed(at, matrix)]);
    }
    current.lines += lines;
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  get area(): Area {
    return around(this.#pieces.map((piece) => piece.area));
  }

  /** A border, a background, the lines of a comb: straight, from one side of the whole to the other. Letters are not. */
  isFrameOf(whole: Area): boolean {
    return this.#pieces.every(({ area: [left, bottom, right, top], lines }) => {
      const isAcross = right - left >= 0.8 * (whole[2] - whole[0]);
      return lines <= MAX_FRAME_LINES && (isAcross || top - bottom >= 0.8 * (whole[3] - whole[1]));
    });
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
