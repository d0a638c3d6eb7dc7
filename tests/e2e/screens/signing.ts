import type { Desk } from '../desk.ts';
import { expect } from '../desk.ts';

/** What the blue button says, and then the dialog, its button and the line that tells it is done. */
const acts = {
  'Ký văn bản': { title: 'Ký văn bản', verb: 'Ký', done: /^Đã ký \d/, name: 'signing-pin' },
  'Đóng dấu': {
    title: 'Đóng dấu văn bản',
    verb: 'Đóng dấu',
    done: /^Đã đóng dấu \d/,
    name: 'signing-pin-seal',
  },
  'Đóng dấu đến': {
    title: 'Đóng dấu đến',
    verb: 'Đóng dấu',
    done: /^Đã đóng dấu đến và ký số \d/,
    name: 'signing-pin-stamp',
  },
  'Ký ý kiến': {
    title: 'Ký ý kiến lên văn bản',
    verb: 'Ký',
    done: /^Đã ký ý kiến lên văn bản \d/,
    name: 'signing-pin-opinion',
  },
} as const;

/** The place *Ký số*, with the first document that waits open. */
export const signing = {
  async number(desk: Desk): Promise<void> {
    await desk.page.getByRole('button', { name: 'Cấp số', exact: true }).click();
    await expect(desk.page.getByRole('button', { name: 'Đóng dấu', exact: true })).toBeVisible();
  },

  /** Signs with the PIN the demo shows; a wrong one is tried first when given. */
  async sign(desk: Desk, act: keyof typeof acts, pin: string, wrongPin?: string): Promise<void> {
    const { page } = desk;
    await page.getByRole('button', { name: act, exact: true }).click();
    const { title, verb, done, name } = acts[act];
    const dialog = desk.dialog(title);
    const button = dialog.getByRole('button', { name: verb, exact: true });
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
    await desk.look(name);
    await button.click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(done)).toBeVisible();
  },
};
