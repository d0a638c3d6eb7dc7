import { CLERK } from '../demo/sample.ts';
import { opaquePng } from '../fixtures/pdf/images.ts';
import { expect, test } from './desk.ts';

test('a seal scanned on white is taken once the white is gone', async ({ desk, page }) => {
  await desk.sit(CLERK.name);
  await desk.go('Thiết đặt');
  await desk.tab('Ảnh chữ ký, con dấu');
  const shown = page.getByRole('img', { name: 'Con dấu của cơ quan' });
  const before = await shown.getAttribute('src');
  await page
    .getByLabel('Chọn ảnh PNG: Con dấu của cơ quan')
    .first()
    .setInputFiles({ name: 'dau.png', mimeType: 'image/png', buffer: Buffer.from(opaquePng()) });
  await expect(page.getByText('Ảnh này có nền đặc', { exact: false })).toBeVisible();
  expect(await shown.getAttribute('src')).toBe(before);
  await desk.look('settings-image-opaque');
  await page.getByRole('button', { name: 'Bỏ nền trắng' }).click();
  await expect(page.getByText('Ảnh này có nền đặc', { exact: false })).toHaveCount(0);
  await expect(shown).not.toHaveAttribute('src', before!);
  const pixels = await shown.evaluate(async (element: HTMLImageElement) => {
    await element.decode();
    const canvas = new OffscreenCanvas(element.naturalWidth, element.naturalHeight);
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.drawImage(element, 0, 0);
    const at = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data];
    return { corner: at(2, 2), ink: at(60, 60) };
  });
  expect(pixels.corner[3]).toBe(0);
  // Red on white again as it was: what is let through is what the paper shows.
  const [red, , , alpha] = pixels.ink as [number, number, number, number];
  expect(alpha).toBeGreaterThan(200);
  expect(Math.abs((red * alpha) / 255 + (255 - alpha) - 200)).toBeLessThan(4);
  await desk.look('settings-image-clean');
});
