import { texts } from '../../../src/renderer/incoming/texts.ts';
import type { IncomingDetail } from '../../../src/shared/ipc/incoming.ts';
import * as records from '../records.ts';
import { pageText, screenTests } from '../test.ts';
import type { Doubles } from '../test-desk.ts';

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
  empty: { doubles: { 'incoming.list': { rows: [], total: 0 } }, says: texts.vi.empty.all },
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

screenTests('incoming details', {
  at,
  doubles: withLetter(records.handledLetter()),
  open: (page, language) => page.getByRole('tab', { name: texts[language].tabs.details }).click(),
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
  open: (page, language) => page.getByRole('tab', { name: texts[language].tabs.handling }).click(),
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
  open: (page, language) => page.getByRole('tab', { name: texts[language].tabs.history }).click(),
  ready: (page) => page.getByText(records.CLERK.name, { exact: true }).last(),
  empty: { doubles: { 'history.of': { entries: [] } }, says: 'Chưa có việc nào được ghi' },
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

screenTests('dialog direct', {
  at,
  doubles: { ...withLetter({ state: 'registered', actions: ['direct'], fileActs: ['comment'] }) },
  open: (page, language) =>
    page.getByRole('button', { name: texts[language].actions.direct, exact: true }).click(),
  ready: (page, language) => page.getByRole('dialog', { name: texts[language].direct.title }),
});

screenTests('dialog close', {
  at,
  doubles: withLetter({ state: 'processing', actions: ['close'] }),
  open: (page, language) =>
    page.getByRole('button', { name: texts[language].actions.close, exact: true }).click(),
  ready: (page, language) => page.getByRole('dialog', { name: texts[language].close.title }),
  long: {
    'outgoing.list': { rows: [records.outgoingRow(1, { subject: records.longSubject })], total: 1 },
  },
});

screenTests('dialog reason', {
  at,
  doubles: { ...desk, 'incoming.refuse': {} },
  open: (page, language) =>
    page.getByRole('button', { name: texts[language].actions.refuse, exact: true }).click(),
  ready: (page, language) => page.getByRole('alertdialog', { name: texts[language].refuse.title }),
  act: {
    call: 'incoming.refuse',
    run: async (page) => {
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('textbox').fill('Gửi nhầm nơi nhận');
      await dialog.getByRole('button', { name: texts.vi.actions.refuse }).click();
    },
  },
});
