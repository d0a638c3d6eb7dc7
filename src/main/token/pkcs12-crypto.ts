/** Keys from a password and decryption with them, as PKCS#12 files need it (RFC 7292, appendices B and C; RFC 8018). */
import { timingSafeEqual } from 'node:crypto';
import { createDecipheriv, createHash, createHmac, pbkdf2 } from '../crypto/index.ts';
import type { Cipher, Digest } from '../crypto/index.ts';
import { readAlgorithm } from '../x509/algorithms.ts';
import type { AlgorithmIdentifier } from '../x509/algorithms.ts';
import { expectTag, fields, readSmallInteger, tag } from '../asn1/der.ts';
import type { Der } from '../asn1/der.ts';
import { oids } from '../asn1/oids.ts';
import { decryptRc2Cbc } from './rc2.ts';

/** The file protects its contents in a way that is not read here; `algorithm` names it. */
export class UnsupportedProtection extends Error {
  readonly algorithm: string;
  constructor(algorithm: string) {
    super(`unsupported protection ${algorithm}`);
    this.name = 'UnsupportedProtection';
    this.algorithm = algorithm;
  }
}

export const pkcs12Oids = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  tripleDes: '1.2.840.113549.3.7',
  aes128: '2.16.840.1.101.3.4.1.2',
  aes192: '2.16.840.1.101.3.4.1.22',
  aes256: '2.16.840.1.101.3.4.1.42',
  hmacSha1: '1.2.840.113549.2.7',
  hmacSha256: '1.2.840.113549.2.9',
  hmacSha384: '1.2.840.113549.2.10',
  hmacSha512: '1.2.840.113549.2.11',
  sha3KeyTripleDes: '1.2.840.113549.1.12.1.3',
  sha2KeyTripleDes: '1.2.840.113549.1.12.1.4',
  sha128Rc2: '1.2.840.113549.1.12.1.5',
  sha40Rc2: '1.2.840.113549.1.12.1.6',
} as const;

/** Hostile files ask for hours; the strongest in use stay below a million. PBKDF2 runs off the main thread. */
const MAX_PBKDF2_ITERATIONS = 2_000_000;
/** The older derivation runs on it, so less is allowed; OpenSSL and Windows write 2048. */
const MAX_PKCS12_ITERATIONS = 200_000;

/** What `purpose` the bytes are for (RFC 7292, B.3). */
const PURPOSE = { key: 1, iv: 2, mac: 3 } as const;
const BLOCK_BYTES = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 } as const;
type DerivationDigest = keyof typeof BLOCK_BYTES;

/** BMPString with its terminator (RFC 7292, B.1). The caller zeroes it. */
function bmpPassword(pin: string): Buffer {
  return Buffer.from(`${pin}\0`, 'utf16le').swap16();
}

