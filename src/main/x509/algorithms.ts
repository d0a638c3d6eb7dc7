/** Which algorithm an AlgorithmIdentifier means, and checking a signature with it. */
import { constants, createPublicKey, createVerify, CURVES, MAX_RSA_BITS, verify } from '../crypto/index.ts';
import type { Curve, Digest, KeyObject } from '../crypto/index.ts';
import {
  contextTag,
  DerError,
  fields,
  inner,
  readBitOctets,
  readDer,
  readInteger,
  readOid,
  readSmallInteger,
  tag,
} from '../asn1/der.ts';
import type { Der } from '../asn1/der.ts';
import { nullValue, oid, sequence } from '../asn1/der-write.ts';
import { oids } from '../asn1/oids.ts';

export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly parameters: Der | undefined;
  readonly raw: Uint8Array;
}

/** An AlgorithmIdentifier, known or not (RFC 5280, 4.1.1.2). @throws DerError */
export function readAlgorithm(node: Der): AlgorithmIdentifier {
  const parts = fields(node);
  const oid = readOid(parts.next(tag.oid));
  const [parameters, ...more] = parts.rest();
  if (more.length > 0) throw new DerError('AlgorithmIdentifier with more than two fields');
  return { oid, parameters, raw: node.raw };
}

/** Digests a signature may use. */
export type DigestName = Exclude<Digest, 'md5'>;

const DIGESTS_BY_OID: Readonly<Record<string, DigestName>> = {
  [oids.sha1]: 'sha1',
  [oids.sha224]: 'sha224',
  [oids.sha256]: 'sha256',
  [oids.sha384]: 'sha384',
  [oids.sha512]: 'sha512',
};

const CURVES_BY_OID: Readonly<Record<string, Curve>> = {
  [oids.secp224r1]: 'secp224r1',
  [oids.prime256v1]: 'prime256v1',
  [oids.secp384r1]: 'secp384r1',
  [oids.secp521r1]: 'secp521r1',
};

/**
 * The algorithm is one this program does not accept (MD5), does not know, or could check with Node but not in Electron.
 * What it signed is then neither right nor wrong.
 */
export class UnsupportedAlgorithm extends Error {
  /** As people call it, or its identifier. */
  readonly algorithm: string;
  constructor(algorithm: string) {
    super(`unsupported algorithm ${algorithm}`);
    this.name = 'UnsupportedAlgorithm';
    this.algorithm = algorithm;
  }
}

const unsupported = (oid: string): UnsupportedAlgorithm =>
  new UnsupportedAlgorithm(UNSUPPORTED_NAMES[oid] ?? oid);

/** What is met now and then, so that the sentence names it. */
const UNSUPPORTED_NAMES: Readonly<Record<string, string>> = {
  [oids.md5]: 'MD5',
  '1.2.840.113549.1.1.4': 'MD5 with RSA',
  '2.16.840.1.101.3.4.2.5': 'SHA-512/224',
  '2.16.840.1.101.3.4.2.6': 'SHA-512/256',
  '2.16.840.1.101.3.4.2.7': 'SHA3-224',
  '2.16.840.1.101.3.4.2.8': 'SHA3-256',
  '2.16.840.1.101.3.4.2.9': 'SHA3-384',
  '2.16.840.1.101.3.4.2.10': 'SHA3-512',
  [oids.dsa]: 'DSA',
  '1.2.840.10040.4.3': 'DSA with SHA-1',
  '2.16.840.1.101.3.4.3.2': 'DSA with SHA-256',
  '1.3.101.113': 'Ed448',
  '1.3.132.0.10': 'secp256k1',
  '1.3.36.3.3.2.8.1.1.7': 'brainpoolP256r1',
  '1.3.36.3.3.2.8.1.1.11': 'brainpoolP384r1',
  '1.3.36.3.3.2.8.1.1.13': 'brainpoolP512r1',
  '1.2.156.10197.1.301': 'SM2',
};

/** @throws UnsupportedAlgorithm */
export function digestOf({ oid }: AlgorithmIdentifier): DigestName {
  const digest = DIGESTS_BY_OID[oid];
  if (!digest) throw unsupported(oid);
  return digest;
}

type SchemeKey = 'rsa' | 'ec' | 'ed25519';

export interface SignatureScheme {
  readonly key: SchemeKey;
  /** Null where the algorithm hashes by itself (EdDSA). */
  readonly digest: DigestName | null;
  /** Salt length in bytes when the padding is RSASSA-PSS. */
  readonly pssSalt: number | null;
}

/** As people quote it. */
export function schemeName({ key, pssSalt }: SignatureScheme): string {
  if (key === 'rsa') return pssSalt === null ? 'RSA PKCS#1 v1.5' : 'RSA-PSS';
  return { ec: 'ECDSA', ed25519: 'Ed25519' }[key];
}

