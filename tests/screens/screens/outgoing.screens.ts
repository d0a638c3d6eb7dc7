import { texts } from '../../../src/renderer/outgoing/texts.ts';
import type { OutgoingDetail } from '../../../src/shared/ipc/outgoing.ts';
import * as records from '../records.ts';
import {
  button,
  pressInDialog,
  dialogTitle,
  heading,
  pageText,
  press,
  screenTests,
  type,
} from '../screen-tests.ts';
import { type Doubles, problem } from '../test-desk.ts';

const states = ['draft', 'checking', 'to-sign', 'signed', 'numbered', 'sealed', 'issued'] as const;
const rows = [...states, ...states].map((state, n) =>
  records.outgoingRow(n, { state, code: n % 7 > 3 ? '12/CV-THPTVD' : '' }),
);
const at = `#/outgoing/${records.idOf(1)}`;

const desk: Doubles = {
  'outgoing.list': { rows, total: 412 },
  'outgoing.get': records.outgoingDetail(),
  'agencies.find': { rows: [] },
  'file.examine': { problem: null, copy: null, signed: false },
};
const withDocument = (document: OutgoingDetail): Doubles => ({ ...desk, 'outgoing.get': document });

screenTests('outgoing list', {
  at: '#/outgoing',
  doubles: desk,
  main: 'outgoing.list',
  ready: (page) => page.getByRole('option'),
  empty: {
    doubles: { 'outgoing.list': { rows: [], total: 0 } },
    says: (language) => texts[language].empty.all,
  },
  long: {
    'outgoing.list': {
      rows: rows.map((row) => ({ ...row, subject: records.longSubject, drafter: records.longName })),
      total: 123_456,
    },
  },
});

screenTests('outgoing document', {
  at,
  doubles: withDocument(records.issuedDocument()),
  main: 'outgoing.get',
  ready: pageText,
  long: {
    'outgoing.get': records.outgoingDetail({
      subject: records.longSubject,
      kindId: 'BGN',
      returnedReason: records.longSubject,
      alarm: problem('signature.revoked', { name: records.longName, date: '18/11/2026' }),
      actions: ['edit', 'submit', 'return', 'cancel', 'allow-sending'],
    }),
  },
});

screenTests('outgoing checks', {
  at,
  doubles: withDocument(records.outgoingDetail({ state: 'checking', actions: ['approve-format', 'return'] })),
  ready: (page, language) => page.getByText(texts[language].checks.summary(0)),
  empty: {
    doubles: { 'outgoing.get': records.outgoingDetail({ checks: [], actions: ['approve-format'] }) },
    says: (language) => texts[language].checks.none,
  },
});

screenTests('outgoing details', {
  at,
  doubles: withDocument(records.issuedDocument()),
  open: (page) => page.getByRole('tab', { name: texts.vi.tabs.details }).click(),
  ready: (page, language) => page.getByText(texts[language].facts.updatedAt),
  long: {
    'outgoing.get': records.issuedDocument({
      subject: records.longSubject,
      pending: [records.pendingProof({ name: records.longFileName })],
    }),
  },
});

screenTests('outgoing recipients', {
  at,
  doubles: withDocument(records.issuedDocument()),
  open: (page) => page.getByRole('tab', { name: texts.vi.tabs.deliveries }).click(),
  ready: (page) => page.getByRole('row').nth(1),
  empty: {
    doubles: { 'outgoing.get': records.outgoingDetail({ recipients: [] }) },
    says: (language) => texts[language].noRecipients,
  },
  long: {
    'outgoing.get': records.issuedDocument({
      deliveries: Array.from({ length: 30 }, (_, n) =>
        records.delivery(n, {
          recipient: { code: 'H99.05.021', name: records.longName },
          note: records.longSubject,
        }),
      ),
    }),
  },
});

screenTests('draft', {
  at: '#/outgoing/new',
  doubles: desk,
  ready: heading((language) => texts[language].draft.new),
  act: {
    call: 'outgoing.create',
    fill: (page) => page.getByLabel(texts.vi.draft.subject).fill('V/v cử giáo viên dự tập huấn'),
    run: press((language) => texts[language].draft.save),
  },
});

screenTests('draft of an answer', {
  at: `#/outgoing/new?replyTo=${records.idOf(1)}`,
  doubles: { ...desk, 'incoming.get': records.incomingDetail() },
  main: 'incoming.get',
  ready: heading((language) => texts[language].draft.new),
});

screenTests('draft changed', {
  at: `${at}?edit=1`,
  doubles: withDocument(records.outgoingDetail({ state: 'draft', actions: ['edit', 'submit'] })),
  main: 'outgoing.get',
  ready: heading((language) => texts[language].draft.edit),
  long: {
    'outgoing.get': records.outgoingDetail({
      state: 'draft',
      subject: records.longSubject,
      recipients: Array.from({ length: 20 }, (_, n) => ({ code: `H99.${n}`, name: records.longName })),
      attachments: [records.attachment({ name: records.longFileName })],
    }),
  },
  act: {
    call: 'outgoing.update',
    fill: (page) => page.getByLabel(texts.vi.draft.subject).fill('V/v cử giáo viên dự tập huấn'),
    run: press((language) => texts[language].draft.save),
  },
});

for (const [action, call, state] of [
  ['submit', 'outgoing.submit', 'draft'],
  ['approve-format', 'outgoing.approve-format', 'checking'],
  ['number', 'outgoing.number', 'signed'],
] as const)
  screenTests(`outgoing ${action}`, {
    at,
    doubles: withDocument(records.outgoingDetail({ state, actions: [action] })),
    ready: button((language) => texts[language].actions[action]),
    act: { call, run: press((language) => texts[language].actions[action]) },
  });

const reasoned = {
  return: { call: 'outgoing.return', words: 'returnDialog' },
  cancel: { call: 'outgoing.cancel', words: 'cancelDialog' },
  'allow-sending': { call: 'outgoing.allow-sending', words: 'allowDialog' },
} as const;
const alarm = problem('signature.revoked', { name: records.PRINCIPAL.name, date: '18/11/2026' });
for (const action of ['return', 'cancel', 'allow-sending'] as const)
  screenTests(`dialog ${action}`, {
    at,
    doubles: withDocument(records.outgoingDetail({ actions: [action], alarm })),
    open: press((language) => texts[language].actions[action]),
    ready: dialogTitle((language) => texts[language][reasoned[action].words].title),
    long: {
      'outgoing.get': records.outgoingDetail({
        actions: [action],
        subject: records.longSubject,
        alarm: problem('signature.revoked', { name: records.longName, date: '18/11/2026' }),
      }),
    },
    act: {
      call: reasoned[action].call,
      fill: type('Sai tên cơ quan nhận'),
      run: pressInDialog((language) => texts[language].actions[action]),
    },
  });

screenTests('dialog issue', {
  at,
  doubles: withDocument(records.issuedDocument({ state: 'sealed', actions: ['issue'] })),
  open: press((language) => texts[language].actions.issue),
  ready: dialogTitle((language) => texts[language].issueDialog.title),
  long: {
    'outgoing.get': records.issuedDocument({
      state: 'sealed',
      actions: ['issue'],
      subject: records.longSubject,
      recipients: Array.from({ length: 30 }, (_, n) => ({ code: `H99.${n}`, name: records.longName })),
    }),
  },
  act: { call: 'outgoing.issue', run: pressInDialog((language) => texts[language].actions.issue) },
});
