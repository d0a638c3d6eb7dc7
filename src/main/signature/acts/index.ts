/**
 * Plans what an act signs and how it looks, for the preview on screen as for signing. Nothing is written here, and the
 * numbers are data (`assets/rules/visible-marks.json`).
 */
import { DeskError } from '../../../shared/errors/index.ts';
import { letterDate, showDay } from '../../../shared/text/dates.ts';
import type { Appearance } from '../../pdf/appearance.ts';
import { imageAppearance, infoAppearance, pngSize, textAppearance } from '../../pdf/appearance.ts';
import { describeFields, DRAFT_FIELDS } from '../../pdf/fields.ts';
import type { FieldInfo } from '../../pdf/fields.ts';
import { listFields } from '../../pdf/form.ts';
import type { ViewBox } from '../../pdf/geometry.ts';
import { mmToPt } from '../../pdf/geometry.ts';
import { fillTemplate, formatMarkTime, marks } from '../../pdf/marks.ts';
import { checkPermitted } from '../../pdf/permissions.ts';
import { findHeadBlanks, findSignaturePlaces, infoBox, keepOnPage } from '../../pdf/placement.ts';
import type { SigningRequest } from '../sign.ts';
import type { ActContexts, ActDocument, ActKind, ActRole, Found, Place, PlannedSignature } from './act.ts';
import { commentAppearance, stampAppearance } from './drawings.ts';
import { freeBelow, freeNear, headLines, roomOn } from './free-place.ts';
import type { Room } from './free-place.ts';

export type { ActContexts, ActDocument, ActKind, ActRole, CopyForm, PlannedSignature } from './act.ts';

type Planner<K extends ActKind> = (pdf: ActDocument, context: ActContexts[K]) => Promise<PlannedSignature[]>;

/**
 * The signatures of one act on one file, in the order in which they are made.
 * Errors: those of `checkPermitted` (a field that a certified or locked file does not allow is refused before
 * anybody is asked for a PIN), `pdf.no-such-field`, `pdf.bad-image`, `pdf.comment-empty`, `pdf.comment-too-long`.
 */
export async function planAct<K extends ActKind>(
  kind: K,
  pdf: ActDocument,
  context: ActContexts[K],
): Promise<PlannedSignature[]> {
  const planner: Planner<K> = PLANNERS[kind];
  const planned = inField(pdf, await planner(pdf, context), context.field);
  const fields = listFields(pdf.document);
  for (const { target } of planned.map(({ request }) => request)) {
    const change = target.kind === 'new' ? 'add-field' : 'sign';
    checkPermitted(pdf.document, fields, { kind: change, field: target.name ?? '' });
  }
  return planned;
}

/** The signature itself, the last of an act, in a field the file already has. */
function inField(
  { document }: ActDocument,
  plans: readonly PlannedSignature[],
  field: string | undefined,
): PlannedSignature[] {
  const last = plans.at(-1);
  if (field === undefined || !last) return [...plans];
  const empty = emptyField(describeFields(document), field);
  if (!empty) throw new DeskError('pdf.no-such-field', { field });
  const request = { ...last.request, target: { kind: 'existing', name: field } as const };
  return [...plans.slice(0, -1), { ...last, page: empty.page, box: empty.box, found: 'field', request }];
}

const PLANNERS: { readonly [K in ActKind]: Planner<K> } = {
  approve: planApproval,
  issue: planIssue,
  appendix: (pdf, { code, time, place }) => infoMark(pdf, 'appendix', { code }, time, place),
  copy: (pdf, { form, agency, time, place }) =>
    infoMark(pdf, 'copy', { form: marks.acts.copy.forms[form], agency }, time, place),
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
  const empty = emptyField(fields, DRAFT_FIELDS.personal);
  const { width, height } = pngSize(image);
  const rule =
    empty ??
    (await signaturePlace(pdf, 'personal', signer, {
      imageAspect: width / height,
      // Only the other one of the two places depends on it.
      sealMm: marks.signatureBlock.usualSealMm,
    }));
  const isFirst = !fields.some(({ signed }) => signed);
  const where = isFirst || !empty ? moved(rule, place) : rule;
  const appearance = await imageAppearance(image, where.box.width, where.box.height);
  // Certified only when all that follows has its field: none may be added afterwards (ISO 32000-2, Table 257).
  const isPrepared = isFirst && emptyField(fields, DRAFT_FIELDS.agency) !== undefined;
  return [planned(role, where, empty?.name, appearance, isPrepared ? { docMdp: certifies } : {})];
}

