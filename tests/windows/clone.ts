import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { putNativeParts } from './native-parts.ts';
import { packModules } from './pack.ts';

const root = join(import.meta.dirname, '../..');

/** Outside the project: Node and vitest take nothing in `node_modules` for the project's own. */
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ban-van-thu');

/**
 * One for each work tree and set of packages: others would run into each other. What lies beside the project lies beside
 * the clone too.
 */
function placeOfClone(): string {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(root).update(lock).digest('hex').slice(0, 12);
  const above = join(cache, `windows-${hash}`);
  mkdirSync(above, { recursive: true });
  const [beside, besideClone] = [join(root, '../shared'), join(above, 'shared')];
  if (existsSync(beside) && !existsSync(besideClone)) symlinkSync(beside, besideClone);
  return join(above, 'project');
}

/** Everything but what git leaves out, as it is now, committed or not. */
function filesNow(): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}

/**
 * The packages as they are installed here, from which npm then has little to do. They are linked where one disk has
 * both; only npm's own list would be written in place.
 */
function copyPackages(target: string): void {
  const source = join(root, 'node_modules');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  const names = readdirSync(source).filter((name) => !LEFT_HERE.has(name));
  const copy = (how: string) =>
    execFileSync('cp', [how, ...names.map((name) => join(source, name)), target], { stdio: 'ignore' });
  try {
    copy('-al');
  } catch {
    copy('-a');
  }
  cpSync(join(source, NPM_LIST), join(target, NPM_LIST));
}

const NPM_LIST = '.package-lock.json';
/** What the tests keep there is theirs. */
const LEFT_HERE = new Set(['.cache', NPM_LIST]);

/**
 * The project as it is now with packages for Windows, on Linux (`prepareWine` runs its programs). The packages are
 * installed once and kept while package-lock.json stays the same.
 * @returns its folder, a Linux path
 */
export async function windowsClone(): Promise<string> {
  const folder = placeOfClone();
  const installed = join(folder, 'node_modules/.installed');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (name !== 'node_modules') rmSync(join(folder, name), { recursive: true });
  for (const path of filesNow()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  if (!existsSync(installed)) {
    copyPackages(join(folder, 'node_modules'));
    const how = ['--os=win32', '--cpu=x64', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', ['install', ...how], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
    writeFileSync(installed, '');
  }
  await putNativeParts(folder);
  packModules(folder);
  return folder;
}