const SCHEMES: Readonly<Record<string, readonly [SchemeKey, DigestName | null]>> = {
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
  [oids.ed25519]: ['ed25519', null],
};

/**
 * The scheme of a signature. CMS names the bare key algorithm and the digest apart (RFC 3370, 3.2); `digest`
 * is then the SignerInfo's.
 * @throws UnsupportedAlgorithm; DerError for parameters that are none
 */
export function signatureScheme(algorithm: AlgorithmIdentifier, digest?: DigestName): SignatureScheme {
  if (algorithm.oid === oids.rsaPss) return pssScheme(algorithm.parameters);
  if (digest && algorithm.oid === oids.rsaEncryption) return { key: 'rsa', digest, pssSalt: null };
  if (digest && algorithm.oid === oids.ecPublicKey) return { key: 'ec', digest, pssSalt: null };
  const known = SCHEMES[algorithm.oid];
  if (!known) throw unsupported(algorithm.oid);
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

export interface PublicKey {
  readonly kind: SchemeKey | 'rsa-pss';
  /** As people quote them: of the modulus or the curve. */
  readonly bits: number;
  readonly object: KeyObject;
  /** What a key made for RSASSA-PSS binds its signatures to (RFC 4055, 3.1); null where it leaves that open. */
  readonly onlyFor: SignatureScheme | null;
}

/** Reading a key costs as much as checking a signature with it, and one signer signs many files. */
const KEYS_KEPT = 64;
const keys = new Map<string, PublicKey | UnsupportedAlgorithm | null>();

/**
 * A public key from its SubjectPublicKeyInfo; null when the key is none.
 * @throws UnsupportedAlgorithm for a kind of key or a curve outside the list
 */
export function publicKey(spki: Uint8Array): PublicKey | null {
  const id = Buffer.from(spki).toString('latin1');
  let key = keys.get(id);
  if (key === undefined) {
    key = readKey(spki);
    keys.set(id, key);
    if (keys.size > KEYS_KEPT) keys.delete(keys.keys().next().value!);
  }
  if (key instanceof UnsupportedAlgorithm) throw key;
  return key;
}

export interface KeySize {
  readonly family: 'rsa' | 'dsa' | 'ec';
  /** Of the modulus, of the prime, or of the field of the curve; 0 when it cannot be told. */
  readonly bits: number;
}

/** Bits of the key in a SubjectPublicKeyInfo, also of one that cannot be used here; 0 when they cannot be told. */
export const keyBits = (spki: Uint8Array): number => keySize(spki).bits;

/** How large a key is, whether or not this program can check a signature with it. */
export function keySize(spki: Uint8Array): KeySize {
  try {
    const parts = fields(readDer(spki));
    const { oid: kind, parameters } = readAlgorithm(parts.next(tag.sequence));
    if (kind === oids.rsaEncryption || kind === oids.rsaPss)
      return { family: 'rsa', bits: bitsOf(modulusOf(parts.next(tag.bitString))) };
    // Dss-Parms begins with p (RFC 3279, 2.3.2).
    if (kind === oids.dsa)
      return {
        family: 'dsa',
        bits: parameters ? bitsOf(readInteger(fields(parameters).next(tag.integer))) : 0,
      };
    return { family: 'ec', bits: kind === oids.ecPublicKey ? curveBits(parameters) : (EDWARDS[kind] ?? 0) };
  } catch (error) {
    if (error instanceof DerError) return { family: 'rsa', bits: 0 };
    throw error;
  }
}

const bitsOf = (value: bigint): number => value.toString(2).length;

const EDWARDS: Readonly<Record<string, number>> = { [oids.ed25519]: 256, '1.3.101.113': 448 };

/** Named curves (RFC 3279, 2.3.5; SEC 2; RFC 5639) by what stands before their number, and their bits. */
const CURVE_BITS: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  '1.2.840.10045.3.1.': { 1: 192, 2: 192, 3: 192, 4: 239, 5: 239, 6: 239, 7: 256 },
  // prettier-ignore
  '1.3.132.0.': {
    1: 163, 2: 163, 3: 239, 4: 113, 5: 113, 6: 112, 7: 112, 8: 160, 9: 160, 10: 256, 15: 163, 16: 283, 17: 283,
    22: 131, 23: 131, 24: 193, 25: 193, 26: 233, 27: 233, 28: 128, 29: 128, 30: 160, 31: 192, 32: 224, 33: 224,
    34: 384, 35: 521, 36: 409, 37: 409, 38: 571, 39: 571,
  },
  // prettier-ignore
  '1.3.36.3.3.2.8.1.1.': {
    1: 160, 2: 160, 3: 192, 4: 192, 5: 224, 6: 224, 7: 256, 8: 256, 9: 320, 10: 320, 11: 384, 12: 384, 13: 512, 14: 512,
  },
};

