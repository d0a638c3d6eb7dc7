import type { Desk } from '../desk.ts';
import { expect } from '../desk.ts';

export interface UploadedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export interface Draft {
  readonly subject: string;
  readonly unit: string;
  /** Name or code as somebody types it, and the agency that is then chosen. */
  readonly recipients: readonly (readonly [typed: string, name: string])[];
  readonly main: UploadedFile;
  readonly source: UploadedFile;
  readonly appendix: UploadedFile;
}

/** The place *Văn bản đi*. */
export const outgoing = {
  async draft(desk: Desk, draft: Draft): Promise<void> {
    const { page } = desk;
    await page.getByRole('textbox', { name: 'Trích yếu' }).fill(draft.subject);
    await page.getByRole('textbox', { name: 'Ký hiệu đơn vị soạn thảo' }).fill(draft.unit);
    for (const [typed, name] of draft.recipients) {
      const chosen = page.getByRole('listbox', { name: 'Nơi nhận' }).getByText(name);
      if (await chosen.isVisible()) continue;
      await page.getByRole('combobox', { name: 'Nơi nhận' }).pressSequentially(typed);
      await page.getByRole('option', { name }).click();
    }
    const files = [
      ['Bản trình ký (PDF)', draft.main],
      ['Tệp nguồn (DOCX)', draft.source],
      ['Phụ lục (PDF, tệp rời)', draft.appendix],
    ] as const;
    for (const [label, file] of files) {
      await page.locator(`input[type=file][aria-label="${label}"]`).setInputFiles(file);
      await expect(page.getByRole('group', { name: label }).getByText(file.name)).toBeVisible();
    }
    await desk.look('outgoing-draft');
    await desk.act('Trình');
    await expect(page.locator('header').getByText('Chờ kiểm tra thể thức')).toBeVisible();
  },

  async approveFormat(desk: Desk): Promise<void> {
    await desk.tab('Kiểm tra thể thức');
    await expect(desk.page.getByText('Không có lỗi phải sửa.')).toBeVisible();
    await desk.look('outgoing-checks');
    await desk.act('Trình ký');
    await expect(desk.page.locator('header').getByText('Chờ ký')).toBeVisible();
  },

  async issue(desk: Desk): Promise<void> {
    await desk.act('Phát hành');
    const dialog = desk.dialog('Phát hành văn bản');
    await expect(dialog.getByText(/tới 2 nơi nhận/)).toBeVisible();
    // What cannot be undone is never done by a slip of the hand.
    await expect(dialog.getByRole('button', { name: 'Quay lại' })).toBeFocused();
    await desk.look('outgoing-issue');
    await dialog.getByRole('button', { name: 'Phát hành' }).click();
    await expect(desk.page.locator('header').getByText('Đã phát hành')).toBeVisible();
  },
};
