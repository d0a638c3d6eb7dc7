import { texts as componentTexts } from '../../../src/renderer/components/texts.ts';
import { texts as historyTexts } from '../../../src/renderer/history/texts.ts';
import { texts } from '../../../src/renderer/incoming/texts.ts';
import type { IncomingDetail } from '../../../src/shared/ipc/incoming.ts';
import { expect } from '@playwright/test';
import { lookAt } from '../look.ts';
import * as records from '../records.ts';
import { pressInDialog, dialogTitle, pageText, press, screenTests, type } from '../screen-tests.ts';
import { test } from '../test.ts';
import { type Doubles, refused } from '../test-desk.ts';

const rows = Array.from({ length: 12 }, (_, n) => records.incomingRow(n));
const code = '123456/QĐ-SGDĐT-GDTrH-KTKĐCLGD';
const letter = records.incomingDetail();
const at = `#/incoming/${letter.id}`;

const desk: Doubles = {
  'incoming.list': { rows, total: 1204 },
  'incoming.get': letter,
  'outgoing.list': { rows: [records.outgoingRow(1)], total: 1 },
  'history.of': { entries: records.history() },
};
const withLetter = (changes: Partial<IncomingDetail>): Doubles => ({
  ...desk,
  'incoming.get': records.incomingDetail(changes),
});

screenTests('incoming list', {
  at: '#/incoming',
  doubles: desk,
  main: 'incoming.list',
  ready: (page) => page.getByRole('option'),
  empty: {
    doubles: { 'incoming.list': { rows: [], total: 0 } },
    says: (language) => texts[language].empty.all,
  },
  long: {
    'incoming.list': {
      rows: rows.map((row) => ({
        ...row,
        subject: records.longSubject,
        code,
        sender: { ...row.sender, name: records.longName },
      })),
      total: 123_456,
    },
  },
});

screenTests('incoming letter', {
  at,
  doubles: desk,
  main: 'incoming.get',
  ready: pageText,
  long: {
    'incoming.get': records.incomingDetail({
      subject: records.longSubject,
      code,
      sender: { code: 'H99.05', name: records.longName },
      attachments: [1, 2, 3, 4].map((n) =>
        records.attachment({ name: `${n}${records.longFileName}`, role: n === 1 ? 'main' : 'attached' }),
      ),
      duplicateOf: { id: records.idOf(9), arrivalNumber: 1203 },
      actions: ['register', 'refuse', 'direct', 'start', 'close', 'reply'],
      fileActs: ['incoming', 'comment', 'copy'],
    }),
  },
});

test('the pages of a letter have at least 60 % of a small window', async ({ page, show }) => {
  await show({ ...desk, 'incoming.get': records.incomingDetail({ subject: records.longSubject, code }) }, at);
  await page.setViewportSize({ width: 1093, height: 614 });
  await expect(pageText(page).first()).toBeVisible();
  const pages = await page.getByRole('region', { name: records.attachment().name }).boundingBox();
  expect(pages?.height).toBeGreaterThanOrEqual(0.6 * 614);
});

screenTests('incoming details', {
  at,
  doubles: withLetter(records.handledLetter()),
  open: (page) => page.getByRole('tab', { name: texts.vi.tabs.details }).click(),
  ready: (page) => page.getByText(records.handledLetter().documentId),
  long: {
    'incoming.get': records.handledLetter({
      content: records.longSubject,
      subject: records.longSubject,
      sender: { code: 'H99.05', name: records.longName },
    }),
  },
});

screenTests('incoming handling', {
  at,
  doubles: withLetter(records.handledLetter()),
  open: (page) => page.getByRole('tab', { name: texts.vi.tabs.handling }).click(),
  ready: (page) => page.getByText('Giao tổ Văn phòng tham mưu'),
  long: {
    'incoming.get': records.handledLetter({
      closing: { by: records.CLERK.name, at: records.NOW, result: records.longSubject.repeat(4) },
    }),
  },
});

screenTests('history', {
  at,
  doubles: desk,
  main: 'history.of',
  open: (page) => page.getByRole('tab', { name: texts.vi.tabs.history }).click(),
  ready: (page) => page.getByText(records.CLERK.name, { exact: true }).last(),
  empty: { doubles: { 'history.of': { entries: [] } }, says: (language) => historyTexts[language].empty },
  long: {
    'history.of': {
      entries: Array.from({ length: 40 }, (_, n) => ({
        seq: n,
        at: records.NOW,
        actor: records.CLERK.name,
        type: 'incoming.closed',
        detail: { result: records.longSubject },
      })),
    },
  },
});

