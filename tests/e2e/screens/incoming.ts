import type { Desk } from '../desk.ts';
import { expect } from '../desk.ts';

/** The place *Văn bản đến*. */
export const incoming = {
  async register(desk: Desk): Promise<void> {
    await desk.act('Vào sổ');
    await expect(desk.page.locator('header').getByText(/^Số đến \d+$/)).toBeVisible();
  },

  /** Looks at what checking the signatures found: what came after the first of them stands before them all. */
  async verification(desk: Desk, change: string): Promise<void> {
    const strip = desk.page.getByRole('button', { name: 'Người ký tin cậy' });
    await strip.click();
    const panel = desk.dialog('Kết quả kiểm tra chữ ký số');
    await expect(panel.getByRole('heading', { level: 3 }).first()).toHaveText('Thay đổi sau khi ký');
    await expect(panel.getByRole('listitem').filter({ hasText: change })).toContainText('Được phép');
    await panel.getByRole('button', { name: 'Chi tiết chứng thư, chữ ký' }).first().click();
    await expect(panel.getByText('Dấu vân tay SHA-256')).toBeVisible();
    await desk.look('verification');
    await desk.page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(strip).toBeFocused();
  },

  async direct(
    desk: Desk,
    to: { main: string; other: string; opinion: string; sign?: boolean },
  ): Promise<void> {
    await desk.act('Cho ý kiến');
    const dialog = desk.dialog('Cho ý kiến chỉ đạo');
    await dialog.getByLabel('Người chủ trì').selectOption({ label: to.main });
    await dialog.getByRole('combobox', { name: 'Người phối hợp' }).click();
    await desk.page.getByRole('option', { name: to.other }).click();
    await dialog.getByRole('textbox', { name: 'Ý kiến' }).fill(to.opinion);
    if (to.sign) await dialog.getByRole('checkbox', { name: /bút phê/ }).check();
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
