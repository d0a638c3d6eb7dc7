import { createHash } from '../crypto/index.ts';
import type { Repair } from '../../shared/domain/repairs.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { CosDict, CosObject, CosRef } from './cos.ts';
import { bytesString, dict, isArray, isDict, isRef, isStream, isString, nameOf, ref, stream } from './cos.ts';
import { damaged, LIMITS, tooComplex } from './limits.ts';
import { countPages, getPage, pageGeometry } from './pages.ts';
import type { PdfDocument } from './reader.ts';
import { openPdf } from './reader.ts';
import { scanObjects } from './scan.ts';
import { formatClear, indirectObject } from './serialize.ts';
import type { ByteSource } from './source.ts';
import { memorySource } from './source.ts';

export interface NormalizedCopy {
  readonly bytes: Uint8Array;
  /** What was wrong with the original. */
  readonly repairs: readonly Repair[];
}

/** The objects of a file, however they were found. */
interface Found {
  readonly trailer: CosDict;
  readonly get: (id: CosRef) => CosObject;
  readonly repairs: readonly Repair[];
}

/**
 * A file of damaged or ambiguous structure written anew, every object serialised again, so that all readers see one
 * and the same document. The original is not touched. A file with a signature in it is refused: the copy would have
 * none, and what was signed would be somebody's guess.
 * Errors: `pdf.not-a-pdf`, `pdf.damaged-signed`, `pdf.damaged-encrypted`, `pdf.damaged` (beyond repair),
 * `pdf.too-complex`.
 */
export function normalizeCopy(source: ByteSource): NormalizedCopy {
  if (source.size > LIMITS.normalizedBytes) throw tooComplex('normalizedBytes');
  const bytes = Buffer.from(source.read(0, source.size));
  const header = bytes
    .subarray(0, 1024)
    .toString('latin1')
    .search(/%PDF-\d/);
  if (header < 0) throw new DeskError('pdf.not-a-pdf');
  if (bytes.includes('/ByteRange', 0, 'latin1')) throw new DeskError('pdf.damaged-signed');
  const end = endOfFile(bytes);
  const trimmed: Repair[] = [];
  if (header > 0) trimmed.push('junk-before-header');
  if (end < bytes.length) trimmed.push('trailing-bytes');
  const body = memorySource(bytes.subarray(header, end));
  // Junk in front shifts the offsets, or is counted in them.
  const shifted = () => (header > 0 ? followed(memorySource(bytes.subarray(0, end))) : undefined);
  const found = followed(body) ?? shifted() ?? scanned(body);
  if (found.trailer.has('Encrypt')) throw new DeskError('pdf.damaged-encrypted');
  const copy = rewrite(found, versionOf(bytes.subarray(header)), idOf(bytes));
  verify(copy);
  return { bytes: copy, repairs: [...trimmed, ...found.repairs] };
}

/** Behind the last `%%EOF` and its line end; the whole file when only white space follows, or there is none. */
function endOfFile(bytes: Buffer): number {
  const at = bytes.lastIndexOf('%%EOF');
  if (at < 0 || /^[\0\t\n\f\r ]*$/.test(bytes.toString('latin1', at + 5))) return bytes.length;
  return at + 5;
}

function versionOf(bytes: Buffer): string {
  return /^%PDF-(1\.[0-7]|2\.0)/.exec(bytes.toString('latin1', 0, 8))?.[1] ?? '1.7';
}

/** By its own cross-reference, if every object that it leads to can be read. What it does not name does not exist. */
function followed(source: ByteSource): Found | undefined {
  let document: PdfDocument;
  try {
    document = openPdf(source);
    const found = { trailer: document.trailer, get: (id: CosRef) => document.get(id), repairs: [] };
    if (!found.trailer.has('Encrypt')) reachable(found);
    return found;
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    if (error.code.startsWith('pdf.password')) throw new DeskError('pdf.damaged-encrypted', {}, error);
    return undefined;
  }
}

