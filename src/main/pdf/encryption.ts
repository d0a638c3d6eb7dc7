import { timingSafeEqual } from 'node:crypto';
import { createHash } from '../crypto/index.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { aesDecrypt, aesEncrypt, aesRaw, rc4 } from './ciphers.ts';
import type { CosDict, CosObject, CosRef } from './cos.ts';
import { intOf, isArray, isDict, isString, nameOf } from './cos.ts';
import { damaged } from './limits.ts';

type Method = 'none' | 'RC4' | 'AES-128' | 'AES-256';

/** The standard security handler of one document (ISO 32000-2, 7.6.4), unlocked. */
export interface Encryption {
  readonly revision: number;
  readonly stringMethod: Method;
  readonly streamMethod: Method;
  /** The bits of /P (Table 22), as written. */
  readonly permissions: number;
  readonly unlockedBy: 'user' | 'owner';
  /** False where no password was given, and where it opens without the one given. */
  readonly passwordFits: boolean;
  /** False: /Metadata streams are stored in clear. */
  readonly metadataEncrypted: boolean;
  apply(
    what: 'string' | 'stream',
    direction: 'encrypt' | 'decrypt',
    owner: CosRef,
    data: Uint8Array,
  ): Uint8Array;
}

type Get = (object: CosObject | undefined) => CosObject;

interface Parameters {
  readonly version: number;
  readonly revision: number;
  readonly keyBytes: number;
  readonly stringMethod: Method;
  readonly streamMethod: Method;
  readonly permissions: number;
  readonly metadataEncrypted: boolean;
  readonly O: Uint8Array;
  readonly U: Uint8Array;
  readonly OE: Uint8Array;
  readonly UE: Uint8Array;
  readonly id: Uint8Array;
}

/** 7.6.4.3.2, step a: the filler of passwords shorter than 32 bytes. */
const PAD = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

const md5 = (...parts: Uint8Array[]) => createHash('md5').update(Buffer.concat(parts)).digest();
const sha = (bits: 256 | 384 | 512, ...parts: Uint8Array[]) =>
  createHash(`sha${bits}`).update(Buffer.concat(parts)).digest();
const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && timingSafeEqual(a, b);

function unsupported(what: string): DeskError {
  return new DeskError('pdf.unsupported-encryption', { what });
}

function readParameters(encrypt: CosDict, id: Uint8Array, get: Get): Parameters {
  const filter = nameOf(get(encrypt.get('Filter')));
  if (filter !== 'Standard') throw unsupported(filter?.slice(0, 40) ?? 'Filter');
  const version = intOf(get(encrypt.get('V'))) ?? 0;
  const revision = intOf(get(encrypt.get('R'))) ?? 0;
  const known = version === 5 ? [5, 6] : version === 4 ? [4] : version === 1 || version === 2 ? [2, 3] : [];
  if (!known.includes(revision)) throw unsupported(`V${version} R${revision}`);
  const bytes = (key: string) => {
    const value = get(encrypt.get(key));
    return isString(value) ? value.bytes : new Uint8Array(0);
  };
  const keyBits = version === 5 ? 256 : version === 1 ? 40 : (intOf(get(encrypt.get('Length'))) ?? 40);
  const keyBytes = version === 4 ? 16 : keyBits / 8;
  if (!Number.isInteger(keyBytes) || keyBytes < 5 || keyBytes > 32) throw unsupported(`${keyBits}`);
  const length = revision >= 5 ? 48 : 32;
  const [O, U, OE, UE] = [bytes('O'), bytes('U'), bytes('OE'), bytes('UE')];
  if (O.length < length || U.length < length) throw damaged('encrypt');
  if (revision >= 5 && (OE.length < 32 || UE.length < 32)) throw damaged('encrypt');
  const method = (key: string) => (version < 4 ? 'RC4' : cryptFilter(encrypt, key, get));
  return {
    version,
    revision,
    keyBytes,
    stringMethod: method('StrF'),
    streamMethod: method('StmF'),
    permissions: intOf(get(encrypt.get('P'))) ?? 0,
    metadataEncrypted: get(encrypt.get('EncryptMetadata')) !== false,
    O: O.subarray(0, length),
    U: U.subarray(0, length),
    OE: OE.subarray(0, 32),
    UE: UE.subarray(0, 32),
    id,
  };
}

/** 7.6.6: which cipher the named crypt filter stands for. */
function cryptFilter(encrypt: CosDict, key: string, get: Get): Method {
  const filterName = nameOf(get(encrypt.get(key))) ?? 'Identity';
  if (filterName === 'Identity') return 'none';
  const filters = get(encrypt.get('CF'));
  const filter = isDict(filters) ? get(filters.get(filterName)) : null;
  const method = isDict(filter) ? (nameOf(get(filter.get('CFM'))) ?? 'None') : 'None';
  if (method === 'V2') return 'RC4';
  if (method === 'AESV2') return 'AES-128';
  if (method === 'AESV3') return 'AES-256';
  throw unsupported(method.slice(0, 40));
}

/** Algorithm 2 (7.6.4.3.2): the file key from a padded user password, revisions 2 to 4. */
function legacyKey(p: Parameters, padded: Uint8Array): Buffer {
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(p.permissions | 0);
  const clearMetadata = p.revision >= 4 && !p.metadataEncrypted ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
  let key = md5(padded, p.O, permissions, p.id, clearMetadata);
  if (p.revision >= 3) for (let i = 0; i < 50; i++) key = md5(key.subarray(0, p.keyBytes));
  return key.subarray(0, p.keyBytes);
}

