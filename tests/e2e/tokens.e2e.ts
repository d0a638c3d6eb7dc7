import { appendFile, copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendixPage } from '../demo/letters.ts';
import { PRINCIPAL } from '../demo/sample.ts';
import { createSoftHsm } from '../pki/softhsm.ts';
import { machines, makePe } from '../token/make-pe.ts';
import { expect, test } from './desk.ts';
import { files } from './screens/files.ts';
import { PIN, tokens, tokenTest } from './screens/tokens.ts';

const paper = async () => ({
  name: 'Giấy mời.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(await appendixPage('Giấy mời')),
});

test('a driver is found, refused, accepted, diagnosed and accepted again', async ({ desk, office }) => {
  const { page } = desk;
  const hsm = await createSoftHsm();
  const driver = join(office.dataDir, 'driver.so');
  const other = join(office.dataDir, 'other.so');
  const narrow = join(office.dataDir, 'vnptca_p11_v8.dll');
  await copyFile(hsm.module, driver);
  await copyFile(hsm.module, other);
  await writeFile(narrow, makePe({ machine: machines.ia32, exports: ['C_GetFunctionList'] }));
  await hsm.remove();

  await tokens.open(desk);
  await page.getByRole('button', { name: 'Tự tìm trên máy' }).click();
  await expect(page.getByText('Tìm thấy', { exact: false })).toBeVisible();
  await expect(page.getByText('SoftHSM', { exact: true })).toBeVisible();

  await tokens.addDriver(desk, narrow);
  await expect(page.getByText('vnptca_p11_v8.dll là bản 32-bit', { exact: false })).toBeVisible();
  await tokens.addDriver(desk, driver);
  await page.getByRole('button', { name: `Chẩn đoán: ${driver}` }).click();
  const diagnosis = page.getByRole('region', { name: `Chẩn đoán ${driver}` });
  await expect(diagnosis.getByText('Có 1 điều cần xem:')).toBeVisible();
  await expect(diagnosis.getByText('Trình điều khiển nạp và chạy được.')).toBeVisible();
  await desk.look('settings-diagnosis');

  await appendFile(driver, 'another file');
  // The drivers start anew when one is added.
  await tokens.addDriver(desk, other);
  await expect(page.getByText('driver.so đã khác với lúc được chấp nhận', { exact: false })).toBeVisible();
  await expect(diagnosis).toHaveCount(0);
  await desk.look('settings-driver-changed');
  await page.getByRole('button', { name: 'Chấp nhận tệp mới' }).click();
  await desk.dialog('Chấp nhận tệp mới').getByRole('button', { name: 'Chấp nhận tệp mới' }).click();
  await expect(page.getByText('đã khác với lúc được chấp nhận', { exact: false })).toHaveCount(0);
});

tokenTest('certificates that have expired are shown when asked for', async ({ desk, token }) => {
  const { page } = desk;
  await tokens.open(desk);
  await tokens.addDriver(desk, token.module);
  const seen = page.getByRole('listitem').filter({ hasText: 'Token thử' });
  await expect(seen.getByText(/^Nguyễn Văn Mẫu, hạn dùng/)).toBeVisible();
  const expired = seen.getByText(/^Nguyễn Văn Mẫu, đã hết hạn ngày/);
  await expect(expired).toHaveCount(0);
  const box = page.getByRole('checkbox', { name: 'Hiện cả chứng thư đã hết hạn' });
  await box.check();
  await expect(expired).toBeVisible();
  await desk.look('settings-expired-certificates');
  await box.uncheck();
  await expect(expired).toHaveCount(0);
});

tokenTest('a token that hides its certificates is read with one PIN, and signs', async ({ desk, token }) => {
  const { page } = desk;
  await token.faults('hide-certificates');
  await tokens.open(desk);
  await tokens.addDriver(desk, token.module);
  await expect(page.getByText('Chỉ cho xem chứng thư sau khi nhập mã PIN.', { exact: false })).toBeVisible();
  await desk.look('settings-hidden-certificates');
  await tokens.removeKeyFile(desk, 'Hiệu trưởng');

  await desk.sit(PRINCIPAL.name);
  await desk.go('Ký số');
  await page.getByRole('button', { name: 'Ký tệp' }).click();
  await files.choose(desk, [await paper()]);
  await expect(page.getByText('Token “Token thử” chỉ cho xem chứng thư', { exact: false })).toBeVisible();
  await desk.look('signing-hidden-certificates');
  await page.getByRole('button', { name: 'Đọc chứng thư: Token thử' }).click();
  const reading = desk.dialog('Đọc chứng thư của token');
  await reading.getByLabel('Mã PIN').fill('11111111');
  await reading.getByRole('button', { name: 'Đọc chứng thư' }).click();
  await expect(reading.getByText(/^Mã PIN không đúng/)).toBeVisible();
  await desk.look('learn-wrong-pin');
  await files.enterPin(desk, 'Đọc chứng thư', PIN);
  await expect(reading).toBeHidden();
  await expect(page.getByText('Token “Token thử”', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Ký 1 tệp', exact: true }).click();
  await files.enterPin(desk, 'Ký 1 tệp', PIN);
  await expect(desk.dialog('Kết quả ký lần lượt').getByText('Đã ký 1/1 tệp.')).toBeVisible();
});
