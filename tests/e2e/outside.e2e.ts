/** Drafts whose PDF comes from elsewhere: damaged, and signed with another program. */
import { join } from 'node:path';
import { appendixPage, replyDraft, replySource } from '../demo/letters.ts';
import { openPki } from '../demo/pki.ts';
import { CLERK, DEPARTMENT, TEACHER, TOKENS } from '../demo/sample.ts';
import { signElsewhere } from '../fixtures/pdf/signed-elsewhere.ts';
import { localYear } from '../../src/shared/text/dates.ts';
import { expect, test } from './desk.ts';
import { outgoing } from './screens/outgoing.ts';
import { signing } from './screens/signing.ts';

const subject = 'V/v báo cáo số liệu đầu năm học 2026-2027';
const pdf = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(bytes),
});

test('a file signed elsewhere is sealed with number and date, a damaged appendix is used as a copy', async ({
  desk,
}) => {
  test.setTimeout(240_000);
  const { page, office } = desk;
  const { principal } = await openPki(join(office.dataDir, 'pki'));
  const letter = await replyDraft(localYear(Date.now()));
  const appendix = Buffer.from(await appendixPage('Số liệu đầu năm học 2026-2027'));
  const damaged = Buffer.from(
    appendix.toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'),
    'latin1',
  );

  await test.step('the teacher drafts: the program says what is wrong and offers a copy', async () => {
    await desk.sit(TEACHER.name);
    await desk.go('Văn bản đi');
    await page.keyboard.press('Control+n');
    const upload = page.locator('input[type=file][aria-label="Phụ lục (PDF, tệp rời)"]');
    await upload.setInputFiles(pdf('Phu luc hong.pdf', damaged));
    await expect(page.getByText('Bảng tra cứu đối tượng sai hoặc mất', { exact: false })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Xem bản chép lại…' })).toBeInViewport({ ratio: 1 });
    await desk.look('outgoing-damaged');
    await page.getByRole('button', { name: 'Xem bản chép lại…' }).click();
    const dialog = desk.dialog('Bản chép lại của “Phu luc hong.pdf”');
    await expect(
      dialog.getByRole('region', { name: 'Bản chép lại' }).locator('canvas').first(),
    ).toBeVisible();
    await desk.look('outgoing-copy');
    await dialog.getByRole('button', { name: 'Dùng bản chép lại' }).click();
    await expect(page.getByRole('button', { name: 'Xem bản chép lại…' })).toBeHidden();
  });

  await test.step('the signed file goes straight on to be numbered', async () => {
    await outgoing.draft(desk, {
      subject,
      unit: 'VP',
      recipients: [[DEPARTMENT.name, DEPARTMENT.name]],
      main: pdf('Bao cao da ky.pdf', await signElsewhere(letter, principal)),
      source: {
        name: 'Bao cao.docx',
        mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        buffer: Buffer.from(replySource()),
      },
      appendix: pdf('Phu luc.pdf', appendix),
    });
    await desk.sit(CLERK.name);
    await desk.go('Văn bản đi');
    await desk.open(subject);
    await desk.tab('Kiểm tra thể thức');
    await expect(page.getByText('đã ký số bằng chương trình khác', { exact: false })).toBeVisible();
    await desk.look('outgoing-checks-elsewhere');
    await desk.act('Trình ký');
    await expect(page.locator('header').getByText('Chờ cấp số')).toBeVisible();
  });

  await test.step('the clerk numbers it, moves a mark and seals', async () => {
    await desk.go('Ký số');
    await signing.number(desk);
    await desk.documentDrawn();
    await expect(page.getByRole('radio', { name: 'Số 01' })).toBeChecked();
    await expect(page.getByLabel(/^Khung/)).toHaveCount(4);
    await desk.look('signing-seal-marks');
    await page.getByRole('radio', { name: /^Ngày/ }).first().check();
    const day = page.getByLabel(/^Khung ngày/).first();
    await day.focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByText('đã dời 1,0 mm')).toBeVisible();
    await page.getByRole('radio', { name: 'Dấu của cơ quan' }).check();
    await expect(page.getByText('trùm 1/3 bên trái chữ ký đã có trên văn bản')).toBeVisible();
    await desk.look('signing-seal-beside');
    await signing.sign(desk, 'Đóng dấu', TOKENS.agency.pin);
    await desk.go('Văn bản đi');
    await desk.open(subject);
    await expect(page.locator('header').getByText('Chờ phát hành')).toBeVisible();
    await desk.documentDrawn();
    await desk.look('outgoing-sealed-elsewhere');
  });
});
