/** `npm run demo [-- --data DIR] [-- --headless --out DIR]` */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startBrowserHost } from '../../src/main/browser/server.ts';
import { electronArguments, findElectron } from '../../src/main/browser/electron-binary.ts';
import { openBrowser } from '../../src/main/browser/open-browser.ts';
import { alreadyOpen } from '../../src/main/host/opening.ts';
import { catchTheRest } from '../../src/main/host/last-resort.ts';
import { fileLog } from '../../src/main/host/log.ts';
import { errorSentence } from '../../src/shared/errors/index.ts';
import { runDay } from './day.ts';
import { startDemo } from './office.ts';
import { TOKENS } from './sample.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    headless: { type: 'boolean', default: false },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const root = join(import.meta.dirname, '../..');
const print = (line = '') => process.stdout.write(`${line}\n`);

if (values.help) {
  print(
    'npm run demo                                the desk with a sample school, in Electron or a browser',
  );
  print('npm run demo -- --data DIR                  keeps the office in DIR between runs');
  print('npm run demo -- --headless --out DIR        a whole day without a window; results in DIR');
  process.exit(0);
}

const temporary = values.data === undefined ? mkdtempSync(join(tmpdir(), 'ban-van-thu-')) : null;
const dataDir = temporary ?? resolve(values.data!);
const demo = await startDemo({ dataDir });

/** Ends everything; the office of a run without `--data` goes with it. */
async function end(code: number): Promise<never> {
  await demo.close();
  if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
  process.exit(code);
}

async function headless(): Promise<number> {
  const out = resolve(values.out ?? 'demo-day');
  await runDay(demo, out, print);
  print(`Results in ${out}`);
  return 0;
}

/** Resolves when the program has been closed. Electron opens the office itself, so ours is closed first. */
async function inElectron(path: string): Promise<number> {
  const built = spawnSync('npm', ['run', '-s', 'build'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (built.status !== 0) return 1;
  await demo.desk.close();
  const child = spawn(path, electronArguments(root, dataDir), { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/** Resolves when somebody presses Ctrl+C. */
async function inBrowser(why: string): Promise<number> {
  const log = fileLog(join(dataDir, 'log'));
  catchTheRest(process, log, ({ code, params }) => print(errorSentence(code, params, 'vi')));
  const host = await startBrowserHost({
    opening: alreadyOpen(demo.desk, log),
    pages: join(root, 'out/renderer'),
    log,
  });
  const url = host.startUrl();
  print(`Electron is not used: ${why}. The same desk opens in the default browser:`);
  print(`  ${url}`);
  print('  (this address opens one window, once)');
  if (!(await openBrowser(url))) print('No browser could be started here: open the address yourself.');
  print('Press Ctrl+C to end.');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await host.close();
  return 0;
}

async function onScreen(): Promise<number> {
  demo.startAnswering();
  print(
    `Office of the demo: ${dataDir}${temporary === null ? '' : ' (goes when you end; keep one with --data DIR)'}`,
  );
  for (const { label, pin } of Object.values(TOKENS)) print(`  ${label}: PIN ${pin}`);
  const electron = await findElectron(true);
  return 'missing' in electron ? inBrowser(electron.missing) : inElectron(electron.path);
}

try {
  await end(await (values.headless ? headless() : onScreen()));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
}
