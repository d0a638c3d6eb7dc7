import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { startBrowserHost } from '../../src/main/browser/server.ts';
import { alreadyOpen } from '../../src/main/host/opening.ts';
import type { StoredFile } from '../../src/main/host/desk-port.ts';
import { type ErrorCode, errorSentence } from '../../src/shared/errors/index.ts';
import type { CallName } from '../../src/shared/ipc/index.ts';
import type { Language } from '../../src/renderer/texts/language.ts';
import { drawLetter, SAMPLE_LETTER } from '../fixtures/pdf/letters.ts';
import * as records from './records.ts';
import { type Doubles, noAnswer, refused, type TestDesk, testDesk } from './test-desk.ts';

const root = join(import.meta.dirname, '../..');
type Refused = readonly [ErrorCode, Readonly<Record<string, string | number>>];

const diskFull: Refused = ['store.disk-full', { place: 'D:\\Ban Van Thu' }];

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fluent's focus sentinels hand the focus on at once: nobody ever stands on one. */
const axeContext = { exclude: ['[data-tabster-dummy]'] };

/** The two windows of everyday: a laptop's whole screen, and the same at 125 %. */
const sizes = [
  { width: 1366, height: 768 },
  { width: 1093, height: 614 },
] as const;

/** What one screen is asked to show. */
export interface Screen {
  /** The address, `#/incoming/…`. */
  readonly at: string;
  /** What it asks when everything is there, besides what every window asks. */
  readonly doubles: Doubles;
  /** The call that fills it: without an answer the screen waits, with a refusal it says why. */
  readonly main?: CallName;
  /** How it is refused; the disk is full otherwise. */
  readonly refusal?: Refused;
  /** Opens what stands behind a click: a tab, a dialog. */
  readonly open?: (page: Page, language: Language) => Promise<void>;
  /** There when the screen is. */
  readonly ready: (page: Page, language: Language) => Locator;
  /** Doubles with nothing to show, and what the screen says then. */
  readonly empty?: { readonly doubles: Doubles; readonly says: string };
  /** Doubles with everything as long as the contract allows. */
  readonly long?: Doubles;
  /** What is done here and refused in place. */
  readonly act?: {
    readonly call: CallName;
    readonly refusal?: Refused;
    readonly run: (page: Page) => Promise<void>;
  };
}

/** The first words of a PDF that is drawn. */
export const pageText = (page: Page) => page.locator('.pdf-text span');

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

interface TestHost {
  readonly origin: string;
  readonly startUrl: () => string;
  /** From now on the window is answered by the desk that these doubles are. */
  readonly serve: (doubles: Doubles) => TestDesk;
}

interface Fixtures {
  /** Opens the window at an address, on the desk that these doubles are. */
  readonly show: (doubles: Doubles, at: string, language: Language) => Promise<TestDesk>;
}

export const test = base.extend<Fixtures, { host: TestHost }>({
  host: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from the pattern
    async ({}, provide) => {
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
      const serve = (doubles: Doubles) => (desk = testDesk(doubles, files));
      await provide({ origin: host.origin, startUrl: () => host.startUrl(), serve });
      await host.close();
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  show: async ({ page, host }, provide) => {
    const complaints: string[] = [];
    let desk: TestDesk | undefined;
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    await provide(async (doubles, at, language) => {
      desk = host.serve({ ...everywhere, ...doubles });
      await page.context().request.get(host.startUrl(), { maxRedirects: 0 });
      await page.addInitScript(`localStorage.setItem('language', '${language}')`);
      await page.goto(`${host.origin}/${at}`);
      return desk;
    });
    // What is still unanswered ends with the page.
    await page.close();
    expect(desk?.faults, 'what went against the contract').toEqual([]);
    expect(complaints, 'what the browser complained about').toEqual([]);
  },
});

/** Everything that does not fit into the window, in words; evaluated in the page. */
function misfits(): string[] {
  const found: string[] = [];
  const name = (element: Element) =>
    `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}”`;
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) found.push('the window scrolls sideways');
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const { overflowX } = getComputedStyle(element);
    const scrolls = overflowX === 'auto' || overflowX === 'scroll';
    // Pages of paper are as broad as somebody wants them.
    if (scrolls && element.scrollWidth > element.clientWidth + 1 && !element.querySelector('canvas'))
      found.push(`${name(element)} scrolls sideways`);
  }
  for (const control of document.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea')) {
    const box = control.getBoundingClientRect();
    // What is there for screen readers only, or under a dialog, is not looked at.
    if (box.width <= 1 || box.height <= 1 || control.closest('[aria-hidden=true], [hidden]')) continue;
    if (!control.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    let [left, right, reachable] = [0, window.innerWidth, false];
    for (let above = control.parentElement; above; above = above.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(above);
      if (overflowX !== 'visible') {
        const clip = above.getBoundingClientRect();
        left = Math.max(left, clip.left);
        right = Math.min(right, clip.right);
      }
      if (overflowY === 'auto' || overflowY === 'scroll') reachable = true;
    }
    if (box.left < left - 1 || box.right > right + 1) found.push(`${name(control)} is cut off at the side`);
    if (!reachable && (box.top < -1 || box.bottom > window.innerHeight + 1))
      found.push(`${name(control)} lies outside the window`);
    if (control.tagName === 'BUTTON' && control.scrollWidth > control.clientWidth + 1)
      found.push(`the words of ${name(control)} are clipped`);
  }
  return found;
}

