/** Does a changed widget show what its field says, and does it hide what was signed? */
import { isArray, isDict, isStream, textOf } from '../../pdf/cos.ts';
import type { CosDict, CosObject, CosStream } from '../../pdf/cos.ts';
import type { FormField } from '../../pdf/form.ts';
import { pagesOfWidget } from '../../pdf/form.ts';
import { userToView } from '../../pdf/geometry.ts';
import type { ViewBox } from '../../pdf/geometry.ts';
import { pageGeometry } from '../../pdf/pages.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import type { TextLayer, TextRun } from '../../pdf/text.ts';
import { areaOf, isEmpty, matrixOf, overlapOf, transformed } from './geometry.ts';
import type { Area, Matrix } from './geometry.ts';
import { paintedBy } from './painted.ts';
import type { FoundChange } from './step.ts';

/** An area of a page below which nothing is seen any more. */
export interface Cover {
  readonly field: string;
  readonly revision: number;
  /** Counted from 0. */
  readonly page: number;
  readonly box: ViewBox;
}

/** Every stream a widget may show: normal, rollover and down, each perhaps by state (12.5.5). */
export function appearancesOf(document: PdfDocument, widget: CosDict): CosStream[] {
  const collect = (object: CosObject, depth: number): CosStream[] => {
    if (isStream(object)) return [object];
    return isDict(object) && depth < 2
      ? [...object.values()].flatMap((item) => collect(document.get(item), depth + 1))
      : [];
  };
  return collect(document.get(widget.get('AP')), 0);
}

/**
 * What a filled field shows when it is not what it says; null when both agree. Pictures and letters that cannot be
 * read count as something else.
 */
export function differingText(document: PdfDocument, field: FormField): string | null {
  const isTold = tellerOf(document, field);
  for (const widget of field.widgets)
    for (const stream of appearancesOf(document, widget.dict)) {
      const { text, hasPictures, isObscure } = paintedBy(document, stream);
      if (!isTold(text) || hasPictures || isObscure) return text;
    }
  return null;
}

/** Combo box among choice fields (Table 233). */
const COMBO = 1 << 17;

/** Which text says the field's value. */
function tellerOf(document: PdfDocument, { type, dict, flags, value }: FormField): (text: string) => boolean {
  const told = [value, ...(isArray(value) ? value.map((item) => document.get(item)) : [])].flatMap(
    (item) => textOf(item) ?? [],
  );
  if (type !== 'Ch') return (text) => text === bare(told.join(''));
  const options = (document.array(dict.get('Opt')) ?? []).map((item) => {
    const option = document.get(item);
    const pair = isArray(option) ? option.map((part) => textOf(document.get(part)) ?? '') : [];
    const text = textOf(option) ?? '';
    return { value: pair[0] ?? text, shown: pair[1] ?? text };
  });
  const shown = told.map((one) => options.find((option) => option.value === one)?.shown ?? one);
  // A list shows a part of all there is to choose from (12.7.5.4).
  const list = bare(options.map((option) => option.shown).join(''));
  return (text) =>
    text === bare(shown.join('')) || ((flags & COMBO) === 0 && text !== '' && list.includes(text));
}

const bare = (text: string): string => text.normalize('NFC').replace(/\s+/g, '');

/** Pages on which a field paints anything, counted from 0. */
export function pagesShowing(document: PdfDocument, { widgets }: FormField): number[] {
  return widgets.flatMap((widget) => {
    const isShown =
      !isEmpty(areaOf(document, widget.dict.get('Rect'))) &&
      appearancesOf(document, widget.dict).some((stream) => !paintedBy(document, stream).isBlank);
    return isShown ? pagesOfWidget(document, widget).map(({ index }) => index) : [];
  });
}

