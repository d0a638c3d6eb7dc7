import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkHost } from '../../src/main/token/launch.ts';
import { readModuleFile } from '../../src/main/token/module-file.ts';
import { createTokens } from '../../src/main/token/tokens.ts';
import type { Timeouts } from '../../src/main/token/client.ts';
import type { DiagnosisStep } from '../../src/shared/domain/token.ts';
import { bitList } from '../../src/main/asn1/der-write.ts';
import { oids } from '../../src/main/asn1/oids.ts';
import { issue } from '../pki/ca.ts';
import { createOfficePki } from '../pki/office.ts';
import type { OfficePki } from '../pki/office.ts';
import { createSoftHsm } from '../pki/softhsm.ts';
import type { SoftHsm } from '../pki/softhsm.ts';
import { createFaultyToken } from './faulty-token.ts';
import type { FaultyToken } from './faulty-token.ts';
import { machines, makePe } from './make-pe.ts';
import { needs } from '../needs.ts';

needs('softhsm2-util');

const PIN = '24681357';

let device: FaultyToken;
let two: SoftHsm;
let pki: OfficePki;

beforeAll(async () => {
  pki = await createOfficePki({
    agency: 'Trường THPT Ví Dụ',
    superior: 'SỞ VÍ DỤ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
  device = await createFaultyToken({ label: 'Hiệu trưởng', pin: PIN, identities: [pki.principal] });
  two = await createSoftHsm();
  await two.addToken({ label: 'Hết hạn', pin: PIN, identities: [pki.expired] });
  await two.addToken({ label: 'Trống', pin: PIN, identities: [] });
});

afterAll(async () => {
  await device.remove();
  await two.remove();
});

interface Asked {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeouts?: Timeouts;
  /** SHA-256 of the file as it was accepted; of the file as it is when omitted, null for one nobody accepted. */
  readonly accepted?: string | null;
  readonly learned?: readonly Uint8Array[];
}

async function diagnose({ path, env, timeouts = {}, accepted, learned = [] }: Asked) {
  const sha256 = accepted === undefined ? (await readModuleFile(path)).sha256 : accepted;
  const tokens = createTokens({
    launch: forkHost({ env }),
    modules: sha256 === null ? [] : [{ path, sha256 }],
    pkcs12Files: [],
    learned: () => learned,
    timeouts,
  });
  return await tokens.diagnose(path, ({ subjectName }) => [
    { step: 'holder', outcome: 'good', code: 'diagnosis.holder', params: { name: subjectName } },
  ]);
}

async function lastStep(timeouts: Timeouts = {}): Promise<DiagnosisStep | undefined> {
  return (await diagnose({ path: device.module, env: device.env, timeouts })).steps.at(-1);
}

describe('of a module in order', () => {
  it('every step is good, and names what was found', async () => {
    await device.faults();
    const { sha256, steps } = await diagnose({ path: device.module, env: device.env });
    expect(sha256).toBe(
      createHash('sha256')
        .update(await readFile(device.module))
        .digest('hex'),
    );
    expect(steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'file good',
      'machine good',
      'exports good',
      'accepted good',
      'loadable good',
      'slots good',
      'token good',
      'certificate good',
      'holder good',
      'pin good',
    ]);
    expect(steps).toContainEqual({
      step: 'certificate',
      outcome: 'good',
      code: 'diagnosis.certificate',
      params: { name: 'Nguyễn Thị Ví Dụ', day: expect.stringMatching(/^\d\d\/\d\d\/\d{4}$/) as string },
    });
  });

  it('each token is judged by itself', async () => {
    const { steps } = await diagnose({ path: two.module, env: two.env });
    const codes = steps.filter(({ step }) => step === 'certificate').map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['token.no-certificate', 'token.certificate-expired']));
    expect(steps.find(({ step }) => step === 'slots')?.params).toEqual({ count: 2 });
  });

  it('with its own PIN pad says where the PIN is entered', async () => {
    await device.faults('protected-path');
    expect(await lastStep()).toMatchObject({ step: 'pin', outcome: 'good', code: 'diagnosis.pin-pad' });
  });

  it('an expired certificate beside one in force is not spoken of', async () => {
    const both = await createSoftHsm();
    await both.addToken({ label: 'Hai', pin: PIN, identities: [pki.expired, pki.principal] });
    const { steps } = await diagnose({ path: both.module, env: both.env });
    expect(steps.filter(({ step }) => step === 'certificate')).toMatchObject([{ outcome: 'good' }]);
    await both.remove();
  });
});

