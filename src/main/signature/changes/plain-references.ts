/**
 * The references in an object without parsing it, which is ten times the work. Too many may be found (in a stream's
 * dictionary, behind a broken number), never too few, so that nothing that could be seen is missed.
 */
import type { CosRef } from '../../pdf/cos.ts';
import { ref } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';

const MAX_OBJECT = 4096;
const [ZERO, NINE, CAPITAL_R, LESS, GREATER] = [0x30, 0x39, 0x52, 0x3c, 0x3e];
const [OPEN, CLOSE] = [0x5b, 0x5d];
/** Null byte, `#`, `%`, `(`: white space only readers of PDF know, escapes, comments, strings. */
const UNUSUAL: ReadonlySet<number> = new Set([0x00, 0x23, 0x25, 0x28]);
const ENDS = ['endobj', 'stream'].map((word) => Buffer.from(word));

/** Null when the object has to be parsed: it is compressed, long, or holds what only a parser understands. */
export function plainReferences(document: PdfDocument, { num, gen }: CosRef): CosRef[] | null {
  const entry = document.objectEntry(num);
  if (entry?.type !== 'plain' || entry.gen !== gen) return null;
  const left = document.source.size - entry.offset;
  if (left <= 0) return null;
  const bytes = document.source.read(entry.offset, Math.min(MAX_OBJECT, left));
  const body = behindHeader(bytes, num, gen);
  return body === null ? null : scan(bytes, body);
}

/** Where the object begins behind exactly `num gen obj`. */
function behindHeader(bytes: Uint8Array, num: number, gen: number): number | null {
  const header = `${num} ${gen} obj`;
  for (let i = 0; i < header.length; i++) if (bytes[i] !== header.charCodeAt(i)) return null;
  return header.length;
}

function scan(bytes: Uint8Array, from: number): CosRef[] | null {
  const found: CosRef[] = [];
  let [first, second, depth] = [-1, -1, 0];
  for (let at = from; at < bytes.length;) {
    const byte = bytes[at]!;
    if (byte >= ZERO && byte <= NINE) {
      first = second;
      second = 0;
      for (let digit = byte; digit >= ZERO && digit <= NINE; digit = bytes[++at]!)
        second = second * 10 + digit - ZERO;
      continue;
    }
    if (byte === CAPITAL_R && first >= 0) found.push(ref(first, second));
    if (byte === LESS || byte === GREATER) {
      // A single one is a string in hexadecimal.
      if (bytes[at + 1] !== byte) return null;
      depth += byte === LESS ? 1 : -1;
      at++;
    } else if (byte === OPEN) depth++;
    else if (byte === CLOSE) depth--;
    else if (UNUSUAL.has(byte)) return null;
    else if (depth === 0 && ENDS.some((word) => startsWith(bytes, at, word))) return found;
    if (depth < 0) return null;
    if (byte > 0x20) first = second = -1;
    at++;
  }
  return null;
}

function startsWith(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}
