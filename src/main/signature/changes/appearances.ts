/** Does a changed widget show what its field says, and does it hide what was signed? */
import { isDict, isStream, textOf } from '../../pdf/cos.ts';
import type { CosObject, CosStream } from '../../pdf/cos.ts';
import type { FormField, Widget } from '../../pdf/form.ts';
import { pageOfWidget } from '../../pdf/form.ts';
import { userToView } from '../../pdf/geometry.ts';
import type { ViewBox } from '../../pdf/geometry.ts';
import { pageGeometry } from '../../pdf/pages.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import type { TextLayer, TextRun } from '../../pdf/text.ts';
import { areaOf, matrixOf, paintedBy, transformed } from './painted.ts';
import type { Area, Matrix } from './painted.ts';
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
function streamsOf(document: PdfDocument, widget: Widget): CosStream[] {
  const collect = (object: CosObject, depth: number): CosStream[] => {
    if (isStream(object)) return [object];
    return isDict(object) && depth < 2
      ? [...object.values()].flatMap((item) => collect(document.get(item), depth + 1))
      : [];
  };
  return collect(document.get(widget.dict.get('AP')), 0);
}

/**
 * What a filled text field shows when it is not what it says; null when both agree. Pictures and letters that
 * cannot be read count as something else.
 */
export function differingText(document: PdfDocument, field: FormField): string | null {
  const value = (textOf(field.value) ?? '').normalize('NFC').replace(/\s+/g, '');
  for (const widget of field.widgets)
    for (const stream of streamsOf(document, widget)) {
      const { text, hasPictures, isObscure } = paintedBy(document, stream);
      if (text !== value || hasPictures || isObscure) return text;
    }
  return null;
}

/** Opaque areas of a field's widgets, on their pages as seen. */
export function coversOf(document: PdfDocument, field: FormField, revision: number): Cover[] {
  return field.widgets.flatMap((widget) => {
    const rect = areaOf(document, widget.dict.get('Rect'));
    if (rect[2] <= rect[0] || rect[3] <= rect[1]) return [];
    const areas = streamsOf(document, widget).flatMap((stream) => placed(document, stream, rect));
    if (areas.length === 0) return [];
    const page = pageOfWidget(document, widget);
    const geometry = pageGeometry(document, page);
    return areas.map((area) => ({
      field: field.name,
      revision,
      page: page.index,
      box: userToView(geometry, area),
    }));
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
    const [l, b, r, t] = transformed(area, fit);
    const clipped: Area = [
      Math.max(l, rect[0]),
      Math.max(b, rect[1]),
      Math.min(r, rect[2]),
      Math.min(t, rect[3]),
    ];
    return clipped[2] > clipped[0] && clipped[3] > clipped[1] ? [clipped] : [];
  });
}

/** Blanks to be filled in may be covered: dots, lines, spaces. */
const BLANK = /^[\s.…_\-–—·]*$/;

/** The covers that hide signed text, as changes nobody permits. @param text the signed revision's */
export async function coveredText(covers: readonly Cover[], text: TextLayer): Promise<FoundChange[]> {
  const found: FoundChange[] = [];
  for (const { field, revision, page, box } of covers) {
    if (page >= text.pageCount) continue;
    const { runs } = await text.page(page);
    const hidden = runs.find((run) => !BLANK.test(run.text) && overlap(run, box) > run.fontSize ** 2 / 2);
    if (hidden)
      found.push({
        kind: 'text-covered',
        revision,
        field,
        params: { field, page: page + 1, text: hidden.text.slice(0, 100) },
      });
  }
  return found;
}

function overlap(run: TextRun, box: ViewBox): number {
  const across = Math.min(run.x + run.width, box.x + box.width) - Math.max(run.x, box.x);
  const down = Math.min(run.y + run.height, box.y + box.height) - Math.max(run.y, box.y);
  return across > 0 && down > 0 ? across * down : 0;
}
