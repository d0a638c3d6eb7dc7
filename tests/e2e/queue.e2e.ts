/** Several documents wait at once: signed with one PIN, then numbered and sealed one by one. */
import { appendixPage, replyDraft, replySource } from '../demo/letters.ts';
import { CLERK, DEPARTMENT, PRINCIPAL, TEACHER, TOKENS } from '../demo/sample.ts';
import { localYear } from '../../src/shared/text/dates.ts';
import { expect, test } from './desk.ts';
import { files } from './screens/files.ts';
import { outgoing } from './screens/outgoing.ts';
import { signing } from './screens/signing.ts';

const subjects = ['V/v cử giáo viên coi thi', 'V/v đăng ký tập huấn chuyển đổi số'];
const file = (name: string, mimeType: string, bytes: Uint8Array) => ({
  name,
  mimeType,
  buffer: Buffer.from(bytes),
});

test('documents are signed in turn, and the one being numbered stays on screen to be sealed', async ({
  desk,
}) => {
  test.setTimeout(240_000);
  const { page } = desk;
  const main = file('Cong van.pdf', 'application/pdf', await replyDraft(localYear(Date.now())));
  const appendix = file('Phu luc.pdf', 'application/pdf', await appendixPage('Danh sách'));
  const source = file(
    'Cong van.docx',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    replySource(),
  );

  await test.step('two drafts are written and approved', async () => {
    for (const subject of subjects) {
      await desk.sit(TEACHER.name);
      await desk.go('Văn bản đi');
      await page.keyboard.press('Control+n');
      const recipients = [[DEPARTMENT.name, DEPARTMENT.name]] as const;
      await outgoing.draft(desk, { subject, unit: 'VP', recipients, main, source, appendix });
      await desk.sit(CLERK.name);
      await desk.go('Văn bản đi');
      await desk.open(subject);
      await outgoing.approveFormat(desk);
    }
  });

  await test.step('the principal signs both with one PIN', async () => {
    await desk.sit(PRINCIPAL.name);
    await desk.go('Ký số');
    await page.getByRole('button', { name: 'Ký lần lượt' }).click();
    await desk.documentDrawn();
    await desk.look('batch-documents');
    await page.keyboard.press('Control+Enter');
    await files.enterPin(desk, 'Ký 2 văn bản', TOKENS.principal.pin);
    const summary = desk.dialog('Kết quả ký lần lượt');
    await expect(summary.getByText('Đã ký 2/2 văn bản.')).toBeVisible();
    await desk.look('batch-documents-summary');
    // The one button has the focus.
    await page.keyboard.press('Enter');
    await expect(page.getByText('Không còn văn bản chờ ký.')).toBeVisible();
  });

  await test.step('the clerk numbers one of them, and seals that one', async () => {
    await desk.sit(CLERK.name);
    await desk.go('Ký số');
    const shown = page.getByRole('heading', { level: 1 });
    const subject = (await shown.textContent())!;
    await signing.number(desk);
    await expect(shown).toHaveText(subject);
    await desk.documentDrawn();
    await signing.sign(desk, 'Đóng dấu', TOKENS.agency.pin);
    await expect(shown).not.toHaveText(subject);
    await expect(page.getByRole('button', { name: 'Cấp số', exact: true })).toBeVisible();
  });
});
