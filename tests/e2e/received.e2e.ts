/** Received files that cannot simply be opened or signed: one with a password, one of damaged structure. */
import { join } from 'node:path';
import { requestLetter } from '../demo/letters.ts';
import { openPki } from '../demo/pki.ts';
import { CLERK, PRINCIPAL, TOKENS } from '../demo/sample.ts';
import { qpdf } from '../fixtures/pdf/outside.ts';
import { signElsewhere } from '../fixtures/pdf/signed-elsewhere.ts';
import { expect, test } from './desk.ts';
import { incoming } from './screens/incoming.ts';
import { sendToSchool } from './screens/letters.ts';
import { signing } from './screens/signing.ts';

test('a letter with a password is unlocked once, then viewed, checked, stamped and written on', async ({
  desk,
}) => {
  test.setTimeout(240_000);
  const { page, office } = desk;
  const password = 'Mat-khau-99';
  const subject = 'V/v danh sách học sinh được hỗ trợ';
  const letter = await requestLetter('412', '2026-11-19');
  const locked = qpdf(letter, '--encrypt', password, 'chu-tep', '256', '--');
  sendToSchool(office, '412', subject, locked);
  const asked = desk.dialog('Mật khẩu của tệp');
  const enter = async (text: string) => {
    await asked.getByLabel('Mật khẩu do nơi gửi cung cấp').fill(text);
    await asked.getByRole('button', { name: 'Mở tệp' }).click();
  };

  await test.step('the clerk is asked, and told when it is wrong', async () => {
    await desk.sit(CLERK.name);
    await page.keyboard.press('F5');
    await desk.go('Văn bản đến');
    await desk.open(subject);
    await expect(asked).toBeVisible();
    await desk.look('received-password');
    await enter('sai-mat-khau');
    await expect(asked.getByText('Mật khẩu của tệp PDF không đúng', { exact: false })).toBeVisible();
    await expect(asked.getByLabel('Mật khẩu do nơi gửi cung cấp')).toHaveValue('');
    await desk.look('received-password-wrong');
    await asked.getByRole('button', { name: 'Để sau' }).click();
    await expect(page.getByText('Tệp này có mật khẩu.', { exact: false })).toBeVisible();
    await expect(page.getByText('Chưa kiểm tra: tệp có mật khẩu')).toBeVisible();
    await desk.look('received-locked');
    await page.getByRole('button', { name: 'Nhập mật khẩu…' }).click();
    await enter(password);
    await expect(asked).toBeHidden();
    await desk.documentDrawn();
    await desk.look('received-unlocked');
    expect(await desk.kept()).not.toContain(password);
  });

  await test.step('the stamp goes on without asking again', async () => {
    await incoming.register(desk);
    await page.getByRole('button', { name: 'Đóng dấu đến, ký số' }).click();
    await expect(page.getByRole('textbox', { name: 'Chuyển' })).toBeVisible();
    await desk.documentDrawn();
    await expect(page.getByRole('button', { name: /^Khung dấu đến/ }).locator('canvas')).toBeVisible();
    await signing.sign(desk, 'Đóng dấu đến', TOKENS.agency.pin);
    await desk.documentDrawn();
    await page.getByText('Mở văn bản đến').click();
    await desk.documentDrawn();
  });

  await test.step('the principal reads it without asking, and signs an opinion', async () => {
    await desk.sit(PRINCIPAL.name);
    await desk.go('Văn bản đến');
    await desk.open(subject);
    await desk.documentDrawn();
    await page.getByRole('button', { name: 'Ký ý kiến lên văn bản' }).click();
    await page.getByRole('textbox', { name: 'Ý kiến' }).fill('Giao Tổ Văn phòng theo dõi.');
    await desk.documentDrawn();
    await expect(page.getByRole('button', { name: /^Khung ý kiến.*theo dõi/s })).toBeVisible();
    await signing.sign(desk, 'Ký ý kiến', TOKENS.principal.pin);
    await desk.documentDrawn();
  });

  await test.step('a file from disk asks where it is placed', async () => {
    await desk.go('Ký số');
    await page.getByRole('button', { name: 'Ký tệp' }).click();
    const other = qpdf(letter, '--encrypt', password, 'chu-tep', '256', '--');
    const file = { name: 'Co mat khau.pdf', mimeType: 'application/pdf', buffer: Buffer.from(other) };
    await page.locator('input[type=file]').setInputFiles(file);
    await expect(page.getByRole('alert')).toContainText('pdf.password-needed');
    await desk.look('files-locked');
    await page.getByRole('button', { name: 'Nhập mật khẩu…' }).click();
    await enter(password);
    await expect(page.getByRole('button', { name: /^Khung chữ ký/ })).toBeVisible();
    await desk.documentDrawn();
  });
});

test('a letter of damaged structure is stamped on a copy that somebody has looked at; a signed one is refused', async ({
  desk,
}) => {
  test.setTimeout(240_000);
  const { page, office } = desk;
  const letter = Buffer.from(await requestLetter('413', '2026-11-19'));
  const junk = Buffer.from('HTTP/1.1 200 OK\r\n\r\n', 'latin1');
  const { principal } = await openPki(join(office.dataDir, 'pki'));
  const signed = await signElsewhere(letter, principal);
  sendToSchool(office, '413', 'V/v tệp bị hỏng', Buffer.concat([junk, letter]));
  sendToSchool(office, '414', 'V/v tệp hỏng đã ký', Buffer.concat([junk, signed]));
  const toStamp = async (subject: string) => {
    await desk.go('Văn bản đến');
    await desk.open(subject);
    await incoming.register(desk);
    await page.getByRole('button', { name: 'Đóng dấu đến, ký số' }).click();
  };
  await desk.sit(CLERK.name);
  await page.keyboard.press('F5');
  await desk.go('Văn bản đến');
  await expect(page.getByRole('option').filter({ hasText: 'V/v tệp hỏng đã ký' })).toBeVisible();
  await toStamp('V/v tệp bị hỏng');
  const offer = page.getByRole('button', { name: 'Xem bản chép lại…' });
  await expect(offer).toBeVisible();
  await expect(page.getByText('Có dữ liệu lạ ở trước phần đầu', { exact: false })).toBeVisible();
  await desk.look('received-damaged');
  await offer.click();
  const dialog = desk.dialog('Bản chép lại của “413-SGDĐT-VP.pdf”');
  await expect(dialog.getByRole('region', { name: 'Bản chép lại' }).locator('canvas').first()).toBeVisible();
  await desk.look('received-copy');
  await dialog.getByRole('button', { name: 'Dùng bản chép lại' }).click();
  await expect(page.getByRole('textbox', { name: 'Chuyển' })).toBeVisible();
  await desk.documentDrawn();
  await expect(page.getByRole('button', { name: /^Khung dấu đến/ }).locator('canvas')).toBeVisible();
  await signing.sign(desk, 'Đóng dấu đến', TOKENS.agency.pin);
  await page.getByText('Mở văn bản đến').click();
  await expect(page.getByText('bản chép lại', { exact: false })).toBeVisible();
  await desk.documentDrawn();
  await desk.look('received-copy-stamped');
  await desk.tab('Lịch sử');
  await expect(page.getByText(/Trên bản chép lại của tệp gốc [0-9a-f]{12}/)).toBeVisible();

  await toStamp('V/v tệp hỏng đã ký');
  await expect(page.getByRole('alert')).toContainText('pdf.damaged-signed');
  await expect(offer).toBeHidden();
  await desk.look('received-damaged-signed');
});
