/** What every update after a signed revision changed (ISO 32000-2, 12.8.2.2.2: comparing the two versions). */
import { DeskError } from '../../../shared/errors/index.ts';
import { listFields } from '../../pdf/form.ts';
import { openPdf } from '../../pdf/reader.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { prefixSource } from '../../pdf/source.ts';
import { isBlank } from '../../pdf/revisions.ts';
import type { Revision } from '../../pdf/revisions.ts';
import { unexplainedBytes } from './bytes.ts';
import type { Gap } from './bytes.ts';
import { compareCatalog, compareTrailer } from './catalog.ts';
import { coversOf } from './covers.ts';
import type { Cover } from './covers.ts';
import { compareForm } from './form.ts';
import { graphOf } from './graph.ts';
import { comparePages } from './page.ts';
import { hiddenBelow } from './second-opinion.ts';
import { compareStructureTree } from './structure-tree.ts';
import { beginStep, listedNumbers } from './step.ts';
import type { FoundChange } from './step.ts';

export type { FoundChange } from './step.ts';

/**
 * All changes behind revision `from`, in their order.
 * @param password what opened the file, for its earlier versions
 */
export async function changesSince(
  document: PdfDocument,
  revisions: readonly Revision[],
  from: Revision,
  password?: string,
): Promise<FoundChange[]> {
  const found: FoundChange[] = [];
  const { source } = document;
  const last = revisions.at(-1) ?? from;
  const unexplained = (revision: number, { offset, length }: Gap): void => {
    found.push({ kind: 'unexplained-bytes', revision, params: { offset, length } });
  };
  if (!isBlank(source, last.end, source.size))
    unexplained(last.number + 1, { offset: last.end, length: source.size - last.end });
  if (from.number === last.number) return found;
  try {
    const covers: Cover[] = [];
    const signed = versionAt(document, from, revisions, password);
    if (!signed) throw new DeskError('pdf.damaged', { mark: 'revision' });
    const graph = graphOf(signed);
    let before = signed;
    let fields = listFields(signed);
    const versions = new Map([[from.number, { document: signed, fields }]]);
    for (const revision of revisions.slice(from.number)) {
      const after = versionAt(document, revision, revisions, password);
      const gap = after ? unexplainedBytes(after, revision) : wholly(revision);
      if (gap) unexplained(revision.number, gap);
      if (!after) break;
      const step = beginStep(signed, before, after, revision, graph, found);
      if (!compareTrailer(step)) break;
      compareCatalog(step);
      const fieldsAfter = listFields(after);
      const redrawn = compareForm(step, fields, fieldsAfter);
      for (const { field } of redrawn)
        for (const cover of coversOf(after, field, revision.number)) covers.push(cover);
      compareStructureTree(step, redrawn);
      comparePages(step, redrawn);
      graph.grow(after, listedNumbers(revision));
      before = after;
      fields = fieldsAfter;
      versions.set(revision.number, { document: after, fields });
    }
    if (covers.length > 0)
      found.push(...(await hiddenBelow(covers, { source, signed: from, versions, password })));
  } catch (error) {
    // A part of an update that cannot be read cannot be permitted either.
    if (!(error instanceof DeskError)) throw error;
    unexplained(last.number, { offset: from.end, length: source.size - from.end });
  }
  return found;
}

const wholly = ({ start, end }: Revision): Gap => ({ offset: start, length: end - start });

/** The file as it was with this revision; null when its end does not lead to the sections the whole file knows it by. */
export function versionAt(
  document: PdfDocument,
  revision: Revision,
  revisions: readonly Revision[],
  password: string | undefined,
): PdfDocument | null {
  const version = openPdf(prefixSource(document.source, revision.end), {
    later: document,
    ...(password !== undefined && { password }),
  });
  const expected = revisions
    .slice(0, revision.number)
    .toReversed()
    .flatMap(({ sections }) => sections.map(({ offset }) => offset));
  const actual = version.xrefSections.map(({ offset }) => offset);
  return actual.length === expected.length && actual.every((offset, i) => offset === expected[i])
    ? version
    : null;
}
