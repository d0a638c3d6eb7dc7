/** Finds the objects of a file whose cross-reference cannot be followed. Never for signing or verifying: see `normalizeCopy`. */
import type { Repair } from '../../shared/domain/repairs.ts';
import type { CosDict, CosObject, CosStream } from './cos.ts';
import { intOf, isDict, isRef, isStream, nameOf, stream } from './cos.ts';
import { decodeStream } from './filters.ts';
import { Lexer } from './lexer.ts';
import { LIMITS, tooComplex } from './limits.ts';
import type { ByteSource } from './source.ts';

export interface Scan {
  /** By number; null for one that stands in the file but cannot be read. */
  readonly objects: ReadonlyMap<number, CosObject>;
  readonly trailer: CosDict;
  readonly repairs: ReadonlySet<Repair>;
}

const HEAD = /(?<![0-9])(\d{1,7})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+obj(?![A-Za-z])|trailer(?![A-Za-z])/g;

/** Every `num gen obj` in file order, read as far as it can be, with the objects packed into object streams. */
export function scanObjects(source: ByteSource): Scan {
  const bytes = Buffer.from(source.read(0, source.size));
  const text = bytes.toString('latin1');
  const objects = new Map<number, CosObject>();
  const repairs = new Set<Repair>(['cross-reference']);
  const spent = { keysTwice: 0, bytes: 0, values: 0, inflated: 0 };
  let trailer: CosDict = new Map();
  // Searched once: a file of a million streams without an end must not be searched to its end a million times.
  const lastStreamEnd = bytes.lastIndexOf('endstream', undefined, 'latin1');

  const get = (object: CosObject | undefined) =>
    isRef(object) ? (objects.get(object.num) ?? null) : (object ?? null);
  const put = (num: number, object: CosObject) => {
    if (num > LIMITS.objectNumber) throw tooComplex('objectNumber');
    if (objects.has(num)) repairs.add('repeated-object');
    if (objects.size > LIMITS.xrefEntries) throw tooComplex('xrefEntries');
    objects.set(num, object);
  };
  const keepTrailer = (found: CosDict) => {
    if (found.has('Root')) trailer = new Map([...trailer, ...found]);
  };

  HEAD.lastIndex = 0;
  for (let match = HEAD.exec(text); match; match = HEAD.exec(text)) {
    const start = match.index + match[0].length;
    const read = readObject(bytes, start, spent);
    if (read === null) {
      if (match[1] !== undefined) put(Number(match[1]), null);
      continue;
    }
    HEAD.lastIndex = read.end;
    if (match[1] === undefined) {
      if (isDict(read.object)) keepTrailer(read.object);
      continue;
    }
    const canEnd = read.isStream && read.end <= lastStreamEnd;
    const found = canEnd && isDict(read.object) ? readStream(bytes, read.object, read.end, get) : null;
    if (found) {
      HEAD.lastIndex = found.end;
      if (found.isLengthWrong) repairs.add('stream-length');
    }
    const object = found?.object ?? read.object;
    const type = isStream(object) ? nameOf(object.dict.get('Type')) : undefined;
    if (isStream(object) && type === 'XRef') keepTrailer(object.dict);
    else put(Number(match[1]), object);
    if (isStream(object) && type === 'ObjStm') {
      for (const [num, packed] of unpack(object, spent)) put(num, packed);
    }
  }
  if (spent.keysTwice > 0) repairs.add('repeated-key');
  return { objects, trailer, repairs };
}

interface Spent {
  /** Keys that stood twice in a dictionary. */
  keysTwice: number;
  bytes: number;
  values: number;
  inflated: number;
}

function charge(spent: Spent, lexer: Lexer): void {
  spent.keysTwice += lexer.keysTwice;
  spent.bytes += lexer.pos;
  spent.values += lexer.values;
  if (spent.bytes > LIMITS.parsedBytes) throw tooComplex('parsedBytes');
  if (spent.values > LIMITS.values) throw tooComplex('values');
}

/** The object at an offset and where it ends; null for what is none. */
function readObject(
  bytes: Buffer,
  start: number,
  spent: Spent,
): { object: CosObject; end: number; isStream: boolean } | null {
  const lexer = new Lexer(bytes.subarray(start, start + LIMITS.objectBytes), 0, { isLenient: true });
  try {
    const object = lexer.object();
    return { object, isStream: lexer.tryWord('stream'), end: start + lexer.pos };
  } catch {
    return null;
  } finally {
    charge(spent, lexer);
  }
}

/** A stream whose data begins behind its keyword: as long as it says, if `endstream` follows; else up to there. */
function readStream(
  bytes: Buffer,
  entries: CosDict,
  keywordEnd: number,
  get: (object: CosObject | undefined) => CosObject,
): { object: CosStream; end: number; isLengthWrong: boolean } | null {
  let start = keywordEnd;
  if (bytes[start] === 13) start++;
  if (bytes[start] === 10) start++;
  const claimed = intOf(entries.get('Length'));
  if (isEndOfStream(bytes, start, claimed)) {
    const end = start + claimed;
    return { object: stream(entries, () => bytes.subarray(start, end)), end, isLengthWrong: false };
  }
  const end = bytes.indexOf('endstream', start, 'latin1');
  if (end < 0) return null;
  // The line end before the keyword is not data (7.3.8.1).
  let last = end;
  if (bytes[last - 1] === 10) last--;
  if (bytes[last - 1] === 13) last--;
  const raw = () => {
    // A length that is an object of its own may stand further down in the file.
    const length = intOf(get(entries.get('Length')));
    const isRight = isEndOfStream(bytes, start, length);
    return bytes.subarray(start, isRight ? start + length : Math.max(start, last));
  };
  return { object: stream(entries, raw), end, isLengthWrong: claimed !== undefined };
}

function isEndOfStream(bytes: Buffer, start: number, length: number | undefined): length is number {
  if (length === undefined || length < 0) return false;
  const after = bytes.toString('latin1', start + length, start + length + 16);
  return /^[\0\t\n\f\r ]*endstream/.test(after);
}

/** Objects of an object stream (7.5.7), those that can be read. */
function unpack(container: CosStream, spent: Spent): [number, CosObject][] {
  const [count, first] = [intOf(container.dict.get('N')), intOf(container.dict.get('First'))];
  if (count === undefined || first === undefined || count < 0 || count > LIMITS.xrefEntries) return [];
  const result: [number, CosObject][] = [];
  let bytes: Uint8Array;
  try {
    // Parameters that are objects of their own cannot be looked up yet; nobody writes such.
    bytes = decodeStream(container.dict, container.raw(), (object) => object ?? null);
  } catch {
    return [];
  }
  spent.inflated += bytes.length;
  if (spent.inflated > LIMITS.inflatedTotal) throw tooComplex('inflatedTotal');
  const head = new Lexer(bytes);
  for (let i = 0; i < count; i++) {
    const [num, offset] = [head.tryInteger(), head.tryInteger()];
    if (num === undefined || offset === undefined || first + offset >= bytes.length) break;
    const read = readObject(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), first + offset, spent);
    result.push([num, read ? read.object : null]);
  }
  charge(spent, head);
  return result;
}
