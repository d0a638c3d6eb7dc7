import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Language } from '../../src/renderer/texts/language.ts';

const laptop = { width: 1366, height: 768 };
/** The same at 125 %. */
const enlarged = { width: 1093, height: 614 };

/** Every state is looked at in both languages and in the two windows of everyday; in turn, to resize seldom. */
const views = [
  { language: 'vi', size: laptop },
  { language: 'vi', size: enlarged },
  { language: 'en', size: enlarged },
  { language: 'en', size: laptop },
] as const;

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Fluent's focus sentinels hand the focus on at once: nobody ever stands on one. The words over the picture of a page are
 * the document's, and unseen.
 */
const axeContext = { exclude: ['[data-tabster-dummy]', '.pdf-text'] };

/** WCAG 2.2 A and AA, and what else axe may find serious. Selectors cost more than the rules themselves. */
const axeOptions: RunOptions & { readonly selectors: boolean } = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  rules: { 'aria-dialog-name': { enabled: true }, tabindex: { enabled: true } },
  resultTypes: ['violations'],
  selectors: false,
  preload: false,
};

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

/** What fades or slides in is looked at once it is there; what turns for ever, as a spinner, is not waited for. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/**
 * What axe finds serious; evaluated by the debugger, for the page's own policy lets nobody else in.
 * @param contrast whether colours are looked at too: half of the work, and the same in every language and size
 */
async function askAxe(page: Page, contrast: boolean): Promise<readonly string[]> {
  if (!(await page.evaluate(`'axe' in window`))) await page.evaluate(axeSource);
  const rules = { ...axeOptions.rules, 'color-contrast': { enabled: contrast } };
  const run = `axe.run(${JSON.stringify(axeContext)}, ${JSON.stringify({ ...axeOptions, rules })})`;
  const { violations } = await page.evaluate<AxeResults>(run);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`);
}

/** Another window of the desk chooses the language: what is open here stays as it is. */
async function speak(page: Page, language: Language): Promise<void> {
  await page.evaluate((chosen) => {
    localStorage.setItem('language', chosen);
    window.dispatchEvent(new StorageEvent('storage', { key: 'language', newValue: chosen }));
  }, language);
}

/**
 * Looks at what is on screen in both languages and both sizes: it says what it must, fits, axe finds nothing serious,
 * and a picture of each is kept.
 */
export async function lookAt(
  page: Page,
  name: string,
  says: (language: Language) => Promise<void>,
): Promise<void> {
  for (const { language, size } of views) {
    await speak(page, language);
    await page.setViewportSize(size);
    await says(language);
    await atRest(page);
    const view = `${language} ${size.width}`;
    await page.screenshot({ path: `test-results/screens/${name} ${view}.jpeg`, quality: 85 });
    expect.soft(await page.evaluate(misfits), `what does not fit (${view})`).toEqual([]);
    expect.soft(await askAxe(page, language === 'vi' && size === laptop), `axe (${view})`).toEqual([]);
  }
}
