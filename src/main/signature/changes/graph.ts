/** Which objects of a document refer to which: what may be read when the document is shown. */
import type { CosObject } from '../../pdf/cos.ts';
import { isArray, isDict, isRef, isStream } from '../../pdf/cos.ts';
import type { CosRef } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';

/** Stands for the trailer among object numbers. */
export const TRAILER = 0;

/**
 * Object numbers met from the trailer on, with the numbers of the objects that refer to them. A number that is
 * referred to but has no object yet is in it too: a later revision could bring it to life.
 */
export interface Graph {
  readonly referrers: ReadonlyMap<number, ReadonlySet<number>>;
  /** Takes in what the objects `nums` of a newer revision refer to. */
  grow(document: PdfDocument, nums: Iterable<number>): void;
}

export function graphOf(document: PdfDocument): Graph {
  const referrers = new Map<number, Set<number>>();
  const visited = new Set<number>();

  /** Records every reference in `object` and returns those not seen before. */
  function record(owner: number, object: CosObject, queue: CosRef[]): void {
    for (const target of references(object)) {
      const known = referrers.get(target.num);
      if (known) known.add(owner);
      else referrers.set(target.num, new Set([owner]));
      if (!visited.has(target.num)) {
        visited.add(target.num);
        queue.push(target);
      }
    }
  }

  function walk(source: PdfDocument, queue: CosRef[]): void {
    // In the order found, which is mostly the order in the file: the queue grows while it is walked.
    for (const next of queue) record(next.num, source.get(next), queue);
  }

  const queue: CosRef[] = [];
  for (const key of ['Root', 'Info', 'Encrypt', 'ID'])
    record(TRAILER, document.trailer.get(key) ?? null, queue);
  walk(document, queue);
  return {
    referrers,
    grow(newer, nums) {
      const fresh: CosRef[] = [];
      for (const num of nums) if (referrers.has(num)) record(num, objectAt(newer, num), fresh);
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
    queue.push(...references(document.get(next)));
  }
  return found;
}
