/**
 * `npm run package -- --win [--dir]`: the program for Windows and, without `--dir`, its installers, in `dist/`.
 * `npm run package -- --linux`: the program for Linux, to be tried out from its folder.
 *
 * Electron's own program is downloaded, or taken from `ELECTRON_DIST`: its zip, or a folder with what is in it.
 */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { build, Platform } from 'electron-builder';
import { bringCanvasForWindows } from './windows/canvas.ts';
import { filesIn, type Installed } from './windows/installed.ts';
import { makeMsi } from './windows/msi.ts';
import { defaultFile as windowsPkcs11, buildPkcs11ForWindows } from './windows/pkcs11.ts';
import { makeSetup } from './windows/setup.ts';

const run = promisify(execFile);
const project = join(import.meta.dirname, '..');

/** The program's own name; what people read is electron-builder's `productName`. */
const PROGRAM = 'BanVanThu.exe';

export interface Sources {
  /** A zip or folder of Electron; undefined: it is downloaded. */
  readonly electronDist?: string | undefined;
  readonly output: string;
}

/** pkcs11js for Windows lies where electron-builder.yml takes it from. On Windows npm has compiled it. */
async function preparePkcs11(): Promise<void> {
  if (process.platform !== 'win32') return void (await buildPkcs11ForWindows());
  const installed = createRequire(import.meta.url).resolve('pkcs11js/build/Release/pkcs11.node');
  await mkdir(dirname(windowsPkcs11), { recursive: true });
  await copyFile(installed, windowsPkcs11);
}

/**
 * Packs what `npm run build` left in `out/`.
 * @returns the folder of the program, in `output`
 */
export async function pack(platform: 'win32' | 'linux', { electronDist, output }: Sources): Promise<string> {
  if (platform === 'win32') {
    await preparePkcs11();
    await bringCanvasForWindows();
  }
  const system = platform === 'win32' ? Platform.WINDOWS : Platform.LINUX;
  await build({
    projectDir: project,
    targets: system.createTarget('dir'),
    config: {
      directories: { output },
      ...(electronDist !== undefined && { electronDist }),
      // Electron's own page, for those who start it without a program; electron-builder leaves it in a given Electron.
      afterExtract: ({ appOutDir }) => rm(join(appOutDir, 'resources/default_app.asar'), { force: true }),
    },
  });
  return join(output, platform === 'win32' ? 'win-unpacked' : 'linux-unpacked');
}

const COMPILE = [
  '-O2',
  '-s',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-mwindows',
  '-municode',
  '-Wl,--no-insert-timestamp',
];

/** Compiles the program that makes the office folder, with mingw. */
export async function makeOfficeFolderMaker(folder: string): Promise<string> {
  const made = join(folder, 'office-folder.exe');
  const source = join(import.meta.dirname, 'windows/office-folder.c');
  await mkdir(folder, { recursive: true });
  await run('x86_64-w64-mingw32-gcc', [...COMPILE, '-o', made, source, '-ladvapi32', '-lshell32']);
  return made;
}

/** What is to be installed: the program in `unpacked`, under the names and the version of package.json's product. */
export function installedFrom(unpacked: string, officeFolderMaker: string, version: string): Installed {
  return { ...filesIn(unpacked), officeFolderMaker, version, productName: 'Bàn Văn Thư', program: PROGRAM };
}

/** @returns the paths of what was made */
async function makeInstallers(unpacked: string, output: string): Promise<readonly string[]> {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  const installed = installedFrom(unpacked, await makeOfficeFolderMaker(join(output, 'tools')), version);
  return [await makeSetup(installed, project, output), await makeMsi(installed, output)];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      win: { type: 'boolean', default: false },
      linux: { type: 'boolean', default: false },
      dir: { type: 'boolean', default: false },
    },
  });
  if (!values.win && !values.linux) throw new Error('Say for what: npm run package -- --win or --linux');
  const output = join(project, 'dist');
  const sources = { electronDist: process.env['ELECTRON_DIST'], output };
  if (values.linux) process.stdout.write(`${await pack('linux', sources)}\n`);
  if (!values.win) return;
  const unpacked = await pack('win32', sources);
  const made = values.dir ? [unpacked] : await makeInstallers(unpacked, output);
  process.stdout.write(`${made.join('\n')}\n`);
}

if (import.meta.main) await main();
