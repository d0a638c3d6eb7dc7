/** The first person who may change the settings is asked, once, what may be asked over the network. */
import { CLERK, PRINCIPAL, TEACHER } from '../demo/sample.ts';
import { expect, test } from './desk.ts';

test.use({ env: { OFFICE_UNDECIDED: '1' } });

test('the question about timestamps and revocation is asked once, of who may answer it', async ({ desk }) => {
  const { page } = desk;
  const question = desk.dialog('Dùng dấu thời gian và kiểm tra thu hồi qua mạng?');
  await desk.sit(TEACHER.name);
  await expect(desk.heading).toHaveText(`Chào ${TEACHER.name}`);
  await expect(question).toBeHidden();
  // The question stands before everything else as soon as the clerk sits there.
  await page.getByRole('button', { name: /^Người đang sử dụng/ }).click();
  await page.getByRole('menuitemradio', { name: CLERK.name }).click();
  await expect(question).toBeVisible();
  await desk.look('first-services');
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();

  await page.reload();
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Bật cả hai (nên dùng)' }).click();
  await expect(question).toBeHidden();
  await desk.go('Thiết đặt');
  await page.getByRole('tab', { name: 'Dấu thời gian, thu hồi' }).click();
  await expect(page.getByRole('checkbox', { name: /^Hỏi tình trạng thu hồi/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /^Gắn dấu thời gian vào chữ ký/ })).toBeChecked();
  await desk.look('settings-services');
  await desk.sit(PRINCIPAL.name);
  await expect(question).toBeHidden();
});
