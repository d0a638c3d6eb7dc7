/** Areas and the matrices they are seen through (ISO 32000-2, 8.3). */
import type { CosObject } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';

export type Matrix = readonly [number, number, number, number, number, number];
/** left, bottom, right, top in the space of the appearance's owner. */
export type Area = readonly [number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** `first` applied after `second`. */
export function multiply(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [g, h, i, j, k, l] = second;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

export function transformed([left, bottom, right, top]: Area, [a, b, c, d, e, f]: Matrix): Area {
  const xs = [left, right].flatMap((x) => [bottom, top].map((y) => a * x + c * y + e));
  const ys = [left, right].flatMap((x) => [bottom, top].map((y) => b * x + d * y + f));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

export const overlapOf = (one: Area, other: Area): Area => [
  Math.max(one[0], other[0]),
  Math.max(one[1], other[1]),
  Math.min(one[2], other[2]),
  Math.min(one[3], other[3]),
];

export const isEmpty = ([left, bottom, right, top]: Area): boolean => right <= left || top <= bottom;

/** Does `outer` reach around `inner`, give or take `slack`? */
export const reachesAround = (outer: Area, inner: Area, slack: number): boolean =>
  inner[0] >= outer[0] - slack &&
  inner[1] >= outer[1] - slack &&
  inner[2] <= outer[2] + slack &&
  inner[3] <= outer[3] + slack;

export function matrixOf(document: PdfDocument, object: CosObject | undefined): Matrix {
  const values = (document.array(object) ?? []).map((item) => document.get(item));
  return values.length === 6 && values.every((value) => typeof value === 'number')
    ? (values as unknown as Matrix)
    : IDENTITY;
}

export function areaOf(document: PdfDocument, object: CosObject | undefined): Area {
  const [a = 0, b = 0, c = 0, d = 0] = (document.array(object) ?? []).map((item) =>
    Number(document.get(item)),
  );
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}
