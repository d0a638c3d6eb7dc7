/**
 * What an update must not break in a PDF/A (ISO 19005-1, -2, -3, level b), judged on the objects it writes. Debian has
 * no validator; these are the clauses a signature can touch, and nothing is said about the rest of the file.
 */
import type { CosDict, CosObject } from '../../src/main/pdf/cos.ts';
import { isArray, isDict, isName, isRef, isStream, isString, nameOf } from '../../src/main/pdf/cos.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import type { PdfDocument } from '../../src/main/pdf/reader.ts';
import { memorySource } from '../../src/main/pdf/source.ts';

const FORBIDDEN_ACTIONS = new Set([
  'Launch',
  'Sound',
  'Movie',
  'ResetForm',
  'ImportData',
  'JavaScript',
  'Hide',
  'SetOCGState',
  'Rendition',
  'Trans',
  'GoTo3DView',
]);
/** Bits of /F of an annotation, counted from 1. */
const FLAG = { Invisible: 1, Hidden: 2, Print: 3, NoView: 6 } as const;

/** Complaints about everything `updated` has behind `original`, each with its clause; the part is 1, 2 or 3. */
export function archivalComplaints(original: Uint8Array, updated: Uint8Array, part: number): string[] {
  const complaints: string[] = [];
  const [before, after] = [original, updated].map((bytes) => openPdf(memorySource(bytes))) as [
    PdfDocument,
    PdfDocument,
  ];
  const say = (isWrong: boolean, what: string): void => void (isWrong && complaints.push(what));
  say(Buffer.compare(updated.subarray(0, original.length), original) !== 0, 'the old bytes differ');
  say(metadata(before) !== metadata(after), '6.7.11: the metadata differ');
  const [idBefore, idAfter] = [before, after].map((document) => ids(document));
  say(idAfter?.length !== 2, '6.1.3: no /ID');
  say(idBefore?.[0] !== undefined && idBefore[0] !== idAfter?.[0], '6.1.3: another first /ID');
  say(after.trailer.has('Encrypt'), '6.1.3: encrypted');
  const newer = after.xrefSections.slice(0, after.xrefSections.length - before.xrefSections.length);
  say(newer.length === 0, 'no update');
  for (const { kind, entries, hidden } of newer) {
    // PDF 1.4 knows neither cross-reference nor object streams.
    say(part === 1 && (kind !== 'table' || hidden.size > 0), '6.1.4: a cross-reference stream');
    for (const [num, entry] of entries) {
      if (entry.type === 'free') continue;
      say(part === 1 && entry.type === 'compressed', '6.1.4: an object stream');
      const object = after.get({ kind: 'ref', num, gen: entry.type === 'plain' ? entry.gen : 0 });
      for (const what of inObject(after, object, part)) complaints.push(`${num}: ${what}`);
    }
  }
  return complaints;
}

function metadata(document: PdfDocument): string {
  const found = document.get(document.catalog.get('Metadata'));
  return isStream(found) ? Buffer.from(found.raw()).toString('hex') : '';
}

const ids = (document: PdfDocument): string[] =>
  (document.array(document.trailer.get('ID')) ?? []).flatMap((id) =>
    isString(id) ? [Buffer.from(id.bytes).toString('hex')] : [],
  );

function* inObject(document: PdfDocument, object: CosObject, part: number): Generator<string> {
  if (isStream(object)) {
    const filters = document.get(object.dict.get('Filter'));
    for (const filter of isArray(filters) ? filters : [filters])
      if (['LZWDecode', 'Crypt'].includes(nameOf(document.get(filter)) ?? ''))
        yield '6.1.10: a forbidden filter';
    if (object.dict.has('F')) yield '6.1.7: data in another file';
    yield* inImage(document, object.dict, part);
    yield* inDict(document, object.dict, part);
  } else if (isDict(object)) yield* inDict(document, object, part);
  else if (isArray(object))
    for (const item of object) if (!isRef(item)) yield* inObject(document, item, part);
}

function* inImage(document: PdfDocument, dict: CosDict, part: number): Generator<string> {
  if (nameOf(dict.get('Subtype')) !== 'Image') return;
  if (document.get(dict.get('Interpolate')) === true) yield '6.2.4: an interpolated image';
  if (dict.has('Alternates') || dict.has('OPI')) yield '6.2.4: an image with alternates';
  if (part === 1 && dict.has('SMask')) yield '6.4: a soft mask';
}

