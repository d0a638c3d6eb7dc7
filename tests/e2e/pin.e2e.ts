import { texts } from '../../src/renderer/signing/texts.ts';
import { texts as filesTexts } from '../../src/renderer/signing/files/texts.ts';
import { readCertificate } from '../../src/main/x509/certificate.ts';
import { errorSentence, type ErrorCode } from '../../src/shared/errors/index.ts';
import { localDay, showDay } from '../../src/shared/text/dates.ts';
import { appendixPage } from '../demo/letters.ts';
import { PRINCIPAL } from '../demo/sample.ts';
import { type Desk, expect } from './desk.ts';
import { PIN, tokens, tokenTest } from './screens/tokens.ts';

const places = { vi: ['Hôm nay', 'Ký số'], en: ['Today', 'Signing'] } as const;
type Language = keyof typeof places;

/** What a person signing a file of his own sees of his token, in one language. */
class Signer {
  readonly desk: Desk;
  readonly language: Language;
  readonly #file: Buffer;

  constructor(desk: Desk, language: Language, file: Uint8Array) {
    this.desk = desk;
    this.language = language;
    this.#file = Buffer.from(file);
  }

  get words() {
    return texts[this.language];
  }

  get dialog() {
    return this.desk.page.getByRole('dialog');
  }

  get blue() {
    return this.desk.page.getByRole('button', { name: this.words.batch.kinds.files.act('1'), exact: true });
  }

  sentence(code: ErrorCode): string {
    return errorSentence(code, {}, this.language);
  }

