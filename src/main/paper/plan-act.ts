/**
 * Plans what an act signs and how it looks, for the preview on screen as for signing. Nothing is written here, and the
 * numbers are data (`assets/rules/visible-marks.json`).
 */
import { DeskError } from '../../shared/errors/index.ts';
import { showDay } from '../../shared/text/dates.ts';
import type { Appearance } from '../pdf/appearance.ts';
import { imageAppearance, textAppearance } from '../pdf/appearance.ts';
import { infoAppearance } from './info-appearance.ts';
import { emptySignatureField, fieldsByName } from './field-roles.ts';
import { describeFields } from './fields.ts';
import type { FieldInfo } from './fields.ts';
import type { FormField } from '../pdf/form.ts';
import { listFields } from '../pdf/form.ts';
import type { ViewBox } from '../pdf/geometry.ts';
import { mmToPt } from '../pdf/geometry.ts';
import { headParts, splitHead } from './head-parts.ts';
import type { HeadPart } from './head-parts.ts';
import { fillTemplate, formatMarkTime, marks } from './marks.ts';
import { checkPermitted, freezes, isPermitted, lockOfField } from '../pdf/permissions.ts';
import { findSignaturePlaces, infoBox, keepOnPage, sealBeside } from './placement.ts';
import type { SignaturePlaces } from './placement.ts';
import { readPng } from '../pdf/png.ts';
import type { PdfDocument } from '../pdf/reader.ts';
import type { PageNote } from '../pdf/signature-field.ts';
import type { PageText } from '../pdf/text.ts';
import type { SigningRequest } from '../signature/sign.ts';
import type { ActContexts, ActDocument, ActKind, ActRole, Found, Place, PlannedSignature } from './act.ts';
import { commentAppearance, stampAppearance } from './drawings.ts';
import { freeBelow, freeNear, headLines, freeSpaceOn } from './free-place.ts';
import type { FreeSpace } from './free-place.ts';

export type { ActContexts, ActDocument, ActKind, ActRole, CopyForm, PlannedSignature } from './act.ts';

type Planner<K extends ActKind> = (pdf: ActDocument, context: ActContexts[K]) => Promise<PlannedSignature[]>;

/**
 * The signatures of one act on one file, in the order in which they are made. Where no field may be added, an empty one
 * of the file is signed.
 * Errors: those of `checkPermitted` (a field that a certified or locked file does not allow is refused before
 * anybody is asked for a PIN), `pdf.no-such-field`, `pdf.bad-image`, `pdf.comment-empty`, `pdf.comment-too-long`.
 */
export async function planAct<K extends ActKind>(
  kind: K,
  pdf: ActDocument,
  context: ActContexts[K],
): Promise<PlannedSignature[]> {
  const planner: Planner<K> = PLANNERS[kind];
  const fields = listFields(pdf.document);
  const plans = await planner(pdf, context);
  const planned = inField(pdf, plans, context.field ?? fieldInstead(pdf.document, fields, plans));
  for (const { target } of planned.map(({ request }) => request)) {
    const change = target.kind === 'new' ? 'add-field' : 'sign';
    checkPermitted(pdf.document, fields, { kind: change, field: target.name ?? '' });
  }
  return planned;
}

/**
 * The empty field to sign where none may be added, after a certification or a lock (ISO 32000-2, Table 257): one that
 * shows and is open, rather than one with a name that means somebody, nearest to where the signature belongs. Undefined
 * when the act needs more than one field, or none will do.
 */
function fieldInstead(
  document: PdfDocument,
  fields: readonly FormField[],
  plans: readonly PlannedSignature[],
): string | undefined {
  const [plan, ...others] = plans;
  const target = plan?.request.target;
  if (!plan || others.length > 0 || target?.kind !== 'new') return undefined;
  if (isPermitted(document, fields, { kind: 'add-field', field: target.name ?? '' })) return undefined;
  const described = describeFields(document);
  const named = fieldsByName(described);
  const isPersons = plan.role === 'personal' || plan.role === 'comment';
  const foreign = isPersons ? named.agency : named.personal;
  const empty = described.filter(
    ({ name, type, signed, places: [place] }) =>
      type === 'Sig' && !signed && name !== foreign?.name && place && place.box.width * place.box.height > 0,
  );
  const open = empty.filter(({ name }) => isPermitted(document, fields, { kind: 'sign', field: name }));
  const free = open.filter((field) => !Object.values(named).includes(field));
  // What closes the only one is said with its name when it is tried.
  const choice = [free, open, empty].find(({ length }) => length > 0) ?? [];
  return nearestField(choice, plan)?.name;
}

