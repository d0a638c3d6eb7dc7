/** What later signers and fillers painted over signed pages, and which signed words and fields it takes away. */
import type { CosDict } from '../../pdf/cos.ts';
import { isDict, isRef } from '../../pdf/cos.ts';
import type { FormField } from '../../pdf/form.ts';
import { pagesOfWidget, signatureOf } from '../../pdf/form.ts';
import { viewMatrix, viewSize } from '../../pdf/geometry.ts';
import type { Page } from '../../pdf/pages.ts';
import { pageGeometry, pages } from '../../pdf/pages.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import type { PageText, TextRun } from '../../pdf/text.ts';
import { appearancesOf } from './appearances.ts';
import { areaOf, isEmpty, matrixOf, multiply, overlapOf, transformed } from './geometry.ts';
import type { Area, Matrix } from './geometry.ts';
import { paintedBy } from './painted.ts';
import type { Layer } from './painting.ts';
import { Veil } from './veil.ts';

/** What one widget paints on one page. */
export interface Cover {
  readonly field: string;
  readonly revision: number;
  /** Counted from 0. */
  readonly page: number;
  readonly layers: readonly Layer[];
  /** From the space of the layers onto the page as seen. */
  readonly toView: Matrix;
  /** Where it is shown, on the page as seen. */
  readonly area: Area;
}

/** Something on a page that is not to be hidden. */
export interface Signed {
  readonly area: Area;
  readonly text: string;
  /** Of this field itself: what it shows anew is compared with its value. */
  readonly field: string | null;
  /** The revision it came with. */
  readonly revision: number;
  /** The look of a signature: seal and signature overlap by the decree, and much of the one is seen below the other. */
  readonly isMark: boolean;
  isHidden(veil: Veil): boolean;
}

/** A signed thing that is hidden, or may be. */
export interface Hidden {
  readonly cover: Cover;
  readonly text: string;
}

/** The file after each revision from the first signed one on, by the revision's number. */
export type Versions = ReadonlyMap<
  number,
  { readonly document: PdfDocument; readonly fields: readonly FormField[] }
>;

/** What a field's widgets paint, on their pages as seen. */
export function coversOf(document: PdfDocument, field: FormField, revision: number): Cover[] {
  return field.widgets.flatMap((widget) => {
    const drawn = drawnIn(document, widget.dict);
    if (drawn.length === 0) return [];
    return pagesOfWidget(document, widget).flatMap((page) => {
      const view = viewMatrix(pageGeometry(document, page)) as unknown as Matrix;
      return drawn.map(({ layers, fit, rect }) => ({
        field: field.name,
        revision,
        page: page.index,
        layers,
        toView: multiply(view, fit),
        area: transformed(rect, view),
      }));
    });
  });
}

interface Drawn {
  readonly layers: readonly Layer[];
  readonly text: string;
  readonly fit: Matrix;
  readonly rect: Area;
}

/** What an annotation paints: each look's box, turned by its matrix, is fitted into the rectangle (12.5.5). */
function drawnIn(document: PdfDocument, annotation: CosDict): Drawn[] {
  const rect = areaOf(document, annotation.get('Rect'));
  if (isEmpty(rect)) return [];
  return appearancesOf(document, annotation).flatMap((stream) => {
    const box = areaOf(document, stream.dict.get('BBox'));
    const [left, bottom, right, top] = transformed(box, matrixOf(document, stream.dict.get('Matrix')));
    if (right <= left || top <= bottom) return [];
    const { layers, text, isBlank } = paintedBy(document, stream);
    if (isBlank) return [];
    const [sx, sy] = [(rect[2] - rect[0]) / (right - left), (rect[3] - rect[1]) / (top - bottom)];
    const fit: Matrix = [sx, 0, 0, sy, rect[0] - left * sx, rect[1] - bottom * sy];
    return [{ layers, text, fit, rect }];
  });
}

/**
 * What covers hide on one page, the measure of what they paint being all there is to know.
 * @param covers those of this page
 * @param text of the page as first signed
 */
export function hiddenOn(
  page: number,
  covers: readonly Cover[],
  text: PageText | null,
  versions: Versions,
): Hidden | null {
  const painted = covers.filter(({ layers }) => layers.length > 0);
  if (painted.length === 0) return null;
  // Text is page content, which no permitted change touches: the first signed revision has all of it.
  const things = [...(text?.runs ?? []).flatMap(signedRun), ...annotationsOn(page, versions)];
  const veils = new Map<string, Veil>();
  for (const thing of things) {
    const above = painted.filter(
      ({ field, revision, area }) =>
        revision > thing.revision && field !== thing.field && !isEmpty(overlapOf(area, thing.area)),
    );
    const [cover] = above;
    if (!cover) continue;
    const id = above.map((one) => painted.indexOf(one)).join(' ');
    const veil = veils.get(id) ?? veilOf(above);
    veils.set(id, veil);
    if (thing.isHidden(veil)) return { cover, text: thing.text.slice(0, 100) };
  }
  return null;
}

