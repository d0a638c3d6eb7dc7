/**
 * The cryptography this program may use: what Node's OpenSSL and Electron's BoringSSL both have. BoringSSL has no
 * SHA-3, SHA-512/224, Ed448 or Argon2, of the curves NIST's only, and does not verify DSA (electron/electron 24812,
 * 28027, 30530, 32535, 34942). Nothing else of the program takes an algorithm from node:crypto (lint), so that a name
 * outside these lists does not compile, and every entry is tried at start (`self-test.ts`).
 */
import {
  createCipheriv as nodeCipher,
  createDecipheriv as nodeDecipher,
  createHash as nodeHash,
  createHmac as nodeHmac,
  createVerify as nodeVerify,
  pbkdf2 as nodePbkdf2,
  sign as nodeSign,
  verify as nodeVerifyOnce,
} from 'node:crypto';
import type { BinaryLike, Cipheriv, Decipheriv, Hash, Hmac, KeyObject, Verify } from 'node:crypto';
import { promisify } from 'node:util';

export { constants, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
export type { Hash, KeyObject } from 'node:crypto';

/** By the names of node:crypto. MD5 and SHA-1 are for old files and for names of things, never for a new signature. */
export const DIGESTS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
export type Digest = (typeof DIGESTS)[number];

export const CIPHERS = ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des-ede3-cbc'] as const;
export type Cipher = (typeof CIPHERS)[number];

/** Elliptic curves, with the bits by which people quote them. */
export const CURVES = { secp224r1: 224, prime256v1: 256, secp384r1: 384, secp521r1: 521 } as const;
export type Curve = keyof typeof CURVES;

/** BoringSSL reads no longer RSA modulus (OPENSSL_RSA_MAX_MODULUS_BITS). */
export const MAX_RSA_BITS = 8192;

export const createHash: (digest: Digest) => Hash = nodeHash;
export const createHmac: (digest: Digest, key: BinaryLike) => Hmac = nodeHmac;
export const createCipheriv: (cipher: Cipher, key: Uint8Array, iv: Uint8Array) => Cipheriv = nodeCipher;
export const createDecipheriv: (cipher: Cipher, key: Uint8Array, iv: Uint8Array) => Decipheriv = nodeDecipher;
export const createVerify: (digest: Digest) => Verify = nodeVerify;
export const sign: (digest: Digest, data: Uint8Array, key: KeyObject) => Buffer = nodeSign;

/** Null: the algorithm hashes by itself (EdDSA). */
export const verify: (
  digest: Digest | null,
  data: Uint8Array,
  key: KeyObject,
  signature: Uint8Array,
) => boolean = nodeVerifyOnce;

/** A key of `length` bytes from a password (RFC 8018, 5.2), worked out off the calling thread. */
export const pbkdf2: (
  password: BinaryLike,
  salt: Uint8Array,
  iterations: number,
  length: number,
  digest: Digest,
) => Promise<Buffer> = promisify(nodePbkdf2);
