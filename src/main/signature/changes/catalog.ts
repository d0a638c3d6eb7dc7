/** Changes of the trailer, the catalog, metadata and validation data. */
import { isDict } from '../../pdf/cos.ts';
import { changedKeys, isEqual } from './equal.ts';
import { reachable, TRAILER } from './graph.ts';
import { isOnlyReferredBy, numberOf } from './step.ts';
import type { Step } from './step.ts';

/** @returns false when the update exchanges the document's root or key: nothing below can then be compared */
export function compareTrailer(step: Step): boolean {
  const [old, now] = [step.before.trailer, step.after.trailer];
  if (!isEqual(old.get('Root'), now.get('Root')) || !isSameKey(step)) {
    step.report('structure', { path: 'trailer' });
    return false;
  }
  const info = numberOf(old.get('Info'));
  const isInfoChanged =
    info !== undefined && step.pending.has(info) && isOnlyReferredBy(step, info, new Set([TRAILER]));
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
const HARMLESS: ReadonlySet<string> = new Set(['Version', 'Extensions']);

export function compareCatalog(step: Step): void {
  const { before, after, pending } = step;
  const root = numberOf(before.trailer.get('Root'));
  const keys = changedKeys(before.catalog, after.catalog);
  if (root !== undefined) pending.delete(root);
  for (const key of keys)
    if (!ELSEWHERE.has(key) && !HARMLESS.has(key)) step.report('structure', { path: `Root/${key}` });
  const owner = new Set(root === undefined ? [] : [root]);
  compareMetadata(step, keys.includes('Metadata'), owner);
  compareValidationData(step, keys.includes('DSS'), owner);
}

function compareMetadata(step: Step, isReplaced: boolean, owner: ReadonlySet<number>): void {
  const num = numberOf(step.before.catalog.get('Metadata'));
  const isRewritten = num !== undefined && step.pending.has(num) && isOnlyReferredBy(step, num, owner);
  if (isRewritten) step.pending.delete(num);
  if (isReplaced || isRewritten) step.report('metadata');
}

/** The document security store may grow in any revision (ISO 32000-2, 12.8.4.3): it shows nothing. */
function compareValidationData(step: Step, isReplaced: boolean, root: ReadonlySet<number>): void {
  const { before, after, pending } = step;
  const store = after.get(after.catalog.get('DSS'));
  const below = reachable(before, before.catalog.get('DSS'));
  const owners = new Set([...below, ...root]);
  const rewritten = [...below].filter((num) => pending.has(num) && isOnlyReferredBy(step, num, owners));
  for (const num of rewritten) pending.delete(num);
  if (!isReplaced && rewritten.length === 0) return;
  if (isDict(store)) step.report('validation-data-added');
  else step.report('structure', { path: 'Root/DSS' });
}
