/** A real token behind the faulty proxy module of shim.c: SoftHSM's, on Windows that of soft-token.c. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSoftHsmToken } from '../pki/softhsm.ts';
import type { SoftHsmTokenSpec } from '../pki/softhsm.ts';
import { cngKey } from './cng-key.ts';

export interface FaultyToken {
  readonly module: string;
  readonly env: NodeJS.ProcessEnv;
  readonly directory: string;
  /** One more token behind the same module; not on Windows. */
  addToken(spec: SoftHsmTokenSpec): Promise<void>;
  /** The faults from now on, as lines of the control file; none heals it. */
  faults(...lines: readonly string[]): Promise<void>;
  /** Wrong PINs entered so far, for the fault `pin-counter`. */
  wrongPins(count: number): Promise<void>;
  /** Calls of C_Login since the last question, as `userType pinLength`. */
  logins(): Promise<string[]>;
  /** Whether a call has begun to hang, by the fault `hang`. */
  hangs(): boolean;
  remove(): Promise<void>;
}

const run = promisify(execFile);
const source = (name: string): string => join(import.meta.dirname, name);
const headers = source('../../node_modules/pkcs11js/includes');
const COMPILE = ['-Wall', '-Wextra', '-Werror', '-shared', '-isystem', headers];

export async function createFaultyToken(spec: SoftHsmTokenSpec): Promise<FaultyToken> {
  return await (process.platform === 'win32' ? createOnWindows(spec) : createOnLinux(spec));
}

async function createOnLinux(spec: SoftHsmTokenSpec): Promise<FaultyToken> {
  const hsm = await createSoftHsmToken(spec);
  const module = join(hsm.directory, 'libfaulty.so');
  await run('gcc', [...COMPILE, '-fPIC', '-o', module, source('shim.c'), '-ldl']);
  const { env, ...control } = await createControl(hsm.directory, spec.pin);
  return {
    ...control,
    module,
    env: { ...hsm.env, ...env, TOKEN_SHIM_TARGET: hsm.module },
    addToken: (more) => hsm.addToken(more),
    remove: () => hsm.remove(),
  };
}

/** Where the libraries for Windows wait until a test there wants them; Windows has no compiler. */
export const windowsLibraries = source('out');
const DRIVER = 'vidu_p11.dll';
/** What the driver cannot be loaded without. */
const CORE = 'vidu_core.dll';

/** Compiles, on Linux, the driver for Windows and the library beside it. */
export async function buildForWindows(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const compile = (file: string, ...sources: readonly string[]) =>
    // The headers declare as imported what a module defines.
    run('x86_64-w64-mingw32-gcc', [...COMPILE, '-Wno-attributes', '-static', '-s', '-o', file, ...sources]);
  await compile(join(folder, CORE), source('soft-token.c'), '-lbcrypt');
  await compile(join(folder, DRIVER), source('shim.c'), join(folder, CORE));
}

/** In a folder as people name them. */
async function createOnWindows({
  label,
  pin,
  identities,
  certificates = [],
}: SoftHsmTokenSpec): Promise<FaultyToken> {
  const directory = await mkdtemp(join(tmpdir(), 'Phần mềm ký số '));
  const module = join(directory, DRIVER);
  for (const name of [DRIVER, CORE]) await copyFile(join(windowsLibraries, name), join(directory, name));
  await writeFile(join(directory, 'label'), label);
  await writeFile(join(directory, 'pin'), pin);
  const [identity, ...others] = identities;
  if (others.length > 0) throw new RangeError('the token for Windows holds one key');
  if (identity) await writeFile(join(directory, 'key'), cngKey(identity.key));
  const ders = [...(identity ? [identity.certificate] : []), ...certificates];
  await writeFile(join(directory, 'certificates'), Buffer.concat(ders));
  const { env, ...control } = await createControl(directory, pin);
  return {
    ...control,
    module,
    env: { ...process.env, ...env, SOFT_TOKEN: directory, TOKEN_SHIM_TARGET: join(directory, CORE) },
    addToken: () => Promise.reject(new RangeError('the module for Windows has one token')),
    // A host that has just been ended may still hold the libraries.
    remove: () => rm(directory, { recursive: true, maxRetries: 20 }),
  };
}

/** The files that shim.c reads and writes. */
async function createControl(directory: string, pin: string) {
  const control = join(directory, 'control');
  const log = `${control}.log`;
  await writeFile(control, '');
  await writeFile(log, '');
  return {
    directory,
    env: { TOKEN_SHIM_CONTROL: control, TOKEN_SHIM_DEVICE_PIN: pin },
    async faults(...lines: readonly string[]) {
      // The module may read it at any moment: never half a file.
      await writeFile(`${control}.new`, lines.join('\n'));
      await replace(`${control}.new`, control);
    },
    wrongPins: (count: number) => writeFile(`${control}.pin`, String(count)),
    hangs: () => existsSync(`${control}.hangs`),
    async logins() {
      const lines = (await readFile(log, 'utf8')).split(/\r?\n/).filter(Boolean);
      await writeFile(log, '');
      return lines;
    },
  };
}

/** Windows refuses while the module is reading the file. */
async function replace(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (process.platform !== 'win32' || error.code !== 'EPERM') throw error;
    return replace(from, to);
  });
}
