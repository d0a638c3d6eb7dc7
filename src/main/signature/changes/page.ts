/** Changes of pages and what lies on them. */
import { isDict, isRef, nameOf } from '../../pdf/cos.ts';
import type { CosDict, CosObject } from '../../pdf/cos.ts';
import { pages } from '../../pdf/pages.ts';
import { changedKeys, isEqual } from './equal.ts';
import type { Redrawn } from './form.ts';
import { objectAt, TRAILER } from './graph.ts';
import { numberOf } from './step.ts';
import type { Step } from './step.ts';

export function comparePages(step: Step, redrawn: readonly Redrawn[]): void {
  if (step.pending.size === 0) return;
  const { before, after, pending } = step;
  const newWidgets = new Set(
    redrawn.filter(({ isNew }) => isNew).flatMap(({ field }) => field.widgets.map(({ ref }) => ref.num)),
  );
  const pageNumbers = new Map<number, number>();
  for (const page of pages(before)) {
    pageNumbers.set(page.ref.num, page.index + 1);
    const held = page.dict.get('Annots');
    const list = numberOf(held);
    const isListChanged = list !== undefined && pending.delete(list);
    const isPageChanged = pending.delete(page.ref.num);
    const now = after.dict(page.ref);
    if (isPageChanged) comparePage(step, page.index + 1, page.dict, now);
    if (isPageChanged || isListChanged)
      compareAnnotations(
        step,
        page.index + 1,
        before.array(held) ?? [],
        after.array(now?.get('Annots')) ?? [],
        newWidgets,
      );
    compareContents(step, page.index + 1, before.array(held) ?? []);
  }
  reportRest(step, pageNumbers);
}

function comparePage(step: Step, page: number, old: CosDict, now: CosDict | undefined): void {
  const keys = changedKeys(old, now ?? new Map()).filter((key) => key !== 'Annots');
  if (keys.length > 0) step.report('page-content', { page, path: keys.join(', ') });
}

const isIn = (list: readonly CosObject[], item: CosObject): boolean =>
  list.some((other) => isEqual(item, other));

function compareAnnotations(
  step: Step,
  page: number,
  old: readonly CosObject[],
  now: readonly CosObject[],
  newWidgets: ReadonlySet<number>,
): void {
  for (const item of old) if (!isIn(now, item)) reportAnnotation(step, page, step.before.get(item));
  for (const item of now) {
    const isNewWidget = isRef(item) && newWidgets.has(item.num) && !step.graph.referrers.has(item.num);
    if (!isNewWidget && !isIn(old, item)) reportAnnotation(step, page, step.after.get(item));
  }
}

/** Annotations changed in place; widgets of fields were compared with the form. */
function compareContents(step: Step, page: number, annotations: readonly CosObject[]): void {
  for (const item of annotations)
    if (isRef(item) && step.pending.delete(item.num)) reportAnnotation(step, page, step.before.get(item));
}

function reportAnnotation(step: Step, page: number, annotation: CosObject): void {
  const subtype = isDict(annotation) ? nameOf(annotation.get('Subtype')) : undefined;
  step.report('annotation', { page, subtype: subtype ?? '' });
}

/** What no rule accounts for: named after the page that shows it, if one does. */
function reportRest(step: Step, pageNumbers: ReadonlyMap<number, number>): void {
  const { pending, graph } = step;
  for (const num of pending) {
    const isTree = nameOf(asDict(objectAt(step.before, num))?.get('Type')) === 'Pages';
    const page = isTree ? undefined : nearestPage(num, graph.referrers, pageNumbers);
    if (page === undefined) step.report('structure', { path: `object ${num}` });
    else step.report('page-content', { page, path: `object ${num}` });
  }
  pending.clear();
}

const asDict = (object: CosObject): CosDict | undefined => (isDict(object) ? object : undefined);

function nearestPage(
  num: number,
  referrers: ReadonlyMap<number, ReadonlySet<number>>,
  pageNumbers: ReadonlyMap<number, number>,
): number | undefined {
  const seen = new Set([num, TRAILER]);
  const queue = [num];
  for (const next of queue) {
    const page = pageNumbers.get(next);
    if (page !== undefined) return page;
    for (const above of referrers.get(next) ?? [])
      if (!seen.has(above)) {
        seen.add(above);
        queue.push(above);
      }
  }
  return undefined;
}
