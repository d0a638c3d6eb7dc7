/** Changes of the interactive form: fields filled, signed, added, removed. */
import { intOf, isArray, isDict, isName, nameOf, textOf } from '../../pdf/cos.ts';
import type { CosDict, CosObject } from '../../pdf/cos.ts';
import type { FormField } from '../../pdf/form.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { appearancesOf, differingText, pagesShowing } from './appearances.ts';
import { changedKeys, isEqual } from '../../pdf/equal.ts';
import { isKnownFont } from './fonts.ts';
import { objectAt, TRAILER } from './graph.ts';
import { isOnlyAt, ownedBelow } from './owned.ts';
import type { Place } from './owned.ts';
import { paintedBy } from './painted.ts';
import { isSame } from './same.ts';
import { numberOf } from './step.ts';
import type { Step } from './step.ts';

/** What filling a field may touch in the field and its widgets (ISO 32000-2, 12.7.5, 12.5.6.19). */
const FILLING: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'I', 'RV', 'M', 'DA']);
/** What signing an empty field may touch besides; never where it stands. */
const SIGNING: ReadonlySet<string> = new Set(['V', 'AP', 'M', 'F', 'Ff', 'P', 'MK', 'Type', 'Subtype']);

/** Of what type those entries are in a field; elsewhere the same names mean other things (8.11.4.3, 11.6.6). */
const TYPES: Readonly<Record<string, (object: CosObject | undefined) => boolean>> = {
  AS: isName,
  I: isArray,
};

/** A field whose widgets show something new. */
export interface Redrawn {
  readonly field: FormField;
  readonly isNew: boolean;
  /** Signed with this update. */
  readonly isSigned: boolean;
}

/** @param old fields before, @param now fields after: listed once each, since the next step needs them again */
export function compareForm(step: Step, old: readonly FormField[], now: readonly FormField[]): Redrawn[] {
  compareFormDictionary(step, old);
  const byNumber = new Map(now.map((field) => [field.ref.num, field]));
  for (const field of old)
    if (byNumber.get(field.ref.num)?.name !== field.name)
      step.report('structure', { path: `field ${field.name}` });
  const known = new Map(old.map((field) => [field.ref.num, field]));
  return now.flatMap((field) => {
    const earlier = known.get(field.ref.num);
    const isTouched = earlier ? compareField(step, earlier, field) : reportNew(step, field);
    const isSigned =
      isTouched && (!earlier || earlier.value === null) && signatureKind(step.after, field) !== null;
    return isTouched ? [{ field, isNew: !earlier, isSigned }] : [];
  });
}

function compareFormDictionary(step: Step, fields: readonly FormField[]): void {
  const { before, after } = step;
  const [held, heldNow] = [before.catalog.get('AcroForm'), after.catalog.get('AcroForm')];
  const [old, now] = [before.dict(held) ?? new Map<string, CosObject>(), after.dict(heldNow)];
  const catalog = numberOf(before.trailer.get('Root')) ?? TRAILER;
  const form = numberOf(held) ?? catalog;
  take(step, { owner: catalog, value: held }, new Set(fields.map(({ ref }) => ref.num)));
  take(step, { owner: form, value: old.get('Fields') });
  if (!now) {
    if (old.size > 0) step.report('structure', { path: 'AcroForm' });
    return;
  }
  for (const key of new Set([...changedKeys(old, now), ...(old.has('DR') ? ['DR'] : [])])) {
    const isAllowed =
      key === 'Fields' ||
      (key === 'SigFlags' && hasBits(now.get(key), old.get(key))) ||
      (key === 'DA' && !old.has(key)) ||
      (key === 'NeedAppearances' && mayStopRedrawing(step, now, fields)) ||
      (key === 'DR' && areResourcesKept(step, { owner: form, value: old.get(key) }, now.get(key), fields)) ||
      isSame(step, old.get(key), now.get(key));
    if (!isAllowed) step.report('structure', { path: `AcroForm/${key}` });
  }
  if (promisesFields(step, old.get('Fields'), now.get('Fields')))
    step.report('structure', { path: 'AcroForm/Fields' });
}

/**
 * Without /NeedAppearances viewers show the looks that are stored (12.7.3). That is harmless where each says its value; it
 * is never said anew.
 */
