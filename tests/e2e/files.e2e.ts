import { appendixPage, replyDraft } from '../demo/letters.ts';
import { CLERK, PRINCIPAL, TEACHER, TOKENS } from '../demo/sample.ts';
import { localYear } from '../../src/shared/text/dates.ts';
import { expect, test } from './desk.ts';
import { files } from './screens/files.ts';
import { incoming } from './screens/incoming.ts';

const letter = /báo cáo số liệu đầu năm học/;
const pdf = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(bytes),
});

test('files of any kind are signed with one PIN and found again', async ({ desk }) => {
  const { page } = desk;
  await desk.sit(CLERK.name);
  await desk.go('Ký số');
  await page.getByRole('button', { name: 'Ký tệp' }).click();
  await expect(page.getByText('Bạn chưa ký tệp nào.')).toBeVisible();
  await desk.look('files-start');

  await files.choose(desk, [
    pdf('Danh sách lớp.pdf', await appendixPage('Danh sách lớp 10A1')),
    pdf('Giấy mời.pdf', await replyDraft(localYear(Date.now()))),
    pdf('Hỏng.pdf', Buffer.from('%PDF-1.7 hỏng')),
  ]);
  await page.getByRole('radio', { name: 'Cơ quan' }).click();
  await page.getByRole('button', { name: 'Hỏng.pdf' }).click();
  await expect(page.getByRole('alert')).toContainText('pdf.truncated');
  await page.getByRole('button', { name: 'Giấy mời.pdf', exact: true }).click();
  const box = page.getByRole('button', { name: /^Khung chữ ký/ });
  await box.press('ArrowUp');
  await desk.look('files-batch');

  await page.keyboard.press('Control+Enter');
  await desk.look('files-pin');
  await files.enterPin(desk, 'Ký 3 tệp', TOKENS.agency.pin);
  const summary = desk.dialog('Kết quả ký lần lượt');
  await expect(summary.getByText('Đã ký 2/3 tệp.')).toBeVisible();
  await expect(summary.getByRole('listitem').first()).toContainText('Chưa ký được');
  await desk.look('files-summary');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    summary.getByRole('button', { name: 'Lưu Giấy mời - đã ký.pdf' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Giấy mời - đã ký.pdf');
  await summary.getByRole('button', { name: 'Đóng' }).click();

  // Only what failed is still there to be signed.
  await expect(page.getByRole('list', { name: 'Tệp' }).getByRole('listitem')).toHaveCount(1);
  await page.getByText('Bỏ các tệp này, chọn tệp khác').click();
  const signed = page.getByRole('table', { name: 'Tệp tôi đã ký' });
  await expect(signed.getByRole('row')).toHaveCount(3);
  const row = signed.getByRole('row', { name: /Danh sách lớp - đã ký\.pdf/ });
  await expect(row).toContainText('HỢP LỆ');
  await desk.look('files-signed');
  await row.getByRole('button', { name: /Xem kết quả kiểm tra/ }).click();
  await expect(desk.dialog('Kết quả kiểm tra')).toContainText('Chữ ký số cơ quan');
  await page.keyboard.press('Escape');

  await desk.sit(TEACHER.name);
  await desk.go('Ký số');
  await expect(page.getByText('Bạn chưa ký tệp nào.')).toBeVisible();
});

test('signing many files can be stopped between two, and taken up again', async ({ desk }) => {
  const { page } = desk;
  const many = await Promise.all(
    Array.from({ length: 24 }, async (_, n) =>
      pdf(`Giấy khen ${n + 1}.pdf`, await appendixPage(`Giấy khen ${n + 1}`)),
    ),
  );
  await desk.sit(CLERK.name);
  await desk.go('Ký số');
  await page.getByRole('button', { name: 'Ký tệp' }).click();
  await files.choose(desk, many);
  await page.getByRole('radio', { name: 'Cơ quan' }).click();
  await page.getByRole('button', { name: 'Ký 24 tệp', exact: true }).click();
  await files.enterPin(desk, 'Ký 24 tệp', TOKENS.agency.pin);
  await page.getByRole('dialog').getByRole('button', { name: 'Dừng lại' }).click();

  const summary = desk.dialog('Kết quả ký lần lượt');
  await expect(summary.getByText('Đã dừng theo yêu cầu. Tệp đã ký vẫn giữ nguyên.')).toBeVisible();
  await expect(summary.getByText('Chưa ký', { exact: true }).first()).toBeVisible();
  await desk.look('files-stopped');
  const again = summary.getByRole('button', { name: /^Ký tiếp \d+ tệp$/ });
  const left = Number(/\d+/.exec((await again.textContent()) ?? '')?.[0]);
  await again.click();
  await files.enterPin(desk, `Ký ${left} tệp`, TOKENS.agency.pin);
  await expect(summary.getByText(`Đã ký ${left}/${left} tệp.`)).toBeVisible({ timeout: 60_000 });
  await summary.getByRole('button', { name: 'Đóng' }).click();

  // Nothing is left to sign, and each is there once.
  await expect(page.getByRole('table', { name: 'Tệp tôi đã ký' }).getByRole('row')).toHaveCount(21);
  await page.getByRole('button', { name: 'Xem thêm 4 tệp' }).click();
  await expect(page.getByRole('table', { name: 'Tệp tôi đã ký' }).getByRole('row')).toHaveCount(25);
});

test('a copy is made of a paper, never of an electronic original', async ({ desk }) => {
  const { page } = desk;
  await desk.sit(CLERK.name);
  await page.keyboard.press('F5');
  await desk.go('Văn bản đến');
  await desk.open(letter);
  await incoming.register(desk);
  await files.copy(desk);
  await page.getByLabel('Tệp để sao').selectOption({ index: 1 });
  await expect(page.getByRole('alert')).toContainText('chính nó là bản gốc điện tử');
  await expect(page.getByRole('button', { name: 'Ký bản sao', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await desk.look('copy-refused');

  await page.getByLabel('Hình thức sao').selectOption('TrS');
  await page
    .locator('input[type=file]')
    .setInputFiles(pdf('Trích yếu.pdf', await appendixPage('Phần trích của công văn')));
  await desk.documentDrawn();
  await expect(page.getByRole('button', { name: /^Khung ký bản sao\. Trích sao/ })).toBeVisible();
  await expect(page.getByLabel('Người cho phép sao').locator('option:checked')).toHaveText(PRINCIPAL.name);
  await desk.look('copy-placed');
  await page.getByRole('button', { name: 'Ký bản sao', exact: true }).click();
  await files.enterPin(desk, 'Ký', TOKENS.agency.pin);

  // Back at the letter, the copy open among its files.
  const copy = page.getByRole('button', { name: 'Bản sao: Trích yếu - trích sao.pdf' });
  await expect(copy).toHaveAttribute('aria-pressed', 'true');
  await desk.documentDrawn();
  await desk.look('copy-made');
  await desk.tab('Lịch sử');
  await expect(page.getByRole('list', { name: 'Lịch sử văn bản' })).toContainText('Hình thức: Trích sao.');
});
