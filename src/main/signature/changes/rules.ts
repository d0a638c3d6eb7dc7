/** Which changes the signatures before them permit (ISO 32000-2, 12.8.2.2 DocMDP, 12.8.2.4 FieldMDP). */
import type { Change, ChangeKind } from '../../../shared/domain/verification.ts';
import type { CosDict, CosObject } from '../../pdf/cos.ts';
import { intOf, nameOf, textOf } from '../../pdf/cos.ts';
import type { FieldLock } from '../../pdf/permissions.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import type { FoundChange } from './step.ts';

/** What one signature lays down for everything after it. */
export interface Restriction {
  /** The revision the signature closes. */
  readonly revision: number;
  readonly level: 1 | 2 | 3 | null;
  readonly locks: readonly FieldLock[];
}

/**
 * The least permission a kind of change needs: 1 even where nothing may change, 2 where filling in and signing
 * may, `never` whatever is said. Comments (level 3) and page content are never let pass: they can hide what was
 * signed, which no reader of the result would notice (Rohlmann et al. 2021).
 */
const NEEDS: Readonly<Record<ChangeKind, 1 | 2 | 'never'>> = {
  'timestamp-added': 1,
  'validation-data-added': 1,
  metadata: 1,
  'field-filled': 2,
  'appearance-unproven': 2,
  'cover-unproven': 2,
  'signature-added': 2,
  'signature-field-added': 2,
  'field-added': 'never',
  annotation: 'never',
  'appearance-differs': 'never',
  'text-covered': 'never',
  'page-content': 'never',
  structure: 'never',
  'unexplained-bytes': 'never',
};

export function isPermitted(change: FoundChange, restrictions: readonly Restriction[]): boolean {
  const needs = NEEDS[change.kind];
  if (needs === 'never') return false;
  const before = restrictions.filter(({ revision }) => revision < change.revision);
  const { field } = change;
  const isLocked = (lock: FieldLock): boolean =>
    field !== undefined && covers(lock, field) && !(change.isFieldKept && lock.action === 'Exclude');
  if (needs === 2 && before.some(({ locks }) => locks.some(isLocked))) return false;
  return before.every(({ level }) => needs === 1 || level !== 1);
}

/**
 * Does a lock name this field? To sign a signature field that was there changes no locked value unless the lock names it
 * (12.8.2.4: FieldMDP detects changes to the values of form fields); one that only says what it leaves out names none.
 * A lock on a parent holds below it: names are hierarchical (12.7.4.2). */
function covers({ action, fields }: FieldLock, field: string): boolean {
  const isListed = fields.some((name) => field === name || field.startsWith(`${name}.`));
  return action === 'All' || (action === 'Include') === isListed;
}

/** The locks in a signature's references and in its field. */
export const locksOf = (document: PdfDocument, signature: CosDict, field: CosDict): FieldLock[] =>
  locksIn(document, signature, field).map((params) => readLock(document, params));

function locksIn(document: PdfDocument, signature: CosDict, field: CosDict): CosDict[] {
  const wish = document.dict(field.get('Lock'));
  const held = (document.array(signature.get('Reference')) ?? []).flatMap((item) => {
    const reference = document.dict(item);
    if (nameOf(document.get(reference?.get('TransformMethod'))) !== 'FieldMDP') return [];
    return [document.dict(reference?.get('TransformParams')) ?? new Map<string, CosObject>()];
  });
  return [...held, ...(wish ? [wish] : [])];
}

/**
 * The level a field's lock gives the document once the field is signed (Table 236, P); iText writes it with what is
 * locked. Null when it says none.
 */
export function levelOfLock(document: PdfDocument, signature: CosDict, field: CosDict): 1 | 2 | 3 | null {
  const levels = locksIn(document, signature, field).flatMap((params) => {
    const level = document.get(params.get('P'));
    return level === null ? [] : [levelOf(level)];
  });
  return levels.length > 0 ? (Math.min(...levels) as 1 | 2 | 3) : null;
}

/** A DocMDP level (Table 257): absent means 2, an unknown one the strictest. */
export const levelOf = (level: CosObject): 1 | 2 | 3 =>
  level === null || intOf(level) === 2 ? 2 : intOf(level) === 3 ? 3 : 1;

/** One that cannot be read locks everything. */
function readLock(document: PdfDocument, params: CosDict): FieldLock {
  const action = nameOf(document.get(params.get('Action')));
  const fields = (document.array(params.get('Fields')) ?? []).flatMap(
    (item) => textOf(document.get(item)) ?? [],
  );
  return action === 'Include' || action === 'Exclude' ? { action, fields } : { action: 'All', fields: [] };
}

export const judged = (found: readonly FoundChange[], restrictions: readonly Restriction[]): Change[] =>
  found.map((change) => ({
    kind: change.kind,
    revision: change.revision,
    allowed: isPermitted(change, restrictions),
    params: change.params,
  }));
