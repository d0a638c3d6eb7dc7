import type { Page } from '@playwright/test';
import { texts as componentTexts } from '../../../src/renderer/components/texts.ts';
import { texts as copyTexts } from '../../../src/renderer/signing/copy/texts.ts';
import { texts as fileTexts } from '../../../src/renderer/signing/files/texts.ts';
import { texts } from '../../../src/renderer/signing/texts.ts';
import * as records from '../records.ts';
import { dialogTitle, pageText, press, pressInDialog, screenTests, typePin } from '../screen-tests.ts';
import { type Doubles, problem, refused } from '../test-desk.ts';

const driver = 'C:\\Windows\\System32\\bit4xpki.dll';
const rows = [1, 2, 3].map((n) => records.outgoingRow(n));
const asPrincipal: Doubles = { 'session.state': records.session(records.PRINCIPAL) };
const seal = records.token(records.SCHOOL.name);

const desk: Doubles = {
  ...asPrincipal,
  'outgoing.list': { rows, total: 3 },
  'outgoing.get': records.outgoingDetail(),
  'incoming.get': records.incomingDetail({ fileActs: ['incoming', 'comment'] }),
  'signing.tokens': { tokens: [records.token(records.PRINCIPAL.name)], problems: [] },
  'signing.placements': { placements: [records.placement()] },
  'file-act.list': { rows: [1, 2, 3].map((n) => records.signedFile(n)), total: 30 },
  'file-act.plan': {
    placements: [records.placement({ role: 'comment', found: 'free', image: null, lines: ['Ý kiến'] })],
  },
};

screenTests('signing', {
  at: '#/signing',
  doubles: desk,
  main: 'outgoing.list',
  ready: pageText,
  empty: {
    doubles: { 'outgoing.list': { rows: [], total: 0 } },
    says: (language) => texts[language].empty.approve,
  },
  long: {
    'outgoing.list': { rows: rows.map((row) => ({ ...row, subject: records.longSubject })), total: 3 },
    'outgoing.get': records.outgoingDetail({ subject: records.longSubject }),
    'signing.tokens': {
      tokens: [1, 2].map((n) =>
        records.token(records.PRINCIPAL.name, { id: `${n}`, label: `Token của ${records.longName}` }),
      ),
      problems: [],
    },
  },
});

screenTests('signing without token', {
  at: '#/signing',
  doubles: {
    ...desk,
    'signing.tokens': {
      tokens: [],
      problems: [
        { path: driver, ...problem('token.module-other-machine', { module: driver, machine: 'ARM64' }) },
      ],
    },
  },
  main: 'signing.tokens',
  refusal: ['token.module-crashed', { module: driver }],
  ready: (page, language) => page.getByText(texts[language].noToken.person),
});

screenTests('signing placements', {
  at: '#/signing',
  doubles: { ...desk, 'signing.placements': { placements: [records.placement({ found: 'manual' })] } },
  main: 'signing.placements',
  refusal: ['pdf.password-needed', {}],
  ready: pageText,
});

screenTests('signing to number', {
  at: '#/signing',
  doubles: {
    ...desk,
    'session.state': records.session(records.CLERK),
    'signing.tokens': { tokens: [seal], problems: [] },
    'outgoing.get': records.outgoingDetail({ state: 'signed', actions: ['number'] }),
  },
  ready: pageText,
  act: { call: 'outgoing.number', run: press((language) => texts[language].act.number) },
});

screenTests('signing batch', {
  at: '#/signing?batch=1',
  doubles: desk,
  ready: pageText,
  long: {
    'outgoing.list': {
      rows: Array.from({ length: 30 }, (_, n) => records.outgoingRow(n, { subject: records.longSubject })),
      total: 30,
    },
  },
});

screenTests('dialog pin', {
  at: '#/signing',
  doubles: { ...desk, 'task.cancel': {} },
  open: (page) => page.getByRole('button', { name: texts.vi.act.approve, exact: true }).click(),
  ready: (page, language) => page.getByRole('dialog', { name: texts[language].pin.title.approve }),
  long: {
    'signing.tokens': {
      tokens: [
        records.token(records.PRINCIPAL.name, {
          label: records.longName,
          pin: { ...seal.pin, countLow: true, finalTry: true },
        }),
      ],
      problems: [],
    },
  },
  act: {
    call: 'signing.sign',
    refusal: ['token.wrong-pin', {}],
    fill: typePin,
    secret: true,
    run: pressInDialog((language) => texts[language].pin.sign),
  },
});