/** Opaque areas of a field's widgets, on their pages as seen. */
export function coversOf(document: PdfDocument, field: FormField, revision: number): Cover[] {
  return field.widgets.flatMap((widget) => {
    const rect = areaOf(document, widget.dict.get('Rect'));
    if (isEmpty(rect)) return [];
    const areas = appearancesOf(document, widget.dict).flatMap((stream) => placed(document, stream, rect));
    if (areas.length === 0) return [];
    return pagesOfWidget(document, widget).flatMap((page) => {
      const geometry = pageGeometry(document, page);
      return areas.map((area) => ({
        field: field.name,
        revision,
        page: page.index,
        box: userToView(geometry, area),
      }));
    });
  });
}

/** Opaque areas in user space: the appearance's box, turned by its matrix, is fitted into the rectangle (12.5.5). */
function placed(document: PdfDocument, stream: CosStream, rect: Area): Area[] {
  const box = areaOf(document, stream.dict.get('BBox'));
  const [left, bottom, right, top] = transformed(box, matrixOf(document, stream.dict.get('Matrix')));
  if (right <= left || top <= bottom) return [];
  const [sx, sy] = [(rect[2] - rect[0]) / (right - left), (rect[3] - rect[1]) / (top - bottom)];
  const fit: Matrix = [sx, 0, 0, sy, rect[0] - left * sx, rect[1] - bottom * sy];
  const { opaque } = paintedBy(document, stream);
  return opaque.flatMap((area) => {
    const clipped = overlapOf(transformed(area, fit), rect);
    return isEmpty(clipped) ? [] : [clipped];
  });
}

/** Blanks to be filled in may be covered: dots, lines, spaces. */
const BLANK = /^[\s.…_\-–—·]*$/;

/** The covers that hide signed text, as changes nobody permits. @param text the signed revision's */
export async function coveredText(covers: readonly Cover[], text: TextLayer): Promise<FoundChange[]> {
  const found: FoundChange[] = [];
  for (const [page, boxes] of Map.groupBy(covers, (cover) => cover.page)) {
    if (page >= text.pageCount) continue;
    const { runs } = await text.page(page);
    for (const run of runs) {
      const above = boxes.filter(({ box }) => !isEmpty(areaIn(run, box)));
      const [first] = above;
      if (!first || BLANK.test(run.text) || !isHidden(run, above)) continue;
      const { field, revision } = first;
      const params = { field, page: page + 1, text: run.text.slice(0, 100) };
      found.push({ kind: 'text-covered', revision, field, params });
      break;
    }
  }
  return found;
}

/** Is half a square letter of the run below the boxes, together? */
function isHidden(run: TextRun, boxes: readonly Cover[]): boolean {
  return joinedSize(boxes.map(({ box }) => areaIn(run, box))) > run.fontSize ** 2 / 2;
}

const areaIn = (run: TextRun, box: ViewBox): Area =>
  overlapOf(
    [run.x, run.y, run.x + run.width, run.y + run.height],
    [box.x, box.y, box.x + box.width, box.y + box.height],
  );

/** Size of all that areas cover together; of very many, as if none lay over another. */
function joinedSize(areas: readonly Area[]): number {
  if (areas.length > MAX_JOINED)
    return areas.reduce((sum, [left, bottom, right, top]) => sum + (right - left) * (top - bottom), 0);
  const xs = [...new Set(areas.flatMap(([left, , right]) => [left, right]))].toSorted((a, b) => a - b);
  return xs.slice(1).reduce((sum, x, i) => {
    const from = xs[i]!;
    const within = areas.filter(([left, , right]) => left <= from && right >= x);
    return sum + (x - from) * heightOf(within);
  }, 0);
}

const MAX_JOINED = 200;

/** How much of the height areas take together. */
function heightOf(areas: readonly Area[]): number {
  let [height, end] = [0, -Infinity];
  for (const [, bottom, , top] of areas.toSorted((a, b) => a[1] - b[1])) {
    height += Math.max(0, top - Math.max(bottom, end));
    end = Math.max(end, top);
  }
  return height;
}
