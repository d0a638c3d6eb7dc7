import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesString, dict, latin1, name, textString } from '../src/main/pdf/cos.ts';
import { attributeValues } from '../src/main/x509/names.ts';
import { oids } from '../src/main/asn1/oids.ts';
import { readCertificate } from '../src/main/x509/certificate.ts';
import { errorSentence } from '../src/shared/errors/index.ts';
import { expectClear } from './desk/set-up.ts';
import { formWith } from './fixtures/pdf/forms.ts';
import { filledSealPng, opaquePng, sealPng, signaturePng } from './fixtures/pdf/images.ts';
import { drawLetter, SAMPLE_LETTER } from './fixtures/pdf/letters.ts';
import { pdfsigVerdicts, qpdf, qpdfComplaints } from './fixtures/pdf/outside.ts';
import { pem } from './pki/ca.ts';
import { createOfficePki } from './pki/office.ts';
import type { OfficePki } from './pki/office.ts';
import { writePkcs12 } from './pki/pkcs12.ts';
import { opensslVerify, pdfsig } from './pki/readers.ts';
import { startServices } from './pki/services/server.ts';
import type { Services } from './pki/services/server.ts';
import { createSoftHsmToken } from './pki/softhsm.ts';
import type { SoftHsm } from './pki/softhsm.ts';
import { needs } from './needs.ts';

needs('openssl', 'pdfsig', 'pdftotext', 'qpdf', 'softhsm2-util');

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
const at = (file: string): string => join(folder, file);
const script = fileURLToPath(new URL('../src/main/cli.ts', import.meta.url));
const PIN = '12345678';
/** Of protected PDFs. */
const PASSWORDS = { user: 'mật khẩu để mở', owner: 'mật khẩu của chủ' };

let pki: OfficePki;
let token: SoftHsm;
beforeAll(async () => {
  pki = await createOfficePki({
    agency: 'Trường Tiểu học Ví Dụ',
    superior: 'Ủy ban nhân dân xã Ví Dụ',
    province: 'Tỉnh Ví Dụ',
    principal: SAMPLE_LETTER.signer,
  });
  const { root, issuing } = pki.crls();
  writeFileSync(at('root.pem'), pem('CERTIFICATE', pki.root.certificate));
  writeFileSync(at('root.crl'), root);
  writeFileSync(at('issuing.crl'), issuing);
  writeFileSync(at('letter.pdf'), await drawLetter(SAMPLE_LETTER));
  writeFileSync(at('principal.p12'), writePkcs12(pki.principal, PIN));
  writeFileSync(at('signature.png'), signaturePng());
  writeFileSync(at('seal.png'), sealPng());
  token = await createSoftHsmToken({
    label: 'Con dau',
    pin: PIN,
    identities: [pki.agency],
    certificates: [pki.issuing.certificate],
  });
  await token.addToken({
    label: 'Giau',
    pin: PIN,
    identities: [pki.agency],
    certificates: [pki.issuing.certificate],
    hidesCertificates: true,
  });
});
afterAll(async () => {
  await token.remove();
  rmSync(folder, { recursive: true });
});

function cli(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, ...token.env, PIN, WRONG: '87654321', TO_OPEN: PASSWORDS.user },
  });
}

/** The code with which the one line of a failure begins. */
const codeOf = ({ stderr }: ReturnType<typeof cli>): string => stderr.split(':', 1)[0]!;

const trust = () => ['--trust', at('root.pem'), '--crl', at('root.crl'), at('issuing.crl')];
const verify = (...args: string[]) =>
  JSON.parse(cli('verify', '--json', ...args).stdout) as { verdict: string }[];

/** SHA-256 of the certificates a file was signed with. */
const signersOf = (file: string): string[] =>
  (
    JSON.parse(cli('verify', '--json', '--no-chain', file).stdout) as {
      signatures: { signer: { certificate: { fingerprint: string } } }[];
    }[]
  ).flatMap(({ signatures }) => signatures.map(({ signer }) => signer.certificate.fingerprint));

