import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { _electron, test as base, expect, type Locator, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { electronArguments, findElectron } from '../../src/main/browser/electron-binary.ts';
import { type Office, startOffice, windowsFolder } from './office.ts';
import type { Host } from './office-process.ts';

export { expect } from '@playwright/test';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fluent's focus sentinels hand the focus on at once: nobody ever stands on one. */
const axeContext = { exclude: ['[data-tabster-dummy]'] };

type Place =
  'Hôm nay' | 'Văn bản đến' | 'Văn bản đi' | 'Ký số' | 'Gửi nhận' | 'Sổ đăng ký' | 'Thiết đặt' | 'Trợ giúp';

/** The window as a person finds it: what every screen shares. */
export class Desk {
  readonly page: Page;
  readonly office: Office;
  /** What the browser complained about since the window opened. */
  readonly complaints: string[] = [];

  constructor(page: Page, office: Office) {
    this.page = page;
    this.office = office;
    page.on('pageerror', ({ message }) => this.complaints.push(message));
    page.on('console', (message) => {
      const { url } = message.location();
      // Who takes the seat may have no right to the page that was still loading: that refusal is as it should be.
      if (/\/files\/[0-9a-f]{64}$/.test(url) && message.text().includes('404')) return;
      if (message.type() === 'error' || message.type() === 'warning')
        this.complaints.push(`${message.text()} ${url}`);
    });
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** Takes the seat: on the first screen, or from whoever sits there now. */
  async sit(name: string): Promise<void> {
    const seat = this.page.getByRole('button', { name: /^Người đang sử dụng/ });
    const card = this.page.getByRole('heading', { name: 'Ai đang sử dụng?' });
    await expect(seat.or(card).first()).toBeVisible();
    if (await card.isVisible()) await this.page.getByRole('group', { name, exact: true }).click();
    else {
      await seat.click();
      await this.page.getByRole('menuitemradio', { name }).click();
    }
    await expect(seat).toHaveAccessibleName(`Người đang sử dụng: ${name}`);
  }

  async go(place: Place): Promise<void> {
    const places = this.page.getByRole('navigation', { name: 'Các mục' });
    const link = places.getByRole('link', { name: new RegExp(`^${place}( ?,|$)`) });
    await link.click();
    await expect(link).toHaveAttribute('aria-current', 'page');
    await this.settled();
  }

  /** Waits until nothing loads any more. */
  async settled(): Promise<void> {
    await expect(this.page.getByRole('progressbar')).toHaveCount(0);
  }

  /** Waits until the PDF on screen shows its first page with its text. */
  async documentDrawn(): Promise<void> {
    await expect(this.page.locator('.pdf-text span').first()).toBeAttached();
    await expect(this.page.locator('canvas').first()).toBeVisible();
  }

  /** The one blue button of the screen. */
  async act(name: string): Promise<void> {
    await this.page.locator('header').getByRole('button', { name, exact: true }).click();
  }

  dialog(title: string): Locator {
    return this.page
      .getByRole('dialog', { name: title })
      .or(this.page.getByRole('alertdialog', { name: title }));
  }

  /** Opens the document of the list that shows `text`. */
  async open(text: string | RegExp): Promise<void> {
    await this.page.getByRole('option').filter({ hasText: text }).first().click();
  }

  async tab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
  }

  /** Everything the window holds as text: the page, and what it would still know after a restart. */
  kept(): Promise<string> {
    return this.page.evaluate(() =>
      [
        document.documentElement.outerHTML,
        ...Object.values(localStorage),
        ...Object.values(sessionStorage),
      ].join(),
    );
  }

  /** Keeps a picture of the screen in test-results/screens and has axe look at it (WCAG 2.2 A and AA). */
  async look(name: string): Promise<void> {
    // What fades or slides in is looked at once it is there; what turns for ever, as a spinner, is not waited for.
    await this.page.evaluate(async () => {
      const ending = document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
      await Promise.allSettled(ending.map(({ finished }) => finished));
    });
    await this.page.screenshot({ path: `test-results/screens/${name}.png` });
    // Fluent gives the page back to screen readers a quarter of a second after a dialog has gone, by a timer of its own.
    const open = await this.page.locator('[role=dialog], [role=alertdialog]').count();
    if (open === 0) await expect(this.page.locator('#root')).not.toHaveAttribute('aria-hidden');
    // Evaluated by the debugger: the page's own policy lets nobody else in.
    await this.page.evaluate(axeSource);
    const { violations } = await this.page.evaluate<AxeResults>(`axe.run(${JSON.stringify(axeContext)})`);
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const said = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`);
    expect.soft(said, `axe on ${name}`).toEqual([]);
  }
}

interface Fixtures {
  /** What the program finds in its environment: the place of a token, in tests that have one. */
  readonly env: NodeJS.ProcessEnv;
  readonly office: Office;
}

const officeFor =
  (host: Host) =>
  async ({ env }: Fixtures, provide: (office: Office) => Promise<void>) => {
    const office = await startOffice(host, env);
    await provide(office);
    await office.close();
  };

/** The office served to a browser, whatever else is installed. */
export const browserTest = base.extend<Fixtures>({
  env: [{}, { option: true }],
  office: officeFor('browser'),
});

/** The same office opened by the program in `out/`, whose window takes the place of the browser's page. */
function electronTest(executablePath: string) {
  return browserTest.extend({
    office: officeFor('electron'),
    page: async ({ env, office, locale, timezoneId }, provide) => {
      const args = electronArguments(join(import.meta.dirname, '../..'), office.dataDir);
      const program = await _electron.launch({
        executablePath,
        args,
        env: { ...process.env, ...env } as Record<string, string>,
        locale: locale!,
        timezoneId: timezoneId!,
      });
      await provide(await program.firstWindow());
      await program.close();
    },
  });
}

const electron = windowsFolder === undefined ? await findElectron(false) : null;

export const test = (electron && 'path' in electron ? electronTest(electron.path) : browserTest).extend<{
  desk: Desk;
}>({
  desk: async ({ page, office }, provide) => {
    const desk = new Desk(page, office);
    if (office.startUrl !== null) await page.goto(office.startUrl);
    await provide(desk);
    expect(desk.complaints, 'what the browser complained about').toEqual([]);
  },
});
