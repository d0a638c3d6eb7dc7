/** Signatures openssl makes, in every form we must judge, and the ways a CMS can be wrong. */
import { execFileSync } from 'node:child_process';
import { constants, createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issue, pem } from '../../../tests/pki/ca.ts';
import type { Identity, KeyType } from '../../../tests/pki/ca.ts';
import {
  keyBits,
  readAlgorithm,
  signatureScheme,
  UnsupportedAlgorithm,
  verifySignature,
} from '../x509/algorithms.ts';
import { signedAttributes, signedData } from './signed-data-write.ts';
import { identified, readPaddedSignedData, readSignedData } from './signed-data-read.ts';
import { checkSignedData } from './signed-data-verify.ts';
import { children, contextTag, DerError, fields, inner, readDer, tag } from '../asn1/der.ts';
import {
  context,
  encode,
  integer,
  nullValue,
  octetString,
  oid,
  retag,
  sequence,
  setOf,
  time,
} from '../asn1/der-write.ts';
import { oids } from '../asn1/oids.ts';
import { validatePath } from '../x509/path.ts';
import { readCertificate } from '../x509/certificate.ts';
import { needs } from '../../../tests/needs.ts';

needs('openssl');

const folder = mkdtempSync(join(tmpdir(), 'cms-'));
afterAll(() => rmSync(folder, { recursive: true }));
const content = Buffer.from('Trường Tiểu học Ví Dụ');
const bytes = () => [content];

let root: Identity;
const people = new Map<KeyType, Identity>();
beforeAll(async () => {
  root = await issue(null, { profile: 'root', subject: [['CN', 'RootCA Ví Dụ']] });
  for (const keyType of ['rsa-1024', 'rsa-2048', 'p-256', 'p-384', 'p-521'] as const)
    people.set(keyType, await issue(root, { profile: 'signer', subject: [['CN', 'Nguyễn Ví Dụ']], keyType }));
});

function opensslSign(keyType: KeyType, ...options: string[]): Uint8Array {
  const { certificate, pkcs8 } = people.get(keyType)!;
  const put = (file: string, data: string | Uint8Array): string => {
    writeFileSync(join(folder, file), data);
    return join(folder, file);
  };
  const out = join(folder, 'out.der');
  const files = [
    '-in',
    put('content', content),
    '-signer',
    put('signer.pem', pem('CERTIFICATE', certificate)),
  ];
  const key = ['-inkey', put('key.pem', pem('PRIVATE KEY', pkcs8)), '-out', out];
  execFileSync('openssl', ['cms', '-sign', '-binary', '-outform', 'DER', ...files, ...key, ...options], {
    stdio: 'pipe',
  });
  return readFileSync(out);
}

const check = (der: Uint8Array, signed = bytes) => checkSignedData(readSignedData(der), signed, oids.data);
const other = () => [Buffer.from('Trường Tiểu học Ví Dụ khác')];

