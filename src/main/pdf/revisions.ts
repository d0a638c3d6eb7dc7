/**
 * The revisions of an incrementally updated file (ISO 32000-2, 7.5.6). A revision is a prefix that ends behind
 * the `%%EOF` of its cross-reference section; the two sections of a linearized file make one.
 */
import type { PdfDocument } from './reader.ts';
import type { ByteSource } from './source.ts';
import type { XrefSection } from './xref.ts';

export interface Revision {
  /** Counted from 1, the oldest. */
  readonly number: number;
  readonly start: number;
  /** Behind `%%EOF` and its line end. */
  readonly end: number;
  /** Newest first. */
  readonly sections: readonly XrefSection[];
}

/** Oldest first. Sections that close no revision of their own belong to the next one that does. */
export function revisionsOf(document: PdfDocument): Revision[] {
  const revisions: Revision[] = [];
  let pending: XrefSection[] = [];
  let start = 0;
  for (const section of document.xrefSections.toReversed()) {
    const [only, ...more] = revisions;
    if (section.end !== null && section.end <= start && only && more.length === 0 && pending.length === 0) {
      // The first-page section of a linearized file lies in front of the main one (Annex F.3).
      revisions[0] = { ...only, sections: [section, ...only.sections] };
      continue;
    }
    pending.unshift(section);
    // A section in front of what it should update closes nothing: the bytes behind stay unexplained.
    if (section.end === null || section.end <= start) continue;
    revisions.push({ number: revisions.length + 1, start, end: section.end, sections: pending });
    start = section.end;
    pending = [];
  }
  return revisions;
}

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x00;

/** Comments (7.2.4) that hold no word with which an object, a section or a file begins or ends. */
const COMMENTS = /^(?:[\s\0]|%(?!PDF-|%EOF)(?:(?!obj|stream|xref|trailer)[^\r\n])*(?:[\r\n]|$))*$/;

/** Nothing but white space and comments between two offsets? */
export function isBlank(source: ByteSource, from: number, to: number): boolean {
  if (to - from > 1 << 16) return false;
  if (to <= from) return true;
  const bytes = source.read(from, to - from);
  return bytes.every(isSpace) || COMMENTS.test(Buffer.from(bytes).toString('latin1'));
}

/** The revision a signature that covers the file up to `end` closes: line ends behind `%%EOF` do not matter. */
export function revisionEndingAt(
  source: ByteSource,
  revisions: readonly Revision[],
  end: number,
): Revision | undefined {
  return revisions.find((revision) =>
    end <= revision.end
      ? revision.end - end <= 2 && isBlank(source, end, revision.end)
      : isBlank(source, revision.end, end),
  );
}
