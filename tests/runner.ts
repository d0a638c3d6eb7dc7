import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { type Tally, tallyPlaywright, tallyVitest, withExitCode } from './tally.ts';

/** The runners of node_modules and what they leave: each is run to its end, its output as it comes. */

const root = join(import.meta.dirname, '..');
export const results = join(root, 'test-results');

/** A test that never ends fails the run instead of holding it for ever. */
const RUNNER_MS = 30 * 60_000;

/** Runs a program of node_modules under this very Node. */
export function runs(
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
    timeout: RUNNER_MS,
    killSignal: 'SIGKILL',
  });
  return status;
}

/** Reads the report a runner left; null when it died before writing one. */
function tallyOf(path: string, read: (report: unknown) => Tally): Tally | null {
  return existsSync(path) ? read(JSON.parse(readFileSync(path, 'utf8'))) : null;
}

export function runVitest(): Tally {
  const report = join(results, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const exitCode = runs('unit and integration tests', 'vitest/vitest.mjs', args);
  return withExitCode(tallyOf(report, tallyVitest), exitCode);
}

/** @param name of the report in test-results @param which options, or what the paths of files contain; none: all */
export function runPlaywright(
  title: string,
  name: string,
  which: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Tally {
  const report = join(results, name);
  const output = join(results, 'e2e', parse(name).name);
  const args = ['test', '--reporter=list,json', `--output=${output}`, ...which];
  const exitCode = runs(title, '@playwright/test/cli.js', args, {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return withExitCode(tallyOf(report, tallyPlaywright), exitCode);
}
