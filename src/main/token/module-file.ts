/** What a driver file is, found out before anything of it runs. */
import { createHash } from '../crypto/index.ts';
import { open } from 'node:fs/promises';
import { win32 } from 'node:path';
import { DeskError } from '../../shared/errors/index.ts';
import { readPe } from './pe.ts';

/** The largest driver seen is a tenth of this. */
const MAX_MODULE_BYTES = 256 * 1024 * 1024;

export interface ModuleFile {
  readonly sha256: string;
  /** Null for what is no Windows library (a Linux one, or anything else). */
  readonly pe: ReturnType<typeof readPe>;
}

/**
 * Reads the file of a driver, 256 MB at most, without loading it.
 * @throws DeskError token.module-file-missing, token.module-not-pkcs11 for one that is larger
 */
export async function readModuleFile(path: string): Promise<ModuleFile> {
  const bytes = await readBounded(path);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), pe: readPe(bytes) };
}

async function readBounded(path: string): Promise<Buffer> {
  const missing = (cause?: unknown): DeskError =>
    new DeskError('token.module-file-missing', { module: win32.basename(path) }, cause);
  const file = await open(path).catch((error: unknown) => {
    throw missing(error);
  });
  try {
    const { size } = await file.stat().then((stats) => {
      if (!stats.isFile()) throw missing();
      return stats;
    });
    if (size > MAX_MODULE_BYTES)
      throw new DeskError('token.module-not-pkcs11', { module: win32.basename(path) });
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** @throws DeskError when the library is for another kind of machine than this process */
export function checkMachine(path: string, { pe }: ModuleFile, arch: string = process.arch): void {
  if (!pe || pe.machine === arch) return;
  const module = win32.basename(path);
  if (pe.machine === 'ia32') throw new DeskError('token.module-32bit', { module });
  throw new DeskError('token.module-other-machine', { module, machine: pe.machine });
}

/** @throws DeskError for what lacks PKCS#11's entry point; outside Windows that is found out by loading it */
export function checkExports(
  path: string,
  { pe }: ModuleFile,
  platform: NodeJS.Platform = process.platform,
): void {
  if (pe ? !pe.isPkcs11 : platform === 'win32')
    throw new DeskError('token.module-not-pkcs11', { module: win32.basename(path) });
}

/**
 * Everything that is asked of a driver before it is loaded.
 * @param expectedSha256 the file an administrator accepted; any file when omitted (one not accepted yet)
 * @returns its SHA-256, hex
 */
export async function checkModuleFile(path: string, expectedSha256?: string): Promise<string> {
  const file = await readModuleFile(path);
  if (expectedSha256 !== undefined && file.sha256 !== expectedSha256)
    throw new DeskError('token.module-changed', { module: win32.basename(path) });
  checkMachine(path, file);
  checkExports(path, file);
  return file.sha256;
}