function mayStopRedrawing(step: Step, now: CosDict, fields: readonly FormField[]): boolean {
  if (now.get('NeedAppearances') === true) return false;
  const isTold = fields.every(
    (field) => field.type === 'Sig' || field.value === null || differingText(step.before, field) === null,
  );
  if (isTold) step.report('metadata');
  return isTold;
}

/** Does the list name new fields that are not there, so that a later update could fill in anything? */
function promisesFields(
  { before, after }: Step,
  held: CosObject | undefined,
  heldNow: CosObject | undefined,
): boolean {
  const known = new Set((before.array(held) ?? []).map(numberOf));
  return (after.array(heldNow) ?? []).some((item) => !known.has(numberOf(item)) && !after.dict(item));
}

const hasBits = (now: CosObject | undefined, old: CosObject | undefined): boolean =>
  ((intOf(now) ?? 0) & (intOf(old) ?? 0)) === (intOf(old) ?? 0);

/**
 * Accounts for the object in this place, when it is nowhere else.
 * @param children whose /Parent may name it too: some writers let fields name the form itself
 */
function take(step: Step, place: Place, children: ReadonlySet<number> = new Set()): void {
  const num = numberOf(place.value);
  if (num === undefined) return;
  const named = [...children].flatMap((owner) => {
    const value = asDict(objectAt(step.before, owner))?.get('Parent');
    return numberOf(value) === num ? [{ owner, value }] : [];
  });
  if (isOnlyAt(step, num, place, ...named)) step.pending.delete(num);
}

const asDict = (object: CosObject): CosDict | undefined => (isDict(object) ? object : undefined);

/**
 * Default resources (12.7.3.2, Table 224) may gain entries; those they had stay as they were. iText keeps the newest
 * signature's appearance among them, where only an appearance without resources of its own could find it.
 */
function areResourcesKept(
  step: Step,
  place: Place,
  heldNow: CosObject | undefined,
  fields: readonly FormField[],
): boolean {
  const owner = numberOf(place.value) ?? place.owner;
  const now = step.after.dict(heldNow);
  const isKept = [...(step.before.dict(place.value) ?? [])].every(
    ([kind, value]) =>
      isExtended(step, { owner, value }, now?.get(kind)) ||
      (kind === 'XObject' && step.after.dict(now?.get(kind)) !== undefined && !needDefaults(step, fields)),
  );
  if (isKept) take(step, place);
  return isKept;
}

/** Does an appearance leave it to the form to say what its names mean? */
const needDefaults = ({ before }: Step, fields: readonly FormField[]): boolean =>
  fields.some(({ widgets }) =>
    widgets.some(({ dict }) =>
      appearancesOf(before, dict).some(
        (stream) => !stream.dict.has('Resources') && paintedBy(before, stream).hasPictures,
      ),
    ),
  );

/** Does a kind of resource, or its list, still have what it had? */
function isExtended(step: Step, place: Place, heldNow: CosObject | undefined): boolean {
  const [old, now] = [step.before.get(place.value), step.after.get(heldNow)];
  if (!isDict(old) || !isDict(now)) return isSame(step, place.value, heldNow);
  const isKept = [...old].every(([key, value]) => isSame(step, value, now.get(key)));
  if (isKept) take(step, place);
  return isKept;
}

function reportNew(step: Step, field: FormField): boolean {
  if (reportSigned(step, field, false)) return true;
  // Nothing is said or shown until somebody signs there.
  const isEmpty =
    field.type === 'Sig' && field.value === null && pagesShowing(step.after, field).length === 0;
  const kind = isEmpty ? 'signature-field-added' : 'field-added';
  step.report(kind, { field: field.name }, field.name);
  return true;
}

/** @returns whether the field holds a signature, then reported */
function reportSigned(step: Step, field: FormField, wasEmpty: boolean): boolean {
  const signature = signatureKind(step.after, field);
  if (!signature) return false;
  step.report(signature, { field: field.name }, field.name, wasEmpty);
  // Its authority vouches for a time and has seen nothing of what stands on the page.
  if (signature === 'timestamp-added')
    for (const page of pagesShowing(step.after, field))
      step.report('annotation', { page: page + 1, subtype: 'Widget' });
  return true;
}

/** Was this field signed, and with what? */
function signatureKind(
  document: PdfDocument,
  { type, value }: FormField,
): 'signature-added' | 'timestamp-added' | null {
  if (type !== 'Sig' || !isDict(value)) return null;
  return nameOf(document.get(value.get('SubFilter'))) === 'ETSI.RFC3161'
    ? 'timestamp-added'
    : 'signature-added';
}

