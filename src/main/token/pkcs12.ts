/** PKCS#12 files (RFC 7292): the keys and certificates in them, with a password as integrity and privacy mode. */
import { createPrivateKey, X509Certificate } from '../crypto/index.ts';
import type { KeyObject } from '../crypto/index.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { keyKind, readAlgorithm, UnsupportedAlgorithm } from '../x509/algorithms.ts';
import { implicitOctets, normaliseBer } from '../asn1/ber.ts';
import {
  children,
  contextTag,
  DerError,
  expectTag,
  fields,
  inner,
  readDer,
  readOid,
  tag,
} from '../asn1/der.ts';
import type { Der } from '../asn1/der.ts';
import { oids } from '../asn1/oids.ts';
import { checkMac, decryptWithPin, UnsupportedProtection } from './pkcs12-crypto.ts';

/** Keys and chains of a few people take some 20 KB. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_BAGS = 200;
const MAX_NESTING = 4;

const bagOids = {
  encryptedData: '1.2.840.113549.1.7.6',
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  nested: '1.2.840.113549.1.12.10.1.6',
  x509Certificate: '1.2.840.113549.1.9.22.1',
} as const;

export interface Pkcs12Contents {
  readonly certificates: readonly Uint8Array[];
  readonly keys: readonly KeyObject[];
}

interface Pfx {
  /** Contents octets of the AuthenticatedSafe: what the MAC covers. */
  readonly authSafe: Uint8Array;
  readonly macData: Der | undefined;
}

/**
 * Everything in the file.
 * @param file its name, for the sentence when something is wrong with it
 * @throws DeskError token.wrong-pin (nothing is counted, unlike on a token), token.pkcs12-unreadable or -unsupported,
 *   signature.key-unsupported
 */
export function readPkcs12(bytes: Uint8Array, pin: string, file: string): Promise<Pkcs12Contents> {
  return explained(file, async () => {
    const { authSafe, macData } = readPfx(bytes);
    if (!macData) throw new UnsupportedProtection('no MAC');
    if (!checkMac(macData, authSafe, pin)) throw new DeskError('token.wrong-pin');
    const found = { certificates: [] as Uint8Array[], keys: [] as KeyObject[] };
    for (const bag of await readBags(authSafe, (part) => decryptPart(part, pin))) {
      if (bag.type === bagOids.certificate) found.certificates.push(...readCertBag(bag.value));
      if (bag.type === bagOids.key) found.keys.push(readKey(bag.value.raw));
      if (bag.type === bagOids.shroudedKey) found.keys.push(await readShroudedKey(bag.value, pin));
    }
    return found;
  });
}

/** Certificates that stand in the file in the clear; most programs encrypt them, then there are none. */
export function openCertificates(bytes: Uint8Array, file: string): Promise<Uint8Array[]> {
  return explained(file, async () => {
    const bags = await readBags(readPfx(bytes).authSafe, () => Promise.resolve(null));
    return bags.flatMap((bag) => (bag.type === bagOids.certificate ? readCertBag(bag.value) : []));
  });
}

/** Does this key belong to the certificate? Compared by public key: local key ids are optional and often wrong. */
export function keyFor(certificate: Uint8Array, keys: readonly KeyObject[]): KeyObject | undefined {
  const x509 = new X509Certificate(certificate);
  return keys.find((key) => x509.checkPrivateKey(key));
}

async function explained<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UnsupportedProtection)
      throw new DeskError('token.pkcs12-unsupported', { file, algorithm: error.algorithm }, error);
    if (error instanceof DerError) throw new DeskError('token.pkcs12-unreadable', { file }, error);
    throw error;
  }
}

/** Files of NSS, Java and old Windows are BER. */
function readBer(bytes: Uint8Array): Der {
  const { der, length } = normaliseBer(bytes);
  if (length !== bytes.length) throw new DerError('bytes behind the value');
  return readDer(der);
}