screenTests('dialog pin of a batch', {
  at: '#/signing?batch=1',
  doubles: { ...desk, 'task.cancel': {} },
  open: press((language) => texts[language].batch.kinds.approve.act('3')),
  ready: dialogTitle((language) => texts[language].batch.kinds.approve.title),
  act: {
    call: 'signing.sign-batch',
    refusal: ['token.removed', {}],
    fill: typePin,
    secret: true,
    run: pressInDialog((language) => texts[language].batch.kinds.approve.act('3')),
  },
});

const batchProblem = problem('pdf.password-needed');
const signBatch = async (page: Page) => {
  await press((language) => texts[language].batch.kinds.approve.act('3'))(page);
  await typePin(page);
  await pressInDialog((language) => texts[language].batch.kinds.approve.act('3'))(page);
};
screenTests('dialog result of a batch', {
  at: '#/signing?batch=1',
  doubles: {
    ...desk,
    'signing.sign-batch': {
      items: [
        { id: rows[0]!.id, outcome: 'signed', problem: null },
        { id: rows[1]!.id, outcome: 'failed', problem: batchProblem },
        { id: rows[2]!.id, outcome: 'not-tried', problem: null },
      ],
      stopped: problem('token.removed'),
    },
  },
  open: signBatch,
  ready: dialogTitle((language) => texts[language].batch.kinds.approve.result),
});

screenTests('dialog password', {
  at: `#/signing/${records.idOf(1)}?act=comment`,
  doubles: { ...desk, 'file-act.plan': refused('pdf.password-needed') },
  open: press((language) => componentTexts[language].password.enter),
  ready: dialogTitle((language) => componentTexts[language].password.title),
  act: {
    call: 'file.unlock',
    refusal: ['pdf.password-wrong', {}],
    fill: typePin,
    secret: true,
    run: pressInDialog((language) => componentTexts[language].password.open),
  },
});

screenTests('dialog copy written anew', {
  at: `#/signing/${records.idOf(1)}?act=comment`,
  doubles: {
    ...desk,
    'file-act.plan': refused('documents.copy-offered'),
    'file.examine': {
      problem: problem('pdf.damaged', { mark: 'xref' }),
      copy: { sha256: records.letterFile, size: 80_000, repairs: ['cross-reference', 'repeated-key'] },
      signed: false,
    },
  },
  open: press((language) => componentTexts[language].trouble.look),
  ready: pageText,
  act: { call: 'file.take-copy', run: pressInDialog((language) => componentTexts[language].trouble.take) },
});

screenTests('files to sign', {
  at: '#/signing?files=1',
  doubles: desk,
  main: 'file-act.list',
  ready: (page) => page.getByRole('row').nth(1),
  empty: {
    doubles: { 'file-act.list': { rows: [], total: 0 } },
    says: (language) => fileTexts[language].none,
  },
  long: {
    'file-act.list': {
      rows: [1, 2, 3].map((n) => records.signedFile(n, { name: records.longFileName })),
      total: 3,
    },
  },
});

screenTests('opinion', {
  at: `#/signing/${records.idOf(1)}?act=comment`,
  doubles: desk,
  main: 'file-act.plan',
  refusal: ['pdf.password-needed', {}],
  ready: pageText,
});

screenTests('arrival stamp', {
  at: `#/signing/${records.idOf(1)}?act=incoming`,
  doubles: {
    ...desk,
    'session.state': records.session(records.CLERK),
    'signing.tokens': { tokens: [seal], problems: [] },
  },
  main: 'incoming.get',
  ready: pageText,
});

screenTests('copy', {
  at: `#/signing/${records.idOf(1)}?copy=incoming`,
  doubles: {
    ...desk,
    'session.state': records.session(records.CLERK),
    'signing.tokens': { tokens: [seal], problems: [] },
  },
  main: 'incoming.get',
  ready: (page, language) => page.getByText(copyTexts[language].form),
  long: {
    'incoming.get': records.incomingDetail({
      subject: records.longSubject,
      attachments: [1, 2, 3].map((n) => records.attachment({ name: `${n}${records.longFileName}` })),
    }),
  },
});

screenTests('sealing refused', {
  at: '#/signing',
  doubles: {
    ...desk,
    'session.state': records.session(records.CLERK),
    'signing.tokens': refused('token.module-crashed', { module: driver }),
    'outgoing.get': records.outgoingDetail({ state: 'numbered', actions: ['seal'] }),
  },
  ready: pageText,
});
