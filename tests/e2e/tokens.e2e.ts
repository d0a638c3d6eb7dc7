import { appendFile, copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSoftHsm } from '../pki/softhsm.ts';
import { machines, makePe } from '../token/make-pe.ts';
import { expect, test } from './desk.ts';

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

  await desk.sit('Trần Thị Mẫu');
  await desk.go('Thiết đặt');
  await desk.tab('Token ký số');
  await page.getByRole('button', { name: 'Tự tìm trên máy' }).click();
  await expect(page.getByText('Tìm thấy', { exact: false })).toBeVisible();
  await expect(page.getByText('SoftHSM', { exact: true })).toBeVisible();

  const add = async (path: string) => {
    await page.getByLabel('Đường dẫn tệp trình điều khiển').fill(path);
    await page.getByRole('button', { name: 'Thêm', exact: true }).click();
  };
  await add(narrow);
  await expect(page.getByText('vnptca_p11_v8.dll là bản 32-bit', { exact: false })).toBeVisible();
  await add(driver);
  await page.getByRole('button', { name: `Chẩn đoán: ${driver}` }).click();
  const diagnosis = page.getByRole('region', { name: `Chẩn đoán ${driver}` });
  await expect(diagnosis.getByText('Có 1 điều cần xem:')).toBeVisible();
  await expect(diagnosis.getByText('Trình điều khiển nạp và chạy được.')).toBeVisible();
  await desk.look('settings-diagnosis');

  await appendFile(driver, 'another file');
  // The drivers start anew when one is added.
  await add(other);
  await expect(page.getByText('driver.so đã khác với lúc được chấp nhận', { exact: false })).toBeVisible();
  await expect(diagnosis).toHaveCount(0);
  await desk.look('settings-driver-changed');
  await page.getByRole('button', { name: 'Chấp nhận tệp mới' }).click();
  await desk.dialog('Chấp nhận tệp mới').getByRole('button', { name: 'Chấp nhận tệp mới' }).click();
  await expect(page.getByText('đã khác với lúc được chấp nhận', { exact: false })).toHaveCount(0);
});