describe('signatures of openssl', () => {
  const forms: [string, KeyType, string[], string, string][] = [
    ['RSA, SHA-256', 'rsa-2048', ['-md', 'sha256'], 'RSA PKCS#1 v1.5', 'sha256'],
    ['RSA, SHA-512', 'rsa-2048', ['-md', 'sha512'], 'RSA PKCS#1 v1.5', 'sha512'],
    ['RSA, SHA-1', 'rsa-2048', ['-md', 'sha1'], 'RSA PKCS#1 v1.5', 'sha1'],
    ['RSA of 1024 bits', 'rsa-1024', ['-md', 'sha256'], 'RSA PKCS#1 v1.5', 'sha256'],
    ['RSA-PSS', 'rsa-2048', ['-md', 'sha256', '-keyopt', 'rsa_padding_mode:pss'], 'RSA-PSS', 'sha256'],
    [
      'RSA-PSS, SHA-384, long salt',
      'rsa-2048',
      ['-md', 'sha384', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:max'],
      'RSA-PSS',
      'sha384',
    ],
    ['ECDSA P-256', 'p-256', ['-md', 'sha256'], 'ECDSA', 'sha256'],
    ['ECDSA P-384', 'p-384', ['-md', 'sha384'], 'ECDSA', 'sha384'],
    ['ECDSA P-521', 'p-521', ['-md', 'sha512'], 'ECDSA', 'sha512'],
    ['signer named by key identifier', 'rsa-2048', ['-md', 'sha256', '-keyid'], 'RSA PKCS#1 v1.5', 'sha256'],
    ['signing-certificate-v2', 'rsa-2048', ['-md', 'sha256', '-cades'], 'RSA PKCS#1 v1.5', 'sha256'],
    ['no attributes', 'rsa-2048', ['-md', 'sha256', '-noattr'], 'RSA PKCS#1 v1.5', 'sha256'],
    ['no attributes, ECDSA', 'p-256', ['-md', 'sha256', '-noattr'], 'ECDSA', 'sha256'],
  ];

  it.each(forms)('%s', (_, keyType, options, scheme, digest) => {
    const der = opensslSign(keyType, ...options);
    expect(check(der)).toMatchObject({ fault: null, scheme, digest });
    expect(check(der, other).fault).toMatch(/^(modified|bad-signature)$/);
    const damaged = Buffer.from(der);
    damaged[damaged.length - 20]! ^= 1;
    expect(check(damaged).fault).toBe('bad-signature');
  });

  it('BER with indefinite lengths, and bytes behind it', () => {
    const der = opensslSign('rsa-2048', '-md', 'sha256', '-stream', '-nodetach');
    const { data, length } = readPaddedSignedData(Buffer.concat([der, new Uint8Array(40)]));
    expect(length).toBe(der.length);
    expect(Buffer.from(data.content ?? [])).toEqual(content);
    expect(checkSignedData(data, bytes, oids.data).fault).toBeNull();
  });

  it('without its certificate needs one from elsewhere', () => {
    const data = readSignedData(opensslSign('rsa-2048', '-md', 'sha256', '-nocerts'));
    expect(checkSignedData(data, bytes, oids.data).fault).toBe('certificate-missing');
    const certificate = readCertificate(people.get('rsa-2048')!.certificate);
    expect(checkSignedData(data, bytes, oids.data, [certificate]).fault).toBeNull();
  });

  it('certificates of an Ed25519 authority', async () => {
    const authority = await issue(null, {
      profile: 'root',
      subject: [['CN', 'RootCA Ví Dụ']],
      keyType: 'ed25519',
    });
    const leaf = await issue(authority, { profile: 'signer', subject: [['CN', 'Nguyễn Ví Dụ']] });
    const [certificate, anchor] = [leaf, authority].map((one) => readCertificate(one.certificate));
    expect(validatePath([certificate!], anchor!, Date.now())).toBeNull();
    expect(validatePath([certificate!], readCertificate(root.certificate), Date.now())?.fault).toBe(
      'bad-signature',
    );
  });

  it('MD5 is not supported', () => {
    expect(check(opensslSign('rsa-2048', '-md', 'md5'))).toMatchObject({
      fault: 'unsupported',
      detail: 'MD5',
    });
  });
});

describe('a CMS that is wrong', () => {
  /** Our own, taken apart so that any part can be exchanged. */
  function ours(): { attributes: Uint8Array[]; whole: (attributes: readonly Uint8Array[]) => Uint8Array } {
    const certificate = readCertificate(people.get('rsa-2048')!.certificate);
    const { attributes } = signedAttributes(certificate, new Uint8Array(32));
    return {
      attributes: children(readDer(attributes)).map(({ raw }) => raw),
      whole: (list) =>
        signedData({ certificate, chain: [], attributes: setOf(...list), signature: new Uint8Array(256) }),
    };
  }
  const hasType = (one: Uint8Array, type: string) => Buffer.from(one).includes(Buffer.from(oid(type)));
  const attribute = (type: string, ...values: Uint8Array[]) =>
    sequence(oid(type), encode(tag.set, ...values));

  it('an attribute twice, or with two values, is refused', () => {
    const { attributes, whole } = ours();
    const digest = attribute(oids.messageDigest, octetString(new Uint8Array(32)));
    expect(() => readSignedData(whole([...attributes, digest]))).toThrow('attribute twice');
    const two = attribute(oids.signingTime, time(0), time(1000));
    expect(() => readSignedData(whole([...attributes, two]))).toThrow(DerError);
  });

  it('another content type, no digest, or the hash of another certificate is a bad format', () => {
    const { attributes, whole } = ours();
    const [type, digest, binding] = [oids.contentType, oids.messageDigest, oids.signingCertificateV2].map(
      (wanted) => attributes.find((one) => hasType(one, wanted))!,
    );
    const wrongType = attribute(oids.contentType, oid(oids.timestampInfo));
    expect(check(whole([wrongType, digest!, binding!]))).toMatchObject({
      fault: 'bad-format',
      detail: 'content-type',
    });
    expect(check(whole([type!, binding!]))).toMatchObject({ fault: 'bad-format', detail: 'message-digest' });
    const stranger = attribute(
      oids.signingCertificateV2,
      sequence(sequence(sequence(octetString(new Uint8Array(32))))),
    );
    const rightDigest = signedAttributes(readCertificate(root.certificate), digestOf(content)).attributes;
    const fresh = children(readDer(rightDigest))
      .map(({ raw }) => raw)
      .find((one) => hasType(one, oids.messageDigest))!;
    expect(check(whole([type!, fresh, stranger]))).toMatchObject({
      fault: 'bad-format',
      detail: 'signing-certificate',
    });
  });

  it('the first version of the binding holds as the second does', () => {
    const { attributes, whole } = ours();
    const kept = attributes.filter((one) => hasType(one, oids.contentType));
    const fresh = attribute(oids.messageDigest, octetString(digestOf(content)));
    const binding = (hash: Uint8Array) =>
      attribute(oids.signingCertificate, sequence(sequence(sequence(octetString(hash)))));
    const sha1 = createHash('sha1').update(people.get('rsa-2048')!.certificate).digest();
    expect(check(whole([...kept, fresh, binding(new Uint8Array(20))]))).toMatchObject({
      fault: 'bad-format',
      detail: 'signing-certificate',
    });
    // Bound as it should be, it fails for its signature value of zeros.
    expect(check(whole([...kept, fresh, binding(sha1)]))).toMatchObject({ fault: 'bad-signature' });
  });

  it.each([[[]], [['-keyid']]])('the signer is who the identifier names, among others (%j)', (options) => {
    const { signer } = readSignedData(opensslSign('rsa-2048', ...options));
    const all = [...people.values(), root].map(({ certificate }) => readCertificate(certificate));
    const wanted = readCertificate(people.get('rsa-2048')!.certificate).fingerprint;
    expect(identified(signer.identifier, all).map(({ fingerprint }) => fingerprint)).toEqual([wanted]);
  });

  it('one digest for the content and another for the signature is a bad format (RFC 8933, 3)', () => {
    const der = Buffer.from(opensslSign('p-256', '-md', 'sha256'));
    const algorithm = Buffer.from(oid(oids.ecdsaWithSha256));
    Buffer.from(oid(oids.ecdsaWithSha384)).copy(der, der.lastIndexOf(algorithm));
    expect(check(der)).toMatchObject({ fault: 'bad-format', detail: 'digest-mismatch' });
  });

  it('unsigned attributes may repeat: a timestamp of each authority', () => {
    const certificate = readCertificate(people.get('rsa-2048')!.certificate);
    const { attributes } = signedAttributes(certificate, new Uint8Array(32));
    const unsigned = [1, 2].map((n) => ({ type: oids.timestampToken, value: sequence(integer(n)) }));
    const der = signedData({ certificate, chain: [], attributes, signature: new Uint8Array(256), unsigned });
    expect(readSignedData(der).signer.timestamps).toHaveLength(2);
  });

  it('a signer of the same number under another authority is another', async () => {
    const { signer } = readSignedData(opensslSign('rsa-2048'));
    const wanted = readCertificate(people.get('rsa-2048')!.certificate);
    const authority = await issue(null, { profile: 'root', subject: [['CN', 'RootCA khác']] });
    const spec = { profile: 'signer', subject: [['CN', 'Nguyễn Ví Dụ']], keyType: 'p-256' } as const;
    const alike = { ...readCertificate((await issue(authority, spec)).certificate), serial: wanted.serial };
    expect(identified(signer.identifier, [alike, wanted])).toEqual([wanted]);
    const byKey = readSignedData(opensslSign('rsa-2048', '-keyid')).signer.identifier;
    const { subjectKeyIdentifier: _, ...others } = wanted.extensions;
    expect(identified(byKey, [{ ...wanted, extensions: others }])).toEqual([]);
  });

  it('the binding may name its own hash, which is then the one that counts', () => {
    const { attributes, whole } = ours();
    const kept = attributes.filter((one) => hasType(one, oids.contentType));
    const fresh = attribute(oids.messageDigest, octetString(digestOf(content)));
    const sha512 = createHash('sha512').update(people.get('rsa-2048')!.certificate).digest();
    const bound = (algorithm: string) =>
      attribute(
        oids.signingCertificateV2,
        sequence(sequence(sequence(sequence(oid(algorithm)), octetString(sha512)))),
      );
    expect(check(whole([...kept, fresh, bound(oids.sha512)]))).toMatchObject({ fault: 'bad-signature' });
    expect(check(whole([...kept, fresh, bound(oids.sha256)]))).toMatchObject({
      detail: 'signing-certificate',
    });
    expect(check(whole([...kept, fresh, bound(oids.md5)]))).toMatchObject({ fault: 'unsupported' });
    const empty = attribute(oids.signingCertificateV2, sequence(sequence()));
    expect(() => readSignedData(whole([...kept, fresh, empty]))).toThrow(DerError);
  });

  it('what is not plain data is not signed without attributes (RFC 5652, 5.3)', () => {
    const data = readSignedData(opensslSign('rsa-2048', '-noattr'));
    expect(checkSignedData(data, bytes, oids.data).fault).toBeNull();
    expect(checkSignedData(data, bytes, oids.timestampInfo)).toMatchObject({ detail: 'signed-attributes' });
  });

  it('whose content was changed is so, whoever signed it', () => {
    const data = readSignedData(opensslSign('rsa-2048', '-nocerts'));
    expect(checkSignedData(data, other, oids.data).fault).toBe('modified');
  });

  /** The value with one more field at the end of the one at `path`; -1 is the last. */
  function grown(der: Uint8Array, [step, ...path]: readonly number[]): Uint8Array {
    const node = readDer(der);
    const parts = children(node).map(({ raw }) => raw);
    if (step === undefined) return encode(node.tag, ...parts, integer(1));
    const index = step < 0 ? parts.length + step : step;
    return encode(node.tag, ...parts.map((part, i) => (i === index ? grown(part, path) : part)));
  }
  const SIGNER = [1, 0, -1, 0];
  it.each([
    ['the whole', []],
    ['SignedData', [1, 0]],
    ['the encapsulated content', [1, 0, 2]],
    ['the signer', SIGNER],
    ['what names the signer', [...SIGNER, 1]],
    ['an attribute', [...SIGNER, 3, 0]],
  ])('a field too many in %s is refused', (_, path) => {
    const der = opensslSign('rsa-2048', '-md', 'sha256');
    expect(() => readSignedData(der)).not.toThrow();
    expect(() => readSignedData(grown(der, path))).toThrow(DerError);
  });

  it('two signers, none, or a field too many is refused', () => {
    const { attributes, whole } = ours();
    const der = whole(attributes);
    const parts = fields(inner(children(readDer(der))[1]!)).rest();
    const rebuilt = (...list: Uint8Array[]) => sequence(oid(oids.signedData), context(0, sequence(...list)));
    const raws = parts.map(({ raw }) => raw);
    const signer = children(parts.at(-1)!)[0]!.raw;
    expect(() => readSignedData(rebuilt(...raws))).not.toThrow();
    expect(() => readSignedData(rebuilt(...raws.slice(0, -1), encode(tag.set, signer, signer)))).toThrow(
      'one signer',
    );
    expect(() => readSignedData(rebuilt(...raws.slice(0, -1), encode(tag.set)))).toThrow('one signer');
    expect(() => readSignedData(rebuilt(...raws, integer(1)))).toThrow(DerError);
    expect(() => readSignedData(retag(contextTag(0), der))).toThrow(DerError);
  });
});

describe('the scheme of a signature', () => {
  const pss = (...parts: Uint8Array[]) =>
    signatureScheme(readAlgorithm(readDer(sequence(oid(oids.rsaPss), sequence(...parts)))));
  const hash = (id: string) => context(0, sequence(oid(id)));
  const mask = (id: string, generator: string = oids.mgf1) =>
    context(1, sequence(oid(generator), sequence(oid(id))));
  const [salt, trailer] = [(n: number) => context(2, integer(n)), (n: number) => context(3, integer(n))];
  const both = [hash(oids.sha256), mask(oids.sha256)];

  it('RSASSA-PSS has a salt of exactly so many bytes (RFC 4055, 3.1)', () => {
    expect(pss()).toEqual({ key: 'rsa', digest: 'sha1', pssSalt: 20 });
    expect(pss(...both, salt(32), trailer(1))).toEqual({ key: 'rsa', digest: 'sha256', pssSalt: 32 });
    expect([0, 1024].map((n) => pss(...both, salt(n)).pssSalt)).toEqual([0, 1024]);
    const { key, certificate } = people.get('rsa-2048')!;
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const signature = sign('sha256', content, { key, padding, saltLength: 32 });
    const holds = (n: number) =>
      verifySignature(pss(...both, salt(n)), readCertificate(certificate).spki, [content], signature);
    expect([32, 20, 33].map(holds)).toEqual([true, false, false]);
  });

  it.each<[string, () => unknown]>([
    ['a salt below nothing', () => pss(...both, context(2, Uint8Array.of(2, 1, 0xff)))],
    ['a salt beyond all keys', () => pss(...both, salt(1025))],
    ['a field too many', () => pss(...both, salt(32), trailer(1), integer(1))],
    [
      'an algorithm of three fields',
      () => readAlgorithm(readDer(sequence(oid(oids.sha256), integer(1), integer(1)))),
    ],
  ])('%s is refused', (_, read) => {
    expect(read).toThrow(DerError);
  });

  it.each<[string, () => unknown]>([
    ['no parameters', () => signatureScheme(readAlgorithm(readDer(sequence(oid(oids.rsaPss)))))],
    ['a mask of another hash', () => pss(hash(oids.sha256), mask(oids.sha384))],
    ['a mask of the default hash', () => pss(hash(oids.sha256))],
    ['a mask nobody knows', () => pss(hash(oids.sha256), mask(oids.sha256, '2.999.1'))],
    ['a mask without its hash', () => pss(hash(oids.sha1), context(1, sequence(oid(oids.mgf1))))],
    ['another trailer', () => pss(...both, salt(32), trailer(2))],
  ])('RSASSA-PSS with %s is not supported', (_, read) => {
    expect(read).toThrow(UnsupportedAlgorithm);
  });

  it('is bound by a key made for RSASSA-PSS (RFC 4055, 3.1), which Electron does not read by itself', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa-pss', {
      modulusLength: 2048,
      hashAlgorithm: 'sha256',
      mgf1HashAlgorithm: 'sha256',
      // A number; the types of Node say a string.
      saltLength: 32 as never,
    });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const holds = (digest: 'sha256' | 'sha384', pssSalt: number | null) => {
      const saltLength = pssSalt ?? 32;
      const padding = pssSalt === null ? constants.RSA_PKCS1_PADDING : constants.RSA_PKCS1_PSS_PADDING;
      const signature = sign(digest, content, { key: rsaOf(privateKey), padding, saltLength });
      return verifySignature({ key: 'rsa', digest, pssSalt }, spki, [content], signature);
    };
    expect(holds('sha256', 32)).toBe(true);
    expect(holds('sha256', 40)).toBe(true);
    expect([holds('sha256', 20), holds('sha384', 32), holds('sha256', null)]).toEqual([false, false, false]);
    expect(keyBits(spki)).toBe(2048);
  });

  it('is that of the key: another kind of key proves nothing', () => {
    const { key, certificate } = people.get('p-256')!;
    const holds = (kind: 'rsa' | 'ec' | 'ed25519') =>
      verifySignature(
        { key: kind, digest: 'sha256', pssSalt: null },
        readCertificate(certificate).spki,
        [content],
        sign('sha256', content, key),
      );
    expect([holds('ec'), holds('rsa'), holds('ed25519')]).toEqual([true, false, false]);
    expect(verifySignature({ key: 'ec', digest: 'sha256', pssSalt: null }, content, [content], content)).toBe(
      false,
    );
  });
});

