import { browserTest, expect, test } from './desk.ts';

test('asks who sits there, and shows each place to whom it belongs', async ({ desk }) => {
  await expect(desk.heading).toHaveText('Ai đang sử dụng?');
  await desk.look('seat');
  await desk.sit('Trần Thị Mẫu');
  const places = [
    'Hôm nay',
    'Văn bản đến',
    'Văn bản đi',
    'Ký số',
    'Gửi nhận',
    'Sổ đăng ký',
    'Thiết đặt',
    'Trợ giúp',
  ] as const;
  for (const [n, place] of places.entries()) {
    await desk.go(place);
    await desk.look(`place-${n + 1}`);
  }
  await desk.sit('Lê Thị Ví Dụ');
  await expect(desk.page.getByRole('link', { name: 'Sổ đăng ký' })).toHaveCount(0);
});

browserTest('an address opens one window, once', async ({ page, browser, office }) => {
  await page.goto(office.startUrl!);
  await expect(page.getByRole('heading', { name: 'Ai đang sử dụng?' })).toBeVisible();
  const stranger = await browser.newPage();
  const answer = await stranger.goto(office.startUrl!);
  expect(answer?.status()).toBe(403);
  await expect(stranger.getByText('Địa chỉ này đã được dùng')).toBeVisible();
  await stranger.close();
});

test('speaks English when asked, and remembers it', async ({ desk }) => {
  await desk.sit('Trần Thị Mẫu');
  await desk.page.getByRole('button', { name: /^Ngôn ngữ/ }).click();
  await desk.page.getByRole('menuitemradio', { name: 'English' }).click();
  await desk.page.reload();
  await expect(desk.page.getByRole('link', { name: /^Incoming/ })).toBeVisible();
});
