/**
 * Does the chain of cross-reference sections lead through the whole file? One that was cut short (`/Prev 0`, none, or
 * one that leads past a revision) makes a smaller document of the bytes than readers see that rebuild what is missing.
 */
import { isArray, isRef } from './cos.ts';
import type { CosObject } from './cos.ts';
import { damaged, LIMITS } from './limits.ts';
import type { PdfDocument } from './reader.ts';
import type { ByteSource } from './source.ts';

/** @throws DeskError pdf.damaged */
export function requireWholeChain(document: PdfDocument): void {
  if (leavesRevisionOut(document) || leavesObjectOut(document)) throw damaged('xref-chain');
}

const CHUNK = 1 << 20;
/** Longer than `startxref`, its number and `%%EOF` together. */
const OVERLAP = 64;
const END = /startxref\s+(\d{1,15})\s+%%EOF/g;
const SECTION = /^(xref\b|\d+\s+\d+\s+obj\b)/;

/** Does the end of a revision name a section that the chain never visits? */
function leavesRevisionOut({ source, xrefSections }: PdfDocument): boolean {
  const visited = new Set(xrefSections.map(({ offset }) => sectionAt(source, offset)?.offset));
  for (let at = 0; at < source.size; at += CHUNK) {
    const piece = source.read(at, Math.min(CHUNK + OVERLAP, source.size - at));
    const text = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    if (!text.includes('startxref')) continue;
    for (const [, digits] of text.toString('latin1').matchAll(END)) {
      // The first-page section of a linearized file says 0 (Annex F.3.4).
      const section = Number(digits) === 0 ? null : sectionAt(source, Number(digits));
      if (section && !visited.has(section.offset)) return true;
    }
  }
  return false;
}

/** The section at an offset or behind white space there; null when none begins. */
function sectionAt(source: ByteSource, offset: number): { readonly offset: number } | null {
  if (offset >= source.size) return null;
  const text = Buffer.from(source.read(offset, Math.min(64, source.size - offset))).toString('latin1');
  const begun = text.trimStart();
  return SECTION.test(begun) ? { offset: offset + text.length - begun.length } : null;
}

/**
 * Does the frame of the document (catalog, page tree, form, and what they name directly) name an object that stands in
 * the bytes and that no section lists? One that stands nowhere is null by right (7.3.10).
 */
function leavesObjectOut(document: PdfDocument): boolean {
  const seen = new Set<number>();
  const missing = new Set<string>();
  const queue: CosObject[] = [document.trailer.get('Root') ?? null];
  const note = (item: CosObject): void => {
    if (isRef(item) && document.objectEntry(item.num) === undefined) missing.add(`${item.num} ${item.gen}`);
  };
  for (const next of queue) {
    if (isRef(next)) {
      if (seen.has(next.num) || seen.size > LIMITS.pageNodes) continue;
      seen.add(next.num);
    }
    note(next);
    const node = document.dict(next);
    for (const key of ['Pages', 'AcroForm']) if (node?.has(key)) queue.push(node.get(key)!);
    for (const kid of document.array(node?.get('Kids')) ?? []) queue.push(kid);
    for (const key of ['Contents', 'Resources', 'Annots', 'Fields']) {
      const held = node?.get(key) ?? null;
      for (const item of isArray(held) ? held : [held]) note(item);
    }
  }
  return missing.size > 0 && stands(document.source, missing);
}

const HEAD = /(?<![0-9])(\d{1,10})\s+(\d{1,5})\s+obj\b/g;

/** Does one of these objects, by number and generation, begin anywhere in the file? */
function stands(source: ByteSource, wanted: ReadonlySet<string>): boolean {
  for (let at = 0; at < source.size; at += CHUNK) {
    const piece = source.read(at, Math.min(CHUNK + OVERLAP, source.size - at));
    const text = Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1');
    for (const [, num, gen] of text.matchAll(HEAD)) if (wanted.has(`${num} ${gen}`)) return true;
  }
  return false;
}