screenTests('incoming register', {
  at,
  doubles: desk,
  ready: pageText,
  act: { call: 'incoming.register', run: press((language) => texts[language].actions.register) },
});

test('incoming register by a clock in doubt', async ({ page, show }) => {
  const asked: string[] = [];
  let isConfirmed = false;
  const times = { now: '03/12/2026 08:00', last: '01/12/2026 17:00' };
  await show(
    {
      ...desk,
      'session.confirm-clock': () => {
        asked.push('confirmed');
        isConfirmed = true;
        return {};
      },
      'incoming.register': () => {
        asked.push('register');
        if (!isConfirmed) return refused('documents.clock-away', times);
        return { arrivalNumber: 12, arrivalDate: '2026-12-03' };
      },
    },
    at,
  );
  await press((language) => texts[language].actions.register)(page);
  await lookAt(page, 'incoming register by a clock in doubt', (language) =>
    expect(
      page.getByRole('button', { name: componentTexts[language].clockIsRight, exact: true }),
    ).toBeVisible(),
  );
  await page.getByRole('button', { name: componentTexts.en.clockIsRight, exact: true }).click();
  await expect.poll(() => asked).toEqual(['register', 'confirmed', 'register']);
});

screenTests('incoming start', {
  at,
  doubles: withLetter({ state: 'directed', actions: ['start'] }),
  ready: pageText,
  act: { call: 'incoming.start', run: press((language) => texts[language].actions.start) },
});

screenTests('dialog register duplicate', {
  at,
  doubles: withLetter({ duplicateOf: { id: records.idOf(9), arrivalNumber: 1203 } }),
  open: press((language) => texts[language].actions.register),
  ready: dialogTitle((language) => texts[language].register.title),
  long: {
    'incoming.get': records.incomingDetail({
      duplicateOf: { id: records.idOf(9), arrivalNumber: 1203 },
      subject: records.longSubject,
      code,
    }),
  },
  act: { call: 'incoming.register', run: pressInDialog((language) => texts[language].register.sure) },
});

const toDirect: Partial<IncomingDetail> = { state: 'registered', actions: ['direct'], fileActs: ['comment'] };
screenTests('dialog direct', {
  at,
  doubles: withLetter(toDirect),
  open: press((language) => texts[language].actions.direct),
  ready: dialogTitle((language) => texts[language].direct.title),
  long: {
    'session.state': records.session(records.PRINCIPAL, {
      people: [
        records.PRINCIPAL,
        ...Array.from({ length: 40 }, (_, n) => ({
          ...records.TEACHER,
          id: `p${n}`,
          name: 'Công Tằng Tôn Nữ Thị Hoàng Phương Khánh',
          title: records.longName.slice(0, 100),
        })),
      ],
    }),
  },
  act: {
    call: 'incoming.direct',
    fill: async (page) => {
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(texts.vi.direct.main).selectOption(records.TEACHER.id);
      await dialog
        .getByRole('textbox', { name: texts.vi.direct.opinion })
        .fill('Giao tổ Văn phòng tham mưu báo cáo.');
      await dialog.getByRole('textbox', { name: texts.vi.direct.due }).fill('2026-11-27');
    },
    run: pressInDialog((language) => texts[language].actions.direct),
  },
});

screenTests('dialog close', {
  at,
  doubles: withLetter({ state: 'processing', actions: ['close'] }),
  open: press((language) => texts[language].actions.close),
  ready: dialogTitle((language) => texts[language].close.title),
  long: {
    'outgoing.list': { rows: [records.outgoingRow(1, { subject: records.longSubject })], total: 1 },
  },
  act: {
    call: 'incoming.close',
    fill: type('Đã trả lời bằng công văn.'),
    run: pressInDialog((language) => texts[language].actions.close),
  },
});

screenTests('dialog refuse', {
  at,
  doubles: desk,
  open: press((language) => texts[language].actions.refuse),
  ready: dialogTitle((language) => texts[language].refuse.title),
  long: { 'incoming.get': records.incomingDetail({ code }) },
  act: {
    call: 'incoming.refuse',
    fill: type('Gửi nhầm nơi nhận'),
    run: pressInDialog((language) => texts[language].actions.refuse),
  },
});
