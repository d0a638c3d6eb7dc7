/**
 * Does the chain of cross-reference sections lead through the whole file? One that was cut short (`/Prev 0`, none, or
 * one that leads past a revision) makes a smaller document of the bytes than readers see that rebuild what is missing.
 */
import { isDict, isRef } from './cos.ts';
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
 * Does the frame of the document (catalog, pages, form and their direct entries) name an object that stands in the
 * bytes and that no section lists? One that stands nowhere is null by right (7.3.10).
 */
function leavesObjectOut(document: PdfDocument): boolean {
  const seen = new Set<number>();
  const queue: CosObject[] = [document.trailer.get('Root') ?? null];
  for (const next of queue) {
    if (seen.size > LIMITS.pageNodes) return false;
    if (isRef(next)) {
      if (seen.has(next.num)) continue;
      seen.add(next.num);
      if (document.objectEntry(next.num) === undefined) {
        if (stands(document.source, next.num, next.gen)) return true;
        continue;
      }
    }
    const value = document.get(next);
    if (!isDict(value)) continue;
    for (const key of ['Pages', 'AcroForm', 'Contents', 'Resources'])
      if (value.has(key)) queue.push(value.get(key)!);
    for (const key of ['Kids', 'Fields', 'Annots']) queue.push(...(document.array(value.get(key)) ?? []));
  }
  return false;
}

function stands(source: ByteSource, num: number, gen: number): boolean {
  const head = new RegExp(String.raw`(?<![0-9])${num}\s+${gen}\s+obj\b`);
  for (let at = 0; at < source.size; at += CHUNK) {
    const piece = source.read(at, Math.min(CHUNK + OVERLAP, source.size - at));
    if (head.test(Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1'))) return true;
  }
  return false;
}
