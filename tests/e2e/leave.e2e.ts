/** Files left before they are whole: whoever looks through letters does that all day. */
import { randomBytes } from 'node:crypto';
import type { Page, Route } from '@playwright/test';
import { PDFDocument } from 'pdf-lib';
import { appendixPage } from '../demo/letters.ts';
import { CLERK } from '../demo/sample.ts';
import { expect, test } from './desk.ts';
import { files } from './screens/files.ts';

const pdf = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(bytes),
});

/** So large that its start and its end are asked for one after the other. */
async function scan(): Promise<Uint8Array> {
  const file = await PDFDocument.load(await appendixPage('Bản quét'));
  await file.attach(randomBytes(600_000), 'scan.bin');
  return file.save({ useObjectStreams: false });
}

/** Stands between the window and its files. The function it gives lets so many requests through and holds the next. */
async function gate(page: Page): Promise<(passing: number) => Promise<Route>> {
  let passing = Infinity;
  let held = Promise.withResolvers<Route>();
  await page.route(/\/files\/[0-9a-f]{64}$/, async (route) => {
    if (passing-- > 0) return route.continue();
    passing = Infinity;
    held.resolve(route);
  });
  return (count) => {
    passing = count;
    held = Promise.withResolvers();
    return held.promise;
  };
}

test('a file left before it is whole leaves no complaint, and none of its workers', async ({ desk }) => {
  const { page } = desk;
  await desk.sit(CLERK.name);
  await desk.go('Ký số');
  await page.getByRole('button', { name: 'Ký tệp' }).click();
  await files.choose(desk, [
    pdf('Giấy mời.pdf', await appendixPage('Giấy mời')),
    pdf('Bản quét.pdf', await scan()),
  ]);
  const open = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const holdAfter = await gate(page);

  for (const answered of [0, 1, 2, 0, 1, 2, 0, 1, 2]) {
    const held = holdAfter(answered);
    await open('Bản quét.pdf');
    const request = await held;
    await open('Giấy mời.pdf');
    await request.continue();
    await desk.documentDrawn();
  }

  const held = holdAfter(1);
  await open('Bản quét.pdf');
  await held;
  await desk.go('Hôm nay');
  const reading = () => page.workers().filter((worker) => worker.url().includes('pdf.worker'));
  // The answer held back never comes: the worker that waits for it is ended by force.
  await expect.poll(() => reading().length, { timeout: 60_000 }).toBe(0);
});
