/** DER writers (X.690): each returns one complete value; nesting them gives nested values. */
import { contextPrimitive, contextTag, DerError, tag } from './der.ts';

/** One value with this identifier octet and the given contents, one behind the other. */
export function encode(identifier: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  const head =
    length < 0x80
      ? [identifier, length]
      : [identifier, 0x80 | lengthOctets(length).length, ...lengthOctets(length)];
  const out = new Uint8Array(head.length + length);
  out.set(head);
  let at = head.length;
  for (const part of contents) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function lengthOctets(length: number): number[] {
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return octets;
}

/** A SEQUENCE of parts that are encoded already (X.690, 8.9). */
export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => encode(tag.sequence, ...parts);

/** SET OF: members in ascending order of their encodings (X.690, 11.6). */
export const setOf = (...members: readonly Uint8Array[]): Uint8Array =>
  encode(tag.set, ...members.toSorted((a, b) => Buffer.compare(a, b)));

/** `[n] EXPLICIT`, or `[n] IMPLICIT` of a constructed type when given its contents. */
export const context = (n: number, ...contents: readonly Uint8Array[]): Uint8Array =>
  encode(contextTag(n), ...contents);

/** `[n] IMPLICIT` of a primitive type, given its contents octets. */
export const contextOctets = (n: number, content: Uint8Array): Uint8Array =>
  encode(contextPrimitive(n), content);

/** The same value under another identifier octet: IMPLICIT tagging. */
export function retag(identifier: number, value: Uint8Array): Uint8Array {
  const copy = new Uint8Array(value);
  copy[0] = identifier;
  return copy;
}

/** INTEGER from a number, or from an unsigned big-endian magnitude (a serial, a modulus). */
export function integer(value: number | bigint | Uint8Array): Uint8Array {
  if (value instanceof Uint8Array) return unsignedInteger(value);
  const wanted = BigInt(value);
  let octets = 1;
  while (BigInt.asIntN(octets * 8, wanted) !== wanted) octets++;
  const hex = BigInt.asUintN(octets * 8, wanted)
    .toString(16)
    .padStart(octets * 2, '0');
  return encode(tag.integer, Buffer.from(hex, 'hex'));
}

function unsignedInteger(magnitude: Uint8Array): Uint8Array {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
  const trimmed = magnitude.subarray(start);
  const needsSign = trimmed.length === 0 || trimmed[0]! >= 0x80;
  return encode(tag.integer, ...(needsSign ? [Uint8Array.of(0)] : []), trimmed);
}

/** An ENUMERATED of one octet, 0 to 127 (X.690, 8.4). */
export const enumerated = (value: number): Uint8Array => encode(tag.enumerated, Uint8Array.of(value));

/** An OBJECT IDENTIFIER from its dotted form, `2.16.840.1` (X.690, 8.19). */
export function oid(dotted: string): Uint8Array {
  const [top = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  const octets = [top * 40n + second, ...rest].flatMap((arc) => {
    const digits = [Number(arc & 0x7fn)];
    for (let left = arc >> 7n; left > 0n; left >>= 7n) digits.unshift(Number(left & 0x7fn) | 0x80);
    return digits;
  });
  return encode(tag.oid, Uint8Array.from(octets));
}

/** An OCTET STRING of the contents joined (X.690, 8.7). */
export const octetString = (...contents: readonly Uint8Array[]): Uint8Array =>
  encode(tag.octetString, ...contents);

/** BIT STRING of whole octets. */
export const bitString = (content: Uint8Array): Uint8Array =>
  encode(tag.bitString, Uint8Array.of(0), content);

/** Named-bit list: trailing zero bits left out (X.690, 11.2.2). */
export function bitList(...set: readonly number[]): Uint8Array {
  const highest = Math.max(-1, ...set);
  const bytes = new Uint8Array((highest >> 3) + 1);
  for (const bit of set) bytes[bit >> 3]! |= 0x80 >> (bit & 7);
  return encode(tag.bitString, Uint8Array.of(bytes.length * 8 - (highest + 1)), bytes);
}

/** The NULL value (X.690, 8.8). */
export const nullValue = (): Uint8Array => encode(tag.null);
/** A BOOLEAN; TRUE is FF (X.690, 11.1). */
export const boolean = (value: boolean): Uint8Array => encode(tag.boolean, Uint8Array.of(value ? 0xff : 0));

const text =
  (identifier: number) =>
  (value: string): Uint8Array =>
    encode(identifier, Buffer.from(value.normalize('NFC'), 'utf8'));
export const utf8String = text(tag.utf8String);
export const ia5String = text(tag.ia5String);

const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/;
/** A PrintableString (X.680, 41.4). @throws DerError when a character is not of its alphabet */
export function printableString(value: string): Uint8Array {
  if (!PRINTABLE.test(value)) throw new DerError('not a PrintableString');
  return encode(tag.printableString, Buffer.from(value, 'latin1'));
}

/** BMPString, as PKCS#12 writes passwords and friendly names. */
export function bmpString(value: string): Uint8Array {
  return encode(tag.bmpString, Buffer.from(value, 'utf16le').swap16());
}

/** Time by the rule of RFC 5280, 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050 on. Whole seconds. */
export function time(ms: number): Uint8Array {
  const year = new Date(ms).getUTCFullYear();
  if (year < 1950 || year > 2049) return generalizedTime(ms);
  return encode(tag.utcTime, Buffer.from(digits(ms).slice(2), 'latin1'));
}

/** A GeneralizedTime in whole seconds of UTC (RFC 5280, 4.1.2.5.2). @param ms UTC milliseconds */
export const generalizedTime = (ms: number): Uint8Array =>
  encode(tag.generalizedTime, Buffer.from(digits(ms), 'latin1'));

const digits = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace(/\D/g, '')}Z`;
