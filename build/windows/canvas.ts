/**
 * The library of `@napi-rs/canvas` for 64-bit Windows, so that the Windows package can be made on Linux: npm installs the
 * one of this computer only. It is the package that package-lock.json names, to the byte.
 * From a command line: `node build/windows/canvas.ts`.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NAME = '@napi-rs/canvas-win32-x64-msvc';

/** Where electron-builder.yml takes it from. */
export const canvasFolder = join(import.meta.dirname, 'out/canvas');

/**
 * Puts the package into `canvasFolder`; does nothing where it is already there in this version.
 * @throws Error when what npm brings is not what package-lock.json says, or npm's words
 */
export async function bringCanvasForWindows(): Promise<string> {
  const { version, integrity } = await locked();
  if ((await versionIn(canvasFolder)) === version) return canvasFolder;
  await mkdir(dirname(canvasFolder), { recursive: true });
  const folder = await mkdtemp(join(dirname(canvasFolder), 'canvas-'));
  try {
    const unpacked =
      process.platform === 'win32' ? await installed(folder) : await packed(folder, version, integrity);
    await rm(canvasFolder, { recursive: true, force: true });
    await rename(unpacked, canvasFolder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return canvasFolder;
}

/** On Windows npm has it. */
async function installed(folder: string): Promise<string> {
  const target = join(folder, 'package');
  const canvas = createRequire(createRequire(import.meta.url).resolve('@napi-rs/canvas'));
  await cp(dirname(canvas.resolve(`${NAME}/package.json`)), target, { recursive: true });
  return target;
}

async function packed(folder: string, version: string, integrity: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--silent', `${NAME}@${version}`], { cwd: folder });
  const archive = join(folder, stdout.trim());
  const hash = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64');
  if (`sha512-${hash}` !== integrity) throw new Error(`${NAME} is not the one of package-lock.json`);
  await run('tar', ['-xzf', archive, '-C', folder]);
  return join(folder, 'package');
}

interface Locked {
  readonly version: string;
  readonly integrity: string;
}

async function locked(): Promise<Locked> {
  const path = join(import.meta.dirname, '../../package-lock.json');
  const lock = JSON.parse(await readFile(path, 'utf8')) as { packages: Record<string, Locked> };
  const entry = lock.packages[`node_modules/${NAME}`];
  if (!entry) throw new Error(`package-lock.json has no ${NAME}`);
  return entry;
}

async function versionIn(folder: string): Promise<string | undefined> {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return undefined;
  return (JSON.parse(await readFile(path, 'utf8')) as { version: string }).version;
}

if (import.meta.main) process.stdout.write(`${await bringCanvasForWindows()}\n`);
