/**
 * Growth of the structure tree of a tagged file (ISO 32000-2, 14.7): a tool that adds a signature field may hang a
 * `Form` element for its widget into the tree. What was there keeps its place, order, text and meaning.
 */
import type { CosDict, CosObject } from '../../pdf/cos.ts';
import { intOf, isArray, isDict, isRef, nameOf } from '../../pdf/cos.ts';
import { changedKeys, isEqual } from '../../pdf/equal.ts';
import type { Redrawn } from './form.ts';
import { objectAt } from './graph.ts';
import { isSame } from './same.ts';
import { numberOf } from './step.ts';
import type { Step } from './step.ts';

const MAX_DEPTH = 32;

/** Takes growth that only serves new widgets off what is pending; any other change is left there. */
export function compareStructureTree(step: Step, redrawn: readonly Redrawn[]): void {
  const { before, after, pending } = step;
  const widgets = new Set(
    redrawn.filter(({ isNew }) => isNew).flatMap(({ field }) => field.widgets.map(({ ref }) => ref.num)),
  );
  const root = numberOf(before.catalog.get('StructTreeRoot'));
  if (root === undefined || widgets.size === 0 || pending.size === 0) return;

  const isNew = (item: CosObject): boolean => !isRef(item) || !step.graph.has(item.num);
  const isNewContent = (item: CosObject): boolean => {
    const content = after.dict(item);
    const shown = content?.get('Obj');
    return isNew(item) && nameOf(content?.get('Type')) === 'OBJR' && isRef(shown) && widgets.has(shown.num);
  };
  const isNewForm = (item: CosObject | undefined): boolean => {
    const element = isRef(item) && isNew(item) ? after.dict(item) : undefined;
    if (nameOf(element?.get('S')) !== 'Form') return false;
    const kids = listOf(element?.get('K'), (held) => after.get(held));
    return kids.length > 0 && kids.every(isNewContent);
  };

  /** The kids there were, in their order, and behind them new elements. */
  const isGrown = (old: CosObject | undefined, now: CosObject | undefined): boolean => {
    const [kids, grown] = [listOf(old, (held) => before.get(held)), listOf(now, (held) => after.get(held))];
    return kids.every((kid, i) => isEqual(kid, grown[i])) && grown.slice(kids.length).every(isNewForm);
  };
  const haveGrown = (old: CosDict, now: CosDict, others: readonly string[] = []): boolean =>
    changedKeys(old, now).every((key) => key === 'K' || others.includes(key)) &&
    isGrown(old.get('K'), now.get('K'));

  function compareElements(): void {
    for (const num of pending) {
      const [old, now] = [objectAt(before, num), objectAt(after, num)];
      const isKids = isArray(old) && isArray(now) && holdsKids(num) && isGrown(old, now);
      const isElement = isDict(old) && isDict(now) && nameOf(old.get('S')) !== undefined && old.has('P');
      if (isKids || (isElement && haveGrown(old, now))) pending.delete(num);
    }
  }

  /** Is this array nothing but the kids of elements? */
  const holdsKids = (num: number): boolean =>
    [...step.graph.referrersOf(num)].every((owner) => {
      const element = objectAt(before, owner);
      return isDict(element) && numberOf(element.get('K')) === num;
    });

  /** The same elements under a number? What changed in them is compared with the elements. */
  const isNamed = (value: CosObject, now: CosObject | undefined): boolean =>
    isEqual(value, now) || isSame(step, value, now);

  /** @returns whether the node, and all below it, only gained entries for new elements (7.9.7) */
  function compareNode(held: CosObject | undefined, heldNow: CosObject | undefined, depth: number): boolean {
    const [old, now] = [before.dict(held) ?? new Map<string, CosObject>(), after.dict(heldNow)];
    if (!now || depth > MAX_DEPTH) return false;
    if (changedKeys(old, now).some((key) => !['Nums', 'Kids', 'Limits'].includes(key))) return false;
    const [numbers, numbersNow] = [
      entriesOf(before.array(old.get('Nums'))),
      entriesOf(after.array(now.get('Nums'))),
    ];
    const isKept = [...numbers].every(([key, value]) => isNamed(value, numbersNow.get(key)));
    // A key twice would be one thing to one reader and another to the next.
    const isPlain = numbersNow.size * 2 === (after.array(now.get('Nums'))?.length ?? 0);
    const isOnlyNew = [...numbersNow].every(([key, value]) => numbers.has(key) || isNewForm(value));
    const [kids, kidsNow] = [before.array(old.get('Kids')) ?? [], after.array(now.get('Kids')) ?? []];
    const areKept = kids.every((kid, i) => compareNode(kid, kidsNow[i], depth + 1));
    const areNew = kidsNow
      .slice(kids.length)
      .every(
        (kid) =>
          isNew(kid) && [...entriesOf(after.array(after.dict(kid)?.get('Nums'))).values()].every(isNewForm),
      );
    if (!isPlain || !isKept || !isOnlyNew || !areKept || !areNew) return false;
    for (const num of [held, old.get('Nums'), old.get('Kids')].map(numberOf))
      if (num !== undefined) pending.delete(num);
    return true;
  }

  compareElements();
  const [old, now] = [
    before.dict(before.catalog.get('StructTreeRoot')),
    after.dict(after.catalog.get('StructTreeRoot')),
  ];
  if (!old || !now) return;
  const isTreeGrown = compareNode(old.get('ParentTree'), now.get('ParentTree'), 0);
  const isNextKept =
    (intOf(now.get('ParentTreeNextKey')) ?? Infinity) >= (intOf(old.get('ParentTreeNextKey')) ?? 0);
  if (isTreeGrown && isNextKept && haveGrown(old, now, ['ParentTree', 'ParentTreeNextKey']))
    pending.delete(root);
}

/** /K is one kid or a list of them (Table 355). */
function listOf(held: CosObject | undefined, get: (object: CosObject) => CosObject): readonly CosObject[] {
  if (held === undefined) return [];
  const kids = get(held);
  return isArray(kids) ? kids : [held];
}

/** Keys and values of a number tree's leaf. */
function entriesOf(numbers: readonly CosObject[] = []): Map<CosObject, CosObject> {
  const entries = new Map<CosObject, CosObject>();
  for (let i = 0; i < numbers.length; i += 2) entries.set(numbers[i]!, numbers[i + 1] ?? null);
  return entries;
}
