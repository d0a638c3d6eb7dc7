import { randomBytes } from 'node:crypto';
import { createCipheriv, createDecipheriv } from '../crypto/index.ts';
import type { Cipher } from '../crypto/index.ts';
import { damaged } from './limits.ts';

/** RC4: OpenSSL 3 and BoringSSL no longer offer it, and old official PDFs still use it. */
export function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const s = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + s[i]! + key[i % key.length]!) & 255;
    [s[i], s[j]] = [s[j]!, s[i]!];
  }
  const out = new Uint8Array(data.length);
  for (let n = 0, i = 0, j = 0; n < data.length; n++) {
    i = (i + 1) & 255;
    j = (j + s[i]!) & 255;
    [s[i], s[j]] = [s[j]!, s[i]!];
    out[n] = data[n]! ^ s[(s[i]! + s[j]!) & 255]!;
  }
  return out;
}

const AES_CBC: Readonly<Record<number, Cipher>> = {
  16: 'aes-128-cbc',
  24: 'aes-192-cbc',
  32: 'aes-256-cbc',
};

function aesCbc(key: Uint8Array): Cipher {
  const cipher = AES_CBC[key.length];
  if (!cipher) throw damaged('cipher-key');
  return cipher;
}

/** AES-CBC with the IV in front and PKCS#7 padding (ISO 32000-2, 7.6.3.2). */
export function aesEncrypt(key: Uint8Array, data: Uint8Array): Uint8Array {
  const iv = randomBytes(16);
  const cipher = createCipheriv(aesCbc(key), key, iv);
  return Buffer.concat([iv, cipher.update(data), cipher.final()]);
}

export function aesDecrypt(key: Uint8Array, data: Uint8Array): Uint8Array {
  if (data.length === 0) return data;
  if (data.length < 32 || data.length % 16 !== 0) throw damaged('cipher-length');
  const cipher = aesCbc(key);
  try {
    const decipher = createDecipheriv(cipher, key, data.subarray(0, 16));
    return Buffer.concat([decipher.update(data.subarray(16)), decipher.final()]);
  } catch (error) {
    throw damaged('cipher-padding', error);
  }
}

/** AES-CBC without padding and with its own IV, as key derivation uses it (7.6.4.3.3, 7.6.4.3.4). */
export function aesRaw(
  direction: 'encrypt' | 'decrypt',
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
): Buffer {
  const create = direction === 'encrypt' ? createCipheriv : createDecipheriv;
  const cipher = create(aesCbc(key), key, iv);
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}
