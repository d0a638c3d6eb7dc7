import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../src/main/browser/electron-binary.ts';
import { ensureSystemPackages } from './system-packages.ts';
import { type Tally, tallyPlaywright, tallyVitest, verdict, withExitCode } from './tally.ts';

/** `npm test`: every runner one after the other, their output as it comes, and one line at the end. */

const root = join(import.meta.dirname, '..');
const RUNNER_MS = 15 * 60_000;
const results = join(root, 'test-results');
const vitestReport = join(results, 'vitest.json');
const playwrightReport = join(results, 'playwright.json');

/** Runs a program of node_modules under this very Node. */
function runs(
  title: string,
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): number | null {
  process.stdout.write(`\n== ${title}\n`);
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    // A test that never ends fails the run instead of holding it for ever.
    timeout: RUNNER_MS,
    killSignal: 'SIGKILL',
  });
  return status;
}

/** Reads the report a runner left; null when it died before writing one. */
function tallyOf(path: string, read: (report: unknown) => Tally): Tally | null {
  return existsSync(path) ? read(JSON.parse(readFileSync(path, 'utf8'))) : null;
}

/** What the screens are tested in: Electron's program is built only where it can run. */
async function build(): Promise<Tally> {
  const page = ['build', '--config', 'src/renderer/vite.config.ts', '--logLevel', 'warn'];
  const built =
    'path' in (await findElectron(false))
      ? runs('the program', 'electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'])
      : runs('the page', 'vite/bin/vite.js', page);
  const failed = built === 0 ? 0 : 1;
  return { passed: 0, failed, skippedNames: [] };
}

function vitest(): Tally {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`];
  const exitCode = runs('unit and integration tests', 'vitest/vitest.mjs', args);
  return withExitCode(tallyOf(vitestReport, tallyVitest), exitCode);
}

function playwright(): Tally {
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport };
  const exitCode = runs('screens', '@playwright/test/cli.js', ['test', '--reporter=list,json'], env);
  return withExitCode(tallyOf(playwrightReport, tallyPlaywright), exitCode);
}

if (!ensureSystemPackages()) {
  process.stdout.write('0 passed, 1 failed, 0 skipped\n');
  process.exit(1);
}
rmSync(results, { recursive: true, force: true });
mkdirSync(results);
const ci = (process.env['CI'] ?? '') !== '';
const { line, exitCode, skipped } = verdict([await build(), vitest(), playwright()], ci);
if (skipped.length > 0)
  process.stdout.write(
    `\nNot run${ci ? ' (each a failure, because CI is set)' : ''}:\n${skipped.map((name) => `  ${name}\n`).join('')}`,
  );
process.stdout.write(`\n${line}\n`);
process.exitCode = exitCode;
