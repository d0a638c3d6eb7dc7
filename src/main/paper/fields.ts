import { DeskError } from '../../shared/errors/index.ts';
import { blankForm, fontResource, importAppearance, textAppearance } from '../pdf/appearance.ts';
import type { CosObject, CosRef } from '../pdf/cos.ts';
import {
  dict,
  intOf,
  isDict,
  latin1,
  bytesString,
  name,
  textOf,
  textString,
  withEntries,
} from '../pdf/cos.ts';
import type { FontStyle } from '../pdf/font.ts';
import type { FieldPlace } from '../pdf/signature-field.ts';
import type { FormField, Widget } from '../pdf/form.ts';
import {
  addAnnotations,
  listFields,
  pageOfWidget,
  signatureOf,
  updateForm,
  widgetEntries,
} from '../pdf/form.ts';
import type { Rect } from '../pdf/geometry.ts';
import { userToView, viewToUser } from '../pdf/geometry.ts';
import { IncrementalWriter } from '../pdf/incremental.ts';
import { marks } from './marks.ts';
import { getPage, pageGeometry, rectOf } from '../pdf/pages.ts';
import { checkPermitted } from '../pdf/permissions.ts';
import type { PdfDocument } from '../pdf/reader.ts';
import { tagWidget } from '../pdf/structure.ts';

/**
 * The fields a draft gets before its first signature, so that number, date and agency signature can follow the
 * leader's signature without breaking it (NĐ 30/2020, Điều 18; ISO 32000-2, 12.8.2.2).
 */
export const DRAFT_FIELDS = {
  number: 'SO_VB',
  date: 'NGAY_VB',
  month: 'THANG_VB',
  personal: 'KY_CA_NHAN',
  agency: 'KY_CO_QUAN',
} as const;

/** Left out: the draft has no such field. `month` is for layouts with a blank of its own for the month. */
export type DraftPlaces = { readonly [K in keyof typeof DRAFT_FIELDS]?: FieldPlace };

/** Names in the form's default resources. */
const FONTS = {
  Tinos: 'regular',
  TinosBold: 'bold',
  TinosItalic: 'italic',
  TinosBoldItalic: 'bold-italic',
} as const satisfies Record<string, FontStyle>;
/** What a form filler may set in our fields besides digits: dates in words, numbers with letters. */
const FIELD_CHARACTERS =
  '0123456789 -/.,abcđeghiklmnopqrstuvxyàáãăâêôơưạảấầậắằẵặẽếềệịọốồộớờợụứừựABCDĐGHKLMNPQSTVX';

type FieldKind = Readonly<Record<string, CosObject>>;

const SIGNATURE: FieldKind = { FT: name('Sig') };
const ALIGNMENTS = ['left', 'center', 'right'] as const;

/** The style of a text field (Table 228, Table 232). */
function textKind({ font, sizePt, align }: (typeof marks.fields)['number']): FieldKind {
  return {
    FT: name('Tx'),
    DA: bytesString(latin1(`/${fontName(font)} ${sizePt} Tf 0 g`)),
    Q: ALIGNMENTS.indexOf(align),
  };
}

function fontName(style: FontStyle): string {
  return Object.entries(FONTS).find(([, font]) => font === style)![0];
}

const KINDS: { readonly [K in keyof DraftPlaces]-?: FieldKind } = {
  number: textKind(marks.fields.number),
  date: textKind(marks.fields.date),
  month: textKind(marks.fields.month),
  personal: SIGNATURE,
  agency: SIGNATURE,
};

/**
 * Adds the empty fields as an incremental update and returns its bytes.
 * Errors: `pdf.already-signed`, `pdf.field-exists`, `pdf.no-such-page`, those of `checkPermitted`.
 */
export async function prepareDraft(document: PdfDocument, places: DraftPlaces): Promise<Uint8Array> {
  const existing = listFields(document);
  if (existing.some((field) => signatureOf(field))) throw new DeskError('pdf.already-signed');
  const writer = new IncrementalWriter(document);
  const added: CosRef[] = [];
  for (const [key, field] of Object.entries(DRAFT_FIELDS)) {
    const place = places[key as keyof DraftPlaces];
    if (!place) continue;
    if (existing.some((f) => f.name === field)) throw new DeskError('pdf.field-exists', { field });
    checkPermitted(document, existing, { kind: 'add-field', field });
    added.push(addField(writer, field, place, KINDS[key as keyof DraftPlaces]));
  }
  const form = document.dict(document.catalog.get('AcroForm'));
  const resources = document.dict(form?.get('DR')) ?? dict({});
  const fonts = document.dict(resources.get('Font')) ?? dict({});
  const ours: Record<string, CosObject> = {};
  for (const style of new Set(Object.values(marks.fields).map(({ font }) => font))) {
    ours[fontName(style)] = await fontResource(writer, FIELD_CHARACTERS, style);
  }
  updateForm(writer, added, {
    // Said once here, so that signing need not touch the form again (Table 225).
    SigFlags: 3,
    DR: withEntries(resources, { Font: withEntries(fonts, ours) }),
  });
  return writer.finish().bytes;
}