  /** Chooses the file anew: the panel shows what there is to sign with now. */
  async choose(): Promise<void> {
    const { page } = this.desk;
    for (const place of places[this.language])
      await page.getByRole('link', { name: new RegExp(`^${place}( ?,|$)`) }).click();
    await page.getByRole('button', { name: this.words.signFiles, exact: true }).click();
    await expect(page.getByText(filesTexts[this.language].none)).toBeVisible();
    const file = { name: 'Giấy mời.pdf', mimeType: 'application/pdf', buffer: this.#file };
    await page.locator('input[type=file]').setInputFiles([file]);
    await expect(this.blue).toBeVisible();
  }

  async ask(): Promise<void> {
    await this.blue.click();
    await expect(this.dialog).toBeVisible();
  }

  async enter(pin: string): Promise<void> {
    await this.field.fill(pin);
    await this.act.click();
  }

  get field() {
    return this.dialog.getByLabel(this.words.pin.label, { exact: true });
  }

  get act() {
    return this.dialog.getByRole('button', { name: this.words.batch.kinds.files.act('1'), exact: true });
  }

  async cancel(): Promise<void> {
    await this.dialog.getByRole('button', { name: this.words.pin.cancel, exact: true }).click();
    await expect(this.dialog).toHaveCount(0);
  }

  /** At the sizes of an old laptop and of an ordinary screen. */
  async look(name: string): Promise<void> {
    const { page } = this.desk;
    await page.setViewportSize({ width: 1920, height: 1080 });
    await this.desk.look(`${name}-${this.language}-1920`);
    await page.setViewportSize({ width: 1366, height: 768 });
    await this.desk.look(`${name}-${this.language}-1366`);
  }
}

async function sitDown(desk: Desk, language: Language): Promise<Signer> {
  await desk.sit(PRINCIPAL.name);
  await desk.page.evaluate((chosen) => localStorage.setItem('language', chosen), language);
  await desk.page.reload();
  return new Signer(desk, language, await appendixPage('Giấy mời'));
}

for (const language of ['vi', 'en'] as const)
  tokenTest(
    `everything a token may be when its PIN is asked for (${language})`,
    async ({ desk, token, pki }) => {
      tokenTest.setTimeout(600_000);
      const { page } = desk;
      await tokens.open(desk);
      await tokens.addDriver(desk, token.module);
      await tokens.removeKeyFile(desk, 'Hiệu trưởng');
      const signer = await sitDown(desk, language);
      const { words, dialog } = signer;

      await tokenTest.step('nobody has entered a wrong PIN', async () => {
        await token.faults('pin-counter');
        await signer.choose();
        await signer.ask();
        await expect(signer.act).toHaveAttribute('aria-disabled', 'true');
        await signer.look('pin-asked');
      });

      await tokenTest.step('a wrong one', async () => {
        await token.faults('C_Login=0xa0');
        await signer.enter('11111111');
        await expect(dialog.getByText(signer.sentence('token.wrong-pin'))).toBeVisible();
        await expect(signer.field).toHaveValue('');
        await expect(signer.field).toBeFocused();
        await signer.look('pin-wrong');
        await token.faults('pin-counter');
        await signer.enter('11111111');
        await expect(dialog.getByText(signer.sentence('token.wrong-pin-low'))).toBeVisible();
        // The failure says it all; the warning would say it twice.
        await expect(dialog.getByText(words.pin.countLow)).toHaveCount(0);
        await signer.cancel();
      });

      await tokenTest.step('few tries are left', async () => {
        await signer.ask();
        await expect(dialog.getByText(words.pin.countLow)).toBeVisible();
        await signer.look('pin-count-low');
        await signer.enter('22222222');
        await expect(dialog.getByText(signer.sentence('token.wrong-pin-final'))).toBeVisible();
        await signer.look('pin-wrong-final');
        await signer.cancel();
      });

      await tokenTest.step('one try is left: nobody uses it by accident', async () => {
        await signer.ask();
        await expect(dialog.getByText(words.pin.finalTry)).toBeVisible();
        await signer.field.fill(PIN);
        await expect(signer.act).toHaveAttribute('aria-disabled', 'true');
        await signer.look('pin-final-try');
        await token.logins();
        await signer.field.press('Enter');
        await dialog.getByRole('checkbox', { name: words.pin.certain }).check();
        expect(await token.logins()).toEqual([]);
        await signer.enter('33333333');
        await expect(dialog.getByText(signer.sentence('token.pin-locked'))).toHaveCount(1);
        await expect(signer.field).toHaveCount(0);
        await signer.cancel();
      });

      await tokenTest.step('it is locked', async () => {
        await signer.ask();
        await expect(dialog.getByText(signer.sentence('token.pin-locked'))).toHaveCount(1);
        await expect(signer.field).toHaveCount(0);
        await signer.look('pin-locked');
        await signer.cancel();
      });

      await tokenTest.step('it has keys of its own', async () => {
        await token.faults('protected-path');
        await signer.ask();
        await expect(dialog.getByText(words.pin.onDevice)).toBeVisible();
        await expect(signer.field).toHaveCount(0);
        await expect(signer.act).not.toHaveAttribute('aria-disabled', 'true');
        await signer.look('pin-pad');
        await signer.cancel();
      });

      await tokenTest.step('it is pulled out while the PIN is asked for, and plugged in again', async () => {
        await token.faults();
        await signer.ask();
        await signer.field.fill(PIN);
        await token.faults('removed');
        await expect(dialog.getByText(words.pin.gone)).toBeVisible();
        await expect(signer.field).toHaveCount(0);
        await expect(dialog.getByText(PRINCIPAL.name)).toBeVisible();
        await signer.look('pin-gone');
        await token.faults();
        await expect(signer.field).toHaveValue('');
        await signer.cancel();
      });

      await tokenTest.step('several hold the certificate of the signer', async () => {
        const identities = [pki.principal, pki.principalP256];
        await token.addToken({ label: 'Token dự phòng', pin: PIN, identities });
        await signer.choose();
        const choice = page.getByRole('combobox', { name: words.chooseCertificate });
        await expect(choice).toContainText(PRINCIPAL.name);
        await choice.click();
        await expect(page.getByRole('option')).toHaveCount(3);
        const until = showDay(localDay(readCertificate(pki.principalP256.certificate).notAfter));
        const twin = words.until(words.certificateOf(PRINCIPAL.name, 'Token dự phòng'), until);
        await expect(page.getByRole('option', { name: twin })).toHaveCount(2);
        await signer.look('panel-several');
        await page.keyboard.press('Escape');
      });

      await tokenTest.step('none is plugged in, only the seal is there', async () => {
        await token.faults('removed');
        await signer.choose();
        await expect(
          page.getByText(words.otherOwner.person('Trường THPT Ví Dụ', PRINCIPAL.name)),
        ).toBeVisible();
        await expect(signer.blue).toHaveAttribute('aria-disabled', 'true');
        await signer.look('panel-other-person');
      });
    },
  );

tokenTest.describe('no certificate that can sign', () => {
  tokenTest.use({ holds: ['expired'] });

  for (const language of ['vi', 'en'] as const)
    tokenTest(`is said with what to do (${language})`, async ({ desk, token, pki }) => {
      tokenTest.setTimeout(300_000);
      const { page } = desk;
      await tokens.open(desk);
      await tokens.addDriver(desk, token.module);
      for (const name of ['Hiệu trưởng', 'Con dấu nhà trường']) await tokens.removeKeyFile(desk, name);
      const signer = await sitDown(desk, language);
      const { words } = signer;
      const day = showDay(localDay(readCertificate(pki.expired.certificate).notAfter));

      await signer.choose();
      await expect(page.getByText(words.expired(PRINCIPAL.name, day))).toBeVisible();
      await expect(signer.blue).toHaveAttribute('aria-disabled', 'true');
      await signer.look('panel-expired');

      await token.faults('removed');
      await expect(page.getByText(words.noToken.person)).toBeVisible();
      await signer.look('panel-no-token');

      await token.faults('C_GetTokenInfo=crash');
      await page.getByRole('button', { name: words.lookAgain }).click();
      await expect(page.getByText('token.module-crashed')).toBeVisible();
      await signer.look('panel-crashed');

      await token.addToken({ label: 'Của người khác', pin: PIN, identities: [pki.otherPerson] });
      await token.faults();
      await page.getByRole('button', { name: words.lookAgain }).click();
      await expect(page.getByText(words.otherOwner.person('Phạm Văn Lạ', PRINCIPAL.name))).toBeVisible();
      await signer.look('panel-other-and-expired');
    });
});
