import type { DocumentKind } from './kinds.ts';

/**
 * Number and notation of an official document: `12/CV-THPTVD`, `345/SGDĐT-VP`, `30/2020/NĐ-CP`, `12-NQ/ĐU`.
 * Compared with diacritics and case: HD (hướng dẫn) and HĐ (hợp đồng) are different kinds.
 */
export interface DocumentCode {
  readonly number: string;
  readonly notation: string;
}

const stateForm = /^(\d{1,9}[a-zđ]?)\/((?:\d{4}\/)?[\p{L}\d&]+(?:-[\p{L}\d&.]+)*)$/u;
const partyForm = /^(\d{1,9}[a-zđ]?)-([A-ZĐa-zđ]{1,6}\/[\p{L}\d.&-]+)$/u;

/** NFC, the Icelandic Ð that old fonts leave behind made Đ, no spaces around the separators. */
function cleanCode(text: string): string {
  return text
    .normalize('NFC')
    .replace(/Ð/g, 'Đ')
    .replace(/\s*([/-])\s*/g, '$1')
    .trim();
}

/** Splits a written code; undefined when it is in neither the State's form nor the Party's. */
export function parseCode(text: string): DocumentCode | undefined {
  const match = stateForm.exec(cleanCode(text)) ?? partyForm.exec(cleanCode(text));
  return match ? { number: match[1]!, notation: match[2]! } : undefined;
}

/** Key under which two spellings of one code are the same code. */
export function codeKey(text: string): string {
  return cleanCode(text)
    .toUpperCase()
    .replace(/^0+(?=\d)/, '');
}

/** Numbers below 10 get a leading zero. Source: NĐ 30/2020, Phụ lục I, Phần I, II.3c. */
export function writeNumber(sequence: number): string {
  return String(sequence).padStart(2, '0');
}

/**
 * Notation of an outgoing document, without its number.
 * Source: NĐ 30/2020, Phụ lục I, Phần I, II.3b.
 * @param agency abbreviation fixed by the head, e.g. `THPTVD`
 * @param unit drafting unit or field, used by letters only, e.g. `VP`
 */
export function notationFor(kind: DocumentKind, agency: string, unit: string): string {
  if (kind.form === 'typed') return `${kind.code}-${agency}`;
  return unit ? `${agency}-${unit}` : agency;
}

/** Number and notation as one code: `12/CV-THPTVD`; the party writes a dash. */
export function showCode(number: string, notation: string): string {
  return /^[A-ZĐa-zđ]{1,6}\//u.test(notation) && !/^\d{4}\//.test(notation)
    ? `${number}-${notation}`
    : `${number}/${notation}`;
}