/** RFC 7292, B.2. */
function derivePkcs12(
  digest: DerivationDigest,
  purpose: number,
  pin: string,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Buffer {
  if (iterations < 1 || iterations > MAX_PKCS12_ITERATIONS)
    throw new UnsupportedProtection(`PKCS#12 KDF × ${iterations}`);
  const block = BLOCK_BYTES[digest];
  const password = bmpPassword(pin);
  const input = Buffer.concat([stretch(salt, block), stretch(password, block)]);
  const diversifier = Buffer.alloc(block, purpose);
  const out: Buffer[] = [];
  for (let have = 0; have < length;) {
    let a = createHash(digest).update(diversifier).update(input).digest();
    for (let round = 1; round < iterations; round++) a = createHash(digest).update(a).digest();
    out.push(a);
    have += a.length;
    const b = stretch(a, block).subarray(0, block);
    for (let at = 0; at < input.length; at += block) addOne(input.subarray(at, at + block), b);
  }
  password.fill(0);
  input.fill(0);
  return Buffer.concat(out, length);
}

/** Repeated to a whole number of blocks. */
function stretch(bytes: Uint8Array, block: number): Buffer {
  const size = Math.ceil(bytes.length / block) * block;
  return size === 0 ? Buffer.alloc(0) : Buffer.alloc(size, bytes);
}

/** into = into + b + 1, as big-endian numbers of one block. */
function addOne(into: Buffer, b: Buffer): void {
  let carry = 1;
  for (let i = into.length - 1; i >= 0; i--) {
    carry += into[i]! + b[i]!;
    into[i] = carry & 0xff;
    carry >>= 8;
  }
}

const MAC_DIGESTS: Readonly<Record<string, DerivationDigest>> = {
  [oids.sha1]: 'sha1',
  [oids.sha256]: 'sha256',
  [oids.sha384]: 'sha384',
  [oids.sha512]: 'sha512',
};

/** Is `pin` the password under which `data` was authenticated? `macData` as in RFC 7292, 4. */
export function checkMac(macData: Der, data: Uint8Array, pin: string): boolean {
  const parts = fields(macData);
  const digestInfo = fields(parts.next(tag.sequence));
  const { oid } = readAlgorithm(digestInfo.next(tag.sequence));
  const expected = digestInfo.next(tag.octetString).content;
  const salt = parts.next(tag.octetString).content;
  const iterationField = parts.optional(tag.integer);
  parts.end();
  const digest = MAC_DIGESTS[oid];
  if (!digest) throw new UnsupportedProtection(oid);
  const iterations = iterationField ? readSmallInteger(iterationField) : 1;
  const key = derivePkcs12(digest, PURPOSE.mac, pin, salt, iterations, createHash(digest).digest().length);
  const actual = createHmac(digest, key).update(data).digest();
  key.fill(0);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

interface SizedCipher {
  readonly name: Cipher;
  readonly keyBytes: number;
}

const PBES2_CIPHERS: Readonly<Record<string, SizedCipher>> = {
  [pkcs12Oids.aes128]: { name: 'aes-128-cbc', keyBytes: 16 },
  [pkcs12Oids.aes192]: { name: 'aes-192-cbc', keyBytes: 24 },
  [pkcs12Oids.aes256]: { name: 'aes-256-cbc', keyBytes: 32 },
  [pkcs12Oids.tripleDes]: { name: 'des-ede3-cbc', keyBytes: 24 },
};

const PRFS: Readonly<Record<string, Digest>> = {
  [pkcs12Oids.hmacSha1]: 'sha1',
  [pkcs12Oids.hmacSha256]: 'sha256',
  [pkcs12Oids.hmacSha384]: 'sha384',
  [pkcs12Oids.hmacSha512]: 'sha512',
};

/**
 * Plain contents of an encrypted part. The caller zeroes what is secret in it.
 * @returns null when the padding is wrong: damaged contents, or another password than the MAC's
 */
export async function decryptWithPin(
  algorithm: AlgorithmIdentifier,
  cipherText: Uint8Array,
  pin: string,
): Promise<Buffer | null> {
  if (!algorithm.parameters) throw new UnsupportedProtection(algorithm.oid);
  if (algorithm.oid === pkcs12Oids.pbes2) return await decryptPbes2(algorithm.parameters, cipherText, pin);
  const parts = fields(algorithm.parameters);
  const salt = parts.next(tag.octetString).content;
  const iterations = readSmallInteger(parts.next(tag.integer));
  parts.end();
  const derive = (purpose: number, length: number): Buffer =>
    derivePkcs12('sha1', purpose, pin, salt, iterations, length);
  switch (algorithm.oid) {
    case pkcs12Oids.sha3KeyTripleDes:
      return decipher('des-ede3-cbc', derive(PURPOSE.key, 24), derive(PURPOSE.iv, 8), cipherText);
    case pkcs12Oids.sha2KeyTripleDes: {
      const twoKeys = derive(PURPOSE.key, 16);
      const key = Buffer.concat([twoKeys, twoKeys.subarray(0, 8)]);
      twoKeys.fill(0);
      return decipher('des-ede3-cbc', key, derive(PURPOSE.iv, 8), cipherText);
    }
    case pkcs12Oids.sha128Rc2:
      return rc2(derive(PURPOSE.key, 16), derive(PURPOSE.iv, 8), cipherText);
    case pkcs12Oids.sha40Rc2:
      return rc2(derive(PURPOSE.key, 5), derive(PURPOSE.iv, 8), cipherText);
    default:
      throw new UnsupportedProtection(algorithm.oid);
  }
}

/** RFC 8018, 6.2 with PBKDF2 (5.2). */
async function decryptPbes2(parameters: Der, cipherText: Uint8Array, pin: string): Promise<Buffer | null> {
  const parts = fields(parameters);
  const derivation = readAlgorithm(parts.next(tag.sequence));
  const scheme = readAlgorithm(parts.next(tag.sequence));
  parts.end();
  const cipher = PBES2_CIPHERS[scheme.oid];
  if (!cipher || !scheme.parameters) throw new UnsupportedProtection(scheme.oid);
  if (derivation.oid !== pkcs12Oids.pbkdf2 || !derivation.parameters)
    throw new UnsupportedProtection(derivation.oid);
  const kdf = fields(derivation.parameters);
  const salt = kdf.next(tag.octetString).content;
  const iterations = readSmallInteger(kdf.next(tag.integer));
  kdf.optional(tag.integer);
  const prfField = kdf.optional(tag.sequence);
  kdf.end();
  const prfOid = prfField ? readAlgorithm(prfField).oid : pkcs12Oids.hmacSha1;
  const prf = PRFS[prfOid];
  if (!prf) throw new UnsupportedProtection(prfOid);
  if (iterations < 1 || iterations > MAX_PBKDF2_ITERATIONS)
    throw new UnsupportedProtection(`PBKDF2 × ${iterations}`);
  const key = await pbkdf2(pin, salt, iterations, cipher.keyBytes, prf);
  return decipher(cipher.name, key, expectTag(scheme.parameters, tag.octetString).content, cipherText);
}

function decipher(name: Cipher, key: Buffer, iv: Uint8Array, cipherText: Uint8Array): Buffer | null {
  try {
    const cipher = createDecipheriv(name, key, iv);
    return Buffer.concat([cipher.update(cipherText), cipher.final()]);
  } catch {
    // An IV of the wrong length or wrong padding: the file is damaged, and no more is known.
    return null;
  } finally {
    key.fill(0);
  }
}

function rc2(key: Buffer, iv: Buffer, cipherText: Uint8Array): Buffer | null {
  const plain = decryptRc2Cbc(key, key.length * 8, iv, cipherText);
  key.fill(0);
  const padding = plain?.at(-1) ?? 0;
  if (!plain || padding < 1 || padding > 8 || plain.subarray(-padding).some((octet) => octet !== padding))
    return null;
  return plain.subarray(0, -padding);
}
