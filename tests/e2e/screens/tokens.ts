import { CLERK, PRINCIPAL, SCHOOL } from '../../demo/sample.ts';
import { createOfficePki, type OfficePki } from '../../pki/office.ts';
import { createFaultyToken, type FaultyToken } from '../../token/faulty-token.ts';
import { type Desk, test } from '../desk.ts';

export const PIN = '24681357';

interface Fixtures {
  readonly pki: OfficePki;
  /** Whose certificates the token holds. */
  readonly holds: readonly ('principal' | 'expired' | 'otherPerson')[];
  /** Behind the faulty module. */
  readonly token: FaultyToken;
}

/** A test with a token of its own, which the office's process finds by its environment. */
export const tokenTest = test.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures a fixture needs from here
  pki: async ({}, provide) =>
    provide(
      await createOfficePki({
        agency: SCHOOL.name,
        superior: 'SỞ VÍ DỤ',
        province: 'Ví Dụ',
        principal: PRINCIPAL.name,
        otherPerson: 'Phạm Văn Lạ',
      }),
    ),
  holds: [['principal', 'expired'], { option: true }],
  token: async ({ pki, holds }, provide) => {
    const identities = holds.map((name) => pki[name]);
    const token = await createFaultyToken({ label: 'Token thử', pin: PIN, identities });
    await provide(token);
    await token.remove();
  },
  env: async ({ token }, provide) => provide(token.env),
});

/** Tokens and their drivers in *Thiết đặt*. */
export const tokens = {
  async open(desk: Desk): Promise<void> {
    await desk.sit(CLERK.name);
    await desk.go('Thiết đặt');
    await desk.tab('Token ký số');
  },

  /** Names the driver by its path, as for a token nobody knows. */
  async addDriver({ page }: Desk, path: string): Promise<void> {
    await page.getByLabel('Đường dẫn tệp trình điều khiển').fill(path);
    await page.getByRole('button', { name: 'Thêm', exact: true }).click();
  },

  async removeKeyFile(desk: Desk, name: string): Promise<void> {
    await desk.page.getByRole('button', { name: `Gỡ bỏ: ${name}` }).click();
    await desk.dialog('Gỡ bỏ').getByRole('button', { name: 'Gỡ bỏ' }).click();
  },
};
