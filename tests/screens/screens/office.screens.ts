import { NATIONAL_LINE } from '../../../src/shared/domain/exchange.ts';
import { texts as exchangeTexts } from '../../../src/renderer/exchange/texts.ts';
import { texts as registerTexts } from '../../../src/renderer/register/texts.ts';
import { texts as searchTexts } from '../../../src/renderer/search/texts.ts';
import { texts as shellTexts } from '../../../src/renderer/shell/texts.ts';
import { texts as todayTexts } from '../../../src/renderer/today/texts.ts';
import { texts as verificationTexts } from '../../../src/renderer/verification/texts.ts';
import * as records from '../records.ts';
import { dialogTitle, press, pressInDialog, screenTests } from '../screen-tests.ts';
import { type Doubles, problem } from '../test-desk.ts';

screenTests('first run', {
  at: '#/today',
  doubles: { 'session.state': records.session(null, { people: [], officeName: '' }) },
  main: 'session.state',
  ready: (page, language) => page.getByText(shellTexts[language].nobody),
});

screenTests('seat', {
  at: '#/today',
  doubles: { 'session.state': records.session(null) },
  ready: (page, language) => page.getByRole('heading', { name: shellTexts[language].whoIsThere }),
  long: {
    'session.state': records.session(null, {
      people: Array.from({ length: 12 }, (_, n) => ({
        ...records.TEACHER,
        id: `p${n}`,
        name: 'Công Tằng Tôn Nữ Thị Hoàng Phương Khánh',
        title: records.longName.slice(0, 100),
      })),
    }),
  },
  act: { call: 'session.sit', run: (page) => page.getByText(records.CLERK.name).click() },
});

screenTests('dialog first services', {
  at: '#/today',
  doubles: {
    'session.state': records.session(records.CLERK, { servicesDecided: false }),
    'signing.tokens': { tokens: [], problems: [] },
  },
  ready: dialogTitle((language) => shellTexts[language].firstServices.title),
  act: {
    call: 'settings.save-services',
    run: pressInDialog((language) => shellTexts[language].firstServices.no),
  },
});

screenTests('machine problem', {
  at: '#/today',
  doubles: {
    'session.state': records.session(records.CLERK, {
      machineProblem: problem('host.cryptography-lacking', {
        algorithms: 'sha384, pbkdf2-sha384, secp384r1',
      }),
    }),
    'signing.tokens': { tokens: [], problems: [] },
  },
  ready: (page) => page.getByRole('alert').filter({ hasText: 'secp384r1' }),
});

const today: Doubles = {
  'signing.tokens': { tokens: [records.token(records.CLERK.name)], problems: [] },
};

screenTests('today', {
  at: '#/today',
  doubles: today,
  main: 'today.tiles',
  ready: (page) => page.getByText('345/SGDĐT-VP'),
  empty: { doubles: { 'today.tiles': { tiles: [] } }, says: (language) => todayTexts[language].nothing },
  long: {
    'today.tiles': { tiles: records.tiles(records.longSubject) },
    'session.state': records.session(records.CLERK, {
      officeName: records.longName,
      demo: { tokens: [{ label: 'Token hiệu trưởng', pin: '12345678' }] },
    }),
    'exchange.state': records.exchangeState({ online: false, waitingDocuments: 1204 }),
  },
});

screenTests('today all done', {
  at: '#/today',
  doubles: { ...today, 'today.tiles': { tiles: records.emptyTiles() } },
  ready: (page) => page.getByRole('heading', { level: 2 }),
});

const deliveries = Array.from({ length: 12 }, (_, n) => records.deliveryRow(n));
const exchange: Doubles = {
  'exchange.deliveries': { rows: deliveries, total: 40 },
  'exchange.quarantine': {
    rows: [
      {
        line: NATIONAL_LINE,
        axisDocId: 'b7f2-4f11',
        receivedAt: records.NOW,
        size: 30_000,
        problem: problem('axis.xml-broken', { offset: 1204 }),
      },
    ],
  },
};

screenTests('deliveries', {
  at: '#/exchange',
  doubles: exchange,
  main: 'exchange.deliveries',
  ready: (page) => page.getByRole('row').nth(1),
  empty: {
    doubles: { 'exchange.deliveries': { rows: [], total: 0 } },
    says: (language) => exchangeTexts[language].noDeliveries,
  },
  long: {
    'exchange.deliveries': {
      rows: deliveries.map((row) => ({
        ...row,
        subject: records.longSubject,
        recipient: { code: 'H99.05.021', name: records.longName },
        problem: problem('store.disk-full', { place: 'D:\\' }),
      })),
      total: 12,
    },
    'exchange.state': records.exchangeState({
      phase: 'halted',
      problem: problem('axis.auth'),
    }),
  },
  act: {
    call: 'exchange.retry',
    run: (page, language = 'vi') =>
      page.getByRole('button', { name: exchangeTexts[language].retry }).first().click(),
  },
});

