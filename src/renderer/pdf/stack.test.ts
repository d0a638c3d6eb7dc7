import { describe, expect, it } from 'vitest';
import { anchorAt, positionOf, rowAt, rowsBetween, stackOf, totalHeight } from './stack.ts';

const stack = stackOf([100, 200, 50], 10);

describe('a stack of rows', () => {
  it('puts them under one another with gaps', () => {
    expect(stack.tops).toEqual([10, 120, 330, 390]);
    expect(totalHeight(stack)).toBe(390);
    expect(totalHeight(stackOf([], 10))).toBe(10);
  });

  it('finds the row at a height, the nearest one outside', () => {
    expect([-5, 10, 115, 120, 329, 330, 9999].map((y) => rowAt(stack, y))).toEqual([0, 0, 0, 1, 1, 2, 2]);
  });

  it('gives the rows in view with one more on each side, of a very long document too', () => {
    expect(rowsBetween(stack, 130, 200)).toEqual([0, 1, 2]);
    const long = stackOf(
      Array.from({ length: 12_000 }, () => 1000),
      12,
    );
    expect(rowsBetween(long, 5_060_012, 5_060_500)).toEqual([4999, 5000, 5001]);
  });

  it('keeps a point in its place when every row grows', () => {
    const anchor = anchorAt(stack, 170);
    expect(anchor).toEqual({ row: 1, fraction: 0.25 });
    expect(positionOf(stack, anchor)).toBe(170);
    expect(positionOf(stackOf([200, 400, 100], 10), anchor)).toBe(320);
  });
});
