/** Tokens in software behind a real PKCS#11 module: SoftHSM2 with a directory and configuration of its own. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Identity } from './ca.ts';

export interface SoftHsmTokenSpec {
  readonly label: string;
  readonly pin: string;
  /** Keys that live in the token, each with its certificate beside it under the same CKA_ID. */
  readonly identities: readonly Identity[];
  /** Certificates without a key: the issuing authorities, as real tokens carry them. DER. */
  readonly certificates?: readonly Uint8Array[];
  /** No certificate is found before login (CKA_PRIVATE). */
  readonly hidesCertificates?: boolean;
}

export interface SoftHsm {
  /** Path of the PKCS#11 module. */
  readonly module: string;
  /** Environment of a process that is to see these tokens. */
  readonly env: NodeJS.ProcessEnv;
  readonly directory: string;
  addToken(spec: SoftHsmTokenSpec): Promise<void>;
  remove(): Promise<void>;
}

const MODULES = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/pkcs11/libsofthsm2.so'];
const writer = fileURLToPath(new URL('./softhsm-write.ts', import.meta.url));

export async function createSoftHsm(): Promise<SoftHsm> {
  const module = MODULES.find((path) => existsSync(path));
  if (!module) throw new Error('SoftHSM2 is missing: apt-get install softhsm2');
  const directory = await mkdtemp(join(tmpdir(), 'softhsm-'));
  await mkdir(join(directory, 'tokens'));
  const configuration = join(directory, 'softhsm2.conf');
  await writeFile(
    configuration,
    `directories.tokendir = ${join(directory, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  const env = { ...process.env, SOFTHSM2_CONF: configuration };
  return {
    module,
    env,
    directory,
    addToken: (spec) => write(module, spec, env),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A SoftHSM2 with one token in it. */
export async function createSoftHsmToken(spec: SoftHsmTokenSpec): Promise<SoftHsm> {
  const hsm = await createSoftHsm();
  await hsm.addToken(spec);
  return hsm;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** In a process of its own: SoftHSM2 takes its configuration from the environment it finds at C_Initialize. */
async function write(module: string, spec: SoftHsmTokenSpec, env: NodeJS.ProcessEnv): Promise<void> {
  const job = {
    module,
    label: spec.label,
    pin: spec.pin,
    identities: spec.identities.map(({ certificate, key }) => ({
      certificate: hex(certificate),
      key: key.export({ format: 'jwk' }),
    })),
    certificates: (spec.certificates ?? []).map(hex),
    hidesCertificates: spec.hidesCertificates ?? false,
  };
  await new Promise<void>((resolve, reject) => {
    const child = execFile(process.execPath, [writer], { env }, (error, _, stderr) =>
      error ? reject(new Error(`SoftHSM2 token was not written: ${stderr}`, { cause: error })) : resolve(),
    );
    child.stdin?.end(JSON.stringify(job));
  });
}
