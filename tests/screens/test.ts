import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { startBrowserHost } from '../../src/main/browser/server.ts';
import { alreadyOpen } from '../../src/main/host/opening.ts';
import type { StoredFile } from '../../src/main/host/desk-port.ts';
import { drawLetter, SAMPLE_LETTER } from '../fixtures/pdf/letters.ts';
import * as records from './records.ts';
import { type Doubles, type TestDesk, testDesk } from './test-desk.ts';

const root = join(import.meta.dirname, '../..');

/** What every window asks, whatever it shows. */
export const everywhere: Doubles = {
  'session.state': records.session(records.CLERK),
  'today.tiles': { tiles: records.tiles() },
  'exchange.state': records.exchangeState(),
  'settings.get': records.settings(),
  'verification.of': records.verification(),
  'file.password': { password: null },
};

/** The real files that documents of these tests have: one PDF, one picture. */
async function storedFiles(folder: string): Promise<ReadonlyMap<string, StoredFile>> {
  const letter = join(folder, 'letter.pdf');
  writeFileSync(letter, await drawLetter(SAMPLE_LETTER));
  const stored = (path: string, mediaType: string) => ({ path, size: statSync(path).size, mediaType });
  return new Map([
    [records.letterFile, stored(letter, 'application/pdf')],
    [records.sealFile, stored(join(root, 'build/icon.png'), 'image/png')],
  ]);
}

/** One window of a browser, as long as its worker: what it has compiled, the next screen need not. */
interface TestWindow {
  readonly page: Page;
  /** What the browser complained about since the screen was opened. */
  readonly complaints: string[];
  /** Opens the address on the desk that these doubles are. */
  readonly show: (doubles: Doubles, at: string) => Promise<TestDesk>;
}

interface Fixtures {
  readonly show: TestWindow['show'];
}

/** Nothing of a page stays for the next. */
function forget(): void {
  localStorage.clear();
  sessionStorage.clear();
}

export const test = base.extend<Fixtures, { window: TestWindow }>({
  window: [
    async ({ browser }, provide, { project: { use } }) => {
      const folder = mkdtempSync(join(tmpdir(), 'screens-'));
      const files = await storedFiles(folder);
      let desk = testDesk({});
      const log = { info: () => undefined, error: (message: string) => void desk.faults.push(message) };
      const host = await startBrowserHost({
        pages: join(root, 'out/renderer'),
        opening: alreadyOpen(
          {
            call: (...asked) => desk.call(...asked),
            addFile: (...asked) => desk.addFile(...asked),
            openFile: (...asked) => desk.openFile(...asked),
            on: (listener) => desk.on(listener),
          },
          log,
        ),
        log,
      });
      const context = await browser.newContext(use as BrowserContextOptions);
      await context.request.get(host.startUrl(), { maxRedirects: 0 });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      let opened = 0;
      await provide({
        page,
        complaints,
        show: async (doubles, at) => {
          const next = testDesk({ ...everywhere, ...doubles }, files);
          // What the page before still asks is not the next one's affair.
          page.once('framenavigated', () => {
            desk = next;
            complaints.length = 0;
          });
          // Another address each time: a new fragment alone would only be followed by the page that is there.
          await page.goto(`${host.origin}/?${++opened}${at}`);
          return next;
        },
      });
      await context.close();
      await host.close();
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  page: ({ window }, provide) => provide(window.page),
  show: async ({ window: { page, complaints, show } }, provide) => {
    let desk: TestDesk | undefined;
    await provide(async (doubles, at) => (desk = await show(doubles, at)));
    await page.evaluate(forget);
    expect(desk?.faults, 'what went against the contract').toEqual([]);
    expect(complaints, 'what the browser complained about').toEqual([]);
  },
});