describe('sign and verify', () => {
  it('the principal with a file, the office with its token, and every reader agrees', () => {
    const person = ['--pkcs12', at('principal.p12'), '--pin-env', 'PIN', '--role', 'personal'];
    const where = ['--title', SAMPLE_LETTER.title[0] ?? '', '--name', SAMPLE_LETTER.signer];
    const first = cli(
      'sign',
      '--in',
      'letter.pdf',
      '--out',
      '1.pdf',
      ...person,
      ...where,
      '--image',
      'signature.png',
    );
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(first.stdout)).toMatchObject({ file: '1.pdf' });
    const office = ['--pkcs11', token.module, '--token', 'Con dau', '--pin-env', 'PIN', '--role', 'agency'];
    const second = cli('sign', '--in', '1.pdf', '--out', '2.pdf', ...office, ...where, '--image', 'seal.png');
    expect(second).toMatchObject({ status: 0, stderr: '' });
    expect(opensslVerify(at('2.pdf'), pki.root.certificate)).toBe(2);
    expect(pdfsig(at('2.pdf')).validations).toEqual(Array(2).fill('Signature is Valid.'));
    expect(verify(...trust(), '2.pdf', '1.pdf', 'letter.pdf').map(({ verdict }) => verdict)).toEqual([
      'valid',
      'valid',
      'unsigned',
    ]);
    expect(verify('--no-chain', '2.pdf')[0]?.verdict).toBe('valid');
    expect(verify('2.pdf')[0]?.verdict).toBe('indeterminate');
  });

  it('the one of several keys that is named, and never a guess', () => {
    writeFileSync(at('two.p12'), writePkcs12(pki.principal, PIN, pki.agency));
    const wanted = readCertificate(pki.agency.certificate).fingerprint;
    const key = ['--pkcs12', at('two.p12'), '--pin-env', 'PIN', '--role', 'personal'];
    const guess = cli('sign', '--in', 'letter.pdf', '--out', 'guess.pdf', ...key);
    expect(guess.status).toBe(2);
    expect(guess.stderr).toContain(wanted);
    expect(existsSync(at('guess.pdf'))).toBe(false);
    const named = cli('sign', '--in', 'letter.pdf', '--out', 'named.pdf', ...key, '--certificate', wanted);
    expect(named).toMatchObject({ status: 0, stderr: '' });
    expect(signersOf('named.pdf')).toEqual([wanted]);
  });

  it('a renewed certificate beside the one that has expired', () => {
    writeFileSync(at('renewed.p12'), writePkcs12(pki.expired, PIN, pki.principal));
    const key = ['--pkcs12', at('renewed.p12'), '--pin-env', 'PIN', '--role', 'personal'];
    expect(cli('sign', '--in', 'letter.pdf', '--out', 'renewed.pdf', ...key)).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(signersOf('renewed.pdf')).toEqual([readCertificate(pki.principal.certificate).fingerprint]);
  });

  it('the token that is named by its certificate, or else by its serial number, among those of one label', async () => {
    for (const identity of [pki.agency, pki.principal])
      await token.addToken({ label: 'Song sinh', pin: PIN, identities: [identity] });
    const wanted = readCertificate(pki.principal.certificate).fingerprint;
    const key = ['--pkcs11', token.module, '--token', 'Song sinh', '--pin-env', 'PIN', '--role', 'personal'];
    const guess = cli('sign', '--in', 'letter.pdf', '--out', 'twin.pdf', ...key);
    expect(guess.status).toBe(2);
    expect(guess.stderr).toContain('serial');
    expect(
      cli('sign', '--in', 'letter.pdf', '--out', 'twin.pdf', ...key, '--certificate', wanted).status,
    ).toBe(0);
    expect(signersOf('twin.pdf')).toEqual([wanted]);
  });

  it('a token that shows no certificate before its PIN', () => {
    const office = ['--pkcs11', token.module, '--token', 'Giau', '--pin-env', 'PIN', '--role', 'agency'];
    expect(cli('sign', '--in', 'letter.pdf', '--out', 'hidden.pdf', ...office)).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(opensslVerify(at('hidden.pdf'), pki.root.certificate)).toBe(1);
  });

  it('an appendix gets its text mark', () => {
    const office = ['--pkcs11', token.module, '--token', 'Con dau', '--pin-env', 'PIN', '--role', 'appendix'];
    expect(
      cli('sign', '--in', 'letter.pdf', '--out', 'appendix.pdf', ...office, '--number', '12/QĐ-VD').stderr,
    ).toBe('');
    const text = spawnSync('pdftotext', ['-layout', at('appendix.pdf'), '-'], { encoding: 'utf8' }).stdout;
    expect(text).toMatch(/Số: 12\/QĐ-VD/);
    expect(text).toMatch(/Thời gian ký: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00/);
  });

  it('speaks in sentences without --json', () => {
    expect(cli('verify', 'letter.pdf').stdout).toBe('letter.pdf: CHƯA KÝ\n  Văn bản chưa được ký số.\n');
  });

  it('says which files it could not open', () => {
    const result = cli('verify', '--json', 'nothing.pdf', 'letter.pdf');
    expect(result.status).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject([
      { file: 'nothing.pdf', verdict: 'unreadable', reasons: [{ params: { code: 'ENOENT' } }] },
      { verdict: 'unsigned' },
    ]);
  });
});

