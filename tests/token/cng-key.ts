import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/**
 * RSA keys as Windows' cryptography exports them (BCRYPT_RSAKEY_BLOB of bcrypt.h): six numbers, then the integers,
 * each as long as the numbers say.
 */
const FULL_PRIVATE = 0x33415352;
const HEADER = 24;

/** BCRYPT_RSAFULLPRIVATE_BLOB of a private key. */
export function cngKey(key: KeyObject): Buffer {
  const jwk = key.export({ format: 'jwk' });
  const part = (name: 'e' | 'n' | 'p' | 'q' | 'dp' | 'dq' | 'qi' | 'd', like?: Buffer): Buffer => {
    const bytes = Buffer.from(jwk[name]!, 'base64url');
    return like ? Buffer.concat([Buffer.alloc(like.length - bytes.length), bytes]) : bytes;
  };
  const [e, n, p, q] = [part('e'), part('n'), part('p'), part('q')];
  const header = Buffer.alloc(HEADER);
  [FULL_PRIVATE, n.length * 8, e.length, n.length, p.length, q.length].forEach((value, index) =>
    header.writeUInt32LE(value, 4 * index),
  );
  return Buffer.concat([header, e, n, p, q, part('dp', p), part('dq', q), part('qi', p), part('d', n)]);
}

/** The public half of such a blob. */
export function publicKeyOf(blob: Buffer): KeyObject {
  const [eLength, nLength] = [blob.readUInt32LE(8), blob.readUInt32LE(12)];
  const integer = (from: number, length: number): string =>
    blob.subarray(from, from + length).toString('base64url');
  const jwk = { kty: 'RSA', e: integer(HEADER, eLength), n: integer(HEADER + eLength, nLength) };
  return createPublicKey({ key: jwk, format: 'jwk' });
}
