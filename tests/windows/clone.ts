import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { putNativeParts } from './native-parts.ts';

const root = join(import.meta.dirname, '../..');

/** Outside the project: Node and vitest take nothing in `node_modules` for the project's own. */
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ban-van-thu');

/** One for each work tree and set of packages: others would run into each other. */
function placeOfClone(): string {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return join(cache, `windows-${createHash('sha256').update(root).update(lock).digest('hex').slice(0, 12)}`);
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
    const how = ['--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', ['ci', ...how], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
    writeFileSync(installed, '');
  }
  await putNativeParts(folder);
  return folder;
}