describe('a protected PDF', () => {
  const { user, owner } = PASSWORDS;
  const key = ['--pkcs12', 'principal.p12', '--pin-env', 'PIN', '--role', 'personal'];
  const sign = (name: string, ...more: string[]) =>
    cli('sign', '--in', `${name}.pdf`, '--out', `${name}-signed.pdf`, ...key, ...more);
  const lock = (name: string, ...how: string[]) => {
    const options = ['--password-mode=bytes', '--allow-weak-crypto', '--encrypt', user, owner, ...how, '--'];
    writeFileSync(at(`${name}.pdf`), qpdf(readFileSync(at('letter.pdf')), ...options));
  };

  it.each([
    ['AES-256', ['256']],
    ['AES-128', ['128', '--use-aes=y']],
    ['RC4-128', ['128', '--use-aes=n']],
  ])('of %s is signed and judged, by other readers too', (name, how) => {
    lock(name, ...how);
    const where = ['--title', SAMPLE_LETTER.title[0] ?? '', '--name', SAMPLE_LETTER.signer];
    const shown = ['--image', 'signature.png'];
    expect(sign(name, '--password-env', 'TO_OPEN', ...where, ...shown)).toMatchObject({
      status: 0,
      stderr: '',
    });
    const signed = readFileSync(at(`${name}-signed.pdf`));
    expect(pdfsigVerdicts(signed, user)).toEqual(['Signature is Valid.']);
    expect(qpdfComplaints(signed, user)).toBe('');
    expect(qpdfComplaints(signed, owner)).toBe('');
    expect(verify('--no-chain', '--password', owner, `${name}-signed.pdf`)).toMatchObject([
      { verdict: 'valid' },
    ]);
    expect(verify(...trust(), '--password-env', 'TO_OPEN', `${name}-signed.pdf`)).toMatchObject([
      { verdict: 'valid' },
    ]);
  });

  it.each([
    ['no password', [], 'pdf.password-needed'],
    ['a wrong one', ['--password-env', 'WRONG'], 'pdf.password-wrong'],
  ] as const)('is refused with %s: by its code and a sentence, and nothing is written', (_, how, code) => {
    lock('unopened', '256');
    const signing = sign('unopened', ...how);
    expect(signing).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `${code}: ${errorSentence(code, {}, 'vi')}\n`,
    });
    expectClear({ code, params: {} });
    expect(existsSync(at('unopened-signed.pdf'))).toBe(false);
    const judging = cli('verify', '--json', ...how, 'unopened.pdf', 'letter.pdf');
    expect(judging.status).toBe(1);
    expect(JSON.parse(judging.stdout)).toMatchObject([
      { verdict: 'unreadable', reasons: [{ params: { code } }] },
      { verdict: 'unsigned' },
    ]);
    expect(cli('verify', ...how, 'unopened.pdf').stdout).toContain(errorSentence(code, {}, 'vi'));
  });

  it.each([
    ['given twice', ['--password', user, '--password-env', 'TO_OPEN'], 2],
    ['in the place of its name', ['--password-env', user], 2],
    ['behind a misspelt option', [`--pasword=${user}`], 2],
    ['behind a misspelt option, apart', ['--pasword', user], 2],
    ['that is right', ['--password', user], 0],
    ['that is wrong', ['--password', `${user}!`], 1],
  ])('shows its password nowhere: one %s', (_, how, status) => {
    lock('quiet', '256');
    for (const result of [sign('quiet', ...how), cli('verify', '--json', ...how, 'quiet.pdf')]) {
      expect(result.status).toBe(status);
      expect(result.stdout + result.stderr).not.toContain(user);
      expect(result.stdout + result.stderr).not.toContain(PIN);
    }
  });

  it('nor is the PIN shown in the place of its name', () => {
    const result = cli('sign', '--in', 'letter.pdf', '--out', 'no.pdf', ...key, '--pin-env', PIN);
    expect(result.status).toBe(2);
    expect(result.stderr).not.toContain(PIN);
  });
});

