import { once, type EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { writeJournal } from '../../tests/store/large-journal.ts';
import { journalLength } from './store/journal.ts';
import { openStore } from './store/index.ts';
import { stateOfRecords } from './store/database.ts';

vi.mock('electron', () => import('../../tests/packaging/electron.ts'));
// A program starts once: where another test file has started it in this process, it is loaded anew.
vi.resetModules();
const { app, seen } = await import('../../tests/packaging/electron.ts');

/** More entries than an upgrade commits at once, so that it can be stopped halfway. */
const DOCUMENTS = 1500;

let folder: string;
let office: string;
let entries: number;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'upgrade-at-start-'));
  office = join(folder, 'office');
  mkdirSync(office);
  entries = writeJournal(office, DOCUMENTS);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts the program's entry anew, and waits for the first window it shows. */
async function start(run: number): Promise<void> {
  seen.called.length = 0;
  seen.windows.length = 0;
  seen.given = folder;
  const shown = once(app, 'opened');
  // Another address is another run of the same entry.
  const entry = `./index.ts?run=${run}`;
  await import(/* @vite-ignore */ entry);
  await shown;
}

it('stops an upgrade whose window is closed without a word, and with nothing lost', async () => {
  await start(1);
  expect(seen.called).toEqual(expect.arrayContaining(['menu', 'load app://desk/upgrade.html', 'show']));
  const small = seen.windows[0] as unknown as EventEmitter;
  const prevented = vi.fn();
  const exited = once(app, 'exited');
  small.emit('close', { preventDefault: prevented });
  await exited;
  expect(prevented).toHaveBeenCalledOnce();
  expect(seen.trouble).toEqual([]);
  expect(stateOfRecords(office)).toBe('stale');
});

it('goes on at the next start, and shows the desk in place of the small window', async () => {
  await start(2);
  await once(app, 'opened');
  await expect.poll(() => seen.called.at(-1)).toBe('destroy');
  expect(seen.called.filter((what) => what.startsWith('load'))).toEqual([
    'load app://desk/upgrade.html',
    'load app://desk/',
  ]);
  expect(seen.windows.map(({ options }) => options.webPreferences.preload !== undefined)).toEqual([
    false,
    true,
  ]);
  const exited = once(app, 'exited');
  app.emit('will-quit', { preventDefault: () => undefined });
  await exited;
  const store = openStore(office);
  expect(journalLength(store.tables)).toBeGreaterThanOrEqual(entries);
  store.close();
});