const xorKey = (key: Uint8Array, value: number) => key.map((byte) => byte ^ value);

/** Algorithms 4 to 6: does this key reproduce /U? */
function legacyKeyFits(p: Parameters, key: Uint8Array): boolean {
  if (p.revision === 2) return same(rc4(key, PAD), p.U);
  let value: Uint8Array = rc4(key, md5(PAD, p.id));
  for (let i = 1; i <= 19; i++) value = rc4(xorKey(key, i), value);
  return same(value, p.U.subarray(0, 16));
}

/** Algorithm 7: the padded user password hidden in /O under the owner password. */
function userPasswordFromOwner(p: Parameters, padded: Uint8Array): Uint8Array {
  let key = md5(padded);
  if (p.revision >= 3) for (let i = 0; i < 50; i++) key = md5(key.subarray(0, p.keyBytes));
  key = key.subarray(0, p.keyBytes);
  if (p.revision === 2) return rc4(key, p.O);
  let value: Uint8Array = p.O;
  for (let i = 19; i >= 0; i--) value = rc4(xorKey(key, i), value);
  return value;
}

/** Algorithm 2.B (7.6.4.3.4); revision 5 is the forerunner without the rounds. */
function modernHash(p: Parameters, password: Uint8Array, salt: Uint8Array, user: Uint8Array): Buffer {
  let key = sha(256, password, salt, user);
  if (p.revision === 5) return key;
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const unit = Buffer.concat([password, key, user]);
    const repeated = Buffer.alloc(unit.length * 64, unit);
    const cipher = aesRaw('encrypt', key.subarray(0, 16), key.subarray(16, 32), repeated);
    const remainder = cipher.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = sha(remainder === 0 ? 256 : remainder === 1 ? 384 : 512, cipher);
    last = cipher.at(-1)!;
  }
  return key.subarray(0, 32);
}

interface FileKey {
  readonly key: Uint8Array;
  readonly by: 'user' | 'owner';
}

/** Algorithm 2.A (7.6.4.3.3). */
function modernKey(p: Parameters, password: Uint8Array): FileKey | null {
  const none = new Uint8Array(0);
  const kinds = [
    { by: 'owner', check: p.O, wrapped: p.OE, user: p.U },
    { by: 'user', check: p.U, wrapped: p.UE, user: none },
  ] as const;
  for (const { by, check, wrapped, user } of kinds) {
    if (same(modernHash(p, password, check.subarray(32, 40), user), check.subarray(0, 32))) {
      const intermediate = modernHash(p, password, check.subarray(40, 48), user);
      return { key: aesRaw('decrypt', intermediate, new Uint8Array(16), wrapped), by };
    }
  }
  return null;
}

function legacyFileKey(p: Parameters, password: Uint8Array): FileKey | null {
  const padded = Buffer.concat([password, PAD]).subarray(0, 32);
  const keys = { owner: legacyKey(p, userPasswordFromOwner(p, padded)), user: legacyKey(p, padded) };
  const by = (['owner', 'user'] as const).find((one) => legacyKeyFits(p, keys[one]));
  return by ? { key: keys[by], by } : null;
}

function fileKey(p: Parameters, password: string): FileKey | null {
  if (p.revision >= 5) return modernKey(p, Buffer.from(password.normalize('NFKC')).subarray(0, 127));
  // Step a names PDFDocEncoding, which lacks most Vietnamese letters: other programs then write UTF-8.
  const encodings = ['latin1', 'utf8'] as const;
  return encodings.map((encoding) => legacyFileKey(p, Buffer.from(password, encoding))).find(Boolean) ?? null;
}

/** Algorithm 1 (7.6.3.2): every object has its own key, except under AES-256. */
function objectKey(fileKey: Uint8Array, method: Method, owner: CosRef): Uint8Array {
  if (method === 'AES-256') return fileKey;
  const suffix = Buffer.alloc(5);
  suffix.writeUIntLE(owner.num, 0, 3);
  suffix.writeUIntLE(owner.gen, 3, 2);
  const salt = method === 'AES-128' ? Buffer.from('sAlT') : Buffer.alloc(0);
  return md5(fileKey, suffix, salt).subarray(0, Math.min(fileKey.length + 5, 16));
}

/**
 * Unlocks a document with the given password, which may give the rights of its owner, else as readers do with none.
 * Errors: `pdf.password-needed`, `pdf.password-wrong`, `pdf.unsupported-encryption`, `pdf.damaged`.
 */
export function unlock(
  encrypt: CosDict,
  idArray: CosObject,
  get: Get,
  password: string | undefined,
): Encryption {
  const first = isArray(idArray) ? get(idArray[0]) : null;
  const p = readParameters(encrypt, isString(first) ? first.bytes : new Uint8Array(0), get);
  const given = password === undefined ? null : fileKey(p, password);
  const found = given ?? fileKey(p, '');
  if (!found) throw new DeskError(password === undefined ? 'pdf.password-needed' : 'pdf.password-wrong');
  return {
    revision: p.revision,
    stringMethod: p.stringMethod,
    streamMethod: p.streamMethod,
    permissions: p.permissions,
    unlockedBy: found.by,
    passwordFits: given !== null,
    metadataEncrypted: p.metadataEncrypted,
    apply(what, direction, owner, data) {
      const method = what === 'string' ? p.stringMethod : p.streamMethod;
      if (method === 'none') return data;
      const key = objectKey(found.key, method, owner);
      if (method === 'RC4') return rc4(key, data);
      return direction === 'encrypt' ? aesEncrypt(key, data) : aesDecrypt(key, data);
    },
  };
}
