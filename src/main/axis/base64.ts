import { Buffer } from 'node:buffer';
import type { TextRange, XmlDocument } from './xml.ts';
import { unescapeXml } from './xml-text.ts';

const JUNK = 255;
const SKIP = 254;

/** Value of each byte: 0–63, SKIP (white space, padding) or JUNK. Both alphabets of RFC 4648 occur. */
const VALUES = new Uint8Array(256).fill(JUNK);
for (const [i, letter] of Array.from(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
).entries())
  VALUES[letter.charCodeAt(0)] = i;
VALUES['-'.charCodeAt(0)] = 62;
VALUES['_'.charCodeAt(0)] = 63;
for (const letter of ' \t\r\n=') VALUES[letter.charCodeAt(0)] = SKIP;

export interface Decoded {
  readonly bytes: Uint8Array;
  /** Characters that are not base64 and were skipped. */
  readonly junk: number;
  /** Characters of base64 that were read. */
  readonly letters: number;
}

/** Base64 straight from the bytes of a message, skipping and counting what does not belong there. */
export function decodeBase64(document: XmlDocument, ranges: readonly TextRange[]): Decoded {
  const parts = ranges.map((range) => withoutReferences(document, range));
  const out = Buffer.allocUnsafe(Math.ceil((parts.reduce((sum, part) => sum + part.length, 0) * 3) / 4));
  let size = 0;
  let junk = 0;
  let letters = 0;
  let bits = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 1) {
      const value = VALUES[part[i]!]!;
      if (value < 64) {
        bits = (bits << 6) | value;
        letters += 1;
        if ((letters & 3) === 0) {
          out[size] = bits >> 16;
          out[size + 1] = bits >> 8;
          out[size + 2] = bits;
          size += 3;
          bits = 0;
        }
      } else if (value === JUNK) junk += 1;
    }
  }
  const rest = letters & 3;
  if (rest === 3) {
    out[size] = bits >> 10;
    out[size + 1] = bits >> 2;
  } else if (rest === 2) out[size] = bits >> 4;
  return { bytes: out.subarray(0, size + Math.max(rest - 1, 0)), junk, letters };
}

/** Some writers put line breaks into base64 as `&#13;`: text with references is expanded first, all other used as it is. */
function withoutReferences({ bytes }: XmlDocument, { start, end, verbatim }: TextRange): Uint8Array {
  const part = bytes.subarray(start, end);
  if (verbatim || !part.includes(0x26)) return part;
  return Buffer.from(unescapeXml(part.toString('latin1')), 'latin1');
}
