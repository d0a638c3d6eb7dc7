/**
 * pkcs11js for 64-bit Windows, compiled on Linux with mingw (Debian: g++-mingw-w64-x86-64-posix), so that the Windows
 * package can be made there.
 * From a command line: `node build/windows/pkcs11.ts [FILE]`.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** What Debian's names of the tools for 64-bit Windows begin with. */
const PREFIX = 'x86_64-w64-mingw32';
/**
 * -static: no DLL of the compiler's has to be beside it. No timestamp, and Windows' usual address instead of one made
 * of the file's path: the same sources give the same file.
 */
const LINK = ['-shared', '-static', '-s', '-Wl,--no-insert-timestamp', '-Wl,--image-base,0x180000000'];
const COMPILE = ['-O2', '-std=c++17', '-w', '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_GYP_MODULE_NAME=pkcs11'];
const SOURCES = ['dl.cpp', 'common.cpp', 'main.cpp'];

const pkcs11js = dirname(require.resolve('pkcs11js/package.json'));
const hook = join(import.meta.dirname, 'host-exports.c');
const { include_dir: nodeHeaders, def_paths: nodeNames } = require('node-api-headers') as {
  include_dir: string;
  def_paths: Readonly<Record<string, string>>;
};

export const defaultFile = join(import.meta.dirname, 'out/pkcs11.node');

/**
 * Compiles the installed pkcs11js (some seconds); does nothing where the file was already made of the same sources
 * in the same way, which `FILE.inputs` beside it tells.
 * @param file where it is wanted; what was there before is replaced in one step
 * @returns its absolute path
 * @throws Error with the compiler's words, or ENOENT when mingw is not installed
 */
export async function buildPkcs11ForWindows(file = defaultFile): Promise<string> {
  const path = resolve(file);
  const inputs = await hashOfInputs();
  if ((await lastInputs(path)) === inputs) return path;
  await mkdir(dirname(path), { recursive: true });
  const folder = await mkdtemp(join(dirname(path), 'build-'));
  try {
    await rename(await compile(folder), path);
    await writeFile(inputsFile(path), inputs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return path;
}

/** @returns the library made in that folder */
async function compile(folder: string): Promise<string> {
  const [names, imports, object, library] = ['node.def', 'libnode.a', 'hook.o', 'pkcs11.node'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  await writeFile(names, await nodeExports());
  // -y: imported when first called, not when loaded, so that the hook can answer.
  await run(`${PREFIX}-dlltool`, ['--input-def', names, '--output-delaylib', imports]);
  await run(`${PREFIX}-gcc-posix`, ['-O2', '-Wall', '-Wextra', '-Werror', '-c', hook, '-o', object]);
  await run(`${PREFIX}-g++-posix`, [
    ...COMPILE,
    ...LINK,
    '-I',
    join(pkcs11js, 'includes'),
    '-I',
    nodeHeaders,
    ...SOURCES.map((name) => join(pkcs11js, 'src', name)),
    object,
    imports,
    '-o',
    library,
  ]);
  return library;
}

/** Every function of Node-API, as a definition file for the linker. */
async function nodeExports(): Promise<string> {
  const texts = await Promise.all(Object.values(nodeNames).map((path) => readFile(path, 'utf8')));
  const names = texts.flatMap((text) => text.split(/\s+/).filter((word) => /^(napi|node_api)_/.test(word)));
  return ['NAME node.exe', 'EXPORTS', ...new Set(names.toSorted()), ''].join('\n');
}

async function hashOfInputs(): Promise<string> {
  const files = [
    import.meta.filename,
    hook,
    ...Object.values(nodeNames),
    ...globSync('*.h', { cwd: nodeHeaders }).map((name) => join(nodeHeaders, name)),
    ...globSync('{src,includes}/**/*.{cpp,h}', { cwd: pkcs11js }).map((name) => join(pkcs11js, name)),
  ];
  const hash = createHash('sha256');
  for (const path of files.toSorted()) hash.update(await readFile(path)).update('\0');
  return hash.digest('hex');
}

const inputsFile = (file: string): string => `${file}.inputs`;

/** What the file that is there was made of; undefined when either is missing. */
async function lastInputs(file: string): Promise<string | undefined> {
  return existsSync(file) && existsSync(inputsFile(file))
    ? await readFile(inputsFile(file), 'utf8')
    : undefined;
}

if (import.meta.main) process.stdout.write(`${await buildPkcs11ForWindows(process.argv[2])}\n`);
