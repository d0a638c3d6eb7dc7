import { DeskError } from '../../shared/errors/index.ts';
import type { CosDict, CosObject } from './cos.ts';
import { intOf, nameOf, textOf } from './cos.ts';
import type { FormField } from './form.ts';
import { signatureOf } from './form.ts';
import { damaged } from './limits.ts';
import type { PdfDocument } from './reader.ts';

/** Which fields a signature froze (ISO 32000-2, 12.8.2.4 and Table 236). */
export interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude';
  readonly fields: readonly string[];
}

type Level = 1 | 2 | 3;
/** A restriction with the signature that brought it, named as a person would look for it. */
interface By {
  readonly by: string;
}
interface Restrictions {
  /** The strictest DocMDP level in force; undefined when nothing was certified. */
  readonly level: (By & { readonly level: Level }) | undefined;
  readonly locks: readonly (By & { readonly lock: FieldLock })[];
}

export interface Change {
  /** `add-timestamp`: a new, invisible field that holds a document timestamp. */
  readonly kind: 'fill' | 'sign' | 'add-field' | 'add-timestamp';
  readonly field: string;
}

function readLock(document: PdfDocument, params: CosDict): FieldLock | undefined {
  const action = nameOf(document.get(params.get('Action')));
  if (action !== 'All' && action !== 'Include' && action !== 'Exclude') return undefined;
  const fields = (document.array(params.get('Fields')) ?? [])
    .map((item) => textOf(document.get(item)))
    .filter((item) => item !== undefined);
  return { action, fields };
}

/** What the form's author wants frozen once this field is signed (Table 236). */
export function lockOfField(document: PdfDocument, field: FormField): FieldLock | undefined {
  const lock = document.dict(field.dict.get('Lock'));
  return lock && readLock(document, lock);
}

/** The lock that freezes what either of two freezes. */
export function joinLocks(one: FieldLock | undefined, other: FieldLock | undefined): FieldLock | undefined {
  if (!one || !other) return one ?? other;
  if (one.action === 'All' || other.action === 'All') return { action: 'All', fields: [] };
  const [included, excluded] = one.action === 'Include' ? [one, other] : [other, one];
  if (excluded.action === 'Include') {
    return { action: 'Include', fields: [...new Set([...one.fields, ...other.fields])] };
  }
  const isFrozen = (field: string) =>
    included.action === 'Include' ? freezes(included, field) : !included.fields.includes(field);
  return { action: 'Exclude', fields: excluded.fields.filter((field) => !isFrozen(field)) };
}

/** Locking a parent locks what is below it (12.7.4.2: names are hierarchical). */
export function freezes(lock: FieldLock, field: string): boolean {
  const listed = lock.fields.some((name) => field === name || field.startsWith(`${name}.`));
  return lock.action === 'All' || (lock.action === 'Include') === listed;
}

function levelOf(object: CosObject): Level {
  const level = intOf(object);
  // Table 257: absent means 2; a level nobody defined is taken as the strictest.
  return object === null || level === 2 ? 2 : level === 3 ? 3 : 1;
}

function restrictions(document: PdfDocument, fields: readonly FormField[]): Restrictions {
  const levels: (By & { level: Level })[] = [];
  const locks: (By & { lock: FieldLock })[] = [];
  const readSignature = (signature: CosDict, field: string) => {
    const by = textOf(document.get(signature.get('Name'))) ?? field;
    for (const item of document.array(signature.get('Reference')) ?? []) {
      const reference = document.dict(item);
      const method = nameOf(document.get(reference?.get('TransformMethod')));
      const params = document.dict(reference?.get('TransformParams')) ?? new Map<string, CosObject>();
      if (method === 'DocMDP') levels.push({ level: levelOf(document.get(params.get('P'))), by });
      if (method === 'FieldMDP')
        locks.push({ lock: readLock(document, params) ?? { action: 'All', fields: [] }, by });
    }
    return by;
  };
  for (const field of fields) {
    const signature = signatureOf(field);
    if (!signature) continue;
    const by = readSignature(signature, field.name);
    const lock = lockOfField(document, field);
    if (lock) locks.push({ lock, by });
    const wish = document.dict(field.dict.get('Lock'));
    if (wish?.has('P')) levels.push({ level: levelOf(document.get(wish.get('P'))), by });
  }
  // Last: its field names it better.
  const permissions = document.dict(document.catalog.get('Perms'));
  const certification = document.dict(permissions?.get('DocMDP'));
  if (certification) readSignature(certification, 'DocMDP');
  return { level: levels.toSorted((a, b) => a.level - b.level)[0], locks };
}

/** Bits of /P (Table 22), counted from 1. */
function allowed(permissions: number, bit: number): boolean {
  return ((permissions >> (bit - 1)) & 1) === 1;
}

function checkEncryptionPermissions(document: PdfDocument, change: Change): void {
  const { encryption } = document;
  if (!encryption || encryption.unlockedBy === 'owner') return;
  const annotate = allowed(encryption.permissions, 6);
  const may =
    change.kind === 'add-field' || change.kind === 'add-timestamp'
      ? annotate && allowed(encryption.permissions, 4)
      : annotate || allowed(encryption.permissions, 9);
  if (!may) throw new DeskError('pdf.permission-denied');
}

/**
 * Refuses a change that would make the file ambiguous or an earlier signature invalid.
 * Errors: `pdf.damaged`, `pdf.dynamic-form`, `pdf.permission-denied`, `pdf.certified-no-changes`,
 * `pdf.certified-no-new-field`, `pdf.field-locked`.
 */
export function checkPermitted(document: PdfDocument, fields: readonly FormField[], change: Change): void {
  if (document.damage) throw damaged(document.damage);
  if (document.get(document.catalog.get('NeedsRendering')) === true) throw new DeskError('pdf.dynamic-form');
  checkEncryptionPermissions(document, change);
  // Table 257, P: document timestamps do not count as changes, whatever was certified or locked.
  if (change.kind === 'add-timestamp') return;
  const { level, locks } = restrictions(document, fields);
  if (level?.level === 1) throw new DeskError('pdf.certified-no-changes', { by: level.by });
  // Table 257 allows signing but not adding fields; readers call the signature broken when one is added.
  if (level && change.kind === 'add-field') {
    throw new DeskError('pdf.certified-no-new-field', { by: level.by });
  }
  const locked = locks.find(({ lock }) => freezes(lock, change.field));
  if (locked) throw new DeskError('pdf.field-locked', { field: change.field, by: locked.by });
}

/** Whether nothing speaks against a change. */
export function isPermitted(document: PdfDocument, fields: readonly FormField[], change: Change): boolean {
  try {
    checkPermitted(document, fields, change);
    return true;
  } catch (error) {
    if (error instanceof DeskError) return false;
    throw error;
  }
}
