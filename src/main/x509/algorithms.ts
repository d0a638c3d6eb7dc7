/** Which algorithm an AlgorithmIdentifier means, and checking a signature with it. */
import { createPublicKey, createVerify, constants, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { contextTag, DerError, fields, inner, readOid, readSmallInteger, tag } from '../asn1/der.ts';
import type { Der } from '../asn1/der.ts';
import { oids } from '../asn1/oids.ts';

export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly parameters: Der | undefined;
  readonly raw: Uint8Array;
}

export function readAlgorithm(node: Der): AlgorithmIdentifier {
  const parts = fields(node);
  const oid = readOid(parts.next(tag.oid));
  const [parameters, ...more] = parts.rest();
  if (more.length > 0) throw new DerError('AlgorithmIdentifier with more than two fields');
  return { oid, parameters, raw: node.raw };
}

/** node:crypto's names of the digests this program accepts. */
export type DigestName =
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha512-224'
  | 'sha512-256'
  | 'sha3-224'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512';

const DIGESTS: Readonly<Record<string, DigestName>> = {
  [oids.sha1]: 'sha1',
  [oids.sha224]: 'sha224',
  [oids.sha256]: 'sha256',
  [oids.sha384]: 'sha384',
  [oids.sha512]: 'sha512',
  [oids.sha512224]: 'sha512-224',
  [oids.sha512256]: 'sha512-256',
  [oids.sha3224]: 'sha3-224',
  [oids.sha3256]: 'sha3-256',
  [oids.sha3384]: 'sha3-384',
  [oids.sha3512]: 'sha3-512',
};

/** The algorithm is one this program does not know or does not accept (MD5, private ones). */
export class UnsupportedAlgorithm extends Error {
  readonly algorithm: string;
  constructor(algorithm: string) {
    super(`unsupported algorithm ${algorithm}`);
    this.name = 'UnsupportedAlgorithm';
    this.algorithm = algorithm;
  }
}

export function digestOf({ oid }: AlgorithmIdentifier): DigestName {
  const digest = DIGESTS[oid];
  if (!digest) throw new UnsupportedAlgorithm(oid);
  return digest;
}

type KeyKind = 'rsa' | 'ec' | 'dsa' | 'eddsa';

export interface SignatureScheme {
  readonly key: KeyKind;
  /** Null where the algorithm hashes by itself (EdDSA). */
  readonly digest: DigestName | null;
  /** Salt length in bytes when the padding is RSASSA-PSS. */
  readonly pssSalt: number | null;
}

/** As people quote it. */
export function schemeName({ key, pssSalt }: SignatureScheme): string {
  if (key === 'rsa') return pssSalt === null ? 'RSA PKCS#1 v1.5' : 'RSA-PSS';
  return { ec: 'ECDSA', dsa: 'DSA', eddsa: 'EdDSA' }[key];
}

const SCHEMES: Readonly<Record<string, readonly [KeyKind, DigestName | null]>> = {
  [oids.sha1WithRsa]: ['rsa', 'sha1'],
  [oids.sha224WithRsa]: ['rsa', 'sha224'],
  [oids.sha256WithRsa]: ['rsa', 'sha256'],
  [oids.sha384WithRsa]: ['rsa', 'sha384'],
  [oids.sha512WithRsa]: ['rsa', 'sha512'],
  [oids.ecdsaWithSha1]: ['ec', 'sha1'],
  [oids.ecdsaWithSha224]: ['ec', 'sha224'],
  [oids.ecdsaWithSha256]: ['ec', 'sha256'],
  [oids.ecdsaWithSha384]: ['ec', 'sha384'],
  [oids.ecdsaWithSha512]: ['ec', 'sha512'],
  [oids.dsaWithSha1]: ['dsa', 'sha1'],
  [oids.dsaWithSha256]: ['dsa', 'sha256'],
  [oids.ed25519]: ['eddsa', null],
  [oids.ed448]: ['eddsa', null],
};

/**
 * The scheme of a signature. CMS names the bare key algorithm and the digest apart (RFC 3370, 3.2); `digest`
 * is then the SignerInfo's.
 */
