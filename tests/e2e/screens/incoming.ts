import type { Desk } from '../desk.ts';
import { expect } from '../desk.ts';

/** The place *Văn bản đến*. */
export const incoming = {
  async register(desk: Desk): Promise<void> {
    await desk.act('Vào sổ');
    await expect(desk.page.locator('header').getByText(/^Số đến \d+$/)).toBeVisible();
  },

  async direct(desk: Desk, to: { main: string; other: string; opinion: string }): Promise<void> {
    await desk.act('Cho ý kiến');
    const dialog = desk.dialog('Cho ý kiến chỉ đạo');
    await dialog.getByLabel('Người chủ trì').selectOption({ label: to.main });
    await dialog.getByRole('combobox', { name: 'Người phối hợp' }).click();
    await desk.page.getByRole('option', { name: to.other }).click();
    await dialog.getByRole('textbox', { name: 'Ý kiến' }).fill(to.opinion);
    await desk.look('incoming-direct');
    await dialog.getByRole('button', { name: 'Cho ý kiến' }).click();
    await expect(dialog).toBeHidden();
  },

  async close(desk: Desk, result: string): Promise<void> {
    await desk.act('Kết thúc');
    const dialog = desk.dialog('Kết thúc xử lý');
    await dialog.getByRole('textbox', { name: 'Kết quả' }).fill(result);
    await desk.look('incoming-close');
    await dialog.getByRole('button', { name: 'Kết thúc' }).click();
    await expect(desk.page.locator('header').getByText('Đã kết thúc')).toBeVisible();
  },
};
