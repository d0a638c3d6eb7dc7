/** Changes of pages and what lies on them. */
import { isArray, isDict, isName, isRef, nameOf } from '../../pdf/cos.ts';
import type { CosDict, CosObject } from '../../pdf/cos.ts';
import { pages } from '../../pdf/pages.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { changedKeys, isEqual } from '../../pdf/equal.ts';
import type { Redrawn } from './form.ts';
import { objectAt, TRAILER } from './graph.ts';
import type { Graph } from './graph.ts';
import { isSame } from './same.ts';
import { numberOf } from './step.ts';
import type { Step } from './step.ts';

export function comparePages(step: Step, redrawn: readonly Redrawn[]): void {
  const { before, after, pending } = step;
  if (pending.size === 0) return;
  // A field that was nowhere to be seen may be put on a page when it is signed.
  const newWidgets = new Set(
    redrawn
      .filter(({ isNew, isSigned }) => isNew || isSigned)
      .flatMap(({ field, isNew }) =>
        field.widgets.flatMap(({ ref }) => (isNew && step.graph.has(ref.num) ? [] : [ref.num])),
      ),
  );
  const numbers = pageNumbers(before);
  for (const num of changedPages(step)) {
    const old = asDict(objectAt(before, num)) ?? new Map<string, CosObject>();
    const now = asDict(objectAt(after, num));
    const held = old.get('Annots');
    const list = numberOf(held);
    const isListChanged = list !== undefined && pending.delete(list);
    const isPageChanged = pending.delete(num);
    const annotations = before.array(held) ?? [];
    const place = { step, page: () => numbers().get(num) ?? 0 };
    if (isPageChanged) comparePage(place, old, now);
    if (isPageChanged || isListChanged)
      compareAnnotations(place, annotations, after.array(now?.get('Annots')) ?? [], newWidgets);
    compareContents(place, annotations);
  }
  reportRest(step, numbers);
}

/** Where a change is to be reported. Page numbers are found when one is needed: most files never need them. */
interface Place {
  readonly step: Step;
  /** Counted from 1. */
  readonly page: () => number;
}

function pageNumbers(document: PdfDocument): () => ReadonlyMap<number, number> {
  let numbers: Map<number, number> | undefined;
  return () => (numbers ??= new Map(Array.from(pages(document), ({ ref, index }) => [ref.num, index + 1])));
}

/** Pages that changed, or whose annotations did: themselves, the list of them or one of those in it. */
function changedPages({ before, pending, graph }: Step): Set<number> {
  const found = new Set<number>();
  const addWithAnnotations = (num: number, isWanted: (annots: CosObject | undefined) => boolean): void => {
    const page = asDict(objectAt(before, num));
    if (page && isPage(page) && isWanted(page.get('Annots'))) found.add(num);
  };
  for (const num of pending) {
    addWithAnnotations(num, () => true);
    for (const owner of graph.referrersOf(num)) {
      addWithAnnotations(owner, (annots) => annots !== undefined);
      for (const above of isArray(objectAt(before, owner)) ? graph.referrersOf(owner) : [])
        addWithAnnotations(above, (annots) => numberOf(annots) === owner);
    }
  }
  return found;
}

/** Some writers leave /Type away; whatever else this lets in may change no more than a page may. */
const isPage = (dict: CosDict): boolean => {
  const type = dict.get('Type');
  return isName(type) ? type.name === 'Page' : dict.has('Contents') || dict.has('MediaBox');
};

function comparePage({ step, page }: Place, old: CosDict, now: CosDict | undefined): void {
  const keys = changedKeys(old, now ?? new Map()).filter(
    (key) => key !== 'Annots' && !isSame(step, old.get(key), now?.get(key)),
  );
  if (keys.length > 0) step.report('page-content', { page: page(), path: keys.join(', ') });
}

/** Is an entry in a list? References, of which a hostile list holds a million, are looked up and not searched. */
function membership(list: readonly CosObject[]): (item: CosObject) => boolean {
  const refs = new Set(list.flatMap((item) => (isRef(item) ? [`${item.num} ${item.gen}`] : [])));
  const direct = list.filter((item) => !isRef(item)).slice(0, MAX_DIRECT);
  return (item) =>
    isRef(item) ? refs.has(`${item.num} ${item.gen}`) : direct.some((other) => isEqual(item, other));
}

const MAX_DIRECT = 1000;

function compareAnnotations(
  place: Place,
  old: readonly CosObject[],
  now: readonly CosObject[],
  newWidgets: ReadonlySet<number>,
): void {
  const { step } = place;
  const [wasThere, isThere] = [membership(old), membership(now)];
  for (const item of old) if (!isThere(item)) reportAnnotation(place, step.before.get(item));
  for (const item of now) {
    const isNewWidget = isRef(item) && newWidgets.has(item.num);
    if (!isNewWidget && !wasThere(item)) reportAnnotation(place, step.after.get(item));
  }
}

/** Annotations changed in place; widgets of fields were compared with the form. */
function compareContents(place: Place, annotations: readonly CosObject[]): void {
  const { before, pending } = place.step;
  for (const item of annotations)
    if (isRef(item) && pending.delete(item.num)) reportAnnotation(place, before.get(item));
}

function reportAnnotation({ step, page }: Place, annotation: CosObject): void {
  const subtype = isDict(annotation) ? nameOf(annotation.get('Subtype')) : undefined;
  step.report('annotation', { page: page(), subtype: subtype ?? '' });
}

/** All that a reader looks for in a node of the page tree (Tables 30 and 31); iText signs it with a key of its own. */
const TREE_KEYS: ReadonlySet<string> = new Set([
  'Type',
  'Parent',
  'Kids',
  'Count',
  'Resources',
  'MediaBox',
  'CropBox',
  'Rotate',
]);

/** What no rule accounts for: named after the page that shows it, if one does. */
function reportRest(step: Step, numbers: () => ReadonlyMap<number, number>): void {
  const { pending, graph } = step;
  for (const num of pending) {
    if (isSame(step, objectAt(step.before, num), objectAt(step.after, num))) continue;
    const [old, now] = [asDict(objectAt(step.before, num)), asDict(objectAt(step.after, num))];
    const isTree = nameOf(old?.get('Type')) === 'Pages';
    if (isTree && old && now && changedKeys(old, now).every((key) => !TREE_KEYS.has(key))) continue;
    const page = isTree ? undefined : nearestPage(num, graph, numbers());
    if (page === undefined) step.report('structure', { path: `object ${num}` });
    else step.report('page-content', { page, path: `object ${num}` });
  }
  pending.clear();
}

const asDict = (object: CosObject): CosDict | undefined => (isDict(object) ? object : undefined);

function nearestPage(
  num: number,
  graph: Graph,
  pageNumbers: ReadonlyMap<number, number>,
): number | undefined {
  const seen = new Set([num, TRAILER]);
  const queue = [num];
  for (const next of queue) {
    const page = pageNumbers.get(next);
    if (page !== undefined) return page;
    for (const above of graph.referrersOf(next))
      if (!seen.has(above)) {
        seen.add(above);
        queue.push(above);
      }
  }
  return undefined;
}