export function signatureScheme(algorithm: AlgorithmIdentifier, digest?: DigestName): SignatureScheme {
  if (algorithm.oid === oids.rsaPss) return pssScheme(algorithm.parameters);
  if (digest && algorithm.oid === oids.rsaEncryption) return { key: 'rsa', digest, pssSalt: null };
  if (digest && algorithm.oid === oids.ecPublicKey) return { key: 'ec', digest, pssSalt: null };
  if (digest && algorithm.oid === oids.dsa) return { key: 'dsa', digest, pssSalt: null };
  const known = SCHEMES[algorithm.oid];
  if (!known) throw new UnsupportedAlgorithm(algorithm.oid);
  return { key: known[0], digest: known[1], pssSalt: null };
}

/** RSASSA-PSS-params (RFC 4055, 3.1); the mask must use the same digest, as every signer in use does. */
function pssScheme(parameters: Der | undefined): SignatureScheme {
  if (!parameters) throw new UnsupportedAlgorithm('RSASSA-PSS');
  const parts = fields(parameters);
  const hash = parts.optional(contextTag(0));
  const mask = parts.optional(contextTag(1));
  const salt = parts.optional(contextTag(2));
  const trailer = parts.optional(contextTag(3));
  parts.end();
  const digest = hash ? digestOf(readAlgorithm(inner(hash))) : 'sha1';
  const maskDigest = mask ? maskDigestOf(readAlgorithm(inner(mask))) : 'sha1';
  if (digest !== maskDigest || (trailer && readSmallInteger(inner(trailer)) !== 1))
    throw new UnsupportedAlgorithm('RSASSA-PSS');
  const pssSalt = salt ? readSmallInteger(inner(salt)) : 20;
  if (pssSalt < 0 || pssSalt > 1024) throw new DerError('PSS salt length');
  return { key: 'rsa', digest, pssSalt };
}

function maskDigestOf(mask: AlgorithmIdentifier): DigestName {
  if (mask.oid !== oids.mgf1 || !mask.parameters) throw new UnsupportedAlgorithm('RSASSA-PSS');
  return digestOf(readAlgorithm(mask.parameters));
}

const KEY_TYPES: Readonly<Record<KeyKind, readonly string[]>> = {
  rsa: ['rsa', 'rsa-pss'],
  ec: ['ec'],
  dsa: ['dsa'],
  eddsa: ['ed25519', 'ed448'],
};

/** Reading a key costs as much as checking a signature with it, and one signer signs many files. */
const KEYS_KEPT = 64;
const keys = new Map<string, KeyObject | null>();

/** A public key from its SubjectPublicKeyInfo; null when node:crypto cannot use it. */
export function publicKey(spki: Uint8Array): KeyObject | null {
  const id = Buffer.from(spki).toString('latin1');
  let key = keys.get(id);
  if (key === undefined) {
    key = readKey(spki);
    keys.set(id, key);
    if (keys.size > KEYS_KEPT) keys.delete(keys.keys().next().value!);
  }
  return key;
}

function readKey(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

/** Key size as people quote it: modulus or curve bits. */
export function keyBits(key: KeyObject): number {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (modulusLength) return modulusLength;
  if (key.asymmetricKeyType === 'ed25519') return 256;
  if (key.asymmetricKeyType === 'ed448') return 456;
  return { prime256v1: 256, secp384r1: 384, secp521r1: 521, secp256k1: 256 }[namedCurve ?? ''] ?? 0;
}

/** Does `signature` over `data` (its parts, in order) verify? False for a key of another kind. */
export function verifySignature(
  scheme: SignatureScheme,
  key: KeyObject | null,
  data: Iterable<Uint8Array>,
  signature: Uint8Array,
): boolean {
  if (!key || !KEY_TYPES[scheme.key].includes(key.asymmetricKeyType ?? '')) return false;
  const keyInput =
    scheme.pssSalt === null
      ? { key, padding: scheme.key === 'rsa' ? constants.RSA_PKCS1_PADDING : undefined }
      : { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.pssSalt };
  try {
    if (scheme.digest === null) return verify(null, Buffer.concat([...data]), key, signature);
    const check = createVerify(scheme.digest);
    for (const part of data) check.update(part);
    return check.verify(keyInput, signature);
  } catch {
    // OpenSSL reports some malformed keys and signatures as errors; either way nothing was proven.
    return false;
  }
}