describe('acts', () => {
  const pdfText = (file: string): string =>
    spawnSync('pdftotext', ['-layout', at(file), '-'], { encoding: 'utf8' }).stdout;
  const person = ['--pkcs12', 'principal.p12', '--pin-env', 'PIN'];

  it.each([
    [
      'copy',
      ['--form', 'SY', '--agency', 'Trường Tiểu học Ví Dụ', '--converter', 'Lê Thị Văn'],
      /Sao y\s+.*Trường Tiểu học Ví Dụ.*giấy – Trường Tiểu học Ví Dụ – Lê Thị Văn –/s,
    ],
    ['incoming', ['--agency', 'Trường Ví Dụ', '--number', '8916', '--date', '2026-11-20'], /8916/],
    [
      'comment',
      ['--name', 'Ai Đó', '--title', 'Hiệu trưởng', '--text', 'Chuyển tổ toán.'],
      /Chuyển tổ toán\./,
    ],
  ])('%s', (role, options, shown) => {
    const out = `${role}.pdf`;
    const result = cli('sign', '--in', 'letter.pdf', '--out', out, ...person, '--role', role, ...options);
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(pdfText(out).normalize('NFC')).toMatch(shown);
    expect(pdfsig(at(out)).validations).toEqual(['Signature is Valid.']);
  });

  it.each([
    ['copy', ['--form', 'XX', '--agency', 'A'], /no form of copy XX/],
    ['incoming', ['--agency', 'A', '--number', '1', '--date', '20/11/2026'], /--date/],
    ['comment', ['--name', 'A', '--title', 'B'], /--text is missing/],
  ])('%s is refused when it is not understood', (role, options, line) => {
    const result = cli(
      'sign',
      '--in',
      'letter.pdf',
      '--out',
      'no.pdf',
      ...person,
      '--role',
      role,
      ...options,
    );
    expect([result.status, existsSync(at('no.pdf'))]).toEqual([2, false]);
    expect(result.stderr).toMatch(line);
  });
});