describe('of a token that shows no certificate before its PIN', () => {
  const certificateStep = async (learned: readonly Uint8Array[], timeouts: Timeouts = {}) => {
    const { steps } = await diagnose({ path: device.module, env: device.env, timeouts, learned });
    expect(steps.at(-1)).toMatchObject({ step: 'pin', outcome: 'good' });
    return steps.find(({ step }) => step === 'certificate');
  };

  it.each([
    ['hide-certificates', 'token.no-certificate'],
    ['hang-before-login', 'token.hangs-before-login'],
  ])('with %s says what to do, and goes on to the PIN', async (fault, code) => {
    await device.faults(fault);
    expect(await certificateStep([], { certificates: 300 })).toMatchObject({ outcome: 'caution', code });
  });

  it('judges those that were learned, and asks no more', async () => {
    await device.faults('hang-before-login');
    const learned = [Uint8Array.from(pki.principal.certificate)];
    expect(await certificateStep(learned)).toMatchObject({
      outcome: 'good',
      params: { name: 'Nguyễn Thị Ví Dụ' },
    });
  });

  it('names those that nobody can sign with yet or ever', async () => {
    const signer = { profile: 'signer', subject: [['CN', 'Lê Ví Dụ']] } as const;
    const early = await issue(pki.issuing, {
      ...signer,
      notBefore: Date.parse('2090-01-01'),
      notAfter: Date.parse('2092-01-01'),
    });
    const encryption = await issue(pki.issuing, { ...signer, extensions: { [oids.keyUsage]: bitList(2) } });
    for (const [{ certificate }, code] of [
      [early, 'token.certificate-not-yet-valid'],
      [encryption, 'token.certificate-cannot-sign'],
      [pki.expired, 'token.certificate-expired'],
    ] as const)
      expect(await certificateStep([Uint8Array.from(certificate)])).toMatchObject({ outcome: 'bad', code });
  });

  it('that crashes at the question ends there', async () => {
    await device.faults('C_FindObjectsInit=crash');
    expect(await lastStep()).toMatchObject({
      step: 'certificate',
      outcome: 'bad',
      code: 'token.module-crashed',
    });
  });
});

describe('of a module in disorder', () => {
  it.each([
    ['removed', { step: 'slots', outcome: 'caution', code: 'token.no-slot' }],
    ['no-reader', { step: 'slots', outcome: 'bad', code: 'token.no-reader' }],
    ['uninitialised', { step: 'token', outcome: 'bad', code: 'token.not-initialised' }],
    ['C_GetFunctionList=crash', { step: 'loadable', outcome: 'bad', code: 'token.module-crashed' }],
    ['C_GetFunctionList=0x5', { step: 'loadable', outcome: 'bad', code: 'token.module-not-loadable' }],
    ['C_Initialize=crash', { step: 'loadable', outcome: 'bad', code: 'token.module-crashed' }],
    ['C_Initialize=0x6', { step: 'loadable', outcome: 'bad', code: 'token.function-failed' }],
    ['C_Initialize=0x30', { step: 'loadable', outcome: 'bad', code: 'token.device-error' }],
  ])('with %s ends with %j', async (fault, step) => {
    await device.faults(fault);
    expect(await lastStep()).toMatchObject(step);
  });

  it.each([
    ['C_GetFunctionList=hang', { load: 1500 }],
    ['C_Initialize=hang', { load: 1500 }],
    ['C_GetSlotList=hang', { list: 300 }],
  ])('that hangs in %s ends there', async (fault, timeouts) => {
    await device.faults(fault);
    expect(await lastStep(timeouts)).toMatchObject({ step: 'loadable', code: 'token.module-hung' });
  });

  it.each([
    [1, 'caution', 'token.pin-count-low'],
    [2, 'caution', 'token.final-try'],
    [3, 'bad', 'token.pin-locked'],
  ])('after %i wrong PINs says %s %s and tries none', async (wrong, outcome, code) => {
    await device.faults('pin-counter');
    await device.wrongPins(wrong);
    expect(await lastStep()).toMatchObject({ step: 'pin', outcome, code });
    expect(await device.logins()).toEqual([]);
  });

  it('that is not there stops at once', async () => {
    const path = join(two.directory, 'nothing.so');
    expect(await diagnose({ path, env: two.env, accepted: null })).toMatchObject({
      sha256: '',
      steps: [
        { step: 'file', outcome: 'bad', code: 'token.module-file-missing', params: { module: 'nothing.so' } },
      ],
    });
  });

  it('where the part that reads tokens is not installed says so', async () => {
    const block = join(two.directory, 'block.cjs');
    await writeFile(
      block,
      `const Module = require('node:module'); const load = Module._load;
       Module._load = (name, ...rest) => { if (name === 'pkcs11js') throw new Error('gone'); return load(name, ...rest); };`,
    );
    const env = { ...two.env, NODE_OPTIONS: `--require ${block}` };
    expect((await diagnose({ path: two.module, env })).steps.at(-1)).toMatchObject({
      step: 'loadable',
      code: 'token.pkcs11-missing',
    });
  });

  it.each([
    ['nobody has accepted', null, { outcome: 'caution', code: 'token.module-not-accepted' }],
    ['changed since it was accepted', '0'.repeat(64), { outcome: 'bad', code: 'token.module-changed' }],
  ])('that %s is never loaded', async (_, accepted, step) => {
    // Loaded, it would crash.
    await device.faults('C_GetFunctionList=crash');
    const { steps } = await diagnose({ path: device.module, env: device.env, accepted });
    expect(steps.at(-1)).toMatchObject({ step: 'accepted', ...step });
  });

  it.each([
    ['ia32', ['C_GetFunctionList'], 'machine', 'token.module-32bit'],
    ['arm64', ['C_GetFunctionList'], 'machine', 'token.module-other-machine'],
    ['x64', ['DllMain'], 'exports', 'token.module-not-pkcs11'],
  ] as const)('of %s exporting %j stops there', async (machine, exports, step, code) => {
    const path = join(two.directory, `${machine}.dll`);
    await writeFile(path, makePe({ machine: machines[machine], exports }));
    expect((await diagnose({ path, env: two.env })).steps.at(-1)).toMatchObject({
      step,
      outcome: 'bad',
      code,
    });
  });
});
