/**
 * node:crypto as far as Electron's BoringSSL has it, in its place while the program runs under the tests: the one room
 * that takes algorithms from node:crypto gets this instead (vitest.config.ts). It refuses what BoringSSL refuses, by
 * the lists of BoringSSL itself and not by the program's own: crypto/digest_extra, crypto/cipher/get_cipher.cc with
 * Electron's patches, crypto/evp (no EVP_PKEY_DSA signing, no RSASSA-PSS keys), crypto/fipsmodule/ec (NIST's curves).
 */
import * as openssl from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export * from 'node:crypto';

const DIGESTS = /^(md4|md5|sha1|sha224|sha256|sha384|sha512|sha512-256|ripemd160)$/;
const CIPHERS =
  /^(aes-(128|192|256)-(cbc|ctr|ecb|gcm|ofb)|aes-(128|256)-cfb|des-(cbc|ecb)|des-ede(3)?(-cbc)?|rc2-(40-)?cbc|rc4|bf-(cbc|cfb|ecb))$/;
const CURVES = /^(secp224r1|prime256v1|secp384r1|secp521r1)$/;
const KEYS = /^(rsa|ec|dsa|ed25519|x25519)$/;

/** What a test takes away besides: a curve, a kind of key, a digest, a cipher. */
export const missing = new Set<string>();

/** Thrown as OpenSSL's errors are: no class of its own. */
function unsupported(what: string): Error {
  return Object.assign(
    new Error(`error:06000080:public key routines:OPENSSL_internal:UNSUPPORTED_ALGORITHM`),
    {
      code: 'ERR_OSSL_UNSUPPORTED',
      reason: what,
    },
  );
}

const digest = (name: string | null | undefined): void => {
  if (typeof name === 'string' && (!DIGESTS.test(name) || missing.has(name))) throw unsupported(name);
};
const cipher = (name: string): void => {
  if (!CIPHERS.test(name) || missing.has(name)) throw unsupported(name);
};

function readable<K extends KeyObject>(key: K): K {
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: { namedCurve, modulusLength } = {} } = key;
  if (!KEYS.test(type) || missing.has(type)) throw unsupported(type);
  if (namedCurve !== undefined && (!CURVES.test(namedCurve) || missing.has(namedCurve)))
    throw unsupported(namedCurve);
  if (type === 'rsa' && (modulusLength ?? 0) > 8192) throw unsupported('modulus');
  return key;
}

/** BoringSSL reads DSA keys and does nothing with them. */
function able(key: unknown): void {
  const object = key instanceof openssl.KeyObject ? key : (key as { readonly key: KeyObject }).key;
  if (object.asymmetricKeyType === 'dsa') throw unsupported('dsa');
}

export const createHash = ((name, options) => {
  digest(name);
  return openssl.createHash(name, options);
}) as typeof openssl.createHash;

export const createHmac = ((name, key, options) => {
  digest(name);
  return openssl.createHmac(name, key, options);
}) as typeof openssl.createHmac;

export const createCipheriv = ((name: string, key: Uint8Array, iv: Uint8Array) => {
  cipher(name);
  return openssl.createCipheriv(name, key, iv);
}) as typeof openssl.createCipheriv;

export const createDecipheriv = ((name: string, key: Uint8Array, iv: Uint8Array) => {
  cipher(name);
  return openssl.createDecipheriv(name, key, iv);
}) as typeof openssl.createDecipheriv;

export const createPublicKey = ((key) =>
  readable(openssl.createPublicKey(key))) as typeof openssl.createPublicKey;
export const createPrivateKey = ((key) =>
  readable(openssl.createPrivateKey(key))) as typeof openssl.createPrivateKey;

export const createVerify = ((name, options) => {
  digest(name);
  const state = openssl.createVerify(name, options);
  const check = state.verify.bind(state) as (key: unknown, signature: unknown) => boolean;
  return Object.assign(state, {
    verify(key: unknown, signature: unknown) {
      able(key);
      return check(key, signature);
    },
  });
}) as typeof openssl.createVerify;

export const verify = ((name: string | null, data: Uint8Array, key: KeyObject, signature: Uint8Array) => {
  digest(name);
  able(key);
  return openssl.verify(name, data, key, signature);
}) as typeof openssl.verify;

export const sign = ((name: string | null, data: Uint8Array, key: KeyObject) => {
  digest(name);
  able(key);
  return openssl.sign(name, data, key);
}) as typeof openssl.sign;

export const pbkdf2 = Object.assign(
  ((password, salt, iterations, length, name, callback) => {
    digest(name);
    openssl.pbkdf2(password, salt, iterations, length, name, callback);
  }) as typeof openssl.pbkdf2,
  {
    [promisify.custom]: async (
      password: string,
      salt: Uint8Array,
      iterations: number,
      length: number,
      name: string,
    ) => {
      digest(name);
      return await promisify(openssl.pbkdf2)(password, salt, iterations, length, name);
    },
  },
);
