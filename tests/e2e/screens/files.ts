import type { Desk } from '../desk.ts';
import { expect } from '../desk.ts';
import type { UploadedFile } from './outgoing.ts';

/** Copies, and files of any kind, in the place *Ký số*. */
export const files = {
  /** Chooses files in *Ký tệp* and waits until the first is shown with its mark. */
  async choose(desk: Desk, chosen: readonly UploadedFile[]): Promise<void> {
    await desk.page.locator('input[type=file]').setInputFiles([...chosen]);
    await desk.documentDrawn();
    await expect(desk.page.getByRole('button', { name: /^Khung chữ ký/ })).toBeVisible();
  },

  /** Opens *Sao văn bản* from the three dots of the document shown. */
  async copy(desk: Desk): Promise<void> {
    await desk.page.getByRole('button', { name: 'Việc khác' }).click();
    await desk.page.getByRole('menuitem', { name: 'Sao văn bản' }).click();
    await expect(desk.page.getByLabel('Hình thức sao')).toBeVisible();
  },

  async enterPin(desk: Desk, button: string, pin: string): Promise<void> {
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByLabel('Mã PIN').fill(pin);
    await dialog.getByRole('button', { name: button, exact: true }).click();
  },
};
