/** Changes of the interactive form: fields filled, signed, added, removed. */
import { intOf, isArray, isDict, nameOf, textOf } from '../../pdf/cos.ts';
import type { CosDict, CosObject } from '../../pdf/cos.ts';
import type { FormField } from '../../pdf/form.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { differingText } from './appearances.ts';
import { changedKeys, isEqual } from './equal.ts';
import { reachable } from './graph.ts';
import { isOnlyReferredBy, numberOf } from './step.ts';
import type { Step } from './step.ts';

/** What filling a field may touch in the field and its widgets (ISO 32000-2, 12.7.5, 12.5.6.19). */
const FILLING: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'I', 'RV', 'M']);
/** What signing an empty field may touch besides; never where it stands. */
const SIGNING: ReadonlySet<string> = new Set(['V', 'AP', 'M', 'F', 'Ff', 'P', 'MK', 'Type', 'Subtype']);

/** A field whose widgets show something new. */
export interface Redrawn {
  readonly field: FormField;
  readonly isNew: boolean;
}

/** @param old fields before, @param now fields after: listed once each, since the next step needs them again */
export function compareForm(step: Step, old: readonly FormField[], now: readonly FormField[]): Redrawn[] {
  compareFormDictionary(step);
  const byNumber = new Map(now.map((field) => [field.ref.num, field]));
  for (const field of old)
    if (byNumber.get(field.ref.num)?.name !== field.name)
      step.report('structure', { path: `field ${field.name}` });
  const known = new Map(old.map((field) => [field.ref.num, field]));
  return now.flatMap((field) => {
    const earlier = known.get(field.ref.num);
    const isTouched = earlier ? compareField(step, earlier, field) : reportNew(step, field);
    return isTouched ? [{ field, isNew: !earlier }] : [];
  });
}

function compareFormDictionary(step: Step): void {
  const { before, after, pending } = step;
  const [held, heldNow] = [before.catalog.get('AcroForm'), after.catalog.get('AcroForm')];
  const [old, now] = [before.dict(held) ?? new Map<string, CosObject>(), after.dict(heldNow)];
  for (const num of [numberOf(held), numberOf(old.get('Fields'))]) if (num !== undefined) pending.delete(num);
  if (!now) {
    if (old.size > 0) step.report('structure', { path: 'AcroForm' });
    return;
  }
  for (const key of new Set([...changedKeys(old, now), ...(old.has('DR') ? ['DR'] : [])])) {
    const isAllowed =
      key === 'Fields' ||
      (key === 'SigFlags' && hasBits(now.get(key), old.get(key))) ||
      (key === 'DA' && !old.has(key)) ||
      (key === 'DR' && isExtended(step, old.get(key), now.get(key), 3));
    if (!isAllowed) step.report('structure', { path: `AcroForm/${key}` });
  }
  if (promisesFields(step, old.get('Fields'), now.get('Fields')))
    step.report('structure', { path: 'AcroForm/Fields' });
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

/** Resources may gain entries; those they had stay as they were. */
function isExtended(
  step: Step,
  held: CosObject | undefined,
  heldNow: CosObject | undefined,
  depth: number,
): boolean {
  if (held === undefined || (isEqual(held, heldNow) && !step.pending.has(numberOf(held) ?? -1) && depth < 3))
    return true;
  const [old, now] = [step.before.get(held), step.after.get(heldNow)];
  if (!isDict(old) || !isDict(now) || depth === 0) return isEqual(held, heldNow) && isEqual(old, now);
  const num = numberOf(held);
  const isKept = [...old].every(([key, value]) => isExtended(step, value, now.get(key), depth - 1));
  if (isKept && num !== undefined) step.pending.delete(num);
  return isKept;
}

function reportNew(step: Step, field: FormField): boolean {
  const signature = signatureKind(step.after, field);
  if (signature) step.report(signature, { field: field.name }, field.name);
  else step.report('field-added', { field: field.name }, field.name);
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
  const redrawn = takeAppearances(step, old, pairs);
  if (touched.length === 0 && !redrawn) return false;
  for (const [num] of touched) pending.delete(num);
  const keys = touched.flatMap(([, before, after]) => changedKeys(before, after));
  const isSigning = old.type === 'Sig' && old.value === null && now.value !== null;
  const allowed = isSigning ? SIGNING : FILLING;
  const foreign = keys.find((key) => !allowed.has(key));
  const isResigned = old.type === 'Sig' && !isSigning;
  if (foreign !== undefined || isResigned || old.widgets.length !== now.widgets.length) {
    step.report('structure', { path: `field ${old.name}/${foreign ?? 'V'}` }, old.name);
    return true;
  }
  const signature = signatureKind(step.after, now);
  if (signature) step.report(signature, { field: now.name }, now.name);
  else reportFilled(step, old, now);
  return true;
}

function reportFilled(step: Step, old: FormField, now: FormField): void {
  const to = valueText(now.value);
  // The same value drawn anew would show the reader something the signer never saw.
  if (!isEqual(old.value, now.value))
    step.report('field-filled', { field: now.name, from: valueText(old.value), to }, now.name);
  const shown = now.type === 'Tx' ? differingText(step.after, now) : null;
  if (shown !== null)
    step.report('appearance-differs', { field: now.name, to, shown: shown.slice(0, 500) }, now.name);
}

/** Appearance streams written over in place, as long as nothing else shows them. */
function takeAppearances(step: Step, old: FormField, pairs: readonly [number, CosDict, CosDict][]): boolean {
  const { before, pending } = step;
  if (pending.size === 0) return false;
  const owners = new Set(pairs.map(([num]) => num));
  const below = new Set(old.widgets.flatMap(({ dict }) => [...reachable(before, dict.get('AP'), 1000)]));
  for (const num of below) owners.add(num);
  const rewritten = [...below].filter((num) => pending.has(num) && isOnlyReferredBy(step, num, owners));
  for (const num of rewritten) pending.delete(num);
  return rewritten.length > 0;
}

function valueText(value: CosObject): string {
  const text = textOf(value) ?? nameOf(value) ?? (isArray(value) ? value.map(valueText).join(', ') : '');
  return text.slice(0, 500);
}