describe('levels and services', () => {
  let services: Services;
  beforeAll(async () => {
    services = await startServices();
    const signer = await services.certify({ subject: [['CN', SAMPLE_LETTER.signer]] });
    writeFileSync(at('online.p12'), writePkcs12(signer, PIN));
    writeFileSync(at('online-root.pem'), pem('CERTIFICATE', services.root.certificate));
  });
  afterAll(() => services.close());

  /** The services live in this process, which therefore must not stand still while the command runs. */
  async function online(...args: string[]): Promise<string> {
    const options = { cwd: folder, env: { ...process.env, PIN } };
    return (await promisify(execFile)(process.execPath, [script, ...args], options)).stdout;
  }
  const signAt = async (level: string, out: string): Promise<unknown> => {
    const key = ['--pkcs12', 'online.p12', '--pin-env', 'PIN', '--role', 'personal'];
    const wanted = ['--level', level, '--tsa', services.urls.tsa, '--trust', 'online-root.pem'];
    return JSON.parse(await online('sign', '--in', 'letter.pdf', '--out', out, ...key, ...wanted));
  };

  it.each(['B-T', 'B-LT', 'B-LTA'])('signs at %s', async (level) => {
    expect(await signAt(level, `${level}.pdf`)).toMatchObject({ level, failure: null });
    expect(pdfsig(at(`${level}.pdf`)).validations[0]).toBe('Signature is Valid.');
    expect(existsSync(at(`${level}.pdf.raised`))).toBe(false);
  });

  it('keeps the signature when a service fails, and says why', async () => {
    services.always('ocsp', 'busy');
    services.always('crl', 'busy');
    try {
      const failure = { code: 'signature.revocation-missing' };
      expect(await signAt('B-LTA', 'less.pdf')).toMatchObject({ level: 'B-T', failure });
    } finally {
      services.always('ocsp', null);
      services.always('crl', null);
    }
    expect(pdfsig(at('less.pdf')).validations[0]).toBe('Signature is Valid.');
  });

  it('makes no signature without the timestamp that the author of a field demands', async () => {
    const entries = { SV: dict({ Type: name('SV'), TimeStamp: dict({ Ff: 1 }) }) };
    const box = { x: 72, y: 600, width: 120, height: 60 };
    const form = formWith(readFileSync(at('letter.pdf')), [
      { name: 'KY_CA_NHAN', type: 'Sig', box, entries },
    ]);
    writeFileSync(at('demanding.pdf'), form);
    const key = ['--pkcs12', 'online.p12', '--pin-env', 'PIN', '--role', 'personal'];
    const sign = ['sign', '--in', 'demanding.pdf', '--out', 'demanded.pdf', ...key];
    expect(codeOf(cli(...sign))).toBe('pdf.seed-timestamp');
    const level = ['--level', 'B-T', '--tsa', services.urls.tsa, '--trust', 'online-root.pem'];
    services.always('tsa', 'busy');
    try {
      await expect(online(...sign, ...level)).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^pdf\.seed-timestamp: Ô ký "KY_CA_NHAN" đòi/) as string,
      });
    } finally {
      services.always('tsa', null);
    }
    expect(existsSync(at('demanded.pdf'))).toBe(false);
    expect(JSON.parse(await online(...sign, ...level))).toMatchObject({ level: 'B-T', failure: null });
  });

  it('asks about revocation only when told so, and prints what it found', async () => {
    await signAt('B-T', 'asked.pdf');
    const judge = async (...args: string[]) =>
      JSON.parse(await online('verify', '--json', '--trust', 'online-root.pem', ...args, 'asked.pdf')) as {
        verdict: string;
        signatures: { findings: { code: string }[] }[];
      }[];
    const codes = (files: Awaited<ReturnType<typeof judge>>) =>
      files[0]?.signatures[0]?.findings.map(({ code }) => code);
    expect(codes(await judge())).toContain('validity.revocation-not-asked');
    const asked = await judge('--online', '--intranet', services.urls.ocsp, '--report', 'report.pdf');
    expect(codes(asked)).toContain('validity.in-force');
    expect(asked[0]?.verdict).toBe('valid');
    const text = spawnSync('pdftotext', ['-layout', at('report.pdf'), '-'], { encoding: 'utf8' }).stdout;
    expect(text.normalize('NFC')).toMatch(/BIÊN BẢN KIỂM TRA CHỮ KÝ SỐ/);
    expect(text).toMatch(/asked\.pdf/);
    expect(text.normalize('NFC')).toMatch(/OCSP, không bị thu hồi/);
  });

  it('judges as of a time', async () => {
    const late = await online('verify', '--json', '--no-chain', '--at', '2060-01-01', 'B-T.pdf');
    expect(JSON.parse(late)).toMatchObject([{ verdict: 'valid' }]);
    for (const time of ['tomorrow', '20/11/2026', '5', '', '2026-13-01', '2026-11-20T10'])
      expect(cli('verify', '--at', time, 'letter.pdf')).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/--at is no time/) as string,
      });
    // The timestamp authority's certificate has ended by then, and no later timestamp saved it.
    expect(cli('verify', '--trust', 'online-root.pem', '--at', '2060-01-01', 'B-T.pdf').stdout).toMatch(
      /Dấu thời gian do máy chủ chưa được tin cậy cấp/,
    );
  });

  it('prints as of when it judged, and is no judge of where the report cannot be written', async () => {
    const as = ['--at', '2026-11-20T16:04', '--report'];
    await online('verify', '--no-chain', ...as, 'report.pdf', 'letter.pdf');
    const text = spawnSync('pdftotext', ['-layout', at('report.pdf'), '-'], { encoding: 'utf8' }).stdout;
    expect(text.normalize('NFC')).toMatch(/Xét như tại thời điểm +20\/11\/2026 16:04/);
    const failed = cli('verify', '--no-chain', '--report', 'nowhere/report.pdf', 'letter.pdf');
    expect(failed).toMatchObject({ status: 1, stdout: 'letter.pdf: CHƯA KÝ\n  Văn bản chưa được ký số.\n' });
    expect(failed.stderr).toMatch(/^ENOENT/);
  });

  it('says that nobody vouches for the timestamp service, and keeps what it gave', async () => {
    const key = ['--pkcs12', 'online.p12', '--pin-env', 'PIN', '--role', 'personal'];
    const level = ['--level', 'B-T', '--tsa', services.urls.tsa];
    const printed = await online('sign', '--in', 'letter.pdf', '--out', 'unknown.pdf', ...key, ...level);
    expect(JSON.parse(printed)).toMatchObject({
      level: 'B-B',
      failure: { code: 'signature.tsa-untrusted', sentence: expect.stringContaining('127.0.0.1') as string },
    });
    const trusted = cli('verify', '--trust', 'online-root.pem', 'unknown.pdf').stdout;
    expect(trusted).toMatch(/Dấu thời gian hợp lệ/);
    expect(trusted).toMatch(/^unknown\.pdf: HỢP LỆ \(có ghi chú\)/);
  });

  it.each([
    [['--level', 'B-X'], /no level B-X/],
    [['--level', 'B-T'], /needs --tsa/],
    [['--level', 'B-T', '--tsa', 'ftp://ví-dụ'], /--tsa is no address/],
  ])('refuses %j', (options, line) => {
    const key = ['--pkcs12', 'principal.p12', '--pin-env', 'PIN', '--role', 'personal'];
    const result = cli('sign', '--in', 'letter.pdf', '--out', 'no.pdf', ...key, ...options);
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(line);
  });
});

