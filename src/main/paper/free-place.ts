/** Free space on a page for a mark that has no place by law. */
import { describeFields } from './fields.ts';
import type { ViewBox } from '../pdf/geometry.ts';
import { keepOnPage } from './placement.ts';
import type { PdfDocument } from '../pdf/reader.ts';
import type { PageText, TextLine } from '../pdf/text.ts';
import { textLines } from '../pdf/text.ts';

export interface FreeSpace {
  readonly page: PageText;
  /** Text and fields with the gap that a mark keeps to them. Pictures are not seen. */
  readonly taken: readonly ViewBox[];
}

/** Points between two places that are tried. */
const STEP = 4;

/** @param gap points that a mark keeps to text and fields */
export function freeSpaceOn(document: PdfDocument, page: PageText, gap: number): FreeSpace {
  const fields = describeFields(document).flatMap(({ places }) => places);
  const boxes = fields.filter((place) => place.page === page.index).map(({ box }) => box);
  const words = page.runs.filter((run) => run.text.trim() !== '');
  return { page, taken: [...words, ...boxes].map((box) => grown(box, gap)) };
}

const grown = ({ x, y, width, height }: ViewBox, by: number): ViewBox => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

const overlap = (a: ViewBox, b: ViewBox): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const isFree = ({ taken }: FreeSpace, box: ViewBox): boolean => !taken.some((other) => overlap(other, box));

/** The first free box straight below one that is wanted, at most `reach` points down. */
export function freeBelow(space: FreeSpace, wanted: ViewBox, reach: number): ViewBox | undefined {
  for (let down = 0; down <= reach; down += STEP) {
    const box = { ...wanted, y: wanted.y + down };
    if (keepOnPage(box, space.page).y !== box.y) return undefined;
    const kept = keepOnPage(box, space.page);
    if (isFree(space, kept)) return kept;
  }
  return undefined;
}

/** The free box nearest to one that is wanted, anywhere on the page. */
export function freeNear(space: FreeSpace, wanted: ViewBox): ViewBox | undefined {
  const { page } = space;
  const start = keepOnPage(wanted, page);
  let best: { box: ViewBox; distance: number } | undefined;
  for (let y = 0; y + wanted.height <= page.height; y += STEP) {
    for (let x = 0; x + wanted.width <= page.width; x += STEP) {
      const box = keepOnPage({ ...wanted, x, y }, page);
      const distance = Math.hypot(box.x - start.x, box.y - start.y);
      if (distance < (best?.distance ?? Infinity) && isFree(space, box)) best = { box, distance };
    }
  }
  return best?.box;
}

/** The lines of number and date in the head of a document (NĐ 30/2020, Annex I, cells 3 and 4). */
export function headLines(page: PageText): { number?: TextLine; date?: TextLine } {
  const lines = textLines(page, 3).filter((line) => line.upright && line.y < page.height / 2);
  const number = lines.find((line) => /^số\s*:/i.test(line.text));
  const date = lines.find((line) => /ngày.*tháng.*năm/i.test(line.text));
  return { ...(number && { number }), ...(date && { date }) };
}
