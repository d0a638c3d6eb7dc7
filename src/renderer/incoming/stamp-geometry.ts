/**
 * The ĐẾN stamp: 50 mm wide, 35 mm high (NĐ 30/2020, Phụ lục IV, V). Lengths inside the stamp are millimetres from its
 * top left corner; places on the page are points.
 */
export const widthMm = 50;
export const heightMm = 35;
export const rowMm = 7;
/** The cell that says ĐẾN, left of number and date. */
export const wordCellMm = 15;

const pointsPerMm = 72 / 25.4;
export const toPoints = (mm: number): number => mm * pointsPerMm;
export const toMm = (points: number): number => points / pointsPerMm;

export interface PagePoint {
  readonly xPt: number;
  readonly yPt: number;
}

export interface PageSizePt {
  readonly widthPt: number;
  readonly heightPt: number;
}

/** Where a stamp goes at first: left margin, below the lines of number and subject of an A4 letter. */
export const usualPlace: PagePoint = { xPt: toPoints(30), yPt: toPoints(58) };

const within = (value: number, most: number) => Math.max(0, Math.min(value, most));

/** The nearest place at which the whole stamp is on the page; the top left corner on a page smaller than the stamp. */
export function keepOnPage({ xPt, yPt }: PagePoint, page: PageSizePt): PagePoint {
  return {
    xPt: within(xPt, page.widthPt - toPoints(widthMm)),
    yPt: within(yPt, page.heightPt - toPoints(heightMm)),
  };
}

export interface Heading {
  readonly lines: readonly string[];
  readonly fontSizeMm: number;
}

/** Bold Times capitals are about this wide, in units of the font size. */
const capitalWidth = 0.72;
const largestMm = 3.5;
const headingWidthMm = widthMm - 3;

const sizeFor = (lines: readonly string[], most: number) =>
  Math.min(most, headingWidthMm / (capitalWidth * Math.max(1, ...lines.map((line) => line.length))));

/** The agency's name in the top row: one line where it fits, else two of about the same length, small enough for it. */
export function fitHeading(name: string): Heading {
  const text = name.trim().toUpperCase();
  const oneLine = sizeFor([text], largestMm);
  const twoLines = halves(text);
  const twoLineSize = sizeFor(twoLines, rowMm / 2.3);
  return twoLineSize > oneLine
    ? { lines: twoLines, fontSizeMm: twoLineSize }
    : { lines: [text], fontSizeMm: oneLine };
}

/** Cut at the space nearest to the middle; a single word stays whole. */
function halves(text: string): string[] {
  const spaces = [...text.matchAll(/ /g)].map(({ index }) => index);
  const middle = text.length / 2;
  const [cut] = spaces.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  return cut === undefined ? [text] : [text.slice(0, cut), text.slice(cut + 1)];
}
