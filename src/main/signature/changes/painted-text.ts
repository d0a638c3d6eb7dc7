/** Where an appearance shows its text, as far as fraud needs to know (ISO 32000-2, 9.4): not a renderer. */
import type { Area, Matrix } from './geometry.ts';
import { cornersOf } from './painted-path.ts';
import { IDENTITY, isEmpty, multiply, overlapOf, reachesAround, transformed } from './geometry.ts';

/** Below this many points nobody reads. */
const SMALLEST = 1;
/** Letters may stand out of what is clipped, or off their line, by this part of their size. */
const SLACK = 0.5;
/** And into each other by this. */
const OVERLAP = 0.2;
/** Shifts and spacings beyond these many sizes of a letter take what follows away. */
const FAR = 6;

/** Where text is put: changed by the text operators, not saved by `q`. */
export interface TextPlace {
  /** Takes an operator into account; anything else than text positioning is left alone. */
  move(operator: string, values: readonly number[]): void;
  /**
   * Takes in text shown here.
   * @returns whether it can be read at this place, behind what was shown before
   */
  show(text: string, size: number, matrix: Matrix, clip: Area): boolean;
  /**
   * Where letters not known may reach, each as wide as it is high, behind those of the same line.
   * @param count how many
   */
  boxOf(count: number, size: number, matrix: Matrix): { readonly corners: number[]; readonly size: number };
  /** Is text already shown below this area? */
  isUnder(area: Area): boolean;
  /** Does a shift within a line (in thousandths) tear it apart? */
  isTorn(shift: number): boolean;
}

export function textPlace(): TextPlace {
  let text: Matrix = IDENTITY;
  let line: Matrix = IDENTITY;
  let [leading, scale, spacing, wordSpacing, rise] = [0, 1, 0, 0, 0];
  const shown: Area[] = [];
  /** Letters not known that the line has had. */
  let before = 0;
  let last: { readonly along: number; readonly across: number; readonly angle: number } | undefined;

  const next = (x: number, y: number): void => {
    before = 0;
    line = multiply(line, [1, 0, 0, 1, x, y]);
    text = line;
  };

  return {
    move(operator, values) {
      const [x = 0, y = 0] = values;
      if (operator === 'BT' || operator === 'Tm') before = 0;
      if (operator === 'BT') text = line = IDENTITY;
      else if (operator === 'Td') next(x, y);
      else if (operator === 'TD') {
        leading = -y;
        next(x, y);
      } else if (operator === 'Tm' && values.length === 6) text = line = values as unknown as Matrix;
      else if (operator === 'TL') leading = x;
      else if (operator === 'T*' || operator === "'" || operator === '"') next(0, -leading);
      else if (operator === 'Tz') scale = x / 100;
      else if (operator === 'Tc') spacing = x;
      else if (operator === 'Tw') wordSpacing = x;
      else if (operator === 'Ts') rise = x;
    },
    isTorn: (shift) => Math.abs(shift) > FAR * 1000,
    boxOf(count, size, matrix) {
      const from = before;
      before += count;
      const placed = multiply(matrix, text);
      const step = size * scale + Math.max(0, spacing, wordSpacing);
      const area: Area = [from * step, rise - size * 0.3, before * step, rise + size];
      return { corners: cornersOf(area, placed), size: Math.abs(size) * Math.hypot(placed[2], placed[3]) };
    },
    isUnder: (area) => shown.some((box) => !isEmpty(overlapOf(box, area))),
    show(letters, size, matrix, clip) {
      const [a, b, c, d] = multiply(matrix, text);
      const height = Math.abs(size) * Math.hypot(c, d);
      const width = widthOf(letters) * size * scale;
      const box = transformed([0, rise, width, rise + size * 0.6], multiply(matrix, text));
      const [along, across, angle] = alongLine(multiply(matrix, text));
      const step = widthOf(letters) * Math.abs(size * scale) * Math.hypot(a, b);
      const isSpread =
        spacing < -SLACK * size || Math.max(Math.abs(spacing), Math.abs(wordSpacing)) > FAR * Math.abs(size);
      const isBehind =
        !last ||
        (Math.abs(angle - last.angle) < 0.01 &&
          (across < last.across - SLACK * height ||
            (across < last.across + SLACK * height && along >= last.along - OVERLAP * height)));
      last = { along: along + step, across, angle };
      shown.push(box);
      return (
        height >= SMALLEST &&
        Math.abs(scale) > 0.2 &&
        a * d - b * c > 0 &&
        size > 0 &&
        scale > 0 &&
        !isSpread &&
        isBehind &&
        reachesAround(clip, box, SLACK * height)
      );
    },
  };
}

/** Where on its line, which line, and at which angle. */
function alongLine([a, b, , , e, f]: Matrix): [number, number, number] {
  const length = Math.hypot(a, b) || 1;
  const [x, y] = [a / length, b / length];
  return [e * x + f * y, f * x - e * y, Math.atan2(b, a)];
}

/** Least width in sizes: figures are all as wide, letters are seldom narrower. */
function widthOf(letters: string): number {
  const figures = letters.replace(/[^0-9]/g, '').length;
  return figures * 0.45 + (letters.length - figures) * 0.3;
}
