import { CLERK, PRINCIPAL, SCHOOL, TEACHER, TOKENS } from '../demo/sample.ts';
import type { Page } from '@playwright/test';
import { expect, test } from './desk.ts';
import { incoming } from './screens/incoming.ts';
import { signing } from './screens/signing.ts';

const letter = /báo cáo số liệu đầu năm học/;
const opinion = 'Giao đồng chí chủ trì tổng hợp số liệu, trình ký trước hạn.';
const annotated = /^Bản có dấu đến, bút phê/;
const files = (page: Page) => page.getByRole('list', { name: 'Các tệp' });

test('a received letter is stamped and written on, each signed, on screen', async ({ desk }) => {
  test.setTimeout(300_000);
  const { page } = desk;

  await test.step('the clerk stamps it', async () => {
    await desk.sit(CLERK.name);
    await page.keyboard.press('F5');
    await desk.go('Văn bản đến');
    await desk.open(letter);
    await incoming.register(desk);
    await page.getByRole('button', { name: 'Đóng dấu đến, ký số' }).click();
    await page.getByRole('textbox', { name: 'Chuyển' }).fill('Tổ Văn phòng');
    await page.getByRole('textbox', { name: 'Số và ký hiệu hồ sơ' }).fill('01.VP');
    const box = page.getByRole('button', { name: /^Khung dấu đến/ });
    await expect(box).toHaveAccessibleName(/Tổ Văn phòng 01\.VP/);
    await expect(box.locator('canvas')).toBeVisible();
    const before = (await box.boundingBox())!;
    await box.press('ArrowDown');
    await expect(page.getByText('đã dời 1,0 mm')).toBeVisible();
    expect((await box.boundingBox())!.y).toBeGreaterThan(before.y);
    await desk.look('stamp-placing');
    await signing.sign(desk, 'Đóng dấu đến', TOKENS.agency.pin);
    await desk.documentDrawn();
    await desk.look('stamp-done');
    await page.getByText('Xem kết quả kiểm tra').click();
    const result = desk.dialog('Kết quả kiểm tra');
    await expect(result.getByText(SCHOOL.name).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByText('Mở văn bản đến').click();
    await expect(files(page).getByRole('button', { name: annotated })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect(page.getByRole('button', { name: 'Đóng dấu đến, ký số' })).toBeHidden();
  });

  await test.step('the principal directs, and signs the opinion on it', async () => {
    await desk.sit(PRINCIPAL.name);
    await desk.go('Văn bản đến');
    await desk.open(letter);
    await incoming.direct(desk, {
      main: `${TEACHER.name} – ${TEACHER.title}`,
      other: `${CLERK.name} ${CLERK.title}`,
      opinion,
      sign: true,
    });
    const text = page.getByRole('textbox', { name: 'Ý kiến' });
    await expect(text).toHaveValue(opinion);
    const box = page.getByRole('button', { name: /^Khung ý kiến/ });
    await expect(box.locator('canvas')).toBeVisible();
    await desk.documentDrawn();
    await desk.look('opinion-placing');
    await box.press('ArrowLeft');
    const put = await box.evaluate(({ style }) => [style.left, style.top]);
    await text.fill('');
    await expect(page.getByRole('button', { name: 'Ký ý kiến' })).toBeDisabled();
    await text.fill(`${opinion}\nVăn phòng theo dõi.`);
    await expect(page.getByRole('button', { name: /^Khung ý kiến.*Văn phòng theo dõi/s })).toBeVisible();
    // What was put somewhere by hand stays there, however long the opinion grows.
    expect(await box.evaluate(({ style }) => [style.left, style.top])).toEqual(put);
    await signing.sign(desk, 'Ký ý kiến', TOKENS.principal.pin);
    await page.getByText('Mở văn bản đến').click();
  });

  await test.step('whoever handles it reads both on the derived file; the letter itself is as it came', async () => {
    await desk.sit(TEACHER.name);
    await desk.go('Văn bản đến');
    await desk.open(letter);
    await files(page).getByRole('button', { name: annotated }).click();
    await expect(page.getByText('ĐẾN', { exact: true })).toBeHidden();
    await desk.documentDrawn();
    await expect(page.getByRole('button', { name: 'Người ký tin cậy' })).toHaveCount(2);
    await desk.look('annotated-file');
    await desk.tab('Lịch sử');
    await expect(page.getByText('Đóng dấu đến, ký số của cơ quan.')).toBeVisible();
    await expect(page.getByText('Ký số ý kiến (bút phê) lên văn bản.')).toBeVisible();
    const upkeep = page.getByRole('button', { name: 'Xem từng việc' }).first();
    await desk.look('annotated-history');
    await upkeep.click();
    await expect(
      page.getByText('Bổ sung bằng chứng (dấu thời gian, tình trạng thu hồi)').first(),
    ).toBeVisible();
  });
});