describe('what the author of a field demands of a certificate (ISO 32000-2, Table 238)', () => {
  const subject = () => readCertificate(pki.principal.certificate).subject;
  const demands = (entries: Parameters<typeof dict>[0]) => ({
    SV: dict({ Type: name('SV'), Cert: dict(entries) }),
  });
  const someone = { SubjectDN: [dict({ CN: textString('Ai Khác') })] };
  const wanted: [string, number, () => Parameters<typeof dict>[0]][] = [
    ['its issuer', 0, () => ({ Ff: 2, Issuer: [bytesString(pki.issuing.certificate)] })],
    [
      'its name',
      0,
      () => ({
        Ff: 8,
        SubjectDN: [dict({ CN: textString(attributeValues(subject(), oids.commonName)[0]!) })],
      }),
    ],
    ['its uses', 0, () => ({ Ff: 32, KeyUsage: [bytesString(latin1('1'))] })],
    [
      'wishes of others that bind nobody',
      0,
      () => ({
        Issuer: [bytesString(pki.agency.certificate)],
        OID: [bytesString(latin1('2.999.9'))],
        ...someone,
      }),
    ],
    ['another certificate', 1, () => ({ Ff: 1, Subject: [bytesString(pki.agency.certificate)] })],
    ['another issuer', 1, () => ({ Ff: 2, Issuer: [bytesString(pki.agency.certificate)] })],
    ['a policy it lacks', 1, () => ({ Ff: 4, OID: [bytesString(latin1('2.999.9'))] })],
    ['another name', 1, () => ({ Ff: 8, ...someone })],
    ['a use it lacks', 1, () => ({ Ff: 32, KeyUsage: [bytesString(latin1('XXXXX1'))] })],
  ];

  it.each(wanted)('%s', (_, status, entries) => {
    const box = { x: 72, y: 600, width: 120, height: 60 };
    const field = { name: 'KY_CA_NHAN', type: 'Sig', box, entries: demands(entries()) } as const;
    writeFileSync(at('wanted.pdf'), formWith(readFileSync(at('letter.pdf')), [field]));
    rmSync(at('given.pdf'), { force: true });
    const key = ['--pkcs12', 'principal.p12', '--pin-env', 'PIN', '--role', 'personal'];
    const result = cli('sign', '--in', 'wanted.pdf', '--out', 'given.pdf', ...key);
    expect([result.status, existsSync(at('given.pdf'))]).toEqual([status, status === 0]);
    if (status === 0) expect(pdfsig(at('given.pdf')).validations).toEqual(['Signature is Valid.']);
    else expect(codeOf(result)).toBe('pdf.seed-certificate');
  });
});

