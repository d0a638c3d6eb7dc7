/** A driver under Windows itself, in a program that is not called node.exe: neither is ours. */
import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ModuleClient } from '../../src/main/token/client.ts';
import type { Timeouts } from '../../src/main/token/client.ts';
import { detectModules } from '../../src/main/token/detect.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import { readModuleFile } from '../../src/main/token/module-file.ts';
import { createTokens } from '../../src/main/token/tokens.ts';
import type { Tokens } from '../../src/main/token/tokens.ts';
import { issueFor } from '../pki/ca.ts';
import { createOfficePki } from '../pki/office.ts';
import type { OfficePki } from '../pki/office.ts';
import { publicKeyOf } from './cng-key.ts';
import { createFaultyToken } from './faulty-token.ts';
import type { FaultyToken } from './faulty-token.ts';
import { machines, makePe } from './make-pe.ts';
import { digest, failure, message, PIN, tokenUser } from './token-user.ts';

const { execPath } = process;
let folder: string;
let pki: OfficePki;
let device: FaultyToken;
let tokens: Tokens;

const { onlyToken, open, signs } = tokenUser(() => tokens);

const tokensOf = async ({ module, env }: FaultyToken, timeouts: Timeouts = {}): Promise<Tokens> =>
  createTokens({
    launch: forkHost({ env }),
    modules: [{ path: module, sha256: (await readModuleFile(module)).sha256 }],
    pkcs12Files: [],
    pollMs: 100,
    timeouts,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'Bàn văn thư '));
  // What a host is started with.
  process.execPath = join(folder, 'BanVanThu.exe');
  await copyFile(execPath, process.execPath);
  pki = await createOfficePki({
    agency: 'Trường THPT Ví Dụ',
    superior: 'SỞ VÍ DỤ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
  const { principal } = pki;
  const identities = [principal];
  device = await createFaultyToken({
    label: 'Hiệu trưởng',
    pin: PIN,
    identities,
    certificates: principal.chain,
  });
  tokens = await tokensOf(device);
});

afterEach(async () => {
  await device.faults();
  await device.wrongPins(0);
  await device.logins();
});

afterAll(async () => {
  await tokens.close();
  await device.remove();
  process.execPath = execPath;
  await rm(folder, { recursive: true, maxRetries: 20 });
});

describe('a driver in order', () => {
  it('is read and loaded, and shows its token by its Vietnamese name', async () => {
    const { steps } = await tokens.diagnose(device.module, () => []);
    expect(steps.filter(({ outcome }) => outcome !== 'good')).toEqual([]);
    expect(steps.map(({ step }) => step)).toEqual(
      'file machine exports accepted loadable slots token certificate pin'.split(' '),
    );
    expect(await onlyToken()).toMatchObject({ label: 'Hiệu trưởng', certificates: [{ expired: false }] });
  });

  it('signs, one login after another', async () => {
    await signs();
    await signs();
    expect(await device.logins()).toEqual(['1 8', '1 8']);
  });

  it('signs with a key that was made in the token and never leaves it', async () => {
    const own = await createFaultyToken({ label: 'Khóa sinh trong token', pin: PIN, identities: [] });
    const newcomer = await tokensOf(own);
    expect(await newcomer.list()).toMatchObject([{ certificates: [] }]);
    const key = publicKeyOf(await readFile(join(own.directory, 'key')));
    const subject = [['CN', 'Lê Ví Dụ']] as const;
    const { certificate } = issueFor(pki.issuing, { profile: 'signer', subject }, key);
    await writeFile(join(own.directory, 'certificates'), certificate);
    await tokenUser(() => newcomer).signs();
    await newcomer.close();
    await own.remove();
  });
});

describe('a driver in disorder', () => {
  const loading = async (path: string): Promise<void> => {
    const client = new ModuleClient({ path, launch: forkHost({ env: device.env }) });
    await client.call('list', {}).finally(() => void client.stop());
  };
  const lastStep = async (path: string) => (await tokens.diagnose(path, () => [])).steps.at(-1);

  it('whose library is missing is told to be installed again (error 126)', async () => {
    const path = join(folder, basename(device.module));
    await copyFile(device.module, path);
    expect(await failure(loading(path))).toMatchObject({
      code: 'token.module-not-loadable',
      params: { module: basename(device.module) },
      cause: { message: 'Win32 error 126' },
    });
  });

  it('that is damaged is told to be installed again (error 193)', async () => {
    const path = join(folder, 'hỏng.dll');
    await writeFile(path, makePe({ machine: machines.x64, exports: ['C_GetFunctionList'] }));
    expect(await failure(loading(path))).toMatchObject({
      code: 'token.module-not-loadable',
      cause: { message: 'Win32 error 193' },
    });
  });

  it('for 32-bit programs is named as that and never loaded', async () => {
    const path = join(folder, 'bản 32-bit.dll');
    await writeFile(path, makePe({ machine: machines.ia32, exports: ['C_GetFunctionList'] }));
    expect(await lastStep(path)).toMatchObject({
      step: 'machine',
      outcome: 'bad',
      code: 'token.module-32bit',
    });
    expect((await failure(loading(path))).code).toBe('token.module-32bit');
  });

  it('that is another library is never loaded', async () => {
    const path = join(process.env['SystemRoot']!, 'System32', 'kernel32.dll');
    expect(await lastStep(path)).toMatchObject({ step: 'exports', code: 'token.module-not-pkcs11' });
    expect((await failure(loading(path))).code).toBe('token.module-not-pkcs11');
  });

  it.each([
    ['C_Sign=crash', 'token.module-crashed', {}],
    ['C_Sign=abort', 'token.module-crashed', {}],
    ['C_Sign=exit', 'token.module-crashed', {}],
    ['C_Sign=hang', 'token.module-hung', { sign: 3_000 }],
  ])('with %s fails the signature only, and signs again afterwards', async (fault, code, timeouts) => {
    const others = await tokensOf(device, timeouts);
    const session = await tokenUser(() => others).open();
    await device.faults(fault);
    expect((await failure(session.signDigest('SHA-256', digest, message))).code).toBe(code);
    await device.faults();
    expect(await device.logins()).toEqual(['1 8']);
    await tokenUser(() => others).signs();
    await others.close();
  });

  it.each(['C_GetFunctionList=crash', 'C_Initialize=crash'])(
    'with %s is a problem, no token',
    async (fault) => {
      await tokens.close();
      await device.faults(fault);
      expect(await tokens.list()).toEqual([]);
      expect(tokens.problems()).toMatchObject([{ path: device.module, code: 'token.module-crashed' }]);
    },
  );
});