/** Looks at what is on screen in both sizes: it fits, and a picture is kept. */
export async function lookAt(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    // What fades or slides in is looked at once it is there; what turns for ever, as a spinner, is not waited for.
    await page.evaluate(async () => {
      const ending = document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
      await Promise.allSettled(ending.map(({ finished }) => finished));
    });
    await page.screenshot({ path: `test-results/screens/${name} ${size.width}.png` });
    expect
      .soft(await page.evaluate(misfits), `what does not fit at ${size.width}×${size.height}`)
      .toEqual([]);
  }
}

/** What axe finds serious (WCAG 2.2 A and AA): asked once for what a state adds to a screen, whatever its language. */
async function askAxe(page: Page, name: string): Promise<void> {
  // Evaluated by the debugger: the page's own policy lets nobody else in.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(axeContext)})`);
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const said = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`);
  expect.soft(said, `axe on ${name}`).toEqual([]);
}

/** The tests of one screen: everything there in both languages, nothing there, refused, waiting, words without end. */
export function screenTests(name: string, screen: Screen): void {
  const { at, doubles, main, refusal = diskFull, open, ready, empty, long, act } = screen;
  const shown = async (page: Page, language: Language) => {
    await open?.(page, language);
    await expect(ready(page, language).first()).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
  };
  for (const language of ['vi', 'en'] as const)
    test(`${name} ${language}`, async ({ page, show }) => {
      await show(doubles, at, language);
      await shown(page, language);
      await lookAt(page, `${name} ${language}`);
      if (language === 'vi') await askAxe(page, name);
    });
  if (long)
    test(`${name} long`, async ({ page, show }) => {
      await show({ ...doubles, ...long }, at, 'vi');
      await shown(page, 'vi');
      await lookAt(page, `${name} long`);
      await askAxe(page, `${name} long`);
    });
  if (empty)
    test(`${name} empty`, async ({ page, show }) => {
      await show({ ...doubles, ...empty.doubles }, at, 'vi');
      await open?.(page, 'vi');
      await expect(page.getByText(empty.says).first()).toBeVisible();
      await lookAt(page, `${name} empty`);
      await askAxe(page, `${name} empty`);
    });
  if (act) {
    const [code, params] = act.refusal ?? diskFull;
    test(`${name} refused in place`, async ({ page, show }) => {
      await show({ ...doubles, [act.call]: refused(code, params) }, at, 'vi');
      await shown(page, 'vi');
      await act.run(page);
      await expect(
        page.getByRole('alert').filter({ hasText: errorSentence(code, params, 'vi') }),
      ).toBeVisible();
      await lookAt(page, `${name} refused in place`);
      await askAxe(page, `${name} refused in place`);
    });
  }
  if (!main) return;
  const [code, params] = refusal;
  test(`${name} refused`, async ({ page, show }) => {
    await show({ ...doubles, [main]: refused(code, params) }, at, 'vi');
    await open?.(page, 'vi');
    const said = page.getByRole('alert').filter({ hasText: errorSentence(code, params, 'vi') });
    await expect(said.first()).toContainText(code);
    await lookAt(page, `${name} refused`);
    await askAxe(page, `${name} refused`);
  });
  test(`${name} waiting`, async ({ page, show }) => {
    await show({ ...doubles, [main]: noAnswer }, at, 'vi');
    await open?.(page, 'vi');
    await expect(page.getByRole('progressbar').first()).toBeVisible();
    await lookAt(page, `${name} waiting`);
  });
}
