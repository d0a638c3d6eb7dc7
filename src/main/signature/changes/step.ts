/** What one update did to the document, object by object: the frame in which the parts are compared. */
import type { ChangeKind, Finding } from '../../../shared/domain/verification.ts';
import type { CosObject } from '../../pdf/cos.ts';
import { isRef, isStream, nameOf } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import type { XrefEntry } from '../../pdf/xref.ts';
import type { Revision } from '../../pdf/revisions.ts';
import { isEqual } from '../../pdf/equal.ts';
import { objectAt } from './graph.ts';
import type { Graph } from './graph.ts';

export interface FoundChange {
  readonly kind: ChangeKind;
  readonly revision: number;
  readonly params: Finding['params'];
  /** The form field it concerns: locks are by field. */
  readonly field?: string;
  /** A signature in a field that was there, empty, before. */
  readonly isFieldKept?: boolean;
}

export interface Step {
  /** The file as first signed. */
  readonly signed: PdfDocument;
  readonly before: PdfDocument;
  readonly after: PdfDocument;
  readonly revision: Revision;
  /** References as they stood before. */
  readonly graph: Graph;
  /**
   * Objects somebody could see before that are different now and not yet accounted for. What is left when all
   * parts have been compared was changed without right.
   */
  readonly pending: Set<number>;
  /** All of those, accounted for or not. */
  readonly changed: ReadonlySet<number>;
  /** @param field the form field it concerns */
  report(kind: ChangeKind, params?: Finding['params'], field?: string, isFieldKept?: boolean): void;
}

export function beginStep(
  signed: PdfDocument,
  before: PdfDocument,
  after: PdfDocument,
  revision: Revision,
  graph: Graph,
  found: FoundChange[],
): Step {
  const pending = new Set<number>();
  const changed = new Set<number>();
  const step: Step = {
    signed,
    before,
    after,
    revision,
    graph,
    pending,
    changed,
    report: (kind, params = {}, field, isFieldKept = false) => {
      const concerned = field === undefined ? {} : { field, isFieldKept };
      found.push({ kind, revision: revision.number, params, ...concerned });
    },
  };
  for (const num of listedNumbers(revision)) {
    const [old, now] = [before.objectEntry(num), after.objectEntry(num)];
    if (num === 0 || isSameEntry(old, now)) continue;
    // Bytes of an earlier revision brought to life now: a shadow document (Rohlmann et al. 2021).
    if (pointsBack(after, now, revision)) step.report('structure', { path: `xref ${num}` });
    // An object stream holds others: what changes it changes them unseen.
    if (isObjectStream(objectAt(before, num))) step.report('structure', { path: `object stream ${num}` });
    if (graph.has(num) && !isEqual(objectAt(before, num), objectAt(after, num))) changed.add(num);
  }
  for (const num of changed) pending.add(num);
  return step;
}

export function listedNumbers(revision: Revision): Set<number> {
  return new Set(revision.sections.flatMap(({ entries, hidden }) => [...entries.keys(), ...hidden.keys()]));
}

function isSameEntry(a: XrefEntry | undefined, b: XrefEntry | undefined): boolean {
  if (!a || a.type === 'free') return !b || b.type === 'free';
  if (a.type === 'plain') return b?.type === 'plain' && a.offset === b.offset && a.gen === b.gen;
  return b?.type === 'compressed' && a.container === b.container && a.index === b.index;
}

function pointsBack(document: PdfDocument, entry: XrefEntry | undefined, { start }: Revision): boolean {
  if (entry?.type === 'plain') return entry.offset < start;
  if (entry?.type !== 'compressed') return false;
  const container = document.objectEntry(entry.container);
  return container?.type !== 'plain' || container.offset < start;
}

const isObjectStream = (object: CosObject): boolean =>
  isStream(object) && nameOf(object.dict.get('Type')) === 'ObjStm';

export const numberOf = (object: CosObject | undefined): number | undefined =>
  isRef(object) ? object.num : undefined;