function addField(writer: IncrementalWriter, field: string, place: FieldPlace, kind: FieldKind): CosRef {
  const page = getPage(writer.document, place.page);
  const geometry = pageGeometry(writer.document, page);
  const rect = viewToUser(geometry, place.box);
  const appearance = writer.add(blankForm(rect, geometry.rotate));
  const id = writer.reserve();
  const tagged = tagWidget(writer, page, id, field);
  const entries = { ...widgetEntries(page, geometry, rect, appearance), ...tagged, ...kind };
  writer.set(id, dict({ ...entries, T: textString(field) }));
  addAnnotations(writer, page.ref, [id]);
  return id;
}

/**
 * Fills text fields, value and appearance alike, and returns the bytes of the incremental update. The text stands in
 * an embedded font, so a PDF/A stays one.
 * Errors: `pdf.no-such-field`, those of `checkPermitted`.
 */
export async function fillTextFields(
  document: PdfDocument,
  values: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const fields = listFields(document);
  const writer = new IncrementalWriter(document);
  for (const [wanted, value] of Object.entries(values)) {
    const field = fields.find((f) => f.name === wanted && f.type === 'Tx');
    if (!field) throw new DeskError('pdf.no-such-field', { field: wanted });
    checkPermitted(document, fields, { kind: 'fill', field: wanted });
    await fillField(writer, field, value.normalize('NFC'));
  }
  return writer.finish().bytes;
}

async function fillField(writer: IncrementalWriter, field: FormField, value: string): Promise<void> {
  const filled = withEntries(field.dict, { V: textString(value) });
  writer.set(field.ref, filled);
  for (const widget of field.widgets) {
    const appearance = await valueAppearance(writer, field, widget, value);
    const current = writer.get(widget.ref);
    const AP = dict({ N: appearance });
    writer.set(widget.ref, withEntries(isDict(current) ? current : widget.dict, { AP }));
  }
}

async function valueAppearance(
  writer: IncrementalWriter,
  field: FormField,
  widget: Widget,
  value: string,
): Promise<CosRef> {
  const { document } = writer;
  const geometry = pageGeometry(document, pageOfWidget(document, widget));
  const rect = rectOf(document, widget.dict.get('Rect')) ?? ([0, 0, 0, 0] as const);
  const { width, height } = userToView({ ...geometry, userUnit: 1 }, rect);
  if (width <= 0 || height <= 0) return writer.add(blankForm(rect, geometry.rotate));
  const { size, font } = fontOf(textOf(document.get(field.defaultAppearance)) ?? '');
  const align = ALIGNMENTS[intOf(document.get(field.dict.get('Q'))) ?? 0] ?? 'left';
  // Where the form has our letters since before it was signed, the value stands in those: nobody has to trust new ones.
  const form = document.dict(document.catalog.get('AcroForm'));
  const held = document.dict(document.dict(form?.get('DR'))?.get('Font'))?.get(fontName(font));
  const isWithin = Array.from(value).every((letter) => FIELD_CHARACTERS.includes(letter));
  const drawing = await textAppearance([value], width, height, {
    size: size || Math.min(12, height * 0.7),
    leading: 0,
    align,
    font,
    ...(held !== undefined && isWithin && { alphabet: FIELD_CHARACTERS }),
  });
  const known = held === undefined ? [] : [held];
  return importAppearance(writer, drawing, width, height, geometry.rotate, known);
}

/** The operands of Tf in a default appearance (12.7.4.3); size 0 means as large as fits. */
function fontOf(defaultAppearance: string): { size: number; font: FontStyle } {
  const [, wanted = '', size] = /\/([^\s/]+)\s+([\d.]+)\s+Tf/.exec(defaultAppearance) ?? [];
  const font = Object.entries(FONTS).find(([key]) => key === wanted)?.[1] ?? 'regular';
  return { size: Number(size ?? 0), font };
}

/** What a form holds, for showing and choosing. */
export interface FieldInfo {
  readonly name: string;
  readonly type: FormField['type'];
  readonly flags: number;
  /** Of text fields. */
  readonly value: string | undefined;
  /** Of signature fields. */
  readonly signed: boolean;
  readonly places: readonly (FieldPlace & { readonly rect: Rect })[];
}

/** Errors: `pdf.damaged`, `pdf.too-complex`. */
export function describeFields(document: PdfDocument): FieldInfo[] {
  return listFields(document).map((field) => ({
    name: field.name,
    type: field.type,
    flags: field.flags,
    value: textOf(field.value),
    signed: signatureOf(field) !== undefined,
    places: field.widgets.map((widget) => {
      const page = pageOfWidget(document, widget);
      const rect = rectOf(document, widget.dict.get('Rect')) ?? ([0, 0, 0, 0] as const);
      return { page: page.index, rect, box: userToView(pageGeometry(document, page), rect) };
    }),
  }));
}
