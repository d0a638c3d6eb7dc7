import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { startBrowserHost, type BrowserHost } from '../../../src/main/browser/server.ts';
import type { HostedDesk } from '../../../src/main/host/desk-port.ts';
import { startOpening } from '../../../src/main/host/opening.ts';
import { DeskError, errorSentence } from '../../../src/shared/errors/index.ts';
import { texts } from '../../../src/renderer/upgrade/texts.ts';
import { testDesk } from '../test-desk.ts';
import { lookAt } from '../look.ts';
import { everywhere } from '../test.ts';

interface Opened {
  readonly host: BrowserHost;
  readonly upgrading: (done: number, total: number) => void;
  readonly resolve: (desk: HostedDesk) => void;
  readonly reject: (error: unknown) => void;
}

/** A host whose desk opens when the test wants it. */
const test = base.extend<{ opened: Opened }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from the pattern
  opened: async ({}, provide) => {
    const log = { info: () => undefined, error: () => undefined };
    const { promise, resolve, reject } = Promise.withResolvers<HostedDesk>();
    let upgrading: Opened['upgrading'] = () => undefined;
    const opening = startOpening((told) => {
      upgrading = told;
      return promise;
    }, log);
    const pages = join(import.meta.dirname, '../../../out/renderer');
    const host = await startBrowserHost({ opening, pages, log });
    await provide({ host, upgrading, resolve, reject });
    await host.close();
  },
});

test('upgrade', async ({ page, opened }) => {
  opened.upgrading(81_204, 214_408);
  await page.goto(opened.host.startUrl());
  const done = { vi: ['81.204', '214.408'], en: ['81,204', '214,408'] } as const;
  await lookAt(page, 'upgrade', async (language) => {
    const words = texts[language];
    await expect(page.getByRole('heading', { name: words.title })).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveAccessibleName(
      words.progress(done[language][0], done[language][1]),
    );
  });
  // As large as Electron's window for it.
  await page.setViewportSize({ width: 520, height: 260 });
  await page.screenshot({ path: 'test-results/screens/upgrade 520.jpeg' });
  expect((await page.getByRole('main').boundingBox())?.height).toBeLessThanOrEqual(260);
  opened.upgrading(214_408, 214_408);
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '214408');
  opened.resolve(testDesk(everywhere));
  await expect(page.getByRole('navigation').first()).toBeVisible();
});

test('upgrade refused', async ({ page, opened }) => {
  opened.upgrading(81_204, 214_408);
  await page.goto(opened.host.startUrl());
  opened.reject(new DeskError('store.disk-full', { place: 'D:\\Ban Van Thu' }));
  await lookAt(page, 'upgrade refused', async (language) => {
    const said = errorSentence('store.disk-full', { place: 'D:\\Ban Van Thu' }, language);
    await expect(page.getByRole('heading', { name: texts[language].failed })).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: said })).toContainText('store.disk-full');
  });
});
