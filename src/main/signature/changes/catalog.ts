/** Changes of the trailer, the catalog, metadata and validation data. */
import type { CosObject } from '../../pdf/cos.ts';
import { intOf, isDict, nameOf } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { changedKeys, isEqual } from '../../pdf/equal.ts';
import { TRAILER } from './graph.ts';
import { isOnlyAt, ownedBelow } from './owned.ts';
import { isSame } from './same.ts';
import { numberOf } from './step.ts';
import type { Step } from './step.ts';

/** @returns false when the update exchanges the document's key: nothing below can then be compared */
export function compareTrailer(step: Step): boolean {
  const [old, now] = [step.before.trailer, step.after.trailer];
  if (!isSameKey(step)) {
    step.report('structure', { path: 'trailer' });
    return false;
  }
  const info = numberOf(old.get('Info'));
  const isInfoChanged =
    info !== undefined &&
    step.pending.has(info) &&
    isOnlyAt(step, info, { owner: TRAILER, value: old.get('Info') });
  if (isInfoChanged) step.pending.delete(info);
  if (isInfoChanged || !isEqual(old.get('Info'), now.get('Info'))) step.report('metadata');
  return true;
}

/** What encrypted files are read with; /ID is part of the key (7.6.4.3) and means nothing else. */
function isSameKey({ before, after }: Step): boolean {
  if (!isEqual(before.trailer.get('Encrypt'), after.trailer.get('Encrypt'))) return false;
  const [old, now] = [before.array(before.trailer.get('ID')), after.array(after.trailer.get('ID'))];
  return !before.encryption || isEqual(old?.[0], now?.[0]);
}

/** Keys whose change is judged elsewhere, or that show nothing. */
const ELSEWHERE: ReadonlySet<string> = new Set(['AcroForm', 'DSS', 'Metadata']);

export function compareCatalog(step: Step): void {
  const { before, after, pending } = step;
  const root = numberOf(before.trailer.get('Root'));
  const keys = changedKeys(before.catalog, after.catalog);
  if (root !== undefined) pending.delete(root);
  const extensions = numberOf(before.catalog.get('Extensions'));
  const areRewritten =
    extensions !== undefined &&
    pending.has(extensions) &&
    isOnlyAt(step, extensions, { owner: root ?? TRAILER, value: before.catalog.get('Extensions') });
  if (areRewritten) pending.delete(extensions);
  for (const key of areRewritten ? [...keys, 'Extensions'] : keys) {
    const [old, now] = [before.catalog.get(key), after.catalog.get(key)];
    if (!ELSEWHERE.has(key) && !isSame(step, old, now) && !isNewer(step, key))
      step.report('structure', { path: `Root/${key}` });
  }
  const owner = root ?? TRAILER;
  compareMetadata(step, keys.includes('Metadata'), owner);
  compareValidationData(step, keys.includes('DSS'), owner);
}

/** An update may use a newer version of PDF or more extensions than before (7.12.2, 7.5.5), never fewer. */
function isNewer({ before, after }: Step, key: string): boolean {
  const [old, now] = [before.get(before.catalog.get(key)), after.get(after.catalog.get(key))];
  if (key === 'Version') return (nameOf(now) ?? '') >= (nameOf(old) ?? '');
  const was = isDict(old) ? old : new Map<string, CosObject>();
  return (
    key === 'Extensions' &&
    isDict(now) &&
    [...was].every(([prefix, held]) => levelOf(after, now.get(prefix)) >= levelOf(before, held))
  );
}

/** Base version and level of a developer's extension; the least when there is none. */
function levelOf(document: PdfDocument, held: CosObject | undefined): string {
  const extension = document.dict(held);
  const level = intOf(document.get(extension?.get('ExtensionLevel'))) ?? 0;
  const base = nameOf(document.get(extension?.get('BaseVersion'))) ?? '';
  return `${base} ${String(level).padStart(9, '0')}`;
}

function compareMetadata(step: Step, isReplaced: boolean, owner: number): void {
  const value = step.before.catalog.get('Metadata');
  const num = numberOf(value);
  const isRewritten = num !== undefined && step.pending.has(num) && isOnlyAt(step, num, { owner, value });
  if (isRewritten) step.pending.delete(num);
  if (isReplaced || isRewritten) step.report('metadata');
}

/** The document security store may grow in any revision (ISO 32000-2, 12.8.4.3): it shows nothing. */
function compareValidationData(step: Step, isReplaced: boolean, owner: number): void {
  const { before, after, pending } = step;
  if (!isReplaced && pending.size === 0) return;
  const store = after.get(after.catalog.get('DSS'));
  const owned = ownedBelow(step, [{ owner, value: before.catalog.get('DSS') }]);
  const rewritten = [...owned].filter((num) => pending.has(num));
  for (const num of rewritten) pending.delete(num);
  if (!isReplaced && rewritten.length === 0) return;
  if (isDict(store)) step.report('validation-data-added');
  else step.report('structure', { path: 'Root/DSS' });
}
