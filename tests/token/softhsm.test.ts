import { execFile, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { forkHost } from '../../src/main/token/launch.ts';
import { readModuleFile } from '../../src/main/token/module-file.ts';
import { createTokens } from '../../src/main/token/tokens.ts';
import type { Tokens, TokensOptions } from '../../src/main/token/tokens.ts';
import type { TokenInfo } from '../../src/shared/domain/token.ts';
import { pem, spkiOf } from '../pki/ca.ts';
import type { Identity } from '../pki/ca.ts';
import { createOfficePki } from '../pki/office.ts';
import type { OfficePki } from '../pki/office.ts';
import { createSoftHsm } from '../pki/softhsm.ts';
import type { SoftHsm } from '../pki/softhsm.ts';
import { needs } from '../needs.ts';

needs('softhsm2-util');

const run = promisify(execFile);
const PIN = '123456';
const message = Buffer.from('signed attributes of a fictional document');
const digest = createHash('sha256').update(message).digest();

let pki: OfficePki;
let hsm: SoftHsm;
let sha256: string;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tokens-'));
  pki = await createOfficePki({
    agency: 'Trường THPT Ví Dụ',
    superior: 'SỞ VÍ DỤ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
  hsm = await createSoftHsm();
  ({ sha256 } = await readModuleFile(hsm.module));
  await hsm.addToken({
    label: 'Hiệu trưởng',
    pin: PIN,
    identities: [pki.principal, pki.principalP256, pki.expired],
    certificates: [pki.root.certificate, pki.issuing.certificate],
  });
  await hsm.addToken({ label: 'Văn thư', pin: '87654321', identities: [pki.agency] });
});

afterAll(async () => {
  await hsm.remove();
  await rm(directory, { recursive: true });
});

async function withTokens(work: (tokens: Tokens) => Promise<void>, options: Partial<TokensOptions> = {}) {
  const tokens = createTokens({
    launch: forkHost({ env: hsm.env }),
    modules: [{ path: hsm.module, sha256 }],
    pkcs12Files: [],
    ...options,
  });
  try {
    await work(tokens);
  } finally {
    await tokens.close();
  }
}

const fingerprint = ({ certificate }: Identity): string =>
  createHash('sha256').update(certificate).digest('hex');

const labelled = (list: readonly TokenInfo[], label: string): TokenInfo =>
  list.find((token) => token.label === label) ?? expect.fail(`no token ${label}`);

/** openssl's word on a signature: the second reader. */
async function opensslVerifies(identity: Identity, signature: Uint8Array): Promise<void> {
  const [key, file, content] = ['key.pem', 'signature', 'message'].map((name) => join(directory, name));
  await writeFile(key!, pem('PUBLIC KEY', spkiOf(identity.certificate)));
  await writeFile(file!, signature);
  await writeFile(content!, message);
  const { stdout } = await run('openssl', [
    'dgst',
    '-sha256',
    '-verify',
    key!,
    '-signature',
    file!,
    content!,
  ]);
  expect(stdout).toContain('Verified OK');
}

describe('two tokens of one module', () => {
  it('are listed with what they show without a PIN', () =>
    withTokens(async (tokens) => {
      const list = await tokens.list();
      expect(new Set(list.map(({ label }) => label))).toEqual(new Set(['Hiệu trưởng', 'Văn thư']));
      const head = labelled(list, 'Hiệu trưởng');
      expect(head).toMatchObject({
        driver: 'pkcs11',
        manufacturer: 'SoftHSM project',
        module: 'libsofthsm2.so',
      });
      expect(head.pin).toMatchObject({ minLength: 4, protectedPath: false, locked: false });
      expect(head.certificates.map((one) => one.sha256).toSorted()).toEqual(
        [pki.principal, pki.principalP256].map(fingerprint).toSorted(),
      );
      expect(labelled(list, 'Văn thư').certificates).toMatchObject([
        { subjectName: 'Trường THPT Ví Dụ', issuerName: 'CA Ví Dụ phục vụ các cơ quan Nhà nước' },
      ]);
      const all = await tokens.list({ includeExpired: true });
      expect(labelled(all, 'Hiệu trưởng').certificates).toHaveLength(3);
    }));

  it('keep their ids across restarts', () =>
    withTokens(async (first) => {
      const ids = (await first.list()).map(({ id }) => id).toSorted();
      await withTokens(async (second) => {
        expect((await second.list()).map(({ id }) => id).toSorted()).toEqual(ids);
      });
    }));

  it('sign at the same time, each with its own PIN', () =>
    withTokens(async (tokens) => {
      const list = await tokens.list();
      const head = await tokens.openSigner(labelled(list, 'Hiệu trưởng').id, fingerprint(pki.principal), PIN);
      const clerk = await tokens.openSigner(
        labelled(list, 'Văn thư').id,
        fingerprint(pki.agency),
        '87654321',
      );
      const signatures = await Promise.all([
        head.signDigest('SHA-256', digest, message),
        clerk.signDigest('SHA-256', digest, message),
        head.signDigest('SHA-256', digest, message),
      ]);
      await opensslVerifies(pki.principal, signatures[0]);
      await opensslVerifies(pki.agency, signatures[1]);
      expect(signatures[2]).toEqual(signatures[0]);
      expect(head.chain).toEqual(pki.principal.chain);
      expect(clerk.chain).toEqual([]);
    }));
});

describe('signing', () => {
  it.each([['principal' as const], ['principalP256' as const]])('as %s satisfies openssl', (who) =>
    withTokens(async (tokens) => {
      const { id } = labelled(await tokens.list(), 'Hiệu trưởng');
      const session = await tokens.openSigner(id, fingerprint(pki[who]), PIN);
      expect(Buffer.from(session.certificate).equals(pki[who].certificate)).toBe(true);
      // Five times: r and s of an EC signature need a leading zero now and then.
      for (let n = 0; n < 5; n++)
        await opensslVerifies(pki[who], await session.signDigest('SHA-256', digest, message));
    }),
  );

  it('is refused for an expired certificate and one of another token, before the PIN is used', () =>
    withTokens(async (tokens) => {
      const { id } = labelled(await tokens.list(), 'Hiệu trưởng');
      const wrongPin = '999999';
      await expect(tokens.openSigner(id, fingerprint(pki.expired), wrongPin)).rejects.toMatchObject({
        code: 'token.certificate-expired',
      });
      await expect(tokens.openSigner(id, fingerprint(pki.agency), wrongPin)).rejects.toMatchObject({
        code: 'token.certificate-missing',
      });
      await expect(tokens.openSigner('no such token', fingerprint(pki.agency), PIN)).rejects.toMatchObject({
        code: 'token.not-found',
      });
      expect(labelled(await tokens.list(), 'Hiệu trưởng').pin.countLow).toBe(false);
    }));

  it('ends with its session, after which a wrong PIN is wrong again', () =>
    withTokens(async (tokens) => {
      const { id } = labelled(await tokens.list(), 'Văn thư');
      const session = await tokens.openSigner(id, fingerprint(pki.agency), '87654321');
      await session.close();
      await session.close();
      await expect(session.signDigest('SHA-256', digest, message)).rejects.toMatchObject({
        code: 'token.session-ended',
      });
      await expect(tokens.openSigner(id, fingerprint(pki.agency), '99999999')).rejects.toMatchObject({
        code: 'token.wrong-pin-low',
      });
    }));

  it('ends for everybody at once, as when the screen is locked', () =>
    withTokens(async (tokens) => {
      const { id } = labelled(await tokens.list(), 'Hiệu trưởng');
      const session = await tokens.openSigner(id, fingerprint(pki.principal), PIN);
      await tokens.logout();
      await expect(session.signDigest('SHA-256', digest, message)).rejects.toMatchObject({
        code: 'token.session-ended',
      });
    }));

  it('ends by itself when idle, and not while signing', () =>
    withTokens(
      async (tokens) => {
        const { id } = labelled(await tokens.list(), 'Hiệu trưởng');
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
        onTestFinished(() => void vi.useRealTimers());
        const session = await tokens.openSigner(id, fingerprint(pki.principal), PIN);
        for (let n = 0; n < 4; n++) {
          vi.advanceTimersByTime(200);
          await session.signDigest('SHA-256', digest, message);
        }
        vi.advanceTimersByTime(301);
        await expect(session.signDigest('SHA-256', digest, message)).rejects.toMatchObject({
          code: 'token.session-ended',
        });
        const again = await tokens.openSigner(id, fingerprint(pki.principal), PIN);
        await again.close();
      },
      { idleMs: 300 },
    ));
});

describe('plugging in', () => {
  it('is noticed while watching an empty reader', async () => {
    const empty = await createSoftHsm();
    await withTokens(
      async (tokens) => {
        expect(await tokens.list()).toEqual([]);
        let changes = 0;
        const stop = tokens.watch(() => void changes++);
        // Asked after the first look, so answered after it.
        await tokens.list();
        await empty.addToken({ label: 'Mới cắm', pin: PIN, identities: [pki.agency] });
        await expect.poll(() => changes, { timeout: 3000 }).toBeGreaterThan(0);
        stop();
        expect(await tokens.list()).toMatchObject([{ label: 'Mới cắm' }]);
      },
      { launch: forkHost({ env: empty.env }), pollMs: 20 },
    );
    await empty.remove();
  });
});

async function problemOf(path: string, options: Partial<TokensOptions> = {}): Promise<unknown> {
  const { sha256: accepted } = await readModuleFile(path);
  let problems: unknown;
  await withTokens(
    async (tokens) => {
      expect(await tokens.list()).toEqual([]);
      problems = tokens.problems();
    },
    { modules: [{ path, sha256: accepted }], ...options },
  );
  return problems;
}

describe('modules that are none', () => {
  it('another library', async () => {
    const path = join(directory, 'libother.so');
    await writeFile(join(directory, 'other.c'), 'int answer(void) { return 42; }\n');
    await run('gcc', ['-shared', '-fPIC', '-o', path, join(directory, 'other.c')]);
    expect(await problemOf(path)).toMatchObject([
      { path, code: 'token.module-not-pkcs11', params: { module: 'libother.so' } },
    ]);
  });

  it('no library at all', async () => {
    const path = join(directory, 'text.so');
    await writeFile(path, 'not a library');
    expect(await problemOf(path)).toMatchObject([{ code: 'token.module-not-loadable' }]);
  });

  it('the accepted file replaced by another', async () => {
    const path = join(directory, 'libcopy.so');
    await copyFile(hsm.module, path);
    const { sha256: accepted } = await readModuleFile(path);
    await writeFile(path, 'something else');
    await withTokens(
      async (tokens) => {
        expect(await tokens.list()).toEqual([]);
        expect(tokens.problems()).toMatchObject([{ code: 'token.module-changed' }]);
      },
      { modules: [{ path, sha256: accepted }] },
    );
  });

  it('pkcs11js not installed: says what is missing', async () => {
    const block = join(directory, 'block.cjs');
    await writeFile(
      block,
      `const Module = require('node:module'); const load = Module._load;
       Module._load = (name, ...rest) => { if (name === 'pkcs11js') throw new Error('gone'); return load(name, ...rest); };`,
    );
    const launch = forkHost({ env: { ...hsm.env, NODE_OPTIONS: `--require ${block}` } });
    expect(await problemOf(hsm.module, { launch })).toMatchObject([{ code: 'token.pkcs11-missing' }]);
  });

  it('but the same host speaks through the port Electron gives a utility process', async () => {
    const port = join(directory, 'port.cjs');
    await writeFile(
      port,
      `process.parentPort = {
         on: (event, listener) => process.on('message', (data) => listener({ data })),
         postMessage: (message) => process.send(message),
       };`,
    );
    const launch = forkHost({ env: { ...hsm.env, NODE_OPTIONS: `--require ${port}` } });
    await withTokens(async (tokens) => expect(await tokens.list()).toHaveLength(2), { launch });
  });

  it('a host that talks nonsense, or does not start, is a crash', async () => {
    const babble = join(directory, 'babble.mjs');
    await writeFile(babble, `process.on('message', () => process.send({ id: 1, result: 7, extra: true }));`);
    for (const entry of [babble, join(directory, 'no-such-script.mjs')])
      expect(await problemOf(hsm.module, { launch: forkHost({ entry, env: hsm.env }) })).toMatchObject([
        { code: 'token.module-crashed' },
      ]);
  });

  it('one of them does not hide the tokens of another', async () => {
    await withTokens(
      async (tokens) => {
        expect(await tokens.list()).toHaveLength(2);
        expect(tokens.problems()).toMatchObject([{ code: 'token.module-file-missing' }]);
      },
      {
        modules: [
          { path: join(directory, 'nothing.so'), sha256 },
          { path: hsm.module, sha256 },
        ],
      },
    );
  });
});

const room = (file: string): string =>
  JSON.stringify(new URL(`../../src/main/token/${file}`, import.meta.url));

it('no host survives a desk that is killed', async () => {
  const desk = join(directory, 'desk.ts');
  await writeFile(
    desk,
    `import { forkHost } from ${room('launch.ts')};
     import { createTokens } from ${room('tokens.ts')};
     const modules = ${JSON.stringify([{ path: hsm.module, sha256 }])};
     const tokens = createTokens({ launch: forkHost(), modules, pkcs12Files: [] });
     process.send((await tokens.list()).length);`,
  );
  const child = fork(desk, { env: hsm.env, execArgv: [] });
  const [count] = (await once(child, 'message')) as [number];
  expect(count).toBe(2);
  const host = Number(await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8'));
  expect(host).toBeGreaterThan(0);
  child.kill('SIGKILL');
  await expect.poll(() => existsSync(`/proc/${host}`), { timeout: 3000 }).toBe(false);
});