describe('refusals', () => {
  const wrong: [string, string[], number, RegExp][] = [
    [
      'a wrong PIN',
      ['--pkcs12', 'principal.p12', '--pin-env', 'WRONG', '--role', 'personal'],
      1,
      /^token\.wrong-pin/,
    ],
    [
      'a PIN that is not there',
      ['--pkcs12', 'principal.p12', '--pin-env', 'NONE', '--role', 'personal'],
      2,
      /--pin-env names no environment variable/,
    ],
    ['no key', ['--pin-env', 'PIN', '--role', 'personal'], 2, /--pkcs11 and --pkcs12/],
    [
      'an unknown role',
      ['--pkcs12', 'principal.p12', '--pin-env', 'PIN', '--role', 'king'],
      2,
      /no role king/,
    ],
    [
      'an image without a place',
      ['--pkcs12', 'principal.p12', '--pin-env', 'PIN', '--role', 'personal', '--image', 'seal.png'],
      2,
      /needs a place/,
    ],
    [
      'a place that is none',
      ['--pkcs12', 'principal.p12', '--pin-env', 'PIN', '--role', 'personal', '--rect', '1,2,3'],
      2,
      /--rect/,
    ],
  ];

  it.each(wrong)('%s', (_, args, status, line) => {
    const result = cli('sign', '--in', 'letter.pdf', '--out', 'refused.pdf', ...args);
    expect([result.status, result.stdout]).toEqual([status, '']);
    expect(result.stderr).toMatch(line);
    expect(result.stderr).not.toContain(PIN);
    expect(existsSync(at('refused.pdf'))).toBe(false);
  });

  it.each([
    ['over the input', 'letter.pdf', /^signature\.output-is-input/],
    ['in a folder that is not there', 'nowhere/signed.pdf', /^ENOENT/],
  ])('an output %s, before any PIN is tried', (_, out, line) => {
    const person = ['--pkcs12', 'principal.p12', '--pin-env', 'WRONG', '--role', 'personal'];
    const result = cli('sign', '--in', 'letter.pdf', '--out', out, ...person);
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(result.stderr).toMatch(line);
  });

  it.each([
    ['on paper', opaquePng()],
    ['white within its ring', filledSealPng()],
  ])('a seal that would hide the signed words under it: %s', (_, png) => {
    writeFileSync(at('opaque.png'), png);
    const office = ['--pkcs12', 'principal.p12', '--pin-env', 'PIN', '--role', 'agency'];
    const where = ['--title', SAMPLE_LETTER.title[0] ?? '', '--name', SAMPLE_LETTER.signer];
    const image = ['--image', 'opaque.png'];
    const result = cli('sign', '--in', 'letter.pdf', '--out', 'refused.pdf', ...office, ...where, ...image);
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(result.stderr).toMatch(/^pdf\.image-opaque/);
    expect(existsSync(at('refused.pdf'))).toBe(false);
  });

  it('a name and title nobody printed', async () => {
    const blank = await PDFDocument.create();
    blank.addPage();
    writeFileSync(at('blank.pdf'), await blank.save());
    const person = ['--pkcs12', 'principal.p12', '--pin-env', 'PIN', '--role', 'personal', '--name', 'Ai Đó'];
    const result = cli('sign', '--in', 'blank.pdf', '--out', 'refused.pdf', ...person);
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(codeOf(result)).toBe('signature.place-not-found');
  });

  it('trust and revocation files that are none', () => {
    expect(codeOf(cli('verify', '--trust', 'letter.pdf', 'letter.pdf'))).toBe('signature.trust-unreadable');
    expect(codeOf(cli('verify', '--crl', 'letter.pdf', 'letter.pdf'))).toBe('signature.crl-unreadable');
  });

  it('commands nobody knows', () => {
    expect(cli('dance').status).toBe(2);
    expect(cli('verify').status).toBe(2);
    expect(cli('verify', '--loudly', 'letter.pdf').status).toBe(2);
    expect(cli('--help')).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('edxml', () => {
  const message = {
    kind: 'edoc',
    from: { organId: '000.00.01.H99', name: 'Trường Tiểu học Ví Dụ' },
    to: [{ organId: '000.00.02.H99', name: 'Sở Giáo dục và Đào tạo Ví Dụ' }],
    documentId: '000.00.01.H99,2026/11/20,12/CV-VD',
    number: '12',
    notation: 'CV-VD',
    place: 'Ví Dụ',
    promulgationDate: '2026-11-20',
    typeDetail: 1,
    typeName: 'Công văn',
    subject: 'Báo cáo ví dụ',
    signer: { fullName: 'Nguyễn Thị Ví Dụ', position: 'Hiệu trưởng' },
    attachments: [{ contentId: 'a1', name: 'letter.pdf', mimeType: 'application/pdf', file: 'letter.pdf' }],
  };

  it('writes a message and reads it back', () => {
    writeFileSync(at('message.json'), JSON.stringify(message));
    const written = cli('edxml', 'write', '--json', 'message.json', '--out', 'message.edxml');
    expect(written).toMatchObject({ status: 0, stderr: '' });
    const [read] = JSON.parse(cli('edxml', 'read', '--json', 'message.edxml').stdout) as {
      message: { attachments: { base64: string }[] };
    }[];
    expect(read).toMatchObject({ kind: 'edoc', message: { subject: 'Báo cáo ví dụ', number: '12' } });
    expect(Buffer.from(read?.message.attachments[0]?.base64 ?? '', 'base64')).toEqual(
      readFileSync(at('letter.pdf')),
    );
  });

  it('names what is wrong', () => {
    writeFileSync(at('broken.edxml'), '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>');
    const result = cli('edxml', 'read', '--json', 'broken.edxml');
    expect(result.status).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject([{ error: { code: 'axis.dtd' } }]);
    writeFileSync(at('bad.json'), JSON.stringify({ ...message, to: 'nobody' }));
    expect(cli('edxml', 'write', '--json', 'bad.json', '--out', 'bad.edxml').stderr).toMatch(
      /^host\.bad-request/,
    );
    writeFileSync(at('secret.json'), JSON.stringify({ ...message, secrecy: 'MẬT' }));
    expect(cli('edxml', 'write', '--json', 'secret.json', '--out', 'bad.edxml').stderr).toMatch(/^axis\./);
    expect(existsSync(at('bad.edxml'))).toBe(false);
  });
});
