/** The letters behind the codes of a text operator (ISO 32000-2, 9.10.2). */
import { DeskError } from '../../../shared/errors/index.ts';
import type { CosDict, CosObject } from '../../pdf/cos.ts';
import { isArray, isDict, isStream, isString, nameOf } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { isReadersOwn } from './fonts.ts';
import { letterNamed } from './glyph-names.ts';
import { newBudget, operations } from './operations.ts';

const MAX_CMAP = 1 << 20;
const maps = new WeakMap<CosDict, ReadonlyMap<number, string> | null>();

/** Null when the font does not tell which letters its codes are. */
export function decodeShown(document: PdfDocument, font: CosDict, bytes: Uint8Array): string | null {
  const map = isReadersOwn(document, font) ? null : toUnicode(document, font);
  const isWide = nameOf(document.get(font.get('Subtype'))) === 'Type0';
  if (!map) return isWide ? null : decodeNamed(document, font, bytes);
  let text = '';
  const step = isWide ? 2 : 1;
  for (let at = 0; at + step <= bytes.length; at += step) {
    const letter = map.get(isWide ? bytes[at]! * 256 + bytes[at + 1]! : bytes[at]!);
    if (letter === undefined) return null;
    text += letter;
  }
  return text.normalize('NFC');
}

const LATIN = new TextDecoder('windows-1252');
const BASES = new Map([['MacRomanEncoding', new TextDecoder('macintosh')]]);

/** A simple font's codes by its encoding: a known one, and the names of the glyphs that differ (9.6.5). */
function decodeNamed(document: PdfDocument, font: CosDict, bytes: Uint8Array): string | null {
  if (/^(ZapfDingbats|Symbol)/.test(nameOf(document.get(font.get('BaseFont'))) ?? '')) return null;
  const encoding = document.get(font.get('Encoding'));
  const table = isDict(encoding) ? encoding : undefined;
  const base = nameOf(table ? document.get(table.get('BaseEncoding')) : encoding) ?? '';
  const decoder = BASES.get(base) ?? LATIN;
  const names = differences(document, table);
  let text = '';
  for (const byte of bytes) {
    const name = names.get(byte);
    const letter = name === undefined ? decoder.decode(Uint8Array.of(byte)) : letterNamed(name);
    if (letter === undefined) return null;
    text += letter;
  }
  return text.normalize('NFC');
}

/** Names of glyphs by code (Table 112). */
function differences(document: PdfDocument, encoding: CosDict | undefined): Map<number, string> {
  const names = new Map<number, string>();
  let code = 0;
  for (const item of document.array(encoding?.get('Differences')) ?? []) {
    const value = document.get(item);
    if (typeof value === 'number') code = value;
    else names.set(code++, nameOf(value) ?? '');
  }
  return names;
}

function toUnicode(document: PdfDocument, font: CosDict): ReadonlyMap<number, string> | null {
  let map = maps.get(font);
  if (map === undefined) {
    const stream = document.get(font.get('ToUnicode'));
    map = isStream(stream) ? parseCmap(document.decode(stream)) : null;
    maps.set(font, map);
  }
  return map;
}

/** Codes one font may explain: those of two bytes, every one twice. */
const MAX_CODES = 131_072;

/** bfchar and bfrange of a ToUnicode CMap (9.10.3); null for one that cannot be read or explains too much. */
function parseCmap(bytes: Uint8Array): ReadonlyMap<number, string> | null {
  const map = new Map<number, string>();
  let codes = 0;
  try {
    for (const { operator, operands } of operations(bytes.subarray(0, MAX_CMAP), newBudget())) {
      const step = operator === 'endbfchar' ? 2 : 3;
      if (step === 3 && operator !== 'endbfrange') continue;
      for (let at = 0; at + step <= operands.length; at += step) {
        const [from, second, third] = operands.slice(at, at + step);
        const first = codeOf(from);
        const last = step === 2 ? first : codeOf(second);
        if (first === undefined || last === undefined) continue;
        codes += Math.max(1, last - first + 1);
        if (codes > MAX_CODES) return null;
        if (step === 2) addCode(map, first, letters(second));
        else addRange(map, first, last, third);
      }
    }
  } catch (error) {
    if (error instanceof DeskError) return null;
    throw error;
  }
  return map;
}

function addCode(map: Map<number, string>, code: number, text: string | undefined): void {
  if (text !== undefined) map.set(code, text);
}

function addRange(
  map: Map<number, string>,
  first: number,
  last: number,
  target: CosObject | undefined,
): void {
  const base = letters(target);
  for (let code = first; code <= last; code++) {
    if (isArray(target)) addCode(map, code, letters(target[code - first]));
    else if (base !== undefined) map.set(code, following(base, code - first));
  }
}

/** The text whose last code unit lies `by` further (9.10.3). */
function following(text: string, by: number): string {
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + by);
}

const codeOf = (object: CosObject | undefined): number | undefined =>
  isString(object) && object.bytes.length >= 1 && object.bytes.length <= 4
    ? Buffer.from(object.bytes).readUIntBE(0, object.bytes.length)
    : undefined;

/** UTF-16BE (9.10.3); writers that save a zero give one byte. */
function letters(object: CosObject | undefined): string | undefined {
  if (!isString(object)) return undefined;
  const { bytes } = object;
  const whole = bytes.length % 2 === 0 ? bytes : Uint8Array.of(0, ...bytes);
  return utf16.decode(whole);
}

const utf16 = new TextDecoder('utf-16be');
