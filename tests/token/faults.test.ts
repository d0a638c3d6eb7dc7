import { verify, X509Certificate } from 'node:crypto';
import { basename } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forkHost } from '../../src/main/token/launch.ts';
import { readModuleFile } from '../../src/main/token/module-file.ts';
import { createTokens } from '../../src/main/token/tokens.ts';
import type { Tokens } from '../../src/main/token/tokens.ts';
import type { TokenInfo } from '../../src/shared/domain/token.ts';
import { DeskError } from '../../src/shared/errors/index.ts';
import { createOfficePki } from '../pki/office.ts';
import { createFaultyToken } from './faulty-token.ts';
import type { FaultyToken } from './faulty-token.ts';
import { digest, failure, message, PIN, tokenUser } from './token-user.ts';

const timeouts = {
  // With the start of a process, which is slow under Wine.
  load: process.platform === 'win32' ? 20_000 : 4000,
  restart: 2000,
  list: 800,
  certificates: 800,
  poll: 800,
  open: 600,
  sign: 600,
  finalize: 300,
};

let device: FaultyToken;
let tokens: Tokens;

beforeAll(async () => {
  const pki = await createOfficePki({
    agency: 'Trường THPT Ví Dụ',
    superior: 'SỞ VÍ DỤ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
  device = await createFaultyToken({
    label: 'Token lỗi',
    pin: PIN,
    identities: [pki.principal],
    certificates: pki.principal.chain,
  });
  tokens = createTokens({
    launch: forkHost({ env: device.env }),
    modules: [{ path: device.module, sha256: (await readModuleFile(device.module)).sha256 }],
    pkcs12Files: [],
    pollMs: 30,
    timeouts,
  });
});

afterEach(async () => {
  await device.faults();
  await device.wrongPins(0);
  await device.logins();
});

afterAll(async () => {
  await tokens.close();
  await device.remove();
});

const { onlyToken, open, signs } = tokenUser(() => tokens);

describe('a wrong PIN', () => {
  it('is told with the tries left, and a locked token is never asked', async () => {
    await device.faults('pin-counter');
    expect((await failure(open('11111111'))).code).toBe('token.wrong-pin-low');
    expect((await onlyToken()).pin).toMatchObject({ countLow: true, finalTry: false, locked: false });
    expect((await failure(open('22222222'))).code).toBe('token.wrong-pin-final');
    expect((await onlyToken()).pin).toMatchObject({ finalTry: true, locked: false });

    expect((await failure(open('33333333'))).code).toBe('token.final-try');
    expect(await device.logins()).toEqual(['1 8', '1 8']);
    expect((await failure(open('33333333', { acceptFinalTry: true }))).code).toBe('token.pin-locked');
    expect((await onlyToken()).pin.locked).toBe(true);

    await device.logins();
    expect((await failure(open(PIN, { acceptFinalTry: true }))).code).toBe('token.pin-locked');
    expect(await device.logins()).toEqual([]);
  });

  it('of a token that counts nothing is told plainly', async () => {
    await device.faults('pin-counter', 'C_Login=0xa0');
    expect((await failure(open())).code).toBe('token.wrong-pin');
    await device.faults('pin-counter', 'C_Login=0xa2');
    expect((await failure(open())).code).toBe('token.wrong-pin');
  });

  it('does not matter any more after the right one on the last try', async () => {
    await device.faults('pin-counter');
    await device.wrongPins(2);
    await signs(PIN, { acceptFinalTry: true });
    expect((await onlyToken()).pin).toMatchObject({ countLow: false, finalTry: false });
  });

  it('of a length the token refuses never reaches it', async () => {
    for (const pin of ['', '123', 'x'.repeat(256), 'ệ'.repeat(86)])
      expect(await failure(open(pin))).toMatchObject({
        code: 'token.pin-length',
        params: { min: 4, max: 255 },
      });
    expect(await device.logins()).toEqual([]);
  });
});

describe('a module', () => {
  it.each([
    ['C_Sign=crash', 'token.module-crashed'],
    ['C_Sign=abort', 'token.module-crashed'],
    ['C_Sign=exit', 'token.module-crashed'],
    ['C_Sign=hang', 'token.module-hung'],
  ])('with %s fails the signature and works again afterwards', async (fault, code) => {
    const session = await open();
    await device.faults(fault);
    expect((await failure(session.signDigest('SHA-256', digest, message))).code).toBe(code);
    await device.faults();
    expect((await failure(session.signDigest('SHA-256', digest, message))).code).toBe('token.session-ended');
    expect(await device.logins()).toEqual(['1 8']);
    await signs();
  });

  it.each(['C_Login=crash', 'C_Login=hang'])('with %s is not sent the PIN a second time', async (fault) => {
    await device.faults(fault);
    expect((await failure(open())).code).toMatch(/token\.module-(crashed|hung)/);
    expect(await device.logins()).toEqual(['1 8']);
  });

  it('fails what waited behind the request that killed it', async () => {
    const session = await open();
    await device.faults('C_Sign=crash');
    const both = await Promise.allSettled([
      session.signDigest('SHA-256', digest, message),
      session.signDigest('SHA-256', digest, message),
    ]);
    expect(both.map((one) => one.status === 'rejected' && (one.reason as DeskError).code)).toEqual([
      'token.module-crashed',
      'token.module-crashed',
    ]);
  });

  it.each([
    'C_GetFunctionList=crash',
    'C_Initialize=crash',
    'C_Initialize=hang',
    'C_GetSlotList=hang',
    'C_GetAttributeValue=crash',
  ])('with %s is a problem beside an empty list', async (fault) => {
    await device.faults(fault);
    expect(await tokens.list()).toEqual([]);
    expect(tokens.problems()).toMatchObject([{ path: device.module }]);
    expect(tokens.problems()[0]!.code).toMatch(/token\.module-(crashed|hung)/);
    await device.faults();
    await onlyToken();
  });

  it('that hangs when it is to start anew is used without that', async () => {
    const stubborn = createTokens({
      launch: forkHost({ env: device.env }),
      modules: [{ path: device.module, sha256: (await readModuleFile(device.module)).sha256 }],
      pkcs12Files: [],
      timeouts: { restart: 600, finalize: 300 },
    });
    await device.faults('C_Finalize=hang');
    for (let n = 0; n < 3; n++) {
      expect(await stubborn.list()).toHaveLength(1);
      expect(stubborn.problems()).toEqual([]);
    }
    await stubborn.close();
  });

  it('that hangs while unloading is ended all the same', async () => {
    await onlyToken();
    await device.faults('C_Finalize=hang');
    // The module never comes back: without an end to it this would wait for ever.
    await tokens.close();
  });

  it('that is stopped while busy ends at once, and what waited with it', async () => {
    const session = await open();
    await device.faults('C_Sign=hang');
    const work = [
      session.signDigest('SHA-256', digest, message),
      session.signDigest('SHA-256', digest, message),
      tokens.diagnose('/nowhere', () => []).then(() => session.signDigest('SHA-256', digest, message)),
    ].map(failure);
    await expect.poll(() => device.hangs()).toBe(true);
    await tokens.close();
    expect((await Promise.all(work)).map(({ code }) => code)).toEqual(Array(3).fill('token.session-ended'));
  });

  it('that is only slow signs', async () => {
    await device.faults('C_Sign=slow');
    await signs();
  });
});

describe('a token', () => {
  it('pulled out during a signature is named so', async () => {
    const session = await open();
    await device.faults('removed');
    expect((await failure(session.signDigest('SHA-256', digest, message))).code).toBe('token.removed');
    await device.faults();
    await signs();
  });

  it('pulled out with another error than "removed" is named so, too', async () => {
    const session = await open();
    await device.faults('removed', 'C_Sign=0x5');
    expect((await failure(session.signDigest('SHA-256', digest, message))).code).toBe('token.removed');
  });

  it('pulled out between the list and the PIN is not there', async () => {
    const token = await onlyToken();
    await device.faults('removed');
    const opening = tokens.openSigner(token.id, token.certificates[0]!.sha256, PIN);
    expect((await failure(opening)).code).toBe('token.not-found');
  });

  it('pulled out while watched ends its login and is reported; so is its return', async () => {
    const session = await open();
    let changes = 0;
    const stop = tokens.watch(() => void changes++);
    // Asked after the first look, so answered after it.
    await tokens.list();
    await device.faults('removed');
    await expect.poll(() => changes).toBe(1);
    expect((await failure(session.signDigest('SHA-256', digest, message))).code).toBe('token.session-ended');
    await device.faults();
    await expect.poll(() => changes).toBe(2);
    stop();
    await signs();
  });

  it('of a module that hung while watched is watched again once it is used', async () => {
    const token = await onlyToken();
    let changes = 0;
    const stop = tokens.watch(() => void changes++);
    await tokens.list();
    await device.faults('C_GetTokenInfo=crash');
    await expect.poll(() => changes).toBe(1);
    await device.faults();
    const session = await tokens.openSigner(token.id, token.certificates[0]!.sha256, PIN);
    await expect.poll(() => changes).toBe(2);
    await session.signDigest('SHA-256', digest, message);
    await device.faults('removed');
    await expect.poll(() => changes).toBe(3);
    await device.faults();
    expect((await failure(session.signDigest('SHA-256', digest, message))).code).toBe('token.session-ended');
    stop();
  });

  it.each([
    ['C_Sign=0x30', 'token.device-error'],
    ['C_Sign=0x6', 'token.function-failed'],
    ['C_Sign=0x80000001', 'token.function-failed'],
    ['C_Sign=0x68', 'token.cannot-sign'],
    ['C_Sign=0xb3', 'token.session-ended'],
  ])('that answers %s gives %s', async (fault, code) => {
    const session = await open();
    await device.faults(fault);
    const error = await failure(session.signDigest('SHA-256', digest, message));
    expect(error.code).toBe(code);
    if (error.params['ckr']) expect(error.params['ckr']).toMatch(/^CKR_/);
  });

  it.each([
    ['C_Login=0xa3', 'token.pin-expired'],
    ['C_Login=0x102', 'token.pin-not-set'],
    ['C_Login=0x50', 'token.pin-cancelled'],
    ['no-key', 'token.key-missing'],
  ])('with %s gives %s when opened', async (fault, code) => {
    await device.faults(fault);
    expect((await failure(open())).code).toBe(code);
  });

  it('is used by one signing at a time', async () => {
    const session = await open();
    expect((await failure(open('00000000'))).code).toBe('token.in-use');
    expect(await device.logins()).toEqual(['1 8']);
    await session.close();
    await signs();
  });
});

describe('quirks of real tokens', () => {
  it.each([
    ['answering length 0 to a NULL buffer', ['null-length-zero']],
    ['wanting the PIN before each signature', ['always-authenticate']],
    ['hashing by itself', ['hash-only']],
    ['already logged in by another program', ['logged-in']],
  ])('%s: signs', async (_, faults) => {
    await device.faults(...faults);
    await signs();
  });

  it('asks a key that wants it for the PIN before each signature, in one login', async () => {
    await device.faults('always-authenticate');
    const session = await open();
    await session.signDigest('SHA-256', digest, message);
    await session.signDigest('SHA-256', digest, message);
    expect(await device.logins()).toEqual(['1 8', '2 8', '2 8']);
    await session.close();
  });

  it('shows a token only after a restart of its module: it is noticed, gone and back', async () => {
    await device.faults('late-list');
    await onlyToken();
    let changes = 0;
    const stop = tokens.watch(() => void changes++);
    await tokens.list();
    await device.faults('late-list', 'removed');
    await expect.poll(() => changes).toBe(1);
    await device.faults('late-list');
    await expect.poll(() => changes).toBe(2);
    stop();
    await signs();
  });

  it('asks on the PIN pad before each signature of a key that wants it', async () => {
    await device.faults('protected-path', 'always-authenticate');
    const session = await open('');
    await session.signDigest('SHA-256', digest, message);
    await session.signDigest('SHA-256', digest, message);
    expect(await device.logins()).toEqual(['1 0', '2 0', '2 0']);
    await session.close();
  });

  it.each(['C_Login=0x7', 'C_Login=0xa2'])('whose driver answers %s to no PIN: says so', async (fault) => {
    await device.faults('protected-path', fault);
    expect((await failure(open(''))).code).toBe('token.pin-pad-unavailable');
  });

  it('sends no PIN to a token with its own PIN pad', async () => {
    await device.faults('protected-path');
    expect((await onlyToken()).pin.protectedPath).toBe(true);
    await signs('');
    expect(await device.logins()).toEqual(['1 0']);
  });
});

describe('a token that shows no certificate before its PIN', () => {
  const learned = new Map<string, Uint8Array[]>();
  let patient: Tokens;
  beforeAll(async () => {
    patient = createTokens({
      launch: forkHost({ env: device.env }),
      modules: [{ path: device.module, sha256: (await readModuleFile(device.module)).sha256 }],
      pkcs12Files: [],
      learned: (id) => learned.get(id) ?? [],
      timeouts,
    });
  });
  afterEach(() => learned.clear());
  afterAll(() => patient.close());

  async function onlyOne(): Promise<TokenInfo> {
    const list = await patient.list();
    expect(patient.problems()).toEqual([]);
    expect(list).toHaveLength(1);
    return list[0]!;
  }

  it.each([
    ['finds none', 'hide-certificates'],
    ['hangs', 'hang-before-login'],
  ])('because it %s: they are learned with one PIN, and signing asks for its own only', async (_, fault) => {
    await device.faults(fault);
    const { id, certificates, hidesCertificates } = await onlyOne();
    expect({ certificates, hidesCertificates }).toEqual({ certificates: [], hidesCertificates: true });
    learned.set(id, await patient.learn(id, PIN));
    expect(await device.logins()).toEqual(['1 8']);
    const [certificate] = (await onlyOne()).certificates;
    expect(certificate).toMatchObject({ subjectName: 'Nguyễn Thị Ví Dụ', expired: false });
    const session = await patient.openSigner(id, certificate!.sha256, PIN);
    const signature = await session.signDigest('SHA-256', digest, message);
    const { publicKey } = new X509Certificate(session.certificate);
    expect(verify('sha256', message, publicKey, signature)).toBe(true);
    expect(session.chain).toHaveLength(2);
    await session.close();
    expect(await device.logins()).toEqual(['1 8']);
  });

  it('hangs once, whoever asks at the same time, and is not asked again', async () => {
    const launch = forkHost({ env: device.env });
    let launched = 0;
    const fresh = createTokens({
      launch: () => {
        launched += 1;
        return launch();
      },
      modules: [{ path: device.module, sha256: (await readModuleFile(device.module)).sha256 }],
      pkcs12Files: [],
      timeouts: { certificates: 800 },
    });
    await device.faults('hang-before-login');
    const lists = await Promise.all([fresh.list(), fresh.list(), fresh.list()]);
    expect(lists.flatMap((list) => list.map((one) => one.hidesCertificates))).toEqual([true, true, true]);
    expect(fresh.problems()).toEqual([]);
    // The one that hung and was ended, and the one that answers since.
    expect(launched).toBe(2);
    await fresh.close();
  });

  it('hangs and is watched on: neither a look nor a login that waited meanwhile fails with it', async () => {
    const launch = forkHost({ env: device.env });
    const watched = createTokens({
      launch,
      modules: [{ path: device.module, sha256: (await readModuleFile(device.module)).sha256 }],
      pkcs12Files: [],
      pollMs: 30,
      timeouts,
    });
    const [known] = await watched.list();
    let changes = 0;
    const stop = watched.watch(() => void changes++);
    await device.faults('hang-before-login');
    const [list, learnt] = await Promise.all([watched.list(), watched.learn(known!.id, PIN)]);
    expect(list).toMatchObject([{ hidesCertificates: true }]);
    expect(learnt.length).toBeGreaterThan(0);
    await device.faults('hang-before-login', 'removed');
    await expect.poll(() => changes).toBe(1);
    stop();
    await watched.close();
  });

  it('is stopped while others wait for it: none of them starts it again', async () => {
    const launch = forkHost({ env: device.env });
    let launched = 0;
    const busy = createTokens({
      launch: () => {
        launched += 1;
        return launch();
      },
      modules: [{ path: device.module, sha256: (await readModuleFile(device.module)).sha256 }],
      pkcs12Files: [],
    });
    await busy.list();
    await device.faults('hang-before-login');
    const waiting = [busy.list(), busy.list(), busy.list()];
    await busy.close();
    expect((await Promise.all(waiting)).flat()).toEqual([]);
    expect(launched).toBe(1);
  });

  it('is not asked for them at all once they are known, also by a program started anew', async () => {
    await device.faults('hide-certificates');
    const { id } = await onlyOne();
    learned.set(id, await patient.learn(id, PIN));
    // Asked, it would be a problem.
    await device.faults('hide-certificates', 'C_FindObjectsInit=crash');
    expect((await onlyOne()).certificates).toHaveLength(1);
  });

  it('refuses a wrong PIN as any token does, and counts it once', async () => {
    await device.faults('hide-certificates', 'pin-counter');
    const { id } = await onlyOne();
    expect((await failure(patient.learn(id, '11111111'))).code).toBe('token.wrong-pin-low');
    expect((await failure(patient.learn(id, '123'))).code).toBe('token.pin-length');
    await device.wrongPins(2);
    expect((await failure(patient.learn(id, PIN))).code).toBe('token.final-try');
    expect(await device.logins()).toEqual(['1 8']);
    await device.wrongPins(3);
    expect((await failure(patient.learn(id, PIN))).code).toBe('token.pin-locked');
    expect(await device.logins()).toEqual([]);
  });

  it('that hangs also after its PIN is ended, and the PIN is not sent again', async () => {
    await device.faults('hide-certificates');
    const { id } = await onlyOne();
    await device.faults('hide-certificates', 'C_FindObjectsInit=hang');
    const impatient = createTokens({
      launch: forkHost({ env: device.env }),
      modules: [{ path: device.module, sha256: (await readModuleFile(device.module)).sha256 }],
      pkcs12Files: [],
      timeouts: { ...timeouts, learn: 600 },
    });
    expect((await failure(impatient.learn(id, PIN))).code).toBe('token.module-hung');
    expect(await device.logins()).toEqual(['1 8']);
    await impatient.close();
  });

  it('and holds another than the one learned says so', async () => {
    await device.faults('hide-certificates');
    const { id } = await onlyOne();
    const other = await createOfficePki({
      agency: 'Trường THPT Ví Dụ',
      superior: 'SỞ VÍ DỤ',
      province: 'Tỉnh Ví Dụ',
      principal: 'Nguyễn Thị Ví Dụ',
    });
    learned.set(id, [Uint8Array.from(other.principal.certificate)]);
    const [certificate] = (await onlyOne()).certificates;
    expect((await failure(patient.openSigner(id, certificate!.sha256, PIN))).code).toBe(
      'token.certificates-changed',
    );
  });

  it('is used by one login at a time', async () => {
    await device.faults('hide-certificates');
    const { id } = await onlyOne();
    const [first, second] = await Promise.allSettled([patient.learn(id, PIN), patient.learn(id, PIN)]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'token.in-use' } });
  });
});

describe('one device behind two drivers', () => {
  const both = async (...paths: readonly string[]): Promise<Tokens> =>
    createTokens({
      launch: forkHost({ env: device.env }),
      modules: await Promise.all(
        paths.map(async (path) => ({ path, sha256: (await readModuleFile(path)).sha256 })),
      ),
      pkcs12Files: [],
    });

  it('is offered once, by the driver that stands first, and signs', async () => {
    const { TOKEN_SHIM_TARGET: real = '' } = device.env;
    const two = await both(real, device.module);
    const [token, ...others] = await two.list();
    expect(others).toEqual([]);
    expect(two.problems()).toEqual([]);
    expect(token).toMatchObject({ module: basename(real) });
    const session = await two.openSigner(token!.id, token!.certificates[0]!.sha256, PIN);
    await session.signDigest('SHA-256', digest, message);
    expect(await device.logins()).toEqual([]);
    await two.close();
  });

  it('is offered by the other when the first does not work', async () => {
    const two = await both(device.module, device.env['TOKEN_SHIM_TARGET']!);
    await device.faults('C_Initialize=crash');
    expect(await two.list()).toHaveLength(1);
    expect(two.problems()).toMatchObject([{ code: 'token.module-crashed' }]);
    await two.close();
  });
});
