/** Every byte of an update must belong to what its cross-reference section lists, or to the section itself. */
import type { PdfDocument } from '../../pdf/reader.ts';
import { isBlank } from '../../pdf/revisions.ts';
import type { Revision } from '../../pdf/revisions.ts';

export interface Gap {
  readonly offset: number;
  readonly length: number;
}

/**
 * The first bytes of a revision that nothing explains; null when all are explained. Two things in one place are
 * as bad as nothing: which one counts is then the reader's choice.
 * @param document the file as it ended with this revision
 */
export function unexplainedBytes(document: PdfDocument, revision: Revision): Gap | null {
  const spans = revision.sections.map(({ offset, end }) => ({ offset, end: end ?? offset }));
  const seen = new Set<number>();
  for (const { entries, hidden } of revision.sections)
    for (const num of [...entries.keys(), ...hidden.keys()]) {
      const entry = document.objectEntry(num);
      if (seen.has(num) || entry?.type !== 'plain' || entry.offset < revision.start) continue;
      seen.add(num);
      // The section's own stream is spanned with its trailer above.
      if (revision.sections.some(({ offset }) => offset === entry.offset)) continue;
      const span = document.objectSpan(num);
      if (span) spans.push(span);
    }
  let at = revision.start;
  for (const { offset, end } of spans.toSorted((a, b) => a.offset - b.offset)) {
    if (offset < at) return { offset, length: Math.min(at, end) - offset };
    if (!isBlank(document.source, at, offset)) return { offset: at, length: offset - at };
    at = end;
  }
  return isBlank(document.source, at, revision.end) ? null : { offset: at, length: revision.end - at };
}
