import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from '@playwright/test';
import { inPath } from './tools.ts';

/** One system package the tests need, known by a command it brings. */
interface SystemPackage {
  readonly command: string;
  readonly debian: string;
  readonly why: string;
}

const systemPackages: readonly SystemPackage[] = [
  { command: 'softhsm2-util', debian: 'softhsm2', why: 'PKCS#11 tokens in software' },
  { command: 'pkcs11-tool', debian: 'opensc', why: 'a second user of those tokens' },
  { command: 'openssl', debian: 'openssl', why: 'the test CA, and a second reader of CMS' },
  { command: 'pdfsig', debian: 'poppler-utils', why: 'a second reader of PDF signatures' },
  { command: 'qpdf', debian: 'qpdf', why: 'a second reader of PDF structure' },
  { command: 'mutool', debian: 'mupdf-tools', why: 'a third reader, and page images' },
  { command: 'gcc', debian: 'gcc', why: 'the faulty-token shim' },
  { command: 'g++', debian: 'g++', why: 'compiling pkcs11js' },
  { command: 'make', debian: 'make', why: 'compiling pkcs11js' },
  { command: 'python3', debian: 'python3', why: 'compiling pkcs11js' },
  { command: 'wine', debian: 'wine wine64', why: 'Windows programs on this machine' },
  { command: 'x86_64-w64-mingw32-gcc', debian: 'gcc-mingw-w64-x86-64-posix', why: 'small Windows programs' },
  {
    command: 'x86_64-w64-mingw32-g++-posix',
    debian: 'g++-mingw-w64-x86-64-posix',
    why: 'pkcs11js for Windows',
  },
  { command: 'makensis', debian: 'nsis', why: 'the setup program' },
  { command: '7za', debian: 'p7zip-full', why: 'the setup program' },
  { command: 'wixl', debian: 'wixl', why: 'the MSI' },
  { command: 'msibuild', debian: 'msitools', why: 'the MSI' },
];

export type System = 'debian' | 'ubuntu' | 'other';

export function systemOf(osRelease: string): System {
  const ids = new Set(
    [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(([, id = '']) => id.split(' ')),
  );
  if (ids.has('ubuntu')) return 'ubuntu';
  return ids.has('debian') ? 'debian' : 'other';
}

/** The Chromium the screens are tested in: named by CHROMIUM_PATH, of the system, or Playwright's own; else null. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  const own = chromium.executablePath();
  return inPath('chromium') ?? inPath('google-chrome') ?? (existsSync(own) ? own : null);
}

function isHere(command: string): boolean {
  return inPath(command) !== null;
}

/** Commands of a shell that bring what is missing, in order; the first is one apt line. Empty: nothing is missing. */
export function installCommands(
  system: System,
  has: (command: string) => boolean,
  hasChromium: boolean,
): readonly string[] {
  const packages = systemPackages.filter(({ command }) => !has(command)).map(({ debian }) => debian);
  // Ubuntu's chromium package only points at a snap, which containers and headless servers cannot run.
  const fromPlaywright = !hasChromium && system === 'ubuntu';
  if (!hasChromium && !fromPlaywright) packages.push('chromium');
  return [
    ...(packages.length === 0 ? [] : [`apt-get install -y --no-install-recommends ${packages.join(' ')}`]),
    ...(fromPlaywright ? ['npx playwright install --with-deps chromium'] : []),
  ];
}

function run(command: string): boolean {
  process.stdout.write(`$ ${command}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, { shell: true, stdio: 'inherit', env }).status === 0;
}

function missingLines(hasChromium: boolean): string {
  const lines = systemPackages
    .filter(({ command }) => !isHere(command))
    .map((n) => `  ${n.command} (${n.debian}): ${n.why}\n`);
  return lines.join('') + (hasChromium ? '' : '  chromium: the screens\n');
}

function pkcs11jsLoads(): boolean {
  return (
    spawnSync(process.execPath, ['-e', "require('pkcs11js')"], { cwd: import.meta.dirname }).status === 0
  );
}

/** pkcs11js is an optional dependency: npm leaves it out where no compiler was there yet. */
function ensurePkcs11js(): boolean {
  if (pkcs11jsLoads()) return true;
  const require = createRequire(import.meta.url);
  const { optionalDependencies } = require('../package.json') as {
    optionalDependencies: { pkcs11js: string };
  };
  process.stdout.write('pkcs11js was not compiled when the packages were installed; compiling it now.\n');
  return (
    run(`npm install --no-save --no-audit --no-fund pkcs11js@${optionalDependencies.pkcs11js}`) &&
    pkcs11jsLoads()
  );
}

/**
 * Makes sure that everything outside npm which the tests need is there: installs it on Debian and Ubuntu as root,
 * saying so; otherwise says what to run. False: the tests cannot start.
 */
export function ensureSystemPackages(): boolean {
  const osRelease = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const system = systemOf(osRelease);
  const commands = installCommands(system, isHere, findChromium() !== null);
  if (commands.length > 0) {
    process.stdout.write(
      `The tests need what this machine does not have:\n${missingLines(findChromium() !== null)}`,
    );
    if (system === 'other' || process.getuid?.() !== 0) {
      const lines = commands.map((command) => (command.startsWith('apt') ? `sudo ${command}` : command));
      process.stdout.write(`Run this, then npm test again:\n  ${lines.join(' && ')}\n`);
      return false;
    }
    process.stdout.write('Installing it, as this is Debian or Ubuntu and you are root.\n');
    const apt = commands.some((command) => command.startsWith('apt')) ? ['apt-get update -q'] : [];
    if (![...apt, ...commands].every(run)) return false;
  }
  return ensurePkcs11js();
}
