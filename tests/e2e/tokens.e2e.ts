import { appendFile, copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendixPage } from '../demo/letters.ts';
import { CLERK, PRINCIPAL, SCHOOL } from '../demo/sample.ts';
import { createOfficePki } from '../pki/office.ts';
import { createSoftHsm } from '../pki/softhsm.ts';
import { createFaultyToken, type FaultyToken } from '../token/faulty-token.ts';
import { machines, makePe } from '../token/make-pe.ts';
import { type Desk, expect, test } from './desk.ts';
import { files } from './screens/files.ts';

const PIN = '24681357';

const tokenTest = test.extend<{ token: FaultyToken }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures a fixture needs from here
  token: async ({}, provide) => {
    const pki = await createOfficePki({
      agency: SCHOOL.name,
      superior: 'SỞ VÍ DỤ',
      province: 'Ví Dụ',
      principal: PRINCIPAL.name,
    });
    const token = await createFaultyToken({
      label: 'Token thử',
      pin: PIN,
      identities: [pki.principal, pki.expired],
    });
    await provide(token);
    await token.remove();
  },
  env: async ({ token }, provide) => provide(token.env),
});

const paper = async () => ({
  name: 'Giấy mời.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(await appendixPage('Giấy mời')),
});

/** The clerk names the driver by its path, as for a token nobody knows. */
async function addDriver({ page }: Desk, path: string): Promise<void> {
  await page.getByLabel('Đường dẫn tệp trình điều khiển').fill(path);
  await page.getByRole('button', { name: 'Thêm', exact: true }).click();
}

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

  await desk.sit(CLERK.name);
  await desk.go('Thiết đặt');
  await desk.tab('Token ký số');
  await page.getByRole('button', { name: 'Tự tìm trên máy' }).click();
  await expect(page.getByText('Tìm thấy', { exact: false })).toBeVisible();
  await expect(page.getByText('SoftHSM', { exact: true })).toBeVisible();

  await addDriver(desk, narrow);
  await expect(page.getByText('vnptca_p11_v8.dll là bản 32-bit', { exact: false })).toBeVisible();
  await addDriver(desk, driver);
  await page.getByRole('button', { name: `Chẩn đoán: ${driver}` }).click();
  const diagnosis = page.getByRole('region', { name: `Chẩn đoán ${driver}` });
  await expect(diagnosis.getByText('Có 1 điều cần xem:')).toBeVisible();
  await expect(diagnosis.getByText('Trình điều khiển nạp và chạy được.')).toBeVisible();
  await desk.look('settings-diagnosis');

  await appendFile(driver, 'another file');
  // The drivers start anew when one is added.
  await addDriver(desk, other);
  await expect(page.getByText('driver.so đã khác với lúc được chấp nhận', { exact: false })).toBeVisible();
  await expect(diagnosis).toHaveCount(0);
  await desk.look('settings-driver-changed');
  await page.getByRole('button', { name: 'Chấp nhận tệp mới' }).click();
  await desk.dialog('Chấp nhận tệp mới').getByRole('button', { name: 'Chấp nhận tệp mới' }).click();
  await expect(page.getByText('đã khác với lúc được chấp nhận', { exact: false })).toHaveCount(0);
});

tokenTest('certificates that have expired are shown when asked for', async ({ desk, token }) => {
  const { page } = desk;
  await desk.sit(CLERK.name);
  await desk.go('Thiết đặt');
  await desk.tab('Token ký số');
  await addDriver(desk, token.module);
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
  await desk.sit(CLERK.name);
  await desk.go('Thiết đặt');
  await desk.tab('Token ký số');
  await addDriver(desk, token.module);
  await expect(page.getByText('Chỉ cho xem chứng thư sau khi nhập mã PIN.', { exact: false })).toBeVisible();
  await desk.look('settings-hidden-certificates');
  await page.getByRole('button', { name: 'Gỡ bỏ: Hiệu trưởng' }).click();
  await desk.dialog('Gỡ bỏ').getByRole('button', { name: 'Gỡ bỏ' }).click();

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
  await expect(page.getByText('token “Token thử”', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Ký 1 tệp', exact: true }).click();
  await files.enterPin(desk, 'Ký 1 tệp', PIN);
  await expect(desk.dialog('Kết quả ký lần lượt').getByText('Đã ký 1/1 tệp.')).toBeVisible();
});
