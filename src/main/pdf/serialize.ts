import type { CosDict, CosObject, CosRef } from './cos.ts';
import { isArray, isDict, isName, isRef, isStream, isString, isVerbatim, withEntries } from './cos.ts';
import type { Encryption } from './encryption.ts';

/** Reals without exponent, which PDF does not know (ISO 32000-2, 7.3.3). */
export function formatNumber(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toFixed(Math.abs(value) < 1 ? 10 : 0).replace(/\.?0+$/, '') || '0';
}

function formatName(name: string): string {
  const escaped = name.replace(
    /[^!-~]|[#()<>[\]{}/%]/g,
    (c) => `#${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `/${escaped}`;
}

function formatString(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  if (!/^[\x20-\x7e]*$/.test(text)) return `<${Buffer.from(text, 'latin1').toString('hex')}>`;
  return `(${text.replace(/[\\()]/g, '\\$&')})`;
}

type EncryptString = (bytes: Uint8Array) => Uint8Array;

/** One character a byte. A stream is written by `indirectObject`, never here. */
function format(object: CosObject, encrypt: EncryptString): string {
  if (object === null || typeof object === 'boolean') return String(object);
  if (typeof object === 'number') return formatNumber(object);
  if (isArray(object)) return `[${object.map((item) => format(item, encrypt)).join(' ')}]`;
  if (isDict(object)) {
    // A signature's /Contents stays in clear in an encrypted file (7.6.2); copies of old signatures included.
    const isSignature = object.has('ByteRange');
    const entries = Array.from(object, ([key, value]) => {
      const clear = isSignature && key === 'Contents';
      return `${formatName(key)} ${format(value, clear ? (bytes) => bytes : encrypt)}`;
    });
    return `<< ${entries.join(' ')} >>`;
  }
  if (isName(object)) return formatName(object.name);
  if (isString(object)) return formatString(encrypt(object.bytes));
  if (isRef(object)) return `${object.num} ${object.gen} R`;
  if (isVerbatim(object)) return object.text;
  throw new TypeError('a stream must be an indirect object');
}

/** A dictionary outside of any encryption, such as a trailer. */
export function formatClear(dict: CosDict): string {
  return format(dict, (bytes) => bytes);
}

/** `num gen obj … endobj`, its strings and stream data encrypted when the document is. */
export function indirectObject(id: CosRef, object: CosObject, encryption: Encryption | null): Buffer {
  const encryptString: EncryptString = (bytes) =>
    encryption ? encryption.apply('string', 'encrypt', id, bytes) : bytes;
  const head = `${id.num} ${id.gen} obj\n`;
  if (!isStream(object)) return Buffer.from(`${head}${format(object, encryptString)}\nendobj\n`, 'latin1');
  const raw = object.raw();
  const data = encryption ? encryption.apply('stream', 'encrypt', id, raw) : raw;
  const dict = format(withEntries(object.dict, { Length: data.length }), encryptString);
  return Buffer.concat([
    Buffer.from(`${head}${dict}\nstream\n`, 'latin1'),
    data,
    Buffer.from('\nendstream\nendobj\n', 'latin1'),
  ]);
}
