import { DeskError } from '../../shared/errors/index.ts';
import type { CosDict, CosStream } from './cos.ts';
import { intOf, isArray, isDict, nameOf } from './cos.ts';
import { isSpace, Lexer } from './lexer.ts';
import { damaged, LIMITS, tooComplex } from './limits.ts';
import type { ByteSource } from './source.ts';

export type XrefEntry =
  | { readonly type: 'free'; readonly gen: number }
  | { readonly type: 'plain'; readonly offset: number; readonly gen: number }
  | { readonly type: 'compressed'; readonly container: number; readonly index: number };

type Entries = ReadonlyMap<number, XrefEntry>;

/** One cross-reference section (ISO 32000-2, 7.5.4, 7.5.8): what one revision says about its objects. */
export interface XrefSection {
  /** `hybrid`: a table whose trailer names an extra xref stream (7.5.8.4). */
  readonly kind: 'table' | 'stream' | 'hybrid';
  /** Where `xref` or the xref stream object begins. */
  readonly offset: number;
  /** Just behind the `%%EOF` line that follows the section; null when none follows. */
  readonly end: number | null;
  readonly entries: Entries;
  /** Entries of the extra stream of a hybrid section, empty otherwise. */
  readonly hidden: Entries;
  readonly trailer: CosDict;
  /** The largest object number of the streams this section consists of; null for a plain table. */
  readonly number: number | null;
}

/** What the reader lends to the xref parser, which runs before any object can be looked up. */
export interface ObjectParser {
  readonly source: ByteSource;
  parse<T>(offset: number, read: (lexer: Lexer) => T): { value: T; end: number };
  /** An object in clear at a known place; references in it cannot be followed yet. */
  streamAt(offset: number): { stream: CosStream; end: number; num: number };
  decode(stream: CosStream): Uint8Array;
  /** Sections already read from the same bytes, by offset. */
  readonly sections: Map<number, XrefSection>;
}

/** Each comment ends in one place only: with more ways to split the text a regular expression may try them all. */
const START_XREF = /^startxref\s+(\d{1,15})(?:\s|%[^\r\n]*(?:[\r\n]|$))*$/;

/** The last `startxref` of the file and what stands behind its `%%EOF`. Errors: `pdf.truncated`, `pdf.damaged`. */
export function findStartXref(source: ByteSource): { startXref: number; trailingBytes: boolean } {
  const length = Math.min(source.size, 2048);
  const tail = Buffer.from(source.read(source.size - length, length)).toString('latin1');
  const eof = tail.lastIndexOf('%%EOF');
  const keyword = eof < 0 ? -1 : tail.lastIndexOf('startxref', eof);
  if (keyword < 0) throw new DeskError('pdf.truncated');
  const match = START_XREF.exec(tail.slice(keyword, eof));
  if (!match) throw damaged('startxref');
  return { startXref: Number(match[1]), trailingBytes: /[^\0\t\n\f\r ]/.test(tail.slice(eof + 5)) };
}

/** All sections from the newest to the oldest, following Prev. Errors: `pdf.damaged`, `pdf.too-complex`. */
export function readXrefChain(parser: ObjectParser, startXref: number): XrefSection[] {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let entries = 0;
  for (let offset: number | undefined = startXref; offset !== undefined;) {
    if (seen.has(offset)) throw damaged('xref-loop');
    seen.add(offset);
    if (sections.length >= LIMITS.xrefSections) throw tooComplex('xrefSections');
    const section = knownSection(parser, offset) ?? readSection(parser, offset);
    // What the extra stream of a hybrid section says may stand behind the end of an earlier version.
    if (section.kind !== 'hybrid') parser.sections.set(offset, section);
    entries += section.entries.size + section.hidden.size;
    if (entries > LIMITS.xrefEntries) throw tooComplex('xrefEntries');
    sections.push(section);
    const prev = section.trailer.get('Prev');
    offset = intOf(prev);
    if (prev !== undefined && offset === undefined) throw damaged('xref-prev');
    // Some writers say 0 for none: the header is there.
    if (offset === 0) offset = undefined;
  }
  return sections;
}

/** A section whose revision ends within this version of the file reads the same in it. */
function knownSection({ sections, source }: ObjectParser, offset: number): XrefSection | undefined {
  const section = sections.get(offset);
  return section && section.end !== null && section.end <= source.size ? section : undefined;
}

function readSection(parser: ObjectParser, offset: number): XrefSection {
  if (offset < 0 || offset >= parser.source.size) throw damaged('startxref');
  const isTable = parser.parse(offset, (lexer) => lexer.tryWord('xref'));
  return isTable.value ? readTable(parser, offset, isTable.end) : readStream(parser, offset);
}

function readTable(parser: ObjectParser, offset: number, start: number): XrefSection {
  const entries = new Map<number, XrefEntry>();
  let pos = start;
  for (;;) {
    const head = parser.parse(pos, (lexer) => {
      if (lexer.tryWord('trailer')) return null;
      const first = lexer.tryInteger();
      const count = lexer.tryInteger();
      if (first === undefined || count === undefined) throw damaged('xref');
      return { first, count };
    });
    pos = head.end;
    if (head.value === null) break;
    pos = readSubsection(parser.source, pos, head.value.first, head.value.count, entries);
  }
  const { value: trailer, end } = parser.parse(pos, (lexer) => lexer.object());
  if (!isDict(trailer)) throw damaged('trailer');
  const extra = intOf(trailer.get('XRefStm'));
  const stream = extra === undefined ? null : readStream(parser, extra);
  return {
    kind: extra === undefined ? 'table' : 'hybrid',
    offset,
    end: endOfRevision(parser, end),
    entries,
    hidden: stream?.entries ?? new Map<number, XrefEntry>(),
    trailer,
    number: stream?.number ?? null,
  };
}

