/** A real token behind the faulty proxy module of shim.c, compiled here. */
import { execFile } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createSoftHsmToken } from '../pki/softhsm.ts';
import type { SoftHsmTokenSpec } from '../pki/softhsm.ts';

export interface FaultyToken {
  readonly module: string;
  readonly env: NodeJS.ProcessEnv;
  readonly directory: string;
  /** One more token behind the same module. */
  addToken(spec: SoftHsmTokenSpec): Promise<void>;
  /** The faults from now on, as lines of the control file; none heals it. */
  faults(...lines: readonly string[]): Promise<void>;
  /** Wrong PINs entered so far, for the fault `pin-counter`. */
  wrongPins(count: number): Promise<void>;
  /** Calls of C_Login since the last question, as `userType pinLength`. */
  logins(): Promise<string[]>;
  remove(): Promise<void>;
}

const run = promisify(execFile);
const source = fileURLToPath(new URL('./shim.c', import.meta.url));
const headers = fileURLToPath(new URL('../../node_modules/pkcs11js/includes', import.meta.url));

export async function createFaultyToken(spec: SoftHsmTokenSpec): Promise<FaultyToken> {
  const hsm = await createSoftHsmToken(spec);
  const module = join(hsm.directory, 'libfaulty.so');
  await run('gcc', [
    '-Wall',
    '-Wextra',
    '-Werror',
    '-shared',
    '-fPIC',
    '-o',
    module,
    source,
    '-I',
    headers,
    '-ldl',
  ]);
  const control = join(hsm.directory, 'control');
  const log = `${control}.log`;
  await writeFile(control, '');
  await writeFile(log, '');
  return {
    module,
    directory: hsm.directory,
    env: {
      ...hsm.env,
      TOKEN_SHIM_CONTROL: control,
      TOKEN_SHIM_TARGET: hsm.module,
      TOKEN_SHIM_DEVICE_PIN: spec.pin,
    },
    addToken: (more) => hsm.addToken(more),
    async faults(...lines) {
      // The module may read it at any moment: never half a file.
      await writeFile(`${control}.new`, lines.join('\n'));
      await rename(`${control}.new`, control);
    },
    wrongPins: (count) => writeFile(`${control}.pin`, String(count)),
    async logins() {
      const lines = (await readFile(log, 'utf8')).split('\n').filter(Boolean);
      await writeFile(log, '');
      return lines;
    },
    remove: () => hsm.remove(),
  };
}
