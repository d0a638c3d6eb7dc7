import {
  heightMm,
  type PagePoint,
  type PageSizePt,
  toMm,
  toPoints,
  usualPlace,
  widthMm,
} from './stamp-geometry.ts';

/** A page in squares of one millimetre, row by row from the top: true where something is printed. */
export interface PageInk {
  readonly columns: number;
  readonly rows: number;
  readonly printed: readonly boolean[];
}

/** Left blank around the stamp. */
const clearMm = 1;
/** Not at the very edge of the paper, where printers leave a border. */
const edgeMm = 5;

/**
 * Where a stamp covers nothing, as near as possible to its usual place under number and subject; undefined when the
 * page has no room. It is then up to the person where it may lie.
 */
export function freePlace({ columns, rows, printed }: PageInk): PagePoint | undefined {
  const width = widthMm + 2 * clearMm;
  const height = heightMm + 2 * clearMm;
  const sums = summedArea({ columns, rows, printed });
  const at = (column: number, row: number) => sums[row * (columns + 1) + column]!;
  const inked = (x: number, y: number) =>
    at(x + width, y + height) - at(x, y + height) - at(x + width, y) + at(x, y);
  const usualX = toMm(usualPlace.xPt);
  const usualY = toMm(usualPlace.yPt);
  let best: { readonly x: number; readonly y: number; readonly distance: number } | undefined;
  for (let y = edgeMm; y + height <= rows - edgeMm; y++) {
    for (let x = edgeMm; x + width <= columns - edgeMm; x++) {
      const distance = Math.hypot(x + clearMm - usualX, y + clearMm - usualY);
      if ((!best || distance < best.distance) && inked(x, y) === 0) best = { x, y, distance };
    }
  }
  return best && { xPt: toPoints(best.x + clearMm), yPt: toPoints(best.y + clearMm) };
}

/** Entry (column, row) counts what is printed above and left of it, so that any rectangle is four look-ups. */
function summedArea({ columns, rows, printed }: PageInk): Uint32Array {
  const sums = new Uint32Array((columns + 1) * (rows + 1));
  for (let row = 0; row < rows; row++) {
    let line = 0;
    for (let column = 0; column < columns; column++) {
      line += printed[row * columns + column] ? 1 : 0;
      sums[(row + 1) * (columns + 1) + column + 1] = sums[row * (columns + 1) + column + 1]! + line;
    }
  }
  return sums;
}

/** Darker than this is ink; paper of scans is seldom pure white. */
const paper = 215;

/** The page's picture, shrunk to a square a millimetre. A long thin rule must not vanish, hence two samples each way. */
export function readInk(picture: HTMLCanvasElement, page: PageSizePt): PageInk | undefined {
  const columns = Math.floor(toMm(page.widthPt));
  const rows = Math.floor(toMm(page.heightPt));
  const small = document.createElement('canvas');
  small.width = columns * 2;
  small.height = rows * 2;
  const context = small.getContext('2d', { willReadFrequently: true });
  if (!context || columns < 1 || rows < 1) return undefined;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, small.width, small.height);
  const { data } = context.getImageData(0, 0, small.width, small.height);
  const dark = (x: number, y: number) => {
    const at = (y * small.width + x) * 4;
    return Math.min(data[at]!, data[at + 1]!, data[at + 2]!) < paper;
  };
  const printed = Array.from({ length: columns * rows }, (_, index) => {
    const x = (index % columns) * 2;
    const y = Math.floor(index / columns) * 2;
    return dark(x, y) || dark(x + 1, y) || dark(x, y + 1) || dark(x + 1, y + 1);
  });
  return { columns, rows, printed };
}
