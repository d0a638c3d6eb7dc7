import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import type { Problem } from './edxml-model.ts';

/**
 * The bytes of a message as UTF-8. Declarations lie in the field: bytes that are valid UTF-8 are UTF-8 whatever they
 * declare; only otherwise the declared encoding is tried. Letters that fit nowhere become U+FFFD, never an exception.
 */
export function toUtf8(bytes: Uint8Array): { bytes: Uint8Array; warnings: Problem[] } {
  const utf16 = utf16Of(bytes);
  if (utf16) return { bytes: recode(bytes, utf16), warnings: [] };
  const declared = declaredEncoding(bytes);
  if (isAscii(bytes)) return { bytes, warnings: [] };
  if (isUtf8(bytes)) {
    const differs = !/^utf-?8$/i.test(declared);
    return {
      bytes,
      warnings: differs ? [{ code: 'axis.encoding-differs', params: { declared, actual: 'UTF-8' } }] : [],
    };
  }
  return {
    bytes: recode(bytes, known(declared) ? declared : 'utf-8'),
    warnings: [{ code: 'axis.encoding-broken', params: { declared } }],
  };
}

function declaredEncoding(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']/i.exec(head)?.[1] ?? 'UTF-8';
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  return null;
}

function known(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    // RangeError: the platform has no such encoding, so the declaration is of no help.
    return false;
  }
}

function recode(bytes: Uint8Array, encoding: string): Uint8Array {
  return Buffer.from(new TextDecoder(encoding).decode(bytes), 'utf8');
}