function* inDict(document: PdfDocument, dict: CosDict, part: number): Generator<string> {
  for (const key of ['AA', 'JS', 'XFA', 'PieceInfo']) if (dict.has(key)) yield `6.6, 6.9: /${key}`;
  if (document.get(dict.get('NeedAppearances')) === true) yield '6.9: /NeedAppearances';
  const action = nameOf(dict.get('S'));
  if (action !== undefined && FORBIDDEN_ACTIONS.has(action)) yield `6.6.1: action ${action}`;
  if (part === 1) yield* transparency(document, dict);
  if (nameOf(dict.get('Type')) === 'Annot' || dict.has('Rect')) yield* inAnnotation(document, dict, part);
  if (nameOf(dict.get('Type')) === 'Font') yield* inFont(document, dict);
  for (const value of dict.values()) if (!isRef(value)) yield* inObject(document, value, part);
}

/** ISO 19005-1, 6.4. */
function* transparency(document: PdfDocument, dict: CosDict): Generator<string> {
  const mask = document.get(dict.get('SMask'));
  if (mask !== null && nameOf(mask) !== 'None') yield '6.4: /SMask';
  const group = document.dict(dict.get('Group'));
  if (group && nameOf(group.get('S')) === 'Transparency') yield '6.4: a transparency group';
  for (const key of ['CA', 'ca']) {
    const alpha = document.get(dict.get(key));
    if (typeof alpha === 'number' && alpha !== 1) yield `6.4: /${key}`;
  }
  const blending = document.get(dict.get('BM'));
  if (isName(blending) && !['Normal', 'Compatible'].includes(blending.name)) yield '6.4: /BM';
}

/** 6.5.3 (part 1), 6.3.2 and 6.3.3 (parts 2 and 3). */
function* inAnnotation(document: PdfDocument, dict: CosDict, part: number): Generator<string> {
  const flags = document.get(dict.get('F'));
  const isSet = (flag: keyof typeof FLAG): boolean =>
    typeof flags === 'number' && ((flags >> (FLAG[flag] - 1)) & 1) === 1;
  if (!isSet('Print')) yield '6.5.3: an annotation that is not printed';
  for (const flag of ['Invisible', 'Hidden', 'NoView'] as const) if (isSet(flag)) yield `6.5.3: flag ${flag}`;
  const rect = (document.array(dict.get('Rect')) ?? []).map((item) => Number(document.get(item)));
  const isEmpty = rect[0] === rect[2] && rect[1] === rect[3];
  const appearance = document.dict(dict.get('AP'));
  if (!appearance && !isEmpty && part > 1) yield '6.3.3: an annotation without an appearance';
  if (!appearance) return;
  if ([...appearance.keys()].some((key) => key !== 'N')) yield '6.5.3: an appearance besides /N';
  if (nameOf(document.get(dict.get('FT'))) !== 'Btn' && !isStream(document.get(appearance.get('N'))))
    yield '6.5.3: /N is no stream';
}

/** 6.3.4 (embedded) and 6.3.6 (widths; part 1), 6.2.11 (parts 2 and 3). */
function* inFont(document: PdfDocument, font: CosDict): Generator<string> {
  const subtype = nameOf(document.get(font.get('Subtype')));
  if (subtype === 'Type3') return;
  if (subtype === 'Type0') {
    const [below] = document.array(font.get('DescendantFonts')) ?? [];
    if (!document.dict(below)) yield '6.3: a composite font of nothing';
    const encoding = nameOf(document.get(font.get('Encoding')));
    if (encoding !== 'Identity-H' && encoding !== 'Identity-V') yield '6.3.3.3: a CMap that is not embedded';
    return;
  }
  const descriptor = document.dict(font.get('FontDescriptor'));
  const programs = ['FontFile', 'FontFile2', 'FontFile3'].filter((key) =>
    isStream(document.get(descriptor?.get(key))),
  );
  if (programs.length !== 1) yield '6.3.4: a font that is not embedded';
  const widths = subtype?.startsWith('CIDFont') ? 'W' : 'Widths';
  if (!document.array(font.get(widths))) yield `6.3.6: a font without /${widths}`;
  const map = document.get(font.get('CIDToGIDMap'));
  if (subtype === 'CIDFontType2' && nameOf(map) !== 'Identity' && !isStream(map))
    yield '6.3.3.2: no /CIDToGIDMap';
}
