/** Rows of different heights standing under one another. */
export interface Stack {
  /** Top of each row; the last entry is where a further row would stand. */
  readonly tops: readonly number[];
  readonly heights: readonly number[];
}

/** A point that stays where it is when heights change: a row, and how far down it (0 to 1). */
export interface Anchor {
  readonly row: number;
  readonly fraction: number;
}

export function stackOf(heights: readonly number[], gap: number): Stack {
  let top = gap;
  const tops = [top];
  for (const height of heights) {
    top += height + gap;
    tops.push(top);
  }
  return { tops, heights };
}

export function totalHeight({ tops }: Stack): number {
  return tops.at(-1) ?? 0;
}

/** The row at `y`, or the nearest one; a gap belongs to the row above it. */
export function rowAt({ tops, heights }: Stack, y: number): number {
  let low = 0;
  let high = heights.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Rows that touch the range from `top` to `bottom`, and one more on each side. */
export function rowsBetween(stack: Stack, top: number, bottom: number): number[] {
  const first = Math.max(0, rowAt(stack, top) - 1);
  const last = Math.min(stack.heights.length - 1, rowAt(stack, bottom) + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

export function anchorAt(stack: Stack, y: number): Anchor {
  const row = rowAt(stack, y);
  return { row, fraction: (y - (stack.tops[row] ?? 0)) / (stack.heights[row] ?? 1) };
}

export function positionOf(stack: Stack, { row, fraction }: Anchor): number {
  return (stack.tops[row] ?? 0) + fraction * (stack.heights[row] ?? 0);
}
