/**
 * Writes PKCS#12 files (RFC 7292) the way OpenSSL 3 does: key under PBES2 with AES-256-CBC and PBKDF2
 * HMAC-SHA-256, MAC with SHA-256. Certificates stand in the clear, so that a token made of the file can show
 * them before its PIN is entered, as a USB token does.
 */
import {
  createCipheriv,
  createHash,
  createHmac,
  pbkdf2Sync,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import {
  bmpString,
  context,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
} from '../../src/main/asn1/der-write.ts';
import { oids } from '../../src/main/asn1/oids.ts';
import { pkcs12Oids } from '../../src/main/token/pkcs12-crypto.ts';
import type { Identity } from './ca.ts';

const ITERATIONS = 100_000;
const MAC_ITERATIONS = 2048;
const SHA256_BLOCK = 64;
const shroudedKeyBag = '1.2.840.113549.1.12.10.1.2';
const certBag = '1.2.840.113549.1.12.10.1.3';
const x509Certificate = '1.2.840.113549.1.9.22.1';
const friendlyName = '1.2.840.113549.1.9.20';
const localKeyId = '1.2.840.113549.1.9.21';

/**
 * @param pin also the file's password; letters and digits, to be typed on any keyboard
 * @param others more keys for the same file, as an office keeps its own beside its head's
 */
export function writePkcs12(first: Identity, pin: string, ...others: readonly Identity[]): Uint8Array {
  const bags = [first, ...others].map((identity) => bagsOf(identity, pin));
  const authSafe = sequence(
    dataContent(sequence(...bags.flatMap(({ certificates }) => certificates))),
    dataContent(sequence(...bags.map(({ key }) => key))),
  );
  return sequence(integer(3), dataContent(authSafe), macData(authSafe, pin));
}

function bagsOf({ certificate, chain, pkcs8 }: Identity, pin: string) {
  const id = createHash('sha1').update(certificate).digest();
  const name = /CN=([^\n]*)/.exec(new X509Certificate(certificate).subject)?.[1] ?? '';
  const attributes = setOf(
    sequence(oid(friendlyName), setOf(bmpString(name))),
    sequence(oid(localKeyId), setOf(octetString(id))),
  );
  return {
    certificates: [
      sequence(oid(certBag), context(0, certificateValue(certificate)), attributes),
      ...chain.map((der) => sequence(oid(certBag), context(0, certificateValue(der)))),
    ],
    key: sequence(oid(shroudedKeyBag), context(0, shroud(pkcs8, pin)), attributes),
  };
}

const dataContent = (value: Uint8Array): Uint8Array =>
  sequence(oid(oids.data), context(0, octetString(value)));

const certificateValue = (der: Uint8Array): Uint8Array =>
  sequence(oid(x509Certificate), context(0, octetString(der)));

/** EncryptedPrivateKeyInfo with PBES2 (RFC 8018, 6.2). */
function shroud(pkcs8: Uint8Array, pin: string): Uint8Array {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync(pin, salt, ITERATIONS, 32, 'sha256'), iv);
  const encrypted = Buffer.concat([cipher.update(pkcs8), cipher.final()]);
  const prf = sequence(oid(pkcs12Oids.hmacSha256), nullValue());
  const kdf = sequence(oid(pkcs12Oids.pbkdf2), sequence(octetString(salt), integer(ITERATIONS), prf));
  const scheme = sequence(oid(pkcs12Oids.aes256), octetString(iv));
  return sequence(sequence(oid(pkcs12Oids.pbes2), sequence(kdf, scheme)), octetString(encrypted));
}

function macData(authSafe: Uint8Array, pin: string): Uint8Array {
  const salt = randomBytes(16);
  const mac = createHmac('sha256', macKey(pin, salt)).update(authSafe).digest();
  const digestInfo = sequence(sequence(oid(oids.sha256), nullValue()), octetString(mac));
  return sequence(digestInfo, octetString(salt), integer(MAC_ITERATIONS));
}

/** RFC 7292, B.2 for the one case of a 32-octet MAC key: a single round of the derivation. */
function macKey(pin: string, salt: Uint8Array): Buffer {
  const password = Buffer.from(`${pin}\0`, 'utf16le').swap16();
  const fill = (bytes: Uint8Array): Buffer =>
    Buffer.alloc(Math.ceil(bytes.length / SHA256_BLOCK) * SHA256_BLOCK, bytes);
  let key = Buffer.concat([Buffer.alloc(SHA256_BLOCK, 3), fill(salt), fill(password)]);
  for (let round = 0; round < MAC_ITERATIONS; round++) key = createHash('sha256').update(key).digest();
  return key;
}