/** @returns whether what the field shows was touched */
function compareField(step: Step, old: FormField, now: FormField): boolean {
  const { pending } = step;
  const widgetsNow = new Map(now.widgets.map((widget) => [widget.ref.num, widget.dict]));
  const pairs: [number, CosDict, CosDict][] = [[old.ref.num, old.dict, now.dict]];
  for (const { ref, dict } of old.widgets)
    if (ref.num !== old.ref.num) pairs.push([ref.num, dict, widgetsNow.get(ref.num) ?? new Map()]);
  const touched = pairs.filter(([num]) => pending.has(num));
  const isRedrawn = takeAppearances(step, old);
  if (touched.length === 0 && !isRedrawn) return false;
  for (const [num] of touched) pending.delete(num);
  const isSigning = old.type === 'Sig' && old.value === null && now.value !== null;
  const allowed = isSigning ? SIGNING : FILLING;
  const differing = touched.flatMap(([, before, after]) =>
    changedKeys(before, after)
      .filter((key) => !isSame(step, before.get(key), after.get(key)))
      .map((key) => ({ key, isAllowed: allowed.has(key) && (TYPES[key]?.(after.get(key)) ?? true) })),
  );
  const foreign = differing.find(({ isAllowed }) => !isAllowed)?.key;
  const isResigned = old.type === 'Sig' && !isSigning;
  if (foreign !== undefined || isResigned || old.widgets.length !== now.widgets.length) {
    step.report('structure', { path: `field ${old.name}/${foreign ?? 'V'}` }, old.name);
    return true;
  }
  if (!reportSigned(step, now, isSigning) && (isRedrawn || differing.length > 0))
    reportFilled(step, old, now);
  return true;
}

/** Also when it says what it said: that it was drawn anew is to be seen in the list, and locked fields are not. */
function reportFilled(step: Step, old: FormField, now: FormField): void {
  const to = valueText(now.value);
  const isFilled = !isEqual(old.value, now.value);
  step.report('field-filled', { field: now.name, from: valueText(old.value), to }, now.name);
  // The old value drawn anew shows what the signer never saw, unless it was what was shown.
  const isUnveiled = !isFilled && differingText(step.before, old) !== null;
  const shown =
    isUnveiled || now.type === 'Btn' ? redrawnText(step, old, now) : differingText(step.after, now);
  if (shown !== null)
    step.report('appearance-differs', { field: now.name, to, shown: shown.slice(0, 500) }, now.name);
  else if (!isLookKept(step, old, now) && !areFontsKnown(step, now))
    step.report('appearance-unproven', { field: now.name, to }, now.name);
}

const isLookKept = (step: Step, old: FormField, now: FormField): boolean =>
  old.widgets.every(({ dict }, i) => isSame(step, dict.get('AP'), now.widgets[i]?.dict.get('AP')));

/** A font that came after the signature may draw anything for the letters it claims. */
const areFontsKnown = (step: Step, { widgets }: FormField): boolean =>
  widgets
    .flatMap(({ dict }) => appearancesOf(step.after, dict))
    .every((stream) => [...paintedBy(step.after, stream).fonts].every((font) => isKnownFont(step, font)));

/** What a field shows that was drawn anew; null when its looks are those it had, of which a button shows one. */
function redrawnText(step: Step, old: FormField, now: FormField): string | null {
  if (isLookKept(step, old, now)) return null;
  const streams = now.widgets.flatMap(({ dict }) => appearancesOf(step.after, dict));
  return streams.map((stream) => paintedBy(step.after, stream).text).join(' ');
}

/** Appearance streams written over in place, as long as nothing else shows them. */
function takeAppearances(step: Step, old: FormField): boolean {
  const { pending } = step;
  if (pending.size === 0) return false;
  const places = old.widgets.map(({ ref, dict }) => ({ owner: ref.num, value: dict.get('AP') }));
  const rewritten = [...ownedBelow(step, places, 1000)].filter((num) => pending.has(num));
  for (const num of rewritten) pending.delete(num);
  return rewritten.length > 0;
}

function valueText(value: CosObject): string {
  const text = textOf(value) ?? nameOf(value) ?? (isArray(value) ? value.map(valueText).join(', ') : '');
  return text.slice(0, 500);
}
