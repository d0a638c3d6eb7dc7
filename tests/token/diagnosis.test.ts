import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkHost } from '../../src/main/token/launch.ts';
import { createTokens } from '../../src/main/token/tokens.ts';
import type { Timeouts } from '../../src/main/token/client.ts';
import type { DiagnosisStep } from '../../src/shared/domain/token.ts';
import { createOfficePki } from '../pki/office.ts';
import { createSoftHsm } from '../pki/softhsm.ts';
import type { SoftHsm } from '../pki/softhsm.ts';
import { createFaultyToken } from './faulty-token.ts';
import type { FaultyToken } from './faulty-token.ts';

const PIN = '24681357';

let device: FaultyToken;
let two: SoftHsm;

beforeAll(async () => {
  const pki = await createOfficePki({
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

/** A module nobody has configured is diagnosed the same way. */
async function diagnose(path: string, env: NodeJS.ProcessEnv, timeouts: Timeouts = {}) {
  const tokens = createTokens({ launch: forkHost({ env }), modules: [], pkcs12Files: [], timeouts });
  return await tokens.diagnose(path);
}

async function lastStep(timeouts?: Timeouts): Promise<DiagnosisStep | undefined> {
  return (await diagnose(device.module, device.env, timeouts)).steps.at(-1);
}

describe('of a module in order', () => {
  it('every step is good, and names what was found', async () => {
    await device.faults();
    const { sha256, steps } = await diagnose(device.module, device.env);
    expect(sha256).toBe(
      createHash('sha256')
        .update(await readFile(device.module))
        .digest('hex'),
    );
    expect(steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'file good',
      'machine good',
      'exports good',
      'loadable good',
      'slots good',
      'token good',
      'certificates good',
      'pin good',
    ]);
    expect(steps).toContainEqual({
      step: 'certificates',
      outcome: 'good',
      code: 'diagnosis.certificates',
      params: { count: 1, name: 'Nguyễn Thị Ví Dụ' },
    });
  });

  it('each token is judged by itself', async () => {
    const { steps } = await diagnose(two.module, two.env);
    const codes = steps.filter(({ step }) => step === 'certificates').map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['token.no-certificate', 'token.only-expired']));
    expect(steps.find(({ step }) => step === 'slots')?.params).toEqual({ count: 2 });
  });
});

describe('of a module in disorder', () => {
  it.each([
    ['removed', { step: 'slots', outcome: 'caution', code: 'token.no-slot' }],
    ['uninitialised', { step: 'token', outcome: 'bad', code: 'token.not-initialised' }],
    ['C_Initialize=crash', { step: 'loadable', outcome: 'bad', code: 'token.module-crashed' }],
  ])('with %s ends with %j', async (fault, step) => {
    await device.faults(fault);
    expect(await lastStep()).toMatchObject(step);
  });

  it('that hangs ends there', async () => {
    await device.faults('C_GetSlotList=hang');
    expect(await lastStep({ list: 300 })).toMatchObject({ step: 'loadable', code: 'token.module-hung' });
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
    expect(await diagnose(join(two.directory, 'nothing.so'), two.env)).toMatchObject({
      sha256: '',
      steps: [
        { step: 'file', outcome: 'bad', code: 'token.module-file-missing', params: { module: 'nothing.so' } },
      ],
    });
  });
});