function readPfx(bytes: Uint8Array): Pfx {
  if (bytes.length > MAX_FILE_BYTES) throw new DerError('PKCS#12 file above 4 MiB');
  const parts = fields(readBer(bytes));
  parts.next(tag.integer);
  const content = readContentInfo(parts.next(tag.sequence));
  // Public-key integrity mode (RFC 7292, 3.1) has SignedData here.
  if (content.type !== oids.data) throw new UnsupportedProtection(content.type);
  const macData = parts.optional(tag.sequence);
  parts.end();
  return { authSafe: expectTag(content.value, tag.octetString).content, macData };
}

function readContentInfo(node: Der): { type: string; value: Der } {
  const parts = fields(node);
  const type = readOid(parts.next(tag.oid));
  const value = inner(parts.next(contextTag(0)));
  parts.end();
  return { type, value };
}

interface Bag {
  readonly type: string;
  readonly value: Der;
}

/** Safe bags of every part; `decrypt` gives the SafeContents of an encrypted part, or null to pass it over. */
async function readBags(
  authSafe: Uint8Array,
  decrypt: (encryptedData: Der) => Promise<Uint8Array | null>,
): Promise<Bag[]> {
  const bags: Bag[] = [];
  for (const part of children(expectTag(readBer(authSafe), tag.sequence))) {
    const { type, value } = readContentInfo(part);
    const isPlain = type === oids.data;
    if (!isPlain && type !== bagOids.encryptedData) throw new UnsupportedProtection(type);
    const contents = isPlain ? expectTag(value, tag.octetString).content : await decrypt(value);
    if (contents) collectBags(readBer(contents), 0, bags);
  }
  return bags;
}

function collectBags(safeContents: Der, depth: number, into: Bag[]): void {
  if (depth > MAX_NESTING) throw new DerError('bags nested too deep');
  for (const node of children(expectTag(safeContents, tag.sequence))) {
    const parts = fields(node);
    const type = readOid(parts.next(tag.oid));
    const value = inner(parts.next(contextTag(0)));
    if (type === bagOids.nested) collectBags(value, depth + 1, into);
    else if (into.push({ type, value }) > MAX_BAGS) throw new DerError('too many bags');
  }
}

/** EncryptedData (RFC 5652, 8). */
async function decryptPart(encryptedData: Der, pin: string): Promise<Uint8Array> {
  const outer = fields(encryptedData);
  outer.next(tag.integer);
  const info = fields(outer.next(tag.sequence));
  info.next(tag.oid);
  const algorithm = readAlgorithm(info.next(tag.sequence));
  const plain = await decryptWithPin(algorithm, implicitOctets(info.next().raw), pin);
  if (!plain) throw new DerError('encrypted part is damaged');
  return plain;
}

function readCertBag(value: Der): Uint8Array[] {
  const parts = fields(value);
  const type = readOid(parts.next(tag.oid));
  const certificate = inner(parts.next(contextTag(0)));
  if (type !== bagOids.x509Certificate) return [];
  return [Uint8Array.from(expectTag(certificate, tag.octetString).content)];
}

/** EncryptedPrivateKeyInfo (RFC 5208, 6). */
async function readShroudedKey(value: Der, pin: string): Promise<KeyObject> {
  const parts = fields(value);
  const algorithm = readAlgorithm(parts.next(tag.sequence));
  const plain = await decryptWithPin(algorithm, parts.next(tag.octetString).content, pin);
  if (!plain) throw new DerError('encrypted key is damaged');
  const key = readKey(plain);
  plain.fill(0);
  return key;
}

/** @throws signature.key-unsupported for a kind of key or a curve outside the list */
function readKey(pkcs8: Uint8Array): KeyObject {
  requireUsableKey(pkcs8);
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  } catch {
    // OpenSSL's message could quote key material.
    throw new DerError('private key not understood');
  }
}

/** PrivateKeyInfo (RFC 5208, 5): Node would take keys that Electron would not. */
function requireUsableKey(pkcs8: Uint8Array): void {
  const parts = fields(readDer(pkcs8));
  parts.next(tag.integer);
  try {
    keyKind(readAlgorithm(parts.next(tag.sequence)));
  } catch (error) {
    if (!(error instanceof UnsupportedAlgorithm)) throw error;
    throw new DeskError('signature.key-unsupported', { algorithm: error.algorithm }, error);
  }
}
