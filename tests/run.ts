import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../src/main/browser/electron-binary.ts';
import { results, runPlaywright, runs, runVitest } from './runner.ts';
import { ensureSystemPackages } from './system-packages.ts';
import { minutesOf, type Part, type Tally, verdict } from './tally.ts';
import { windowsTests } from './windows/run.ts';

/** `npm test [-- --windows]`: every runner one after the other, their output as it comes, and one line at the end. */

// Every desk, host and command that a test starts is a process: what the first has compiled, the next ones read.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../node_modules/.cache/compile');

const windowsOnly = process.argv.includes('--windows');

function counted(status: number | null): Tally {
  return { passed: 0, failed: status === 0 ? 0 : 1, skippedNames: [] };
}

function buildPage(): readonly Tally[] {
  const page = ['build', '--config', 'src/renderer/vite.config.ts', '--logLevel', 'warn'];
  return [counted(runs('the page', 'vite/bin/vite.js', page))];
}

/** What the screens are tested in: Electron's program is built only where it can run. */
async function build(): Promise<readonly Tally[]> {
  if (windowsOnly || !('path' in (await findElectron(false)))) return buildPage();
  return [
    counted(runs('the program', 'electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'])),
  ];
}

const parts: readonly (readonly [name: string, work: () => readonly Tally[] | Promise<readonly Tally[]>])[] =
  [
    ['build', build],
    ...(windowsOnly
      ? []
      : ([
          ['unit', () => [runVitest()]],
          ['screens', () => [runPlaywright('screens', 'screens.json', ['--project=screens'])]],
          ['journeys', () => [runPlaywright('journeys', 'journeys.json', ['--project=journeys'])]],
        ] as const)),
    ['windows', () => windowsTests(windowsOnly)],
  ];

if (!ensureSystemPackages()) {
  process.stdout.write('0 passed, 1 failed, 0 skipped\n');
  process.exit(1);
}
rmSync(results, { recursive: true, force: true });
mkdirSync(results);
const done: Part[] = [];
for (const [name, work] of parts) {
  const startedAt = performance.now();
  const tallies = await work();
  done.push({ name, tallies, ms: performance.now() - startedAt });
}
const ci = (process.env['CI'] ?? '') !== '';
const { line, exitCode, skipped } = verdict(
  done.flatMap(({ tallies }) => tallies),
  ci,
);
if (skipped.length > 0)
  process.stdout.write(
    `\nNot run${ci ? ' (each a failure, because CI is set)' : ''}:\n${skipped.map((name) => `  ${name}\n`).join('')}`,
  );
process.stdout.write(`\n${minutesOf(done)}\n${line}\n`);
process.exitCode = exitCode;
