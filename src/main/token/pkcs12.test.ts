import { execFile } from 'node:child_process';
import { createHash, createHmac, verify, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../../../tests/needs.ts';
import { issue, pem } from '../../../tests/pki/ca.ts';
import type { Identity } from '../../../tests/pki/ca.ts';
import { createOfficePki } from '../../../tests/pki/office.ts';
import type { OfficePki } from '../../../tests/pki/office.ts';
import { writePkcs12 } from '../../../tests/pki/pkcs12.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { context, integer, nullValue, octetString, oid, sequence } from '../asn1/der-write.ts';
import { Pkcs12Driver } from './pkcs12-driver.ts';
import { openCertificates, readPkcs12 } from './pkcs12.ts';
import { createTokens } from './tokens.ts';

const run = promisify(execFile);
const PIN = 'Mật-khẩu 2468';
const message = Buffer.from('signed attributes of a fictional document');
const digest = createHash('sha256').update(message).digest();

let directory: string;
const opened = (driver: Pkcs12Driver, identity: Identity, pin = PIN) =>
  driver.open({ certificateSha256: certificateOf(identity), pin });

let pki: OfficePki;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pkcs12-'));
  pki = await createOfficePki({
    agency: 'Trường THPT Ví Dụ',
    superior: 'SỞ VÍ DỤ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
});

afterAll(() => rm(directory, { recursive: true }));

async function opensslExport(identity: Identity, ...options: readonly string[]): Promise<Buffer> {
  const [key, certificate, chain, out] = ['k.pem', 'c.pem', 'ca.pem', 'out.p12'].map((name) =>
    join(directory, name),
  ) as [string, string, string, string];
  await writeFile(key, pem('PRIVATE KEY', identity.pkcs8));
  await writeFile(certificate, pem('CERTIFICATE', identity.certificate));
  await writeFile(chain, identity.chain.map((der) => pem('CERTIFICATE', der)).join(''));
  const files = ['-inkey', key, '-in', certificate, '-certfile', chain, '-out', out];
  await run('openssl', ['pkcs12', '-export', ...files, '-passout', `pass:${PIN}`, ...options]);
  return await readFile(out);
}

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, bytes);
  return path;
}

async function failure(work: Promise<unknown>): Promise<DeskError> {
  const error = await work.then(
    () => expect.fail('nothing failed'),
    (error: unknown) => error,
  );
  if (!(error instanceof DeskError)) throw error;
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(PIN);
  return error;
}

const hex = (der: Uint8Array): string => Buffer.from(der).toString('hex');

const certificateOf = (identity: Identity): string =>
  createHash('sha256').update(identity.certificate).digest('hex');