/**
 * Twenty bytes an entry, `oooooooooo ggggg n` and two bytes of line end (7.5.4); some writers leave one of the two away.
 * The first entry of all is the head of the free list: a table that counts it as 1 means 0.
 * @returns where the next subsection begins
 */
function readSubsection(
  source: ByteSource,
  from: number,
  first: number,
  count: number,
  entries: Map<number, XrefEntry>,
): number {
  let pos = from;
  while (pos < source.size && isSpace(source.read(pos, 1)[0])) pos++;
  if (count * 19 > source.size - pos) throw damaged('xref');
  if (entries.size + count > LIMITS.xrefEntries) throw tooComplex('xrefEntries');
  if (first + count > LIMITS.objectNumber + 1) throw tooComplex('objectNumber');
  const bytes = source.read(pos, Math.min(count * 20, source.size - pos));
  const digits = (at: number, length: number) => {
    let value = 0;
    for (let i = at; i < at + length; i++) {
      const digit = bytes[i]! - 48;
      if (!(digit >= 0 && digit <= 9)) throw damaged('xref');
      value = value * 10 + digit;
    }
    return value;
  };
  let at = 0;
  let base = first;
  for (let i = 0; i < count; i++) {
    const offset = digits(at, 10);
    const gen = digits(at + 11, 5);
    const type = bytes[at + 17];
    if ((type !== 0x6e && type !== 0x66) || !isSpace(bytes[at + 18])) throw damaged('xref');
    at += isSpace(bytes[at + 19]) ? 20 : 19;
    if (i === 0 && first === 1 && entries.size === 0 && type === 0x66 && gen === 65_535) base = 0;
    const num = base + i;
    if (entries.has(num)) throw damaged('xref-duplicate');
    // An in-use entry at offset 0 is what some writers leave for objects they dropped; readers take it as free.
    const free = type === 0x66 || offset === 0;
    entries.set(num, free ? { type: 'free', gen } : { type: 'plain', offset, gen });
  }
  return pos + at;
}

/** ISO 32000-2, 7.5.8.2 and 7.5.8.3. */
function readStream(parser: ObjectParser, offset: number): XrefSection {
  if (offset < 0 || offset >= parser.source.size) throw damaged('xref');
  const { stream, end, num: number } = parser.streamAt(offset);
  const { dict } = stream;
  const size = intOf(dict.get('Size'));
  if (nameOf(dict.get('Type')) !== 'XRef' || size === undefined) throw damaged('xref-stream');
  const widths = integers(dict.get('W'));
  const index = dict.has('Index') ? integers(dict.get('Index')) : [0, size];
  if (widths.length !== 3 || widths.some((w) => w > 8) || index.length % 2) throw damaged('xref-stream');
  const row = widths[0]! + widths[1]! + widths[2]!;
  const data = parser.decode(stream);
  const entries = new Map<number, XrefEntry>();
  let pos = 0;
  const field = (width: number, absent: number) => {
    if (width === 0) return absent;
    let value = 0;
    for (const stop = pos + width; pos < stop; pos++) value = value * 256 + data[pos]!;
    if (!Number.isSafeInteger(value)) throw damaged('xref-stream');
    return value;
  };
  for (let i = 0; i < index.length; i += 2) {
    const first = index[i]!;
    const count = index[i + 1]!;
    if (count > LIMITS.xrefEntries - entries.size) throw tooComplex('xrefEntries');
    if (first + count > LIMITS.objectNumber + 1) throw tooComplex('objectNumber');
    if (row === 0 || count * row > data.length - pos) throw damaged('xref-stream');
    for (let num = first; num < first + count; num++) {
      const type = field(widths[0]!, 1);
      const second = field(widths[1]!, 0);
      const third = field(widths[2]!, 0);
      if (entries.has(num)) throw damaged('xref-duplicate');
      if (type === 0) entries.set(num, { type: 'free', gen: third });
      else if (type === 1) entries.set(num, { type: 'plain', offset: second, gen: third });
      else if (type === 2) entries.set(num, { type: 'compressed', container: second, index: third });
      // 7.5.8.3: any other type is a reference to null.
      else entries.set(num, { type: 'free', gen: 0 });
    }
  }
  const none: Entries = new Map();
  return {
    kind: 'stream',
    offset,
    end: endOfRevision(parser, end),
    entries,
    hidden: none,
    trailer: dict,
    number,
  };
}

function integers(object: unknown): number[] {
  const list = isArray(object as CosDict) ? (object as readonly unknown[]) : [];
  return list.map((value) => {
    if (!Number.isSafeInteger(value) || (value as number) < 0) throw damaged('xref-stream');
    return value as number;
  });
}

/** White space and comments (7.2.4): iText names itself between the trailer and `startxref`. */
const GAP = String.raw`(?:\s|%(?!%EOF)[^\r\n]*[\r\n])`;
const REVISION_END = new RegExp(String.raw`^${GAP}*startxref\s+\d+\s${GAP}*%%EOF(\r\n|\r|\n)?`);

/** `startxref`, a number, `%%EOF` and its line end: together with the section they close a revision (7.5.5). */
function endOfRevision(parser: ObjectParser, from: number): number | null {
  const length = Math.min(512, parser.source.size - from);
  const text = Buffer.from(parser.source.read(from, length)).toString('latin1');
  const match = REVISION_END.exec(text);
  return match ? from + match[0].length : null;
}
