import type { Desk } from '../desk.ts';
import { expect } from '../desk.ts';

/** The place *Ký số*, with the first document that waits open. */
export const signing = {
  async number(desk: Desk): Promise<void> {
    await desk.page.getByRole('button', { name: 'Cấp số', exact: true }).click();
    await expect(desk.page.getByRole('button', { name: 'Đóng dấu', exact: true })).toBeVisible();
  },

  /** Signs with the PIN the demo shows; a wrong one is tried first when given. */
  async sign(desk: Desk, act: 'Ký văn bản' | 'Đóng dấu', pin: string, wrongPin?: string): Promise<void> {
    const { page } = desk;
    await page.getByRole('button', { name: act, exact: true }).click();
    const dialog = desk.dialog(act === 'Đóng dấu' ? 'Đóng dấu văn bản' : act);
    const button = dialog.getByRole('button', { name: act === 'Đóng dấu' ? act : 'Ký', exact: true });
    const field = dialog.getByLabel('Mã PIN');
    // Offline the person confirms that revocation cannot be checked now.
    const unchecked = dialog.getByRole('checkbox', { name: /chưa kiểm tra được/ });
    if (await unchecked.isVisible()) await unchecked.check();
    if (wrongPin !== undefined) {
      await field.fill(wrongPin);
      await button.click();
      await expect(dialog.getByText(/^Mã PIN không đúng/)).toBeVisible();
      await expect(field).toHaveValue('');
      expect(await desk.kept()).not.toContain(wrongPin);
    }
    await field.fill(pin);
    await desk.look(act === 'Đóng dấu' ? 'signing-pin-seal' : 'signing-pin');
    await button.click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(act === 'Đóng dấu' ? /^Đã đóng dấu \d/ : /^Đã ký \d/)).toBeVisible();
  },
};
