/**
 * What the visible parts of signatures look like and where they stand, as data: the law and the habits of the tools in
 * the field change, the code need not (NĐ 30/2020, Annex I; VGCA's tools).
 */
import { z } from 'zod';
import rows from '../../../assets/rules/visible-marks.json' with { type: 'json' };

const points = z.number().positive();
const millimetres = z.number().positive();
const font = z.enum(['regular', 'bold', 'italic', 'bold-italic']);
const align = z.enum(['left', 'center', 'right']);
const colour = z.string().regex(/^#[0-9A-F]{6}$/);
/** Text with `{place}`s that the act fills in. */
const template = z.string().min(1);
const fieldStyle = z.strictObject({ font, sizePt: points, align });
/** Names of fields, compared without case, marks and punctuation. */
const fieldNames = z.array(z.string().regex(/^\w+$/)).min(1);
const guess = z.strictObject({
  role: z.enum(['number', 'date', 'month']),
  /** Of the signature field that takes the place of the text field. */
  field: z.string().regex(/^[A-Z_]+$/),
  guessMm: z.strictObject({ x: millimetres, y: millimetres, width: millimetres, height: millimetres }),
});

const schema = z.strictObject({
  page: z.strictObject({ edgePt: points }),
  timeFormats: z.strictObject({ ISO: template, VGCA: template, VN: template }),
  timeFormat: z.enum(['ISO', 'VGCA', 'VN']),
  signatureBlock: z.strictObject({
    titles: z.array(z.string().min(1)),
    rightOfWidth: z.number().min(0).max(1),
    titleToNamePt: points,
    titleNameOffsetPt: points,
    imagePerGap: z.number().positive(),
    imageHeightPt: z.strictObject({ least: points, most: points }),
    imageMostWidthPt: points,
    /** Width by height of a handwritten signature whose image is not known yet. */
    usualAspect: z.number().positive(),
    usualSealMm: millimetres,
    sealOverlap: z.number().min(0).max(1),
  }),
  /** The share of the text of *Nơi nhận* that a mark may cover before the person is warned. */
  recipients: z.strictObject({ mostCovered: z.number().min(0).max(1) }),
  fields: z.strictObject({ number: fieldStyle, date: fieldStyle, month: fieldStyle }),
  /** What offices and their tools call the fields of a form. */
  fieldNames: z.strictObject({
    number: fieldNames,
    date: fieldNames,
    month: fieldNames,
    personal: fieldNames,
    agency: fieldNames,
  }),
  corner: z.strictObject({ rightMm: millimetres, topMm: millimetres }),
  info: z.strictObject({
    font,
    sizePt: points,
    leadingPt: points,
    colour,
    align,
    leastWidthPt: points,
    paddingPt: points,
  }),
  acts: z.strictObject({
    approve: z.strictObject({
      role: z.literal('personal'),
      place: z.literal('between-title-and-name'),
      certifies: z.literal([1, 2, 3]),
    }),
    issue: z.strictObject({
      role: z.literal('agency'),
      place: z.literal('left-third'),
      fallback: z.strictObject({ number: guess, date: guess, month: guess }),
    }),
    appendix: z.strictObject({
      role: z.literal('appendix'),
      place: z.literal('corner'),
      lines: z.array(template),
    }),
    copy: z.strictObject({
      role: z.literal('copy'),
      place: z.literal('corner'),
      forms: z.strictObject({ SY: template, SL: template, TrS: template }),
      lines: z.array(template),
      /** The mark of a conversion (NĐ 137/2024, Điều 4), along the foot of the first page; the words are ours. */
      fromPaper: z.strictObject({
        forms: z.array(z.literal(['SY', 'SL', 'TrS'])),
        line: template,
        font,
        sizePt: points,
        heightMm: millimetres,
        sideMm: millimetres,
        bottomMm: millimetres,
      }),
    }),
    incoming: z.strictObject({
      role: z.literal('incoming'),
      place: z.literal('under-number'),
      widthMm: millimetres,
      heightMm: millimetres,
      frameMm: millimetres,
      rowMm: millimetres,
      markMm: millimetres,
      /** On a page whose number cannot be found, from its top left corner. */
      usualMm: z.strictObject({ x: millimetres, y: millimetres }),
      leadingPerSize: z.number().positive(),
      paddingPt: points,
      gapPt: points,
      /** How far below number or date the stamp may go before it looks for any free room. */
      reachPt: points,
      colour,
      agency: z.strictObject({ font, sizePt: points }),
      mark: z.strictObject({ font, sizePt: points, text: z.string() }),
      rows: z.strictObject({
        font,
        sizePt: points,
        number: template,
        date: template,
        forwardTo: template,
        fileCode: template,
      }),
    }),
    comment: z.strictObject({
      role: z.literal('comment'),
      place: z.literal('free'),
      widthMm: millimetres,
      paddingPt: points,
      gapPt: points,
      colour,
      sizePt: points,
      leadingPt: points,
      mostLines: z.int().positive(),
      text: font,
      lines: z.array(template),
      signature: font,
    }),
    general: z.strictObject({
      role: z.literal('general'),
      place: z.literal('free-last-page'),
      lines: z.array(template),
      align,
      gapPt: points,
    }),
  }),
});

export const marks = schema.parse(rows);

/** The formats of the visible signing time that offices use; ISO 8601 is the law's. */
export type TimeFormat = keyof typeof marks.timeFormats;

/** A time as it is printed on a mark, in Vietnam's time zone (NĐ 30/2020, Annex I.I.II.8b). */
export function formatMarkTime(time: Date, format: TimeFormat = marks.timeFormat): string {
  const local = new Date(time.getTime() + 7 * 3_600_000).toISOString();
  const [yyyy, MM, dd, HH, mm, ss] = local.split(/\D/);
  const parts: Readonly<Record<string, string | undefined>> = { yyyy, MM, dd, HH, mm, ss };
  return marks.timeFormats[format].replace(/yyyy|MM|dd|HH|mm|ss/g, (part) => parts[part] ?? part);
}

/** A template with its `{place}`s filled; undefined where one has nothing to say. */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const places = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  if (places.some((place) => !values[place]?.trim())) return undefined;
  return template.replace(/\{(\w+)\}/g, (_, place: string) => values[place]?.trim() ?? '').normalize('NFC');
}