describe('files of OpenSSL', () => {
  needs('openssl').each([
    ['as version 3 writes them', []],
    ['as version 1 and Windows wrote them (3DES, RC2-40, SHA-1)', ['-legacy']],
    ['with RC2-128', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128']],
    ['with RC2-40 alone', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-40', '-keypbe', 'PBE-SHA1-RC2-40']],
    ['with 3DES of two keys', ['-legacy', '-certpbe', 'PBE-SHA1-2DES', '-keypbe', 'PBE-SHA1-2DES']],
    ['with 3DES under PBES2', ['-certpbe', 'DES-EDE3-CBC', '-keypbe', 'DES-EDE3-CBC']],
    ['with 3DES alone', ['-legacy', '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES']],
    [
      'with AES-128 and MAC SHA-512',
      ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-128-CBC', '-macalg', 'sha512'],
    ],
    [
      'with AES-192 and MAC SHA-384',
      ['-certpbe', 'AES-192-CBC', '-keypbe', 'AES-192-CBC', '-macalg', 'sha384'],
    ],
    ['with one iteration', ['-noiter', '-nomaciter']],
    ['with an open key', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
  ])('%s', async (_, options) => {
    const bytes = await opensslExport(pki.principal, ...options);
    const { certificates, keys } = await readPkcs12(bytes, PIN, 'x.p12');
    expect(new Set(certificates.map(hex))).toEqual(
      new Set([pki.principal.certificate, ...pki.principal.chain].map(hex)),
    );
    const x509 = new X509Certificate(pki.principal.certificate);
    expect(keys.map((key) => x509.checkPrivateKey(key))).toEqual([true]);
  });

  needs('openssl')('hide their certificates until the PIN is known', async () => {
    expect(await openCertificates(await opensslExport(pki.principal), 'x.p12')).toEqual([]);
  });

  it('in indefinite-length BER, as Java and NSS write them', async () => {
    // The outer SEQUENCE and the octet string of the AuthenticatedSafe become constructed, its bytes in two pieces.
    const der = Buffer.from(writePkcs12(pki.principal, PIN));
    const { authSafe, mac } = partsOf(der);
    const half = authSafe.length >> 1;
    const pieces = [authSafe.subarray(0, half), authSafe.subarray(half)].map((piece) => octetString(piece));
    const octets = Buffer.concat([Buffer.from([0x24, 0x80]), ...pieces, Buffer.alloc(2)]);
    const content = sequence(oid('1.2.840.113549.1.7.1'), indefinite(0xa0, octets));
    const ber = indefinite(0x30, integer(3), content, mac);
    expect((await readPkcs12(ber, PIN, 'x.p12')).keys).toHaveLength(1);
  });
});

function indefinite(identifier: number, ...contents: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from([identifier, 0x80]), ...contents, Buffer.alloc(2)]);
}

/** Contents of the AuthenticatedSafe and the whole MacData of a file of `writePkcs12`. */
function partsOf(pfx: Buffer): { authSafe: Buffer; mac: Buffer } {
  const value = (at: number): { start: number; end: number } => {
    const first = pfx[at + 1]!;
    const octets = first < 0x80 ? 0 : first & 0x7f;
    const length = octets ? pfx.readUIntBE(at + 2, octets) : first;
    return { start: at + 2 + octets, end: at + 2 + octets + length };
  };
  const content = value(value(0).start + 3);
  const explicit = value(value(content.start).end);
  const octets = value(explicit.start);
  return { authSafe: pfx.subarray(octets.start, octets.end), mac: pfx.subarray(content.end) };
}

describe('the writer of tests and demo', () => {
  needs('openssl')('makes files OpenSSL reads', async () => {
    const path = await file('own.p12', writePkcs12(pki.principal, '13572468'));
    const { stdout } = await run('openssl', ['pkcs12', '-in', path, '-passin', 'pass:13572468', '-nodes']);
    expect(stdout).toContain('BEGIN PRIVATE KEY');
    expect(stdout.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
  });
});

describe('a file as a token', () => {
  it.each([['principal' as const], ['principalP256' as const]])('signs as %s', async (who) => {
    const path = await file('token.p12', writePkcs12(pki[who], PIN));
    const tokens = createTokens({
      launch: () => expect.fail('no module'),
      modules: [],
      pkcs12Files: [{ path, label: 'Token mô phỏng' }],
    });
    const token = (await tokens.list()).at(0) ?? expect.fail('no token');
    expect(token).toMatchObject({ driver: 'pkcs12', label: 'Token mô phỏng', present: true });
    expect(token.certificates).toMatchObject([
      { subjectName: 'Nguyễn Thị Ví Dụ', organisation: 'SỞ VÍ DỤ', canSign: true, expired: false },
    ]);
    const session = await tokens.openSigner(token.id, certificateOf(pki[who]), PIN);
    const signature = await session.signDigest('SHA-256', digest, message);
    const { publicKey } = new X509Certificate(session.certificate);
    expect(verify('sha256', message, publicKey, signature)).toBe(true);
    expect(session.chain).toEqual(pki[who].chain);
    await session.close();
    expect((await failure(session.signDigest('SHA-256', digest, message))).code).toBe('token.session-ended');
  });

  it('with several keys signs with the one that was chosen', async () => {
    const path = await file('two.p12', writePkcs12(pki.agency, PIN, pki.principal, pki.expired));
    const driver = new Pkcs12Driver({ path, label: '' });
    const [{ certificates } = expect.fail('no token')] = await driver.list(Date.now());
    expect(certificates.map(({ sha256 }) => sha256)).toEqual(
      [pki.agency, pki.principal, pki.expired].map(certificateOf),
    );
    const open = (identity: Identity) => opened(driver, identity);
    for (const identity of [pki.principal, pki.agency]) {
      const key = await open(identity);
      const signature = await key.signDigest('SHA-256', digest, message);
      expect(verify('sha256', message, new X509Certificate(identity.certificate).publicKey, signature)).toBe(
        true,
      );
    }
    expect((await failure(open(pki.expired))).code).toBe('token.certificate-expired');
    expect((await failure(open(pki.principalP256))).code).toBe('token.certificate-missing');
  });

  needs('openssl')('opens with the file and its PIN alone', async () => {
    const path = await file('any.p12', await opensslExport(pki.agency, '-legacy'));
    const key = await opened(new Pkcs12Driver({ path, label: '' }), pki.agency);
    expect(Buffer.from(key.certificate).equals(pki.agency.certificate)).toBe(true);
  });

  it('refuses what it must, each with its sentence', async () => {
    const path = await file('bad.p12', writePkcs12(pki.principal, PIN));
    const driver = new Pkcs12Driver({ path, label: '' });
    expect((await failure(opened(driver, pki.principal, '24682468'))).code).toBe('token.wrong-pin');
    expect((await failure(opened(driver, pki.principal, ''))).code).toBe('token.pin-length');
    expect((await failure(opened(driver, pki.agency))).code).toBe('token.certificate-missing');
    expect((await failure(opened(driver, pki.issuing))).code).toBe('token.certificate-cannot-sign');

    const old = new Pkcs12Driver({ path: await file('old.p12', writePkcs12(pki.expired, PIN)), label: '' });
    expect((await failure(opened(old, pki.expired))).code).toBe('token.certificate-expired');

    const edwards = await issue(pki.issuing, {
      profile: 'signer',
      subject: [['CN', 'Nguyễn Thị Ví Dụ']],
      keyType: 'ed25519',
    });
    const modern = new Pkcs12Driver({ path: await file('ed.p12', writePkcs12(edwards, PIN)), label: '' });
    expect((await failure(opened(modern, edwards))).code).toBe('token.cannot-sign');
  });

  it('that has gone is listed as absent', async () => {
    const path = join(directory, 'gone.p12');
    const driver = new Pkcs12Driver({ path, label: 'Cũ' });
    expect(await driver.list(Date.now())).toMatchObject([{ present: false, certificates: [] }]);
    expect(await driver.present()).toEqual([]);
    expect(await failure(opened(driver, pki.principal))).toMatchObject({
      code: 'token.pkcs12-missing',
      params: { file: 'gone.p12' },
    });
  });

  it('that cannot be read is a problem beside the list', async () => {
    const tokens = createTokens({
      launch: () => expect.fail('no module'),
      modules: [],
      pkcs12Files: [
        { path: directory, label: 'a directory' },
        { path: await file('good.p12', writePkcs12(pki.agency, PIN)), label: 'Văn thư' },
      ],
    });
    expect(await tokens.list()).toHaveLength(1);
    expect(tokens.problems()).toMatchObject([{ path: directory, code: 'token.pkcs12-unreadable' }]);
  });
});

describe('hostile and odd files', () => {
  it.each([
    ['empty', Buffer.alloc(0)],
    ['text', Buffer.from('not a PKCS#12 file')],
    ['one open sequence', Buffer.from('3080', 'hex')],
    ['a huge length', Buffer.from('308480000000', 'hex')],
    ['5 MiB', Buffer.alloc(5 * 1024 * 1024, 0x30)],
    ['nested sequences', Buffer.concat(Array.from({ length: 5000 }, () => Buffer.from('3080', 'hex')))],
  ])('%s: unreadable', async (_, bytes) => {
    expect((await failure(readPkcs12(bytes, PIN, 'x.p12'))).code).toBe('token.pkcs12-unreadable');
  });

  it('cut anywhere: unreadable', async () => {
    const whole = writePkcs12(pki.principal, PIN);
    for (let length = 1; length < whole.length; length += 97)
      expect((await failure(readPkcs12(whole.subarray(0, length), PIN, 'x.p12'))).code).toBe(
        'token.pkcs12-unreadable',
      );
  });

  it('changed behind the MAC: wrong PIN or unreadable, never another key', async () => {
    const whole = Buffer.from(writePkcs12(pki.principal, PIN));
    for (let at = 40; at < whole.length; at += 211) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0x10;
      expect((await failure(readPkcs12(changed, PIN, 'x.p12'))).code).toMatch(
        /^token\.(wrong-pin|pkcs12-unreadable|pkcs12-unsupported)$/,
      );
    }
  });

  needs('openssl')('without a MAC: unsupported', async () => {
    const bytes = await opensslExport(pki.principal, '-nomac');
    expect(await failure(readPkcs12(bytes, PIN, 'x.p12'))).toMatchObject({
      code: 'token.pkcs12-unsupported',
      params: { file: 'x.p12', algorithm: 'no MAC' },
    });
  });

  it('with a key that Electron cannot use: said by name', async () => {
    const odd = await issue(null, { profile: 'root', subject: [['CN', 'X']], keyType: 'secp256k1' });
    expect(await failure(readPkcs12(writePkcs12(odd, PIN), PIN, 'x.p12'))).toMatchObject({
      code: 'signature.key-unsupported',
      params: { algorithm: 'secp256k1' },
    });
  });

  needs('openssl')('with a RC4 key, a billion iterations: unsupported, at once', async () => {
    const rc4 = await opensslExport(pki.principal, '-legacy', '-keypbe', 'PBE-SHA1-RC4-128');
    expect((await failure(readPkcs12(rc4, PIN, 'x.p12'))).code).toBe('token.pkcs12-unsupported');
    const digestInfo = sequence(sequence(oid('1.3.14.3.2.26'), nullValue()), octetString(Buffer.alloc(20)));
    const endless = sequence(
      integer(3),
      sequence(oid('1.2.840.113549.1.7.1'), context(0, octetString(sequence()))),
      sequence(digestInfo, octetString(Buffer.alloc(8)), integer(1_000_000_000)),
    );
    expect((await failure(readPkcs12(endless, PIN, 'x.p12'))).code).toBe('token.pkcs12-unsupported');
  });

  it('with encrypted contents that ask for a billion iterations: unsupported, at once', async () => {
    const kdf = sequence(
      oid('1.2.840.113549.1.5.12'),
      sequence(octetString(Buffer.alloc(8)), integer(1_000_000_000)),
    );
    const scheme = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(Buffer.alloc(16)));
    const algorithm = sequence(oid('1.2.840.113549.1.5.13'), sequence(kdf, scheme));
    const encrypted = sequence(
      integer(0),
      sequence(oid('1.2.840.113549.1.7.1'), algorithm, Buffer.from('8010'.padEnd(36, '0'), 'hex')),
    );
    const authSafe = sequence(sequence(oid('1.2.840.113549.1.7.6'), context(0, encrypted)));
    const bytes = withMac(authSafe);
    expect(await failure(readPkcs12(bytes, PIN, 'x.p12'))).toMatchObject({
      code: 'token.pkcs12-unsupported',
      params: { algorithm: 'PBKDF2 × 1000000000' },
    });
  });
});

/** A file whose MAC is right for PIN: one iteration, SHA-256 (RFC 7292, B.2). */
function withMac(authSafe: Uint8Array): Uint8Array {
  const password = Buffer.from(`${PIN}\0`, 'utf16le').swap16();
  const block = Buffer.concat([Buffer.alloc(64, 3), Buffer.alloc(64, 1), Buffer.alloc(64, password)]);
  const key = createHash('sha256').update(block).digest();
  const mac = createHmac('sha256', key).update(authSafe).digest();
  const digestInfo = sequence(sequence(oid('2.16.840.1.101.3.4.2.1'), nullValue()), octetString(mac));
  const content = sequence(oid('1.2.840.113549.1.7.1'), context(0, octetString(authSafe)));
  return sequence(integer(3), content, sequence(digestInfo, octetString(Buffer.alloc(8, 1)), integer(1)));
}
