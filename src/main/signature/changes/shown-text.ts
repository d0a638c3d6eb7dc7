/** The letters behind the codes of a text operator (ISO 32000-2, 9.10.2). */
import type { CosDict } from '../../pdf/cos.ts';
import { isName, isStream, nameOf } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';

const MAX_CMAP = 1 << 20;
const maps = new WeakMap<CosDict, ReadonlyMap<number, string> | null>();

/** Null when the font does not tell which letters its codes are. */
export function decodeShown(document: PdfDocument, font: CosDict, bytes: Uint8Array): string | null {
  const map = toUnicode(document, font);
  const isWide = nameOf(document.get(font.get('Subtype'))) === 'Type0';
  if (!map) return isWide || !hasPlainEncoding(document, font) ? null : windowsLatin.decode(bytes);
  let text = '';
  const step = isWide ? 2 : 1;
  for (let at = 0; at + step <= bytes.length; at += step) {
    const letter = map.get(isWide ? bytes[at]! * 256 + bytes[at + 1]! : bytes[at]!);
    if (letter === undefined) return null;
    text += letter;
  }
  return text.normalize('NFC');
}

const windowsLatin = new TextDecoder('windows-1252');

/** A simple font whose codes are the letters themselves: no encoding of its own that changes some. */
function hasPlainEncoding(document: PdfDocument, font: CosDict): boolean {
  if (/^(ZapfDingbats|Symbol)/.test(nameOf(document.get(font.get('BaseFont'))) ?? '')) return false;
  const encoding = document.get(font.get('Encoding'));
  return encoding === null || isName(encoding) || document.dict(encoding)?.has('Differences') === false;
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

const HEX = '<([0-9A-Fa-f\\s]*)>';

/** bfchar and bfrange of a ToUnicode CMap (9.10.3). */
function parseCmap(bytes: Uint8Array): Map<number, string> {
  const text = Buffer.from(bytes.subarray(0, MAX_CMAP)).toString('latin1');
  const map = new Map<number, string>();
  for (const [, body = ''] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = '', letters = ''] of body.matchAll(new RegExp(`${HEX}\\s*${HEX}`, 'g')))
      map.set(parseInt(code, 16), unicode(letters));
  for (const [, body = ''] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) addRanges(map, body);
  return map;
}

function addRanges(map: Map<number, string>, body: string): void {
  const range = new RegExp(`${HEX}\\s*${HEX}\\s*(?:${HEX}|\\[([^\\]]*)\\])`, 'g');
  for (const [, from = '', to = '', start, list] of body.matchAll(range)) {
    const first = parseInt(from, 16);
    const count = Math.min(parseInt(to, 16) - first + 1, 65_536);
    const letters = list?.match(/<[^>]*>/g)?.map((item) => unicode(item.slice(1, -1)));
    const base = start === undefined ? '' : unicode(start);
    for (let i = 0; i < count; i++) map.set(first + i, letters ? (letters[i] ?? '') : following(base, i));
  }
}

/** The text whose last code unit lies `by` further (9.10.3). */
function following(text: string, by: number): string {
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + by);
}

const unicode = (hex: string): string =>
  Buffer.from(hex.replace(/\s/g, '').padStart(4, '0'), 'hex').swap16().toString('utf16le');
