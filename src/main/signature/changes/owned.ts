/** Which objects are shown in one place only: what an update may do there, it may do nowhere else. */
import type { CosObject } from '../../pdf/cos.ts';
import { objectAt, reachable, references, TRAILER } from './graph.ts';
import type { Step } from './step.ts';

/** What an object refers to in one of its entries. */
export interface Place {
  /** Object number, `TRAILER` for the trailer. */
  readonly owner: number;
  readonly value: CosObject | undefined;
}

/** Is `num` referred to from these places and nowhere else, not even from another entry of the same object? */
export const isOnlyAt = (step: Step, num: number, ...places: readonly Place[]): boolean =>
  isHeldBy(step, num, new Set(places.map(({ owner }) => owner)), elsewhereOf(step, places));

/** Everything below these places that nothing else leads to. @param limit objects looked at below each */
export function ownedBelow(step: Step, places: readonly Place[], limit?: number): Set<number> {
  const { before } = step;
  const owned = new Set(places.flatMap(({ value }) => [...reachable(before, value, limit)]));
  const elsewhere = elsewhereOf(step, places);
  const owners = new Set([...places.map(({ owner }) => owner), ...owned]);
  // What is shown elsewhere too shows there all it leads to.
  const queue = [...owned].filter((num) => !isHeldBy(step, num, owners, elsewhere));
  for (let num = queue.pop(); num !== undefined; num = queue.pop()) {
    if (!owned.delete(num)) continue;
    for (const { num: below } of references(objectAt(before, num))) if (owned.has(below)) queue.push(below);
  }
  return owned;
}

function isHeldBy(
  { graph }: Step,
  num: number,
  owners: ReadonlySet<number>,
  elsewhere: ReadonlySet<number>,
): boolean {
  const referrers = [...graph.referrersOf(num)];
  return !elsewhere.has(num) && referrers.length > 0 && referrers.every((owner) => owners.has(owner));
}

/** What the owners refer to besides what stands in these places. */
function elsewhereOf({ before }: Step, places: readonly Place[]): Set<number> {
  const counts = new Map<number, number>();
  const count = (object: CosObject | undefined, by: number): void => {
    for (const { num } of references(object ?? null)) counts.set(num, (counts.get(num) ?? 0) + by);
  };
  for (const owner of new Set(places.map((place) => place.owner)))
    count(owner === TRAILER ? before.trailer : objectAt(before, owner), 1);
  for (const { value } of places) count(value, -1);
  return new Set([...counts].flatMap(([num, left]) => (left > 0 ? [num] : [])));
}
