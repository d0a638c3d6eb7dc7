/** Which objects of a document refer to which: what may be read when the document is shown. */
import type { CosObject } from '../../pdf/cos.ts';
import { isArray, isDict, isRef, isStream } from '../../pdf/cos.ts';
import type { CosRef } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { plainReferences } from './plain-references.ts';

/** Stands for the trailer among object numbers. */
export const TRAILER = 0;

/**
 * Object numbers met from the trailer on, and the objects that refer to them. A number that is referred to but has
 * no object yet is in it too: a later revision could bring it to life.
 */
export interface Graph {
  has(num: number): boolean;
  /** Objects that refer to `num`; empty when none does. */
  referrersOf(num: number): ReadonlySet<number>;
  /** Takes in what the objects `nums` of a newer revision refer to. */
  grow(document: PdfDocument, nums: Iterable<number>): void;
}

/** Entries of the trailer that a reader follows. */
const ROOTS = ['Root', 'Info', 'Encrypt', 'ID'];

const NOBODY: ReadonlySet<number> = new Set();

export function graphOf(document: PdfDocument): Graph {
  const visited = new Set<number>();
  // Owner and target in turn; put in order for `referrersOf` only when somebody asks.
  const edges: number[] = [];
  const referrers = new Map<number, Set<number>>();
  let ordered = 0;

  function record(owner: number, targets: Iterable<CosRef>, queue: CosRef[]): void {
    for (const target of targets) {
      edges.push(owner, target.num);
      if (visited.has(target.num)) continue;
      visited.add(target.num);
      queue.push(target);
    }
  }

  function walk(source: PdfDocument, queue: CosRef[]): void {
    // In the order found, which is mostly the order in the file: the queue grows while it is walked.
    for (const next of queue)
      record(next.num, plainReferences(source, next) ?? references(source.get(next)), queue);
  }

  const queue: CosRef[] = [];
  for (const key of ROOTS) record(TRAILER, references(document.trailer.get(key) ?? null), queue);
  walk(document, queue);
  return {
    has: (num) => visited.has(num),
    referrersOf(num) {
      for (; ordered < edges.length; ordered += 2) {
        const [owner, target] = [edges[ordered]!, edges[ordered + 1]!];
        const known = referrers.get(target);
        if (known) known.add(owner);
        else referrers.set(target, new Set([owner]));
      }
      return referrers.get(num) ?? NOBODY;
    },
    grow(newer, nums) {
      const fresh: CosRef[] = [];
      for (const key of ROOTS) record(TRAILER, references(newer.trailer.get(key) ?? null), fresh);
      for (const num of nums) if (visited.has(num)) record(num, references(objectAt(newer, num)), fresh);
      walk(newer, fresh);
    },
  };
}

/** The object a number stands for, whatever its generation; null when it has none. */
export function objectAt(document: PdfDocument, num: number): CosObject {
  const entry = document.objectEntry(num);
  if (!entry || entry.type === 'free') return null;
  return document.get({ kind: 'ref', num, gen: entry.type === 'plain' ? entry.gen : 0 });
}

export function* references(object: CosObject): Generator<CosRef> {
  if (isRef(object)) yield object;
  else if (isArray(object)) for (const item of object) yield* references(item);
  else if (isDict(object)) for (const item of object.values()) yield* references(item);
  else if (isStream(object)) yield* references(object.dict);
}

/** Numbers of all objects below `object`, at most `limit`. */
export function reachable(
  document: PdfDocument,
  object: CosObject | undefined,
  limit = 100_000,
): Set<number> {
  const found = new Set<number>();
  const queue = [...references(object ?? null)];
  for (let next = queue.pop(); next && found.size < limit; next = queue.pop()) {
    if (found.has(next.num)) continue;
    found.add(next.num);
    for (const reference of references(document.get(next))) queue.push(reference);
  }
  return found;
}