describe('a wrong PIN', () => {
  it('is told with the tries left, and a locked token is never asked', async () => {
    await device.faults('pin-counter');
    expect((await failure(open('11111111'))).code).toBe('token.wrong-pin-low');
    expect((await failure(open('22222222'))).code).toBe('token.wrong-pin-final');
    expect((await failure(open('33333333'))).code).toBe('token.final-try');
    expect((await failure(open('33333333', { acceptFinalTry: true }))).code).toBe('token.pin-locked');
    expect(await device.logins()).toEqual(['1 8', '1 8', '1 8']);
    expect((await failure(open(PIN, { acceptFinalTry: true }))).code).toBe('token.pin-locked');
    expect(await device.logins()).toEqual([]);
  });
});

describe('a token', () => {
  it('pulled out during a signature is named so, and signs when it is back', async () => {
    const session = await open();
    await device.faults('removed');
    expect((await failure(session.signDigest('SHA-256', digest, message))).code).toBe('token.removed');
    await device.faults();
    await signs();
  });

  it('pulled out while watched ends its login and is reported; so is its return', async () => {
    const session = await open();
    let changes = 0;
    const stop = tokens.watch(() => void changes++);
    // Asked after the first look, so answered after it.
    await tokens.list();
    await device.faults('removed');
    await expect.poll(() => changes, { timeout: 20_000 }).toBe(1);
    expect((await failure(session.signDigest('SHA-256', digest, message))).code).toBe('token.session-ended');
    await device.faults();
    await expect.poll(() => changes, { timeout: 20_000 }).toBe(2);
    stop();
  });
});

describe('what Windows’ registry knows', () => {
  const PROVIDERS = String.raw`HKLM\SOFTWARE\Microsoft\Cryptography\Defaults\Provider`;
  const MY = String.raw`HKCU\Software\Microsoft\SystemCertificates\My\Certificates`;
  const PROVIDER = 'Ví Dụ CSP v1.0';
  const THUMBPRINT = '0123456789ABCDEF0123456789ABCDEF01234567';
  const reg = (...args: readonly string[]): void =>
    void execFileSync(join(process.env['SystemRoot']!, 'System32/reg.exe'), args, { stdio: 'ignore' });
  const wow64 = join(process.env['SystemRoot']!, 'SysWOW64');
  const keys: string[][] = [];
  const add = (key: string, view: string, ...value: readonly string[]): void => {
    reg('add', key, ...value, '/f', view);
    keys.push(['delete', key, '/f', view]);
  };

  beforeAll(async () => {
    // What a vendor's setup registers is the provider's shell; the module lies beside it.
    const image = device.module.replace(/\.dll$/, '_s.dll');
    add(`${PROVIDERS}\\${PROVIDER}`, '/reg:64', '/v', 'Image Path', '/d', image);
    add(`${PROVIDERS}\\Ví Dụ 32`, '/reg:32', '/v', 'Image Path', '/d', 'vidu32_s.dll');
    await writeFile(
      join(wow64, 'vidu32.dll'),
      makePe({ machine: machines.ia32, exports: ['C_GetFunctionList'] }),
    );
    const blob = storedCertificate(pki.principal.certificate, PROVIDER).toString('hex');
    add(`${MY}\\${THUMBPRINT}`, '/reg:64', '/v', 'Blob', '/t', 'REG_BINARY', '/d', blob);
  });

  afterAll(async () => {
    for (const key of keys) reg(...key);
    await rm(join(wow64, 'vidu32.dll'));
  });

  it('leads to the driver, by whose certificate needs it, and to a 32-bit one as such', async () => {
    const { modules, problem } = await detectModules();
    expect(problem).toBeNull();
    expect(modules[0]).toEqual({
      path: device.module,
      family: '',
      holders: ['Nguyễn Thị Ví Dụ'],
      problem: null,
    });
    expect(modules.filter((one) => one.problem)).toMatchObject([
      { path: join(wow64, 'vidu32.dll'), problem: { code: 'token.module-32bit' } },
    ]);
  });
});

/** As the Windows store keeps a certificate whose key a provider has (MS-GPEF, 2.2.1.1.1). */
function storedCertificate(certificate: Uint8Array, provider: string): Buffer {
  const name = Buffer.from(`${provider}\0`, 'utf16le');
  const keyProvInfo = Buffer.alloc(28);
  keyProvInfo.writeUInt32LE(keyProvInfo.length, 4);
  const property = (id: number, ...parts: readonly Uint8Array[]): Buffer => {
    const value = Buffer.concat(parts);
    const header = Buffer.alloc(12);
    header.writeUInt32LE(id, 0);
    header.writeUInt32LE(1, 4);
    header.writeUInt32LE(value.length, 8);
    return Buffer.concat([header, value]);
  };
  return Buffer.concat([property(2, keyProvInfo, name), property(32, certificate)]);
}