function veilOf(covers: readonly Cover[]): Veil {
  const areas = covers.map(({ area }) => area);
  const veil = new Veil([
    Math.min(...areas.map((area) => area[0])),
    Math.min(...areas.map((area) => area[1])),
    Math.max(...areas.map((area) => area[2])),
    Math.max(...areas.map((area) => area[3])),
  ]);
  for (const { layers, toView, area } of covers)
    for (const layer of layers) veil.lay(layer, toView, overlapOf(area, transformed(layer.clip, toView)));
  return veil;
}

/** Blanks to be filled in may be covered: dots, lines, spaces. */
const BLANK = /^[\s.…_\-–—·]*$/;

/** A letter in sizes of its font: width, and height above the line. */
const LETTER = { width: 0.6, height: 0.7 };

export const isBlankRun = ({ text }: TextRun): boolean => BLANK.test(text);

/** Words, of which no letter may be half hidden. */
function signedRun(run: TextRun): Signed[] {
  if (isBlankRun(run)) return [];
  const size = run.fontSize;
  const area: Area = run.upright
    ? [run.x, run.baseline - LETTER.height * size, run.x + run.width, run.baseline]
    : [run.x, run.y, run.x + run.width, run.y + run.height];
  const [width, height] = [area[2] - area[0], area[3] - area[1]];
  const letter = run.upright
    ? [Math.min(width, LETTER.width * size), height]
    : [Math.min(width, LETTER.height * size), Math.min(height, LETTER.height * size)];
  return [inParts(area, letter as [number, number], run.text, null, 0)];
}

/** A thing of which no part of this size may be half hidden. */
function inParts(
  area: Area,
  [width, height]: readonly [number, number],
  text: string,
  field: string | null,
  revision: number,
): Signed {
  return {
    area,
    text,
    field,
    revision,
    isMark: false,
    isHidden(veil) {
      const least = (width * height) / 2;
      if (veil.hidden(area) < least) return false;
      for (let y = area[1]; y <= area[3] - height + 0.01; y += height / 2)
        for (let x = area[0]; x <= area[2] - width + 0.01; x += width / 2)
          if (veil.hidden([x, y, x + width, y + height]) > least) return true;
      return false;
    },
  };
}

/** A part of a field or an annotation as large as a small letter. */
const PART = 7;

/** Annotations, and the looks of fields, as each revision left them. */
export function annotationsOn(index: number, versions: Versions): Signed[] {
  const seen = new Set<string>();
  return [...versions].flatMap(([revision, { document, fields }]) => {
    const page = pageAt(document, index);
    if (!page) return [];
    const owners = new Map(
      fields.flatMap((field) => field.widgets.map(({ ref }) => [ref.num, field] as const)),
    );
    const geometry = pageGeometry(document, page);
    const view = viewMatrix(geometry) as unknown as Matrix;
    const { width, height } = viewSize(geometry);
    return (document.array(page.dict.get('Annots')) ?? []).flatMap((item, place): Signed[] => {
      const annotation = document.get(item);
      const id = isRef(item) ? `${item.num}` : `${place}.`;
      if (!isDict(annotation) || seen.has(id)) return [];
      const drawn = drawnIn(document, annotation);
      const [first] = drawn;
      const area = first ? overlapOf(transformed(first.rect, view), [0, 0, width, height]) : null;
      if (!area || isEmpty(area)) return [];
      seen.add(id);
      const owner = isRef(item) ? owners.get(item.num) : undefined;
      const field = owner?.name ?? null;
      const text = drawn.map((one) => one.text).join(' ') || (field ?? '');
      const size = [area[2] - area[0], area[3] - area[1]] as const;
      if (owner && signatureOf(owner)) {
        const isHidden = (veil: Veil): boolean => veil.hidden(area) > (size[0] * size[1]) / 2;
        return [{ area, text, field, revision, isMark: true, isHidden }];
      }
      return [inParts(area, [Math.min(PART, size[0]), Math.min(PART, size[1])], text, field, revision)];
    });
  });
}

/** Null where a revision has fewer pages. */
function pageAt(document: PdfDocument, index: number): Page | null {
  for (const page of pages(document)) if (page.index === index) return page;
  return null;
}