/** A curve by its name, or spelt out: then its field is that of a prime (RFC 3279, 2.3.5). */
function curveBits(parameters: Der | undefined): number {
  if (parameters?.tag === tag.oid) {
    const [, prefix = '', number = ''] = /^(.*\.)(\d+)$/.exec(readOid(parameters)) ?? [];
    return CURVE_BITS[prefix]?.[Number(number)] ?? 0;
  }
  if (parameters?.tag !== tag.sequence) return 0;
  const curve = fields(parameters);
  curve.next(tag.integer);
  const field = fields(curve.next(tag.sequence));
  field.next(tag.oid);
  return bitsOf(readInteger(field.next(tag.integer)));
}

function readKey(spki: Uint8Array): PublicKey | UnsupportedAlgorithm | null {
  try {
    const parts = fields(readDer(spki));
    const algorithm = readAlgorithm(parts.next(tag.sequence));
    const bits = parts.next(tag.bitString);
    if (algorithm.oid === oids.rsaPss) return readPssKey(algorithm, bits);
    const { kind, curveBits } = keyKind(algorithm);
    return { kind, bits: curveBits ?? modulusBits(bits), object: keyObject(spki), onlyFor: null };
  } catch (error) {
    return error instanceof UnsupportedAlgorithm ? error : null;
  }
}

const keyObject = (spki: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });

/**
 * What kind of key, public or private, an AlgorithmIdentifier names.
 * @returns `curveBits` null where the key itself has to be asked
 * @throws UnsupportedAlgorithm for a key that Node would take and Electron would not
 */
export function keyKind({ oid, parameters }: AlgorithmIdentifier): {
  readonly kind: SchemeKey;
  readonly curveBits: number | null;
} {
  if (oid === oids.rsaEncryption) return { kind: 'rsa', curveBits: null };
  if (oid === oids.ed25519) return { kind: 'ed25519', curveBits: 256 };
  if (oid !== oids.ecPublicKey) throw unsupported(oid);
  if (parameters?.tag !== tag.oid) throw new UnsupportedAlgorithm('EC');
  const named = readOid(parameters);
  const curve = CURVES_BY_OID[named];
  if (!curve) throw unsupported(named);
  return { kind: 'ec', curveBits: CURVES[curve] };
}

/** RSAPublicKey (RFC 8017, A.1.1). */
const modulusOf = (bits: Der): bigint => readInteger(fields(readDer(readBitOctets(bits))).next(tag.integer));

function modulusBits(bits: Der): number {
  const length = bitsOf(modulusOf(bits));
  if (length > MAX_RSA_BITS) throw new UnsupportedAlgorithm(`RSA ${length} bit`);
  return length;
}

/** BoringSSL does not read the identifier of such keys, so that what they bind to is kept apart from the numbers. */
function readPssKey({ parameters }: AlgorithmIdentifier, bits: Der): PublicKey {
  const spki = sequence(sequence(oid(oids.rsaEncryption), nullValue()), bits.raw);
  const onlyFor = parameters && parameters.tag !== tag.null ? pssScheme(parameters) : null;
  return { kind: 'rsa-pss', bits: modulusBits(bits), object: keyObject(spki), onlyFor };
}

/** May a key of this kind have made a signature of this scheme? */
function fits(scheme: SignatureScheme, { kind, onlyFor }: PublicKey): boolean {
  if (kind !== 'rsa-pss') return kind === scheme.key;
  if (scheme.key !== 'rsa' || scheme.pssSalt === null) return false;
  // RFC 4055, 3.1: the same hash, and a salt no shorter.
  return onlyFor === null || (onlyFor.digest === scheme.digest && onlyFor.pssSalt! <= scheme.pssSalt);
}

/**
 * Does `signature` over `data` (its parts, in order) verify with the key of this SubjectPublicKeyInfo? False for a key
 * of another kind and for one that is none.
 * @throws UnsupportedAlgorithm when that cannot be told
 */
export function verifySignature(
  scheme: SignatureScheme,
  spki: Uint8Array,
  data: Iterable<Uint8Array>,
  signature: Uint8Array,
): boolean {
  const key = publicKey(spki);
  if (!key || !fits(scheme, key)) return false;
  const { object } = key;
  const keyInput =
    scheme.pssSalt === null
      ? { key: object, padding: scheme.key === 'rsa' ? constants.RSA_PKCS1_PADDING : undefined }
      : { key: object, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.pssSalt };
  try {
    if (scheme.digest === null) return verify(null, Buffer.concat([...data]), object, signature);
    const check = createVerify(scheme.digest);
    for (const part of data) check.update(part);
    return check.verify(keyInput, signature);
  } catch {
    // OpenSSL reports some malformed keys and signatures as errors; either way nothing was proven.
    return false;
  }
}