async function planIssue(pdf: ActDocument, context: ActContexts['issue']): Promise<PlannedSignature[]> {
  const { signer, seal, sealMm, imageAspect, place } = context;
  const fields = describeFields(pdf.document);
  const empty = emptyField(fields, DRAFT_FIELDS.agency);
  const rule = empty ?? (await signaturePlace(pdf, 'agency', signer, { imageAspect, sealMm }));
  const where = fields.some(({ signed }) => signed) && empty ? rule : moved(rule, place);
  const appearance = await imageAppearance(seal, where.box.width, where.box.height);
  const marksBefore = await numberAndDate(pdf, fields, context);
  return [...marksBefore, planned(marks.acts.issue.role, where, empty?.name, appearance)];
}

/**
 * Number and date of a file without fields for them: each as the appearance of a signature of the agency, as the tools
 * in the field do it. Page content would break the leader's signature.
 */
async function numberAndDate(
  { text }: ActDocument,
  fields: readonly FieldInfo[],
  { number, date }: ActContexts['issue'],
): Promise<PlannedSignature[]> {
  const { role, fallback } = marks.acts.issue;
  const page = await text.page(0);
  const blanks = findHeadBlanks(page);
  const [, day, month] = (date && /^ngày (\d+) tháng (\d+)/.exec(letterDate(date))) || [];
  const texts = { number, date: day, month };
  // A day that has its blank beside a month that has none: the month is printed.
  const isMonthPrinted = blanks.date !== undefined && blanks.month === undefined;
  const plans: PlannedSignature[] = [];
  for (const key of ['number', 'date', 'month'] as const) {
    const shown = texts[key];
    if (shown === undefined || (key === 'month' && isMonthPrinted)) continue;
    if (fields.some(({ name }) => name === DRAFT_FIELDS[key])) continue;
    const { field, guessMm } = fallback[key];
    const blank = blanks[key];
    const box = blank ?? keepOnPage(boxOfMm(guessMm), page);
    const { font, sizePt, align } = marks.fields[key];
    const style = { size: sizePt, leading: 0, align, font };
    const appearance = await textAppearance([shown], box.width, box.height, style);
    const target = { kind: 'new', page: 0, box, name: field } as const;
    const found = blank ? 'blank' : 'manual';
    plans.push({ role, page: 0, box, found, lines: [shown], request: { target, appearance } });
  }
  return plans;
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
  time: Date,
  place: Place | undefined,
): Promise<PlannedSignature[]> {
  const { role, lines: templates } = marks.acts[kind];
  const lines = filled(templates, { ...values, time: formatMarkTime(time) });
  const appearance = await infoAppearance(lines);
  const corner = { page: 0, box: infoBox(await text.page(0), appearance), found: 'corner' } as const;
  return [planned(role, moved(corner, place), undefined, appearance, { signingTime: time }, lines)];
}

async function planIncoming(
  { document, text }: ActDocument,
  context: ActContexts['incoming'],
): Promise<PlannedSignature[]> {
  const { role, gapPt, reachPt } = marks.acts.incoming;
  const { agency, number, date, forwardTo = '', fileCode = '', time, place } = context;
  const stamp = { agency, number, date: showDay(date), forwardTo, fileCode };
  const appearance = await stampAppearance(stamp);
  const room = roomOn(document, await text.page(0), gapPt);
  const where = moved(underNumber(room, appearance, reachPt), place);
  const lines = [agency, number, stamp.date, forwardTo, fileCode].filter(Boolean);
  return [planned(role, where, undefined, appearance, { signingTime: time }, lines)];
}