/** The same numbers as a key that may sign in any way. */
function rsaOf(key: KeyObject): KeyObject {
  const [version, , octets] = children(readDer(key.export({ type: 'pkcs8', format: 'der' })));
  const der = sequence(version!.raw, sequence(oid(oids.rsaEncryption), nullValue()), octets!.raw);
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
}

function digestOf(data: Uint8Array): Uint8Array {
  return Buffer.from(execFileSync('openssl', ['dgst', '-sha256', '-binary'], { input: data }));
}

describe('random damage', () => {
  it('never does more than refuse', () => {
    const original = opensslSign('rsa-2048', '-md', 'sha256', '-cades');
    let seed = 20_261_120;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const outcomes = { refused: 0, faulty: 0, same: 0 };
    for (let round = 0; round < 1500; round++) {
      let bytes = Buffer.from(original);
      for (let n = random(4); n >= 0; n--) bytes[random(bytes.length)] = random(256);
      if (random(4) === 0) bytes = bytes.subarray(0, random(bytes.length));
      try {
        const { fault } = checkSignedData(readPaddedSignedData(bytes).data, () => [content], oids.data);
        if (fault === null) outcomes.same++;
        else outcomes.faulty++;
      } catch (error) {
        expect(error).toBeInstanceOf(DerError);
        outcomes.refused++;
      }
    }
    expect(outcomes.refused).toBeGreaterThan(200);
    expect(outcomes.faulty).toBeGreaterThan(200);
    // Damage in what nobody reads (versions, algorithm lists) may go unseen; it changes nothing that is signed.
    expect(outcomes.same).toBeLessThan(150);
  });
});
