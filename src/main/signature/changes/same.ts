/** Do two entries show the same, wherever it stands now? Paths count, not object numbers (ISO 32000-2, 12.8.2.2.2). */
import type { CosObject } from '../../pdf/cos.ts';
import { isArray, isDict, isRef, isStream } from '../../pdf/cos.ts';
import { isEqual } from '../../pdf/equal.ts';
import type { Step } from './step.ts';

const MAX_DEPTH = 16;
const MAX_VALUES = 10_000;

/** @param old an entry before the update, @param now the entry of that name after it */
export function isSame(step: Step, old: CosObject | undefined, now: CosObject | undefined): boolean {
  let budget = MAX_VALUES;
  return compare(old, now, 0);

  function compare(a: CosObject | undefined, b: CosObject | undefined, depth: number): boolean {
    if (depth > MAX_DEPTH || --budget < 0) return false;
    if (isRef(a) && isRef(b) && isEqual(a, b) && !step.changed.has(a.num)) return true;
    const [was, is] = [step.before.get(a), step.after.get(b)];
    if (isArray(was))
      return (
        isArray(is) && was.length === is.length && was.every((item, i) => compare(item, is[i], depth + 1))
      );
    if (isDict(was)) return isDict(is) && hasSameEntries(was, is, depth + 1);
    if (isStream(was))
      return (
        isStream(is) && hasSameEntries(was.dict, is.dict, depth + 1) && isEqual(bytesOf(was), bytesOf(is))
      );
    return isEqual(was, is);
  }

  function hasSameEntries(
    was: ReadonlyMap<string, CosObject>,
    is: ReadonlyMap<string, CosObject>,
    depth: number,
  ): boolean {
    return (
      [...was].every(([key, value]) => compare(value, is.get(key), depth)) &&
      [...is.keys()].every((key) => was.has(key) || step.after.get(is.get(key)) === null)
    );
  }
}

const bytesOf = (stream: { readonly raw: () => Uint8Array }): CosObject => ({
  kind: 'string',
  bytes: stream.raw(),
});