function nearestField(fields: readonly FieldInfo[], { page, box }: Place): FieldInfo | undefined {
  const distance = ({ places: [place] }: FieldInfo) =>
    Math.abs(place!.page - page) * FAR_PT + Math.hypot(place!.box.x - box.x, place!.box.y - box.y);
  return fields.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** Another page is further away than any place of this one. */
const FAR_PT = 1e6;

/** The signature itself, the last of an act, in a field the file already has. */
function inField(
  { document }: ActDocument,
  plans: readonly PlannedSignature[],
  field: string | undefined,
): PlannedSignature[] {
  const last = plans.at(-1);
  if (field === undefined || !last) return [...plans];
  const empty = describeFields(document).find(
    ({ name, type, signed, places }) => name === field && type === 'Sig' && !signed && places.length > 0,
  );
  if (!empty) throw new DeskError('pdf.no-such-field', { field });
  const request = { ...last.request, target: { kind: 'existing', name: field } as const };
  return [...plans.slice(0, -1), { ...last, ...inPlaceOf(empty), request }];
}

const PLANNERS: { readonly [K in ActKind]: Planner<K> } = {
  approve: planApproval,
  issue: planIssue,
  appendix: (pdf, { code, ...context }) => infoMark(pdf, 'appendix', { code }, context),
  copy: planCopy,
  incoming: planIncoming,
  comment: planComment,
  general: planGeneral,
};

async function planApproval(
  pdf: ActDocument,
  { signer, image, place }: ActContexts['approve'],
): Promise<PlannedSignature[]> {
  const { role, certifies } = marks.acts.approve;
  const fields = describeFields(pdf.document);
  const { empty, rule } = await signaturePlace(pdf, fields, 'personal', signer, () => {
    const size = image && readPng(image);
    const imageAspect = size ? size.width / size.height : marks.signatureBlock.usualAspect;
    // Only the other one of the two places depends on the seal.
    return { imageAspect, sealMm: marks.signatureBlock.usualSealMm };
  });
  const isFirst = !fields.some(({ signed }) => signed);
  const where = isFirst || !empty ? moved(rule, place) : rule;
  const certified = isFirst && (await isPrepared(pdf, fields, empty)) ? { docMdp: certifies } : {};
  return [await planned(role, where, empty, imageIn(where, image), certified)];
}

/**
 * Certified only when all that follows has its field: none may be added afterwards (ISO 32000-2, Table 257), and the
 * leader's field may lock some of them.
 */
async function isPrepared(
  { document, text }: ActDocument,
  fields: readonly FieldInfo[],
  personal: FieldInfo | undefined,
): Promise<boolean> {
  const form = listFields(document);
  const own = form.find(({ name }) => name === personal?.name);
  const lock = own && lockOfField(document, own);
  const isOpen = (field: FieldInfo | undefined) => field && !(lock && freezes(lock, field.name));
  const { number, date, month } = fieldsByName(fields);
  if (![number, emptySignatureField(fields, 'agency', undefined)].every(isOpen)) return false;
  // Where every part has its field, nothing the page says changes that: its text, the dearest part, is not opened.
  if ([date, month].every(isOpen)) return true;
  const parts = headParts(await text.page(0), fields, { number: '1', date: '2026-01-01' });
  return parts.every(({ field }) => isOpen(field));
}

async function planIssue(pdf: ActDocument, context: ActContexts['issue']): Promise<PlannedSignature[]> {
  const { signer, seal, sealMm, imageAspect, place } = context;
  const fields = describeFields(pdf.document);
  const { empty, rule } = await signaturePlace(pdf, fields, 'agency', signer, () => ({
    imageAspect,
    sealMm,
  }));
  const where = fields.some(({ signed }) => signed) && empty ? rule : moved(rule, place);
  const marksBefore = await numberAndDate(pdf, context);
  return [...marksBefore, await planned(marks.acts.issue.role, where, empty, imageIn(where, seal))];
}

/**
 * Number and date of a file without fields for them: each as the appearance of a signature of the agency, as the tools
 * in the field do it. Page content would break the leader's signature.
 */
async function numberAndDate(
  { document, text }: ActDocument,
  { number, date, markPlaces = [] }: ActContexts['issue'],
): Promise<PlannedSignature[]> {
  const page = await text.page(0);
  const shown = { ...(number !== undefined && { number }), ...(date !== undefined && { date }) };
  const { rest } = splitHead(document, page, shown);
  return Promise.all(rest.map((part, n) => headMark(page, part, markPlaces[n])));
}

async function headMark(
  page: PageText,
  { key, text: line, field: locked, blank }: HeadPart,
  place: Place | undefined,
): Promise<PlannedSignature> {
  const { role, field: name, guessMm } = marks.acts.issue.fallback[key];
  const box = blank ?? (locked?.places[0]?.page === 0 ? locked.places[0].box : undefined);
  const rule = { page: 0, box: box ?? keepOnPage(boxOfMm(guessMm), page) };
  const where = moved({ ...rule, found: box ? 'blank' : 'manual' }, place);
  const { font, sizePt: size, align } = marks.fields[key];
  const { width, height } = where.box;
  const appearance = await textAppearance([line], width, height, { size, leading: 0, align, font });
  const target = { kind: 'new', ...pageAndBox(where), name } as const;
  return { role, ...where, lines: [line], request: { target, appearance } };
}

const boxOfMm = ({ x, y, width, height }: ViewBox): ViewBox => ({
  x: mmToPt(x),
  y: mmToPt(y),
  width: mmToPt(width),
  height: mmToPt(height),
});

async function infoMark(
  { text }: ActDocument,
  kind: 'appendix' | 'copy',
  values: Readonly<Record<string, string>>,
  { time, timeFormat, place }: Pick<ActContexts['appendix'], 'time' | 'timeFormat' | 'place'>,
): Promise<[PlannedSignature]> {
  const { role, lines: templates } = marks.acts[kind];
  const lines = filled(templates, { ...values, time: formatMarkTime(time, timeFormat) });
  const appearance = await infoAppearance(lines);
  const corner = { page: 0, box: infoBox(await text.page(0), appearance), found: 'corner' } as const;
  return [await planned(role, moved(corner, place), undefined, appearance, { signingTime: time }, lines)];
}

async function planCopy(
  pdf: ActDocument,
  { form, formCase, agency, converter, ...context }: ActContexts['copy'],
): Promise<PlannedSignature[]> {
  const words = marks.acts.copy.forms[form];
  const shown = formCase === 'upper' ? words.toLocaleUpperCase('vi') : words;
  const [mark] = await infoMark(pdf, 'copy', { form: shown, agency }, context);
  const { forms, line } = marks.acts.copy.fromPaper;
  if (converter === undefined || !forms.includes(form)) return [mark];
  const time = formatMarkTime(context.time, context.timeFormat);
  const note = await footNote(await pdf.text.page(0), filled([line], { agency, converter, time }));
  return [{ ...mark, request: { ...mark.request, notes: [note] } }];
}

/** Along the foot of a page, below its text. */
async function footNote(page: PageText, lines: readonly string[]): Promise<PageNote> {
  const { font, sizePt: size, heightMm, sideMm, bottomMm } = marks.acts.copy.fromPaper;
  const [side, height] = [mmToPt(sideMm), mmToPt(heightMm)];
  const width = page.width - 2 * side;
  const box = { x: side, y: page.height - mmToPt(bottomMm) - height, width, height };
  const style = { size, leading: 0, align: 'center', font } as const;
  const appearance = await textAppearance(lines, width, height, style);
  return { page: page.index, box, appearance, text: lines.join(' ') };
}

async function planIncoming(
  { document, text }: ActDocument,
  context: ActContexts['incoming'],
): Promise<PlannedSignature[]> {
  const { role, gapPt, reachPt } = marks.acts.incoming;
  const { agency, number, date, forwardTo = '', fileCode = '', time, place } = context;
  const stamp = { agency, number, date: showDay(date), forwardTo, fileCode };
  const appearance = await stampAppearance(stamp);
  const space = freeSpaceOn(document, await text.page(0), gapPt);
  const where = moved(underNumber(space, appearance, reachPt), place);
  const lines = [agency, number, stamp.date, forwardTo, fileCode].filter(Boolean);
  return [await planned(role, where, undefined, appearance, { signingTime: time }, lines)];
}

/** Below the number, else below the date, else wherever there is room, as near to the number as can be. */
function underNumber(space: FreeSpace, { width, height }: Appearance, reach: number): Rule {
  const { page } = space;
  const { usualMm } = marks.acts.incoming;
  const { number, date } = headLines(page);
  const below = ({ x, y, width: across, height: down }: ViewBox) => {
    const box = { x: x + (across - width) / 2, y: y + down, width, height };
    return { ...box, x: keepOnPage(box, page).x };
  };
  const usual = number ? below(number) : { x: mmToPt(usualMm.x), y: mmToPt(usualMm.y), width, height };
  const free =
    (number && freeBelow(space, below(number), reach)) ??
    (date && freeBelow(space, below(date), reach)) ??
    // A page without text is a picture, and what is free on a picture nobody knows.
    (page.runs.length > 0 ? freeNear(space, usual) : undefined);
  return { page: 0, box: free ?? keepOnPage(usual, page), found: free ? 'free' : 'manual' };
}

async function planComment(
  { document, text }: ActDocument,
  { author, title, text: opinion, time, timeFormat, place }: ActContexts['comment'],
): Promise<PlannedSignature[]> {
  const { role, gapPt, lines: templates } = marks.acts.comment;
  const footer = filled(templates, { author, title, time: formatMarkTime(time, timeFormat) });
  const appearance = await commentAppearance(opinion, footer);
  const space = freeSpaceOn(document, await text.page(place?.page ?? 0), gapPt);
  const where = moved(nearest(space, appearance, 0), place);
  const lines = [...opinion.split('\n'), ...footer];
  return [await planned(role, where, undefined, appearance, { signingTime: time }, lines)];
}

async function planGeneral(
  { document, text }: ActDocument,
  { time, timeFormat, place, ...who }: ActContexts['general'],
): Promise<PlannedSignature[]> {
  const { role, gapPt, lines: templates } = marks.acts.general;
  const lines = filled(templates, { ...who, time: formatMarkTime(time, timeFormat) });
  const appearance = await infoAppearance(lines, marks.acts.general.align);
  const space = freeSpaceOn(document, await text.page(place?.page ?? text.pageCount - 1), gapPt);
  const where = moved(nearest(space, appearance, 1), place);
  return [await planned(role, where, undefined, appearance, { signingTime: time }, lines)];
}

/** Free room on the right side of the page, nearest to its top (0) or bottom (1). */
function nearest(space: FreeSpace, { width, height }: Appearance, down: 0 | 1): Rule {
  const { page } = space;
  const right = page.width - mmToPt(marks.corner.rightMm);
  const corner = { x: right - width, y: down * (page.height - height), width, height };
  const free = page.runs.length > 0 ? freeNear(space, corner) : undefined;
  return { page: page.index, box: free ?? keepOnPage(corner, page), found: free ? 'free' : 'manual' };
}

const filled = (
  templates: readonly string[],
  values: Readonly<Record<string, string | undefined>>,
): string[] => templates.flatMap((template) => fillTemplate(template, values) ?? []);

type Rule = Place & { readonly found: Found };

/** What a person wants goes before what a rule says. */
const moved = (rule: Rule, place: Place | undefined): Rule => (place ? { ...place, found: 'wanted' } : rule);

/**
 * The empty field of the file for a signature, and where the signature belongs: there, else where the rule says.
 * @param measure sizes, which only a place by the rule depends on
 */
async function signaturePlace(
  { text }: ActDocument,
  fields: readonly FieldInfo[],
  which: 'personal' | 'agency',
  signer: ActContexts['approve']['signer'],
  measure: () => Parameters<typeof findSignaturePlaces>[2],
): Promise<{ readonly empty: FieldInfo | undefined; readonly rule: Rule }> {
  const named = emptySignatureField(fields, which, undefined);
  if (named) return { empty: named, rule: inPlaceOf(named) };
  const sizes = measure();
  const places = await findSignaturePlaces(text, signer, sizes);
  const printed: Rule = { page: places.page, box: places[which], found: places.found };
  const empty = emptySignatureField(fields, which, printed);
  if (empty) return { empty, rule: inPlaceOf(empty) };
  const beside = which === 'agency' ? signedPlace(fields, places) : undefined;
  if (!beside) return { empty, rule: printed };
  const box = keepOnPage(sealBeside(beside.box, mmToPt(sizes.sealMm)), await text.page(beside.page));
  return { empty, rule: { page: beside.page, box, found: 'beside-signature' } };
}

const inPlaceOf = (field: FieldInfo): Rule => ({ ...pageAndBox(field.places[0]!), found: 'field' });

/** Where the leader's signature shows, made elsewhere: the visible one nearest to where it belongs. */
function signedPlace(fields: readonly FieldInfo[], { page, personal }: SignaturePlaces): Place | undefined {
  const distance = ({ box }: Place) => Math.hypot(box.x - personal.x, box.y - personal.y);
  return fields
    .filter(({ signed }) => signed)
    .flatMap(({ places }) => places)
    .filter((place) => place.page === page && place.box.width > 0 && place.box.height > 0)
    .toSorted((a, b) => distance(a) - distance(b))[0];
}

const pageAndBox = ({ page, box }: Place): Place => ({ page, box });

const imageIn = ({ box }: Place, image: Uint8Array | undefined): Promise<Appearance> | undefined =>
  image && imageAppearance(image, box.width, box.height);

async function planned(
  role: ActRole,
  { page, box, found }: Rule,
  field: FieldInfo | undefined,
  drawing: Appearance | Promise<Appearance> | undefined,
  more: Partial<SigningRequest> = {},
  lines: readonly string[] = [],
): Promise<PlannedSignature> {
  const target =
    field === undefined
      ? ({ kind: 'new', page, box } as const)
      : ({ kind: 'existing', name: field.name, ...(found === 'wanted' && { box }) } as const);
  const appearance = await drawing;
  return { role, page, box, found, lines, request: { ...more, target, ...(appearance && { appearance }) } };
}