/** Below the number, else below the date, else wherever there is room, as near to the number as can be. */
function underNumber(room: Room, { width, height }: Appearance, reach: number): Rule {
  const { page } = room;
  const { usualMm } = marks.acts.incoming;
  const { number, date } = headLines(page);
  const below = ({ x, y, width: across, height: down }: ViewBox) => {
    const box = { x: x + (across - width) / 2, y: y + down, width, height };
    return { ...box, x: keepOnPage(box, page).x };
  };
  const usual = number ? below(number) : { x: mmToPt(usualMm.x), y: mmToPt(usualMm.y), width, height };
  const free =
    (number && freeBelow(room, below(number), reach)) ??
    (date && freeBelow(room, below(date), reach)) ??
    // A page without text is a picture, and what is free on a picture nobody knows.
    (page.runs.length > 0 ? freeNear(room, usual) : undefined);
  return { page: 0, box: free ?? keepOnPage(usual, page), found: free ? 'free' : 'manual' };
}

async function planComment(
  { document, text }: ActDocument,
  { author, title, text: opinion, time, place }: ActContexts['comment'],
): Promise<PlannedSignature[]> {
  const { role, gapPt, lines: templates } = marks.acts.comment;
  const footer = filled(templates, { author, title, time: formatMarkTime(time) });
  const appearance = await commentAppearance(opinion, footer);
  const room = roomOn(document, await text.page(place?.page ?? 0), gapPt);
  const where = moved(nearest(room, appearance, 0), place);
  const lines = [...opinion.split('\n'), ...footer];
  return [planned(role, where, undefined, appearance, { signingTime: time }, lines)];
}

async function planGeneral(
  { document, text }: ActDocument,
  { author, agency, time, place }: ActContexts['general'],
): Promise<PlannedSignature[]> {
  const { role, gapPt, lines: templates } = marks.acts.general;
  const lines = filled(templates, { author, agency, time: formatMarkTime(time) });
  const appearance = await infoAppearance(lines, marks.acts.general.align);
  const room = roomOn(document, await text.page(place?.page ?? text.pageCount - 1), gapPt);
  const where = moved(nearest(room, appearance, 1), place);
  return [planned(role, where, undefined, appearance, { signingTime: time }, lines)];
}

/** Free room on the right side of the page, nearest to its top (0) or bottom (1). */
function nearest(room: Room, { width, height }: Appearance, down: 0 | 1): Rule {
  const { page } = room;
  const right = page.width - mmToPt(marks.corner.rightMm);
  const corner = { x: right - width, y: down * (page.height - height), width, height };
  const free = page.runs.length > 0 ? freeNear(room, corner) : undefined;
  return { page: page.index, box: free ?? keepOnPage(corner, page), found: free ? 'free' : 'manual' };
}

const filled = (
  templates: readonly string[],
  values: Readonly<Record<string, string | undefined>>,
): string[] => templates.flatMap((template) => fillTemplate(template, values) ?? []);

type Rule = Place & { readonly found: Found };

/** What a person wants goes before what a rule says. */
const moved = (rule: Rule, place: Place | undefined): Rule => (place ? { ...place, found: 'wanted' } : rule);

/** A prepared field nobody signed yet. */
function emptyField(fields: readonly FieldInfo[], wanted: string): (Rule & { name: string }) | undefined {
  const field = fields.find(({ name, type, signed }) => name === wanted && type === 'Sig' && !signed);
  const place = field?.places[0];
  return place && { name: wanted, page: place.page, box: place.box, found: 'field' };
}

async function signaturePlace(
  { text }: ActDocument,
  which: 'personal' | 'agency',
  signer: ActContexts['approve']['signer'],
  sizes: Parameters<typeof findSignaturePlaces>[2],
): Promise<Rule> {
  const places = await findSignaturePlaces(text, signer, sizes);
  return { page: places.page, box: places[which], found: places.found };
}

function planned(
  role: ActRole,
  { page, box, found }: Rule,
  field: string | undefined,
  appearance: Appearance,
  more: Partial<SigningRequest> = {},
  lines: readonly string[] = [],
): PlannedSignature {
  const target =
    field === undefined
      ? ({ kind: 'new', page, box } as const)
      : ({ kind: 'existing', name: field, ...(found === 'wanted' && { box }) } as const);
  return { role, page, box, found, lines, request: { ...more, target, appearance } };
}
