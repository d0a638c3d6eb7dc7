/** Does a changed widget show what its field says? */
import { isArray, isDict, isStream, textOf } from '../../pdf/cos.ts';
import type { CosDict, CosObject, CosStream } from '../../pdf/cos.ts';
import type { FormField } from '../../pdf/form.ts';
import { pagesOfWidget } from '../../pdf/form.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { areaOf, isEmpty } from './geometry.ts';
import { paintedBy } from './painted.ts';

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