function scanned(source: ByteSource): Found {
  const { objects, trailer, repairs } = scanObjects(source);
  const known = trailer.has('Root') ? trailer : dict({ Root: lastCatalog(objects) });
  const get = ({ num }: CosRef): CosObject => {
    const object = objects.get(num);
    // It is there and cannot be read: what it would have shown nobody knows.
    if (object === null) throw damaged('object');
    return object ?? null;
  };
  return { trailer: known, get, repairs: [...repairs] };
}

function lastCatalog(objects: ReadonlyMap<number, CosObject>): CosRef | undefined {
  const catalogs = [...objects].filter(
    ([, object]) => isDict(object) && nameOf(object.get('Type')) === 'Catalog',
  );
  const last = catalogs.at(-1);
  return last && ref(last[0]);
}

/** Numbers of what the trailer leads to, in the order met, each with its object. */
function reachable({ trailer, get }: Pick<Found, 'trailer' | 'get'>): Map<number, CosObject> {
  const met = new Map<number, CosObject>();
  const waiting: (CosObject | undefined)[] = [trailer.get('Info'), trailer.get('Root')];
  while (waiting.length > 0) {
    const object = waiting.pop() ?? null;
    if (isRef(object)) {
      if (met.has(object.num)) continue;
      const value = get(object);
      met.set(object.num, value);
      if (met.size > LIMITS.xrefEntries) throw tooComplex('xrefEntries');
      waiting.push(value);
    } else if (isArray(object)) for (const item of object) waiting.push(item);
    else if (isDict(object)) {
      if (isString(object.get('Contents')) && isSignature(object)) throw new DeskError('pdf.damaged-signed');
      for (const item of object.values()) waiting.push(item);
    } else if (isStream(object)) {
      for (const [key, item] of object.dict) if (key !== 'Length') waiting.push(item);
    }
  }
  return met;
}

const isSignature = (object: CosDict): boolean =>
  object.has('ByteRange') || ['Sig', 'DocTimeStamp'].includes(nameOf(object.get('Type')) ?? '');

/** From the content (14.4), so that one original has one copy, whenever it is made. */
const idOf = (bytes: Uint8Array): CosObject =>
  bytesString(createHash('sha256').update(bytes).digest().subarray(0, 16));

/** A classic table, objects numbered anew without gaps (7.5.4), and nothing that the trailer does not lead to. */
function rewrite(found: Found, version: string, id: CosObject): Uint8Array {
  const objects = reachable(found);
  const numbers = new Map([...objects.keys()].map((num, i) => [num, i + 1] as const));
  const renumbered = (object: CosObject): CosObject => {
    if (isRef(object)) return ref(numbers.get(object.num)!);
    if (isArray(object)) return object.map(renumbered);
    if (isDict(object)) return new Map([...object].map(([key, value]) => [key, renumbered(value)]));
    if (!isStream(object)) return object;
    // Its own length is written with it.
    const entries = [...object.dict].filter(([key]) => key !== 'Length');
    return stream(renumbered(new Map(entries)) as CosDict, object.raw);
  };
  const chunks: Buffer[] = [Buffer.from(`%PDF-${version}\n%\xe2\xe3\xcf\xd3\n`, 'latin1')];
  let length = chunks[0]!.length;
  let table = `xref\n0 ${objects.size + 1}\n0000000000 65535 f \n`;
  for (const [num, object] of objects) {
    const chunk = indirectObject(ref(numbers.get(num)!), renumbered(object), null);
    table += `${String(length).padStart(10, '0')} 00000 n \n`;
    chunks.push(chunk);
    length += chunk.length;
  }
  const { trailer } = found;
  const held = trailer.get('Info');
  const entries = dict({
    Size: objects.size + 1,
    Root: renumbered(trailer.get('Root') ?? null),
    Info: held === undefined ? undefined : renumbered(held),
    ID: [id, id],
  });
  const tail = `${table}trailer\n${formatClear(entries)}\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([...chunks, Buffer.from(tail, 'latin1')]);
}

/** Opened again as strictly as any file to be signed, down to every page. */
function verify(bytes: Uint8Array): void {
  const document = openPdf(memorySource(bytes));
  if (document.damage) throw damaged(document.damage);
  if (countPages(document) === 0) throw damaged('page-tree');
  pageGeometry(document, getPage(document, 0));
}
