/**
 * The Windows leg: the project with packages for Windows, under Wine. What it finds is counted with the rest by
 * `npm test`; `npm run test:windows` runs it alone.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runPlaywright } from '../runner.ts';
import { type Tally, tallyVitest, withExitCode } from '../tally.ts';
import { windowsClone } from './clone.ts';
import { prepareWine, runWindowsNode, windowsPath } from './wine.ts';

const root = join(import.meta.dirname, '../..');
const results = join(root, 'test-results/windows');

/** What a day leaves: its documents, messages and registers. */
const LEFT_BY_A_DAY = ['incoming.pdf', 'received.edxml', 'registers.json', 'day.json'];

/** `npm run demo -- --headless`, as somebody at a Windows PC would run it. */
async function headlessDay(clone: string): Promise<Tally> {
  const out = join(results, 'day');
  const { code, stdout, stderr } = await runWindowsNode(clone, [
    'tests/demo/main.ts',
    '--headless',
    '--out',
    windowsPath(out),
  ]);
  const isDone = code === 0 && LEFT_BY_A_DAY.every((name) => existsSync(join(out, name)));
  if (!isDone) process.stdout.write(`${stdout}\n${stderr}\nThe headless day ended with ${code}.\n`);
  return { passed: isDone ? 1 : 0, failed: isDone ? 0 : 1, skippedNames: [] };
}

/**
 * What has been seen to pass under Wine more than once and is asked of every `npm test`, with the headless day. The rest
 * of the tests that need no Linux tool and the whole day on screen are run by `npm run test:windows` alone until they do.
 */
const PROVEN = [
  'src/shared',
  'src/renderer',
  '.windows.test.ts',
  ...['asn1', 'x509', 'cms', 'crypto', 'disk', 'host', 'pdf', 'paper'].map((room) => `src/main/${room}`),
];

async function vitest(clone: string, only: readonly string[]): Promise<Tally> {
  const report = join(results, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${windowsPath(report)}`];
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--no-color', ...reporters, ...only];
  const { code, stdout, stderr } = await runWindowsNode(clone, args, { limitMs: VITEST_MS });
  writeFileSync(join(results, 'vitest.log'), `${stdout}\n${stderr}`);
  // Windows' Node cannot write to our terminal: here is what it said of failures, the rest is in the log.
  process.stdout.write(stdout.slice(stdout.search(/\n(?:⎯+ Failed | Test Files )/)));
  if (code !== 0) process.stdout.write(stderr);
  const tally = existsSync(report) ? tallyVitest(JSON.parse(readFileSync(report, 'utf8'))) : null;
  return withExitCode(tally, code);
}

/** A test that never ends fails the run instead of holding it for ever. */
const VITEST_MS = 40 * 60_000;

/** Screens of a desk under Windows' Node, in this machine's Chromium. */
function screens(clone: string, journeys: readonly string[]): Tally {
  // One at a time: Wine's server is one, and a desk asks it for everything.
  return runPlaywright('screens of a Windows desk', 'windows/playwright.json', [...journeys, '--workers=1'], {
    WINDOWS_CLONE: clone,
  });
}

/** The page has been built. */
export async function windowsTests(whole: boolean): Promise<readonly Tally[]> {
  mkdirSync(results, { recursive: true });
  process.stdout.write('\n== Windows, under Wine\n');
  prepareWine();
  const clone = await windowsClone();
  cpSync(join(root, 'out/renderer'), join(clone, 'out/renderer'), { recursive: true });
  if (!whole) return [await headlessDay(clone), await vitest(clone, PROVEN), screens(clone, ['smoke'])];
  return [await headlessDay(clone), await vitest(clone, []), screens(clone, ['smoke', 'day.e2e'])];
}
