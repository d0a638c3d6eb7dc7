import { letterDate } from '../../shared/text/dates.ts';
import type { IsoDay } from '../../shared/text/dates.ts';
import { fieldsByName } from './field-roles.ts';
import { describeFields } from './fields.ts';
import type { FieldInfo } from './fields.ts';
import { listFields } from '../pdf/form.ts';
import type { ViewBox } from '../pdf/geometry.ts';
import { isPermitted } from '../pdf/permissions.ts';
import { findHeadBlanks } from './placement.ts';
import type { PdfDocument } from '../pdf/reader.ts';
import type { PageText } from '../pdf/text.ts';
import { textLines } from '../pdf/text.ts';

/** What one place in the head of a document is to show (NĐ 30/2020, Annex I, cells 3 and 4). */
export interface HeadPart {
  readonly key: 'number' | 'date' | 'month';
  readonly text: string;
  /** The text field of the file that takes it. */
  readonly field: FieldInfo | undefined;
  /** The room that was left for it on the page. */
  readonly blank: ViewBox | undefined;
}

/**
 * Number, day and month as a document wants them: a printed month or date is left alone, and a field without "ngày"
 * printed before it takes the whole date.
 * @param page the first of the document
 */
export function headParts(
  page: PageText,
  fields: readonly FieldInfo[],
  { number, date }: { readonly number?: string; readonly date?: IsoDay },
): HeadPart[] {
  const named = fieldsByName(fields);
  const blanks = findHeadBlanks(page);
  const part = (key: HeadPart['key'], text: string) => ({ key, text, field: named[key], blank: blanks[key] });
  const parts: HeadPart[] = number === undefined ? [] : [part('number', number)];
  if (date === undefined || (!named.date && hasPrintedDate(page))) return parts;
  const whole = letterDate(date);
  if (named.date && !isDayOnly(page, named.date)) return [...parts, part('date', whole)];
  const [, day = '', month = ''] = /^ngày (\d+) tháng (\d+)/.exec(whole) ?? [];
  parts.push(part('date', day));
  // A day that has its place beside a month that has none: the month is printed.
  const isMonthPrinted = (named.date ?? blanks.date) && !(named.month ?? blanks.month);
  return isMonthPrinted ? parts : [...parts, part('month', month)];
}

/** What the text fields of a file take now, by name, and what has no field for it, or one that a signature locks. */
export interface SplitHead {
  readonly values: Readonly<Record<string, string>>;
  readonly rest: readonly HeadPart[];
}

export function splitHead(
  document: PdfDocument,
  page: PageText,
  shown: Parameters<typeof headParts>[2],
): SplitHead {
  const form = listFields(document);
  const parts = headParts(page, describeFields(document), shown);
  const takes = ({ field }: HeadPart) =>
    field !== undefined && isPermitted(document, form, { kind: 'fill', field: field.name });
  return {
    values: Object.fromEntries(parts.filter(takes).map(({ field, text }) => [field!.name, text])),
    rest: parts.filter((part) => !takes(part) && !part.field?.value),
  };
}

const headLines = (page: PageText) => textLines(page).filter((line) => line.y < page.height / 2);

function hasPrintedDate(page: PageText): boolean {
  return headLines(page).some(({ text }) => /ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}/i.test(text));
}

/** How far a field may reach into the letters before it. */
const OVERLAP = 4;

function isDayOnly(page: PageText, { places: [place] }: FieldInfo): boolean {
  if (place?.page !== page.index) return false;
  const { x, y, height } = place.box;
  const before = headLines(page)
    .flatMap(({ runs }) => runs)
    .filter((run) => run.x + run.width <= x + OVERLAP && run.y < y + height && y < run.y + run.height)
    .filter((run) => run.text.trim() !== '')
    .toSorted((a, b) => a.x - b.x)
    .at(-1);
  return before !== undefined && /ngày$/i.test(before.text.trim());
}
