import { appendixPage, replyDraft, replySource } from '../demo/letters.ts';
import { CLERK, DEPARTMENT, HOME_AFFAIRS, PRINCIPAL, TEACHER, TOKENS } from '../demo/sample.ts';
import { localYear } from '../../src/shared/text/dates.ts';
import { expect, test } from './desk.ts';
import { incoming } from './screens/incoming.ts';
import { outgoing } from './screens/outgoing.ts';
import { signing } from './screens/signing.ts';

const letter = /báo cáo số liệu đầu năm học/;
const reply = 'V/v báo cáo số liệu đầu năm học 2026-2027';
const pdf = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(bytes),
});

test('one working day of the school, on screen', async ({ desk }) => {
  test.setTimeout(900_000);
  const { page, office } = desk;

  await test.step('the clerk receives and registers', async () => {
    await desk.sit(CLERK.name);
    await page.keyboard.press('F5');
    await desk.go('Văn bản đến');
    await desk.open(letter);
    await expect(page.getByRole('button', { name: 'Người ký tin cậy' })).toContainText('Chưa bị sửa');
    await expect(page.getByRole('list', { name: 'Các tệp' }).getByRole('listitem')).toHaveCount(3);
    await desk.documentDrawn();
    await desk.look('incoming-arrived');
    await incoming.verification(desk, `Thêm chữ ký số của ${DEPARTMENT.name}.`);
    await incoming.register(desk);
    await expect(page.getByText('ĐẾN', { exact: true })).toBeVisible();
    await desk.look('incoming-registered');
  });

  await test.step('the principal directs', async () => {
    await desk.sit(PRINCIPAL.name);
    await desk.go('Hôm nay');
    await desk.look('today-principal');
    await page.getByRole('region', { name: 'Chờ cho ý kiến' }).getByText(letter).click();
    await incoming.direct(desk, {
      main: `${TEACHER.name} – ${TEACHER.title}`,
      other: `${CLERK.name} ${CLERK.title}`,
      opinion: 'Giao đồng chí chủ trì tổng hợp số liệu, trình ký trước hạn.',
    });
  });

  await test.step('the teacher drafts the reply', async () => {
    await desk.sit(TEACHER.name);
    await desk.go('Văn bản đến');
    await desk.open(letter);
    await desk.act('Xử lý');
    await desk.act('Soạn trả lời');
    await outgoing.draft(desk, {
      subject: reply,
      unit: 'VP',
      recipients: [
        [DEPARTMENT.name, DEPARTMENT.name],
        [HOME_AFFAIRS.oldCode, HOME_AFFAIRS.name],
      ],
      main: pdf('Bao cao so lieu.pdf', await replyDraft(localYear(Date.now()))),
      source: {
        name: 'Bao cao so lieu.docx',
        mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        buffer: Buffer.from(replySource()),
      },
      appendix: pdf('Phu luc so lieu.pdf', await appendixPage('Số liệu đầu năm học 2026-2027')),
    });
  });

  await test.step('the clerk checks the format', async () => {
    await desk.sit(CLERK.name);
    await desk.go('Văn bản đi');
    await desk.open(reply);
    await outgoing.approveFormat(desk);
  });

  await test.step('the principal signs with no network', async () => {
    await office.goOffline();
    await desk.sit(PRINCIPAL.name);
    await page.keyboard.press('F5');
    await expect(page.getByText(/Đang ngoại tuyến/).first()).toBeVisible();
    await desk.go('Ký số');
    await expect(page.getByText('tự tìm: giữa chức vụ và họ tên')).toBeVisible();
    await desk.documentDrawn();
    await expect(page.getByLabel('Khung chữ ký của người có thẩm quyền')).toBeVisible();
    await desk.look('signing-approve');
    await test.step('a box over the recipients has a caution, while it is dragged', async () => {
      const box = page.getByLabel('Khung chữ ký của người có thẩm quyền');
      const middle = async (of: typeof box) => {
        const { x, y, width, height } = (await of.boundingBox())!;
        return [x + width / 2, y + height / 2] as const;
      };
      const caution = page.getByText('Khung che mất phần Nơi nhận');
      await page.mouse.move(...(await middle(box)));
      await page.mouse.down();
      await page.mouse.move(
        ...(await middle(page.locator('.pdf-text span').filter({ hasText: 'Như trên' }))),
      );
      await expect(caution).toBeVisible();
      await desk.look('signing-recipients-hidden');
      await page.mouse.up();
      await page.keyboard.press('Control+z');
      await expect(caution).toBeHidden();
      await expect(page.getByText('đúng vị trí quy định')).toBeVisible();
    });
    await signing.sign(desk, 'Ký văn bản', TOKENS.principal.pin, 'Sai-91b7d2e0');
    await desk.look('signing-done');
  });

  await test.step('the clerk numbers, seals and issues', async () => {
    await desk.sit(CLERK.name);
    await desk.go('Ký số');
    await signing.number(desk);
    await desk.documentDrawn();
    await desk.look('signing-seal');
    await signing.sign(desk, 'Đóng dấu', TOKENS.agency.pin);
    await desk.go('Văn bản đi');
    await desk.open(reply);
    await outgoing.issue(desk);
    await desk.go('Gửi nhận');
    await desk.look('exchange-offline');
  });

  await test.step('it goes out when the network is back, and statuses return', async () => {
    await office.goOnline();
    const deliveries = page.getByRole('table', { name: 'Văn bản gửi đi' });
    await expect(async () => {
      await page.keyboard.press('F5');
      await expect(deliveries.getByRole('row', { name: 'Đã tiếp nhận' })).toHaveCount(2, { timeout: 3000 });
    }).toPass({ timeout: 60_000 });
    await desk.look('exchange-delivered');
  });

  await test.step('the teacher closes the letter', async () => {
    await desk.sit(TEACHER.name);
    await desk.go('Văn bản đến');
    await desk.open(letter);
    await incoming.close(desk, 'Đã báo cáo số liệu với Sở.');
  });

  await test.step('the clerk looks back', async () => {
    await desk.sit(CLERK.name);
    await desk.go('Văn bản đi');
    await desk.open(reply);
    await desk.documentDrawn();
    await desk.look('outgoing-issued');
    await desk.tab('Lịch sử');
    await expect(page.getByRole('list', { name: 'Lịch sử văn bản' })).toContainText(PRINCIPAL.name);
    await desk.look('outgoing-history');
    await desk.go('Sổ đăng ký');
    await desk.tab('Văn bản đi');
    await expect(page.getByRole('region', { name: 'Sổ đăng ký văn bản đi' })).toContainText(reply);
    await desk.look('register-outgoing');
    await page.getByRole('searchbox', { name: 'Tìm văn bản' }).fill('so lieu dau nam hoc');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /so lieu dau nam hoc/ })).toBeVisible();
    await desk.look('search');
    await desk.go('Thiết đặt');
    await page.getByRole('tab', { name: 'Cơ quan' }).click();
    await expect(page.getByLabel('Hình thức sao ghi trên bản sao')).toHaveValue('sentence');
    await desk.look('settings-office');
    await page.getByRole('tab', { name: 'Kiểm tra toàn vẹn' }).click();
    await page.getByRole('button', { name: 'Kiểm tra toàn vẹn' }).click();
    await expect(page.getByText(/^Nhật ký nguyên vẹn/)).toBeVisible();
    await page.getByRole('button', { name: 'Dựng lại' }).click();
    await expect(page.getByText(/kết quả giống hệt/)).toBeVisible();
    await desk.look('settings-integrity');
  });
});
