import { texts } from '../../../src/renderer/outgoing/texts.ts';
import type { OutgoingDetail } from '../../../src/shared/ipc/outgoing.ts';
import * as records from '../records.ts';
import { pageText, screenTests } from '../test.ts';
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
  empty: { doubles: { 'outgoing.list': { rows: [], total: 0 } }, says: texts.vi.empty.all },
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
    says: texts.vi.checks.none,
  },
});

screenTests('outgoing details', {
  at,
  doubles: withDocument(records.issuedDocument()),
  open: (page, language) => page.getByRole('tab', { name: texts[language].tabs.details }).click(),
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
  open: (page, language) => page.getByRole('tab', { name: texts[language].tabs.deliveries }).click(),
  ready: (page) => page.getByRole('row').nth(1),
  empty: {
    doubles: { 'outgoing.get': records.outgoingDetail({ recipients: [] }) },
    says: texts.vi.noRecipients,
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
  ready: (page, language) => page.getByRole('heading', { name: texts[language].draft.new }),
});

screenTests('draft changed', {
  at: `${at}?edit=1`,
  doubles: withDocument(records.outgoingDetail({ state: 'draft', actions: ['edit', 'submit'] })),
  main: 'outgoing.get',
  ready: (page, language) => page.getByRole('heading', { name: texts[language].draft.edit }),
  long: {
    'outgoing.get': records.outgoingDetail({
      state: 'draft',
      subject: records.longSubject,
      recipients: Array.from({ length: 20 }, (_, n) => ({ code: `H99.${n}`, name: records.longName })),
      attachments: [records.attachment({ name: records.longFileName })],
    }),
  },
});

screenTests('dialog issue', {
  at,
  doubles: withDocument(records.issuedDocument({ state: 'sealed', actions: ['issue'] })),
  open: (page, language) =>
    page.getByRole('button', { name: texts[language].actions.issue, exact: true }).click(),
  ready: (page, language) => page.getByRole('alertdialog', { name: texts[language].issueDialog.title }),
  long: {
    'outgoing.get': records.issuedDocument({
      state: 'sealed',
      actions: ['issue'],
      subject: records.longSubject,
      recipients: Array.from({ length: 30 }, (_, n) => ({ code: `H99.${n}`, name: records.longName })),
    }),
  },
});
