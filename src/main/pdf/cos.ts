/** The object types of ISO 32000-2, 7.3, as plain immutable data. */

export interface CosName {
  readonly kind: 'name';
  /** One character a byte, `#xx` undone (7.3.5). */
  readonly name: string;
}
export interface CosString {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
}
export interface CosRef {
  readonly kind: 'ref';
  readonly num: number;
  readonly gen: number;
}
export interface CosStream {
  readonly kind: 'stream';
  readonly dict: CosDict;
  /** The bytes as stored, decrypted, filters still applied. Read on demand. */
  readonly raw: () => Uint8Array;
}
/** Written exactly as it stands: for the parts of a signature whose width must be known beforehand. Never read. */
export interface CosVerbatim {
  readonly kind: 'verbatim';
  readonly text: string;
}
export type CosDict = ReadonlyMap<string, CosObject>;
export type CosArray = readonly CosObject[];
export type CosObject =
  null | boolean | number | CosName | CosString | CosRef | CosStream | CosVerbatim | CosDict | CosArray;

export const name = (value: string): CosName => ({ kind: 'name', name: value });
export const ref = (num: number, gen = 0): CosRef => ({ kind: 'ref', num, gen });
export const bytesString = (bytes: Uint8Array): CosString => ({ kind: 'string', bytes });
export const verbatim = (text: string): CosVerbatim => ({ kind: 'verbatim', text });
export const stream = (dict: CosDict, raw: () => Uint8Array): CosStream => ({ kind: 'stream', dict, raw });

/** A dictionary from an object literal; entries that are `undefined` are left out. */
export function dict(entries: Readonly<Record<string, CosObject | undefined>>): CosDict {
  const map = new Map<string, CosObject>();
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) map.set(key, value);
  return map;
}

/** A copy with some entries replaced. */
export function withEntries(
  base: CosDict,
  entries: Readonly<Record<string, CosObject | undefined>>,
): CosDict {
  return new Map([...base, ...dict(entries)]);
}

export function isDict(object: CosObject | undefined): object is CosDict {
  return object instanceof Map;
}
export function isArray(object: CosObject | undefined): object is CosArray {
  return Array.isArray(object);
}
type KindOf = { name: CosName; string: CosString; ref: CosRef; stream: CosStream; verbatim: CosVerbatim };
function isKind<K extends keyof KindOf>(object: CosObject | undefined, kind: K): object is KindOf[K] {
  return typeof object === 'object' && object !== null && 'kind' in object && object.kind === kind;
}
export const isName = (object: CosObject | undefined): object is CosName => isKind(object, 'name');
export const isString = (object: CosObject | undefined): object is CosString => isKind(object, 'string');
export const isRef = (object: CosObject | undefined): object is CosRef => isKind(object, 'ref');
export const isStream = (object: CosObject | undefined): object is CosStream => isKind(object, 'stream');
export const isVerbatim = (object: CosObject | undefined): object is CosVerbatim =>
  isKind(object, 'verbatim');

export function nameOf(object: CosObject | undefined): string | undefined {
  return isName(object) ? object.name : undefined;
}
export function intOf(object: CosObject | undefined): number | undefined {
  return Number.isSafeInteger(object) ? (object as number) : undefined;
}

export const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** PDFDocEncoding where it differs from Latin-1 (ISO 32000-2, Annex D.3). */
const PDF_DOC: ReadonlyMap<number, string> = new Map([
  ...Array.from('˘ˇˆ˙˝˛˚˜', (c, i) => [0x18 + i, c] as const),
  ...Array.from('•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž', (c, i) => [0x80 + i, c] as const),
  [0xa0, '€'] as const,
]);

/** Text of a text string (7.9.2.2): UTF-16BE or UTF-8 with a mark, else PDFDocEncoding. */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return new TextDecoder('utf-16be').decode(buffer.subarray(2));
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return buffer.subarray(3).toString('utf8');
  return Array.from(buffer, (byte) => PDF_DOC.get(byte) ?? String.fromCharCode(byte)).join('');
}

export function textOf(object: CosObject | undefined): string | undefined {
  return isString(object) ? decodeText(object.bytes) : undefined;
}

/** A text string: plain where it is ASCII, else UTF-16BE, which every reader knows (UTF-8 came with PDF 2.0). */
export function textString(text: string): CosString {
  if (/^[\x20-\x7e]*$/.test(text)) return bytesString(latin1(text));
  return bytesString(Buffer.from(`\ufeff${text.normalize('NFC')}`, 'utf16le').swap16());
}