screenTests('quarantine', {
  at: '#/exchange?filter=quarantined',
  doubles: exchange,
  main: 'exchange.quarantine',
  ready: (page) => page.getByText('b7f2-4f11'),
  empty: {
    doubles: { 'exchange.quarantine': { rows: [] } },
    says: (language) => exchangeTexts[language].noQuarantine,
  },
  act: { call: 'exchange.reread', run: press((language) => exchangeTexts[language].reread) },
});

const book = (cell: string, count: number) => ({
  book: 'incoming' as const,
  from: '2026-01-01',
  to: '2026-11-20',
  rows: Array.from({ length: count }, (_, n) => ({
    id: records.idOf(n),
    cells: {
      arrivalDate: '2026-11-18',
      arrivalNumber: n + 1,
      sender: cell,
      code: '345/SGDĐT-VP',
      issuedDate: '2026-11-17',
      subject: cell,
      handlers: cell,
      handedOver: null,
      receipt: null,
      note: '',
    },
  })),
});

screenTests('register', {
  at: '#/register',
  doubles: { 'register.book': book(records.DEPARTMENT.name, 30) },
  main: 'register.book',
  ready: (page) => page.getByRole('button', { name: '345/SGDĐT-VP' }),
  empty: { doubles: { 'register.book': book('', 0) }, says: (language) => registerTexts[language].empty },
  long: { 'register.book': book(records.longSubject, 30) },
});

screenTests('search', {
  at: '#/search?text=s%E1%BB%91%20li%E1%BB%87u',
  doubles: { 'search.find': { hits: [0, 1, 2].map((n) => records.hit(n)), total: 40 } },
  main: 'search.find',
  ready: (page) => page.locator('mark'),
  empty: {
    doubles: { 'search.find': { hits: [], total: 0 } },
    says: (language) => searchTexts[language].none('số liệu'),
  },
  long: {
    'search.find': {
      hits: [0, 1, 2].map((n) =>
        records.hit(n, {
          subject: records.longSubject,
          excerpt: `${records.longSubject} số liệu`,
          party: records.longName,
        }),
      ),
      total: 3,
    },
  },
});

screenTests('help', {
  at: '#/help',
  doubles: {},
  ready: (page) => page.getByRole('article'),
});

// The notices are those the build has written, not a double's: the licence of a package can be opened and read.
screenTests('about', {
  at: '#/help/about',
  doubles: {},
  open: (page) => page.getByText('zod', { exact: false }).first().click(),
  ready: (page) => page.getByText('Permission is hereby granted').filter({ visible: true }),
});

const letter: Doubles = {
  'incoming.list': { rows: [records.incomingRow(1)], total: 1 },
  'incoming.get': records.incomingDetail(),
  'verification.evidence': {
    sha256: records.letterFile,
    checkedAt: records.NOW,
    software: 'Bàn Văn Thư 0.1.0',
    signatures: [],
  },
};
screenTests('verification', {
  at: `#/incoming/${records.idOf(1)}`,
  doubles: letter,
  open: (page) =>
    page
      .getByRole('button', { name: lightsOf('vi') })
      .first()
      .click(),
  ready: (page, language) => page.getByRole('button', { name: verificationTexts[language].report }),
  long: {
    'verification.of': records.verification({
      verdict: 'invalid',
      signatures: [1, 2, 3].map((n) =>
        records.signatureReport({
          field: `Signature${n}`,
          lights: { signer: 'unknown', integrity: 'bad', validity: 'bad' },
          signer: { ...records.signatureReport().signer!, name: records.longName },
          findings: [
            { code: 'integrity.modified', params: {}, aspect: 'integrity' },
            { code: 'validity.revoked', params: { revokedAt: records.NOW }, aspect: 'validity' },
          ],
        }),
      ),
      changes: Array.from({ length: 12 }, (_, n) => ({
        kind: 'page-content' as const,
        revision: n + 2,
        allowed: false,
        params: { page: n + 1 },
      })),
    }),
  },
});

/** The strip that opens the panel is named by its lights. */
const lightsOf = (language: 'vi' | 'en') => (language === 'vi' ? /người ký/i : /signer/i);
