import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NATIONAL_LINE } from '../../src/shared/domain/exchange.ts';
import type { Role } from '../../src/shared/domain/permissions.ts';
import { type Argument, type CallName, ipc } from '../../src/shared/ipc/index.ts';
import { PEOPLE, SCHOOL, TEACHER } from '../demo/sample.ts';
import { sitDown, type PersonAtDesk } from '../demo/person.ts';
import { writeEdoc } from '../../src/main/axis/edxml-write.ts';
import { departmentLetter } from './school.ts';
import {
  type Ask,
  asking,
  deliver,
  draftFields,
  expectClear,
  fileOf,
  journal,
  openOffice,
  type Office,
} from './set-up.ts';

const OTHER = { ...TEACHER, id: 'giao-vien-khac', name: 'Hoàng Văn Thử' };
const nowhere = '00000000-0000-4000-8000-000000000000';
const nothing = '0'.repeat(64);

let office: Office;
let other: PersonAtDesk;
/** Documents of the teacher, and those that are somebody else's. */
let mine: { incoming: string; outgoing: string };
let others: { incoming: string; outgoing: string };
let arguments_: { readonly [N in CallName]: (own: boolean) => Argument<N> };

beforeAll(async () => {
  office = await openOffice();
  const { clerk, principal, teacher, axis, demo } = office;
  await clerk.call('settings.save-person', OTHER);
  other = await sitDown(demo.desk, OTHER.id);
  deliver(axis, writeEdoc(departmentLetter({ number: '77' }), { now: Date.now(), secrecy: '' }));
  await office.goRound();
  const { rows } = await clerk.call('incoming.list', {});
  const [first, second] = rows.map(({ id }) => id) as [string, string];
  for (const [id, handler] of [
    [first, TEACHER],
    [second, OTHER],
  ] as const) {
    await clerk.call('incoming.register', { id });
    const direction = { otherHandlerIds: [], dueDate: null, opinion: 'Giao xử lý' };
    await principal.call('incoming.direct', { id, mainHandlerId: handler.id, ...direction });
  }
  const fields = await draftFields(teacher);
  const foreign = await draftFields(other, { subject: 'V/v việc của người khác' });
  const { id: own } = await teacher.call('outgoing.create', fields);
  const { id: theirs } = await other.call('outgoing.create', foreign);
  mine = { incoming: first, outgoing: own };
  others = { incoming: second, outgoing: theirs };

  const incoming = (own: boolean) => ({ id: (own ? mine : others).incoming });
  const outgoing = (own: boolean) => ({ id: (own ? mine : others).outgoing });
  const reason = 'Không đúng quy định';
  const taskId = crypto.randomUUID();
  const { axis: axisSettings, services } = await clerk.call('settings.get', {});
  const { secretSet: _, ...saved } = axisSettings;
  const png = { sha256: nothing, name: 'x.png' };
  const login = { tokenId: 'x', certificateSha256: nothing, pin: '1', taskId };
  const day = '2026-11-20';
  const stamped = (own: boolean) => ({ kind: 'incoming' as const, ...incoming(own) });
  arguments_ = {
    'incoming.list': () => ({}),
    'incoming.get': incoming,
    'incoming.register': incoming,
    'incoming.refuse': (own) => ({ ...incoming(own), reason }),
    'incoming.direct': (own) => ({
      ...incoming(own),
      mainHandlerId: TEACHER.id,
      otherHandlerIds: [],
      dueDate: null,
      opinion: 'x',
    }),
    'incoming.start': incoming,
    'incoming.close': (own) => ({ ...incoming(own), result: 'Xong', replyId: nowhere }),
    'outgoing.list': () => ({}),
    'outgoing.get': outgoing,
    'file.examine': () => fields.main!,
    'file.take-copy': () => fields.main!,
    'outgoing.create': () => ({ ...fields, kindId: 'no such kind' }),
    'outgoing.update': (own) => ({ ...fields, ...outgoing(own), kindId: 'no such kind' }),
    'outgoing.submit': outgoing,
    'outgoing.approve-format': outgoing,
    'outgoing.return': (own) => ({ ...outgoing(own), reason }),
    'outgoing.number': outgoing,
    'outgoing.issue': outgoing,
    'outgoing.allow-sending': (own) => ({ ...outgoing(own), reason }),
    'outgoing.cancel': (own) => ({ ...outgoing(own), reason }),
    'signing.tokens': () => ({}),
    'signing.learn': () => ({ tokenId: login.tokenId, pin: login.pin }),
    'signing.placements': (own) => ({ ...outgoing(own), act: 'approve' }),
    'signing.sign': (own) => ({ ...outgoing(own), ...login, act: 'approve', boxes: [] }),
    'signing.sign-batch': (own) => ({ ...login, act: 'approve', items: [{ ...outgoing(own), boxes: [] }] }),
    'file-act.plan': (own) => ({ act: stamped(own) }),
    'file-act.sign': (own) => ({ ...login, items: [{ act: stamped(own), boxes: [] }] }),
    'file-act.list': () => ({}),
    'verification.of': () => ({ sha256: fields.main!.sha256 }),
    'verification.stop': () => ({ sha256: fields.main!.sha256 }),
    'verification.again': () => ({ sha256: fields.main!.sha256 }),
    'verification.evidence': () => ({ sha256: fields.main!.sha256 }),
    'verification.export-evidence': () => ({ sha256: fields.main!.sha256 }),
    'verification.report': () => ({ sha256: fields.main!.sha256, taskId }),
    'file.unlock': () => ({ sha256: fields.main!.sha256, password: 'x' }),
    'file.password': () => ({ sha256: fields.main!.sha256 }),
    'task.cancel': () => ({ taskId }),
    'exchange.state': () => ({}),
    'exchange.sync': () => ({}),
    'exchange.deliveries': () => ({}),
    'exchange.retry': () => ({ deliveryId: nowhere }),
    'exchange.quarantine': () => ({}),
    'exchange.reread': () => ({ line: NATIONAL_LINE, axisDocId: 'x' }),
    'agencies.find': () => ({ text: 'so' }),
    'today.tiles': () => ({}),
    'register.book': () => ({ book: 'incoming', from: day, to: day }),
    'search.find': () => ({ text: 'viec' }),
    'history.of': outgoing,
    'integrity.check': () => ({ taskId }),
    'integrity.rebuild': () => ({ taskId }),
    'session.state': () => ({}),
    'session.sit': () => ({ personId: nowhere }),
    'session.confirm-clock': () => ({}),
    'settings.get': () => ({}),
    'settings.save-office': () => SCHOOL,
    'settings.save-person': () => OTHER,
    'settings.save-axis': () => ({ ...saved, secret: '' }),
    'settings.test-axis': () => ({}),
    'settings.detect-modules': () => ({}),
    'settings.diagnose-module': () => ({ path: '/nowhere.so' }),
    'settings.add-module': () => ({ path: '/nowhere.so' }),
    'settings.remove-module': () => ({ path: '/nowhere.so' }),
    'settings.add-pkcs12': () => ({ sha256: nothing, name: 'x', pin: '' }),
    'settings.remove-pkcs12': () => ({ sha256: nothing }),
    'settings.add-roots': () => ({ sha256: nothing, name: 'x' }),
    'settings.remove-root': () => ({ sha256: nothing }),
    'settings.save-services': () => services,
    'settings.save-signer-kind': () => ({ fingerprint: nothing, kind: 'agency' }),
    'settings.save-image': () => ({ owner: 'seal', file: png }),
  };
});
afterAll(() => office.close());

type Right = 'yes' | 'own' | 'no';
const everybody: Record<Role, Right> = { clerk: 'yes', principal: 'yes', teacher: 'yes' };
const staff: Record<Role, Right> = { clerk: 'yes', principal: 'yes', teacher: 'no' };
const clerkOnly: Record<Role, Right> = { clerk: 'yes', principal: 'no', teacher: 'no' };
const readers: Record<Role, Right> = { clerk: 'yes', principal: 'yes', teacher: 'own' };
const handler: Record<Role, Right> = { clerk: 'no', principal: 'no', teacher: 'own' };
/** Both drafts name the principal as their signer. */
const signer: Record<Role, Right> = { clerk: 'no', principal: 'yes', teacher: 'no' };

/** Who may make which call (NĐ 30/2020, Điều 6, 12, 13, 32), written down apart from the program. */
const table: Record<CallName, Record<Role, Right>> = {
  'incoming.list': everybody,
  'incoming.get': readers,
  'incoming.register': clerkOnly,
  'incoming.refuse': clerkOnly,
  'incoming.direct': { clerk: 'no', principal: 'yes', teacher: 'no' },
  'incoming.start': handler,
  'incoming.close': handler,
  'outgoing.list': everybody,
  'outgoing.get': readers,
  'file.examine': everybody,
  'file.take-copy': everybody,
  'outgoing.create': everybody,
  'outgoing.update': readers,
  'outgoing.submit': readers,
  'outgoing.approve-format': clerkOnly,
  'outgoing.return': clerkOnly,
  'outgoing.number': clerkOnly,
  'outgoing.issue': clerkOnly,
  'outgoing.allow-sending': signer,
  'outgoing.cancel': readers,
  'signing.tokens': everybody,
  'signing.learn': everybody,
  'signing.placements': signer,
  'signing.sign': signer,
  // Whose documents they are is asked one by one.
  'signing.sign-batch': { clerk: 'no', principal: 'yes', teacher: 'no' },
  // The arrival stamp; every other act has its row below.
  'file-act.plan': clerkOnly,
  'file-act.sign': clerkOnly,
  'file-act.list': everybody,
  'verification.of': everybody,
  'verification.stop': everybody,
  'verification.again': everybody,
  'verification.evidence': everybody,
  'verification.export-evidence': everybody,
  'verification.report': everybody,
  'file.unlock': everybody,
  'file.password': everybody,
  'task.cancel': everybody,
  'exchange.state': everybody,
  'exchange.sync': staff,
  'exchange.deliveries': staff,
  'exchange.retry': staff,
  'exchange.quarantine': staff,
  'exchange.reread': staff,
  'agencies.find': everybody,
  'today.tiles': everybody,
  'register.book': staff,
  'search.find': everybody,
  'history.of': readers,
  'integrity.check': staff,
  'integrity.rebuild': staff,
  'session.state': everybody,
  'session.sit': everybody,
  'session.confirm-clock': clerkOnly,
  'settings.get': everybody,
  'settings.save-office': staff,
  'settings.save-person': staff,
  'settings.save-axis': staff,
  'settings.test-axis': staff,
  'settings.detect-modules': staff,
  'settings.diagnose-module': staff,
  'settings.add-module': staff,
  'settings.remove-module': staff,
  'settings.add-pkcs12': staff,
  'settings.remove-pkcs12': staff,
  'settings.add-roots': staff,
  'settings.remove-root': staff,
  'settings.save-services': staff,
  'settings.save-signer-kind': staff,
  'settings.save-image': staff,
};

const sheet = { sha256: nothing, name: 'x.pdf' };
/** Who may sign what on files (NĐ 30/2020, Điều 20, 23, 25, 32.2). Another file than one's own is refused otherwise. */
const fileActs: readonly (readonly [FileActInput, Record<Role, boolean>])[] = [
  [
    { kind: 'incoming', id: nowhere },
    { clerk: true, principal: false, teacher: false },
  ],
  [
    { kind: 'comment', id: nowhere, text: 'Đồng ý' },
    { clerk: false, principal: true, teacher: false },
  ],
  [
    { kind: 'copy', id: nowhere, file: sheet, form: 'SY', orderedById: 'x' },
    { clerk: true, principal: false, teacher: false },
  ],
  [
    { kind: 'copy', id: null, file: sheet, form: 'TrS', orderedById: 'x' },
    { clerk: true, principal: false, teacher: false },
  ],
  [
    { kind: 'general', file: sheet, holder: 'person' },
    { clerk: true, principal: true, teacher: true },
  ],
  [
    { kind: 'general', file: sheet, holder: 'office' },
    { clerk: true, principal: false, teacher: false },
  ],
];
type FileActInput = Argument<'file-act.plan'>['act'];

/** Calls that would end the document the others need. */
const last: readonly CallName[] = ['incoming.start', 'outgoing.submit', 'outgoing.cancel'];
const names = Object.keys(ipc) as CallName[];
const inOrder = [...names.filter((name) => !last.includes(name)), ...last];

const denials = () => journal(office.dataDir).filter(({ type }) => type === 'access.denied');

/** Whether the desk let the call through; a refusal must be clear and on record. */
async function admitted(ask: Ask, name: CallName, own: boolean, personId: string): Promise<boolean> {
  const before = denials().length;
  const answer = await ask(name, arguments_[name](own) as Argument<typeof name>);
  const recorded = denials().slice(before);
  if (answer.ok || answer.code !== 'documents.not-allowed') {
    expect(recorded, name).toEqual([]);
    expect(answer.ok || answer.code, name).not.toBe('host.unexpected');
    expect(answer.ok || answer.code, name).not.toBe('host.bad-request');
    return true;
  }
  expectClear(answer);
  expect(recorded, name).toMatchObject([{ subject: personId }]);
  expect(JSON.parse(recorded[0]!.data)).toMatchObject({ call: name });
  return false;
}

describe.each(PEOPLE)('$role', ({ id, role }) => {
  it('may do what the table says, and nothing else', async () => {
    const ask = await asking(office.demo.desk, id);
    const expected: Record<string, [own: boolean, foreign: boolean]> = {};
    const found: typeof expected = {};
    for (const name of inOrder) {
      const right = table[name][role];
      expected[name] = [right !== 'no', right === 'yes'];
      const foreign = await admitted(ask, name, false, id);
      found[name] = [await admitted(ask, name, true, id), foreign];
    }
    expect(found).toEqual(expected);
  });
});

describe.each(PEOPLE)('what a $role signs on files', ({ id, role }) => {
  it.each(fileActs)('%j', async (act, may) => {
    const ask = await asking(office.demo.desk, id);
    const login = { tokenId: 'x', certificateSha256: nothing, pin: '1', taskId: crypto.randomUUID() };
    const before = denials().length;
    const answers = [
      await ask('file-act.plan', { act }),
      await ask('file-act.sign', { ...login, items: [{ act, boxes: [] }] }),
    ];
    const denied = answers.map((answer) => !answer.ok && answer.code === 'documents.not-allowed');
    expect(denied).toEqual([!may[role], !may[role]]);
    expect(denials().length - before).toBe(may[role] ? 0 : 2);
  });

  it('cannot be hidden behind another act', async () => {
    const ask = await asking(office.demo.desk, id);
    const login = { tokenId: 'x', certificateSha256: nothing, pin: '1', taskId: crypto.randomUUID() };
    const acts: FileActInput[] = [
      { kind: 'general', file: sheet, holder: 'person' },
      { kind: 'general', file: sheet, holder: 'office' },
    ];
    const items = acts.map((act) => ({ act, boxes: [] }));
    expect(await ask('file-act.sign', { ...login, items })).toMatchObject({ code: 'host.bad-request' });
  });
});

describe('nobody', () => {
  it('may ask who could sit there, and sit down, and see whether the axis is there; nothing else', async () => {
    const ask = await asking(office.demo.desk, null);
    const before = journal(office.dataDir).length;
    const open: CallName[] = ['session.state', 'session.sit', 'task.cancel', 'exchange.state'];
    for (const name of names) {
      const answer = await ask(name, arguments_[name](true) as Argument<typeof name>);
      expect(answer.ok ? 'done' : answer.code, name).toBe(
        name === 'session.sit'
          ? 'documents.no-such-person'
          : open.includes(name)
            ? 'done'
            : 'documents.nobody-sits',
      );
    }
    expect(journal(office.dataDir).length).toBe(before);
  });

  it('adds and opens no file', async () => {
    const nobody = await sitDown(office.demo.desk, null);
    await expect(nobody.addFile('x.pdf', Buffer.from('%PDF-'))).rejects.toThrow('documents.nobody-sits');
    const detail = await office.clerk.call('outgoing.get', { id: mine.outgoing });
    await expect(nobody.filePath(fileOf(detail, 'main'))).rejects.toMatchObject({
      code: 'documents.nobody-sits',
    });
  });

  it('is also who left the office or never was in it', async () => {
    const ask = await asking(office.demo.desk, OTHER.id);
    await office.clerk.call('settings.save-person', { ...OTHER, active: false });
    expect(await ask('today.tiles', {})).toMatchObject({ code: 'documents.nobody-sits' });
    expect(await ask('session.sit', { personId: OTHER.id })).toMatchObject({
      code: 'documents.no-such-person',
    });
    await office.clerk.call('settings.save-person', OTHER);
    expect(await ask('today.tiles', {})).toMatchObject({ ok: true });
  });
});

describe("a teacher and other people's documents", () => {
  it('lists and searches only what is their own', async () => {
    const { teacher } = office;
    for (const text of ['', 'bao cao', 'viec']) {
      const { rows } = await teacher.call('incoming.list', { text });
      expect(rows.map(({ id }) => id)).not.toContain(others.incoming);
      const drafts = await teacher.call('outgoing.list', { text });
      expect(drafts.rows.map(({ id }) => id)).not.toContain(others.outgoing);
      expect(drafts.total).toBe(drafts.rows.length);
    }
    expect((await teacher.call('incoming.list', {})).rows.map(({ id }) => id)).toEqual([mine.incoming]);
    expect(await teacher.call('search.find', { text: 'người khác' })).toEqual({ hits: [], total: 0 });
    expect((await other.call('search.find', { text: 'người khác' })).total).toBe(1);
    const { hits } = await teacher.call('search.find', { text: 'so lieu' });
    expect(hits.map(({ id }) => id).sort()).toEqual([mine.incoming, mine.outgoing].sort());
    const { tiles } = await teacher.call('today.tiles', {});
    expect(JSON.stringify(tiles)).not.toMatch(new RegExp(`${others.incoming}|${others.outgoing}`));
  });

  it('reads neither them nor their history', async () => {
    for (const id of [others.incoming, others.outgoing])
      expect(await office.teacher.refusal('history.of', { id })).toBe('documents.not-allowed');
    expect(await office.teacher.refusal('incoming.get', { id: others.incoming })).toBe(
      'documents.not-allowed',
    );
    expect(await office.teacher.refusal('outgoing.get', { id: others.outgoing })).toBe(
      'documents.not-allowed',
    );
  });

  it('opens only files of their own documents', async () => {
    const { teacher, clerk } = office;
    const theirs = await clerk.call('outgoing.get', { id: others.outgoing });
    const letter = await clerk.call('incoming.get', { id: others.incoming });
    const { pkcs12 } = await clerk.call('settings.get', {});
    const foreign = [
      fileOf(letter, 'main'),
      letter.message,
      ...pkcs12.map(({ sha256 }) => sha256),
      ...theirs.attachments.map(({ sha256 }) => sha256),
    ];
    const own = await teacher.call('outgoing.get', { id: mine.outgoing });
    const shared = new Set(own.attachments.map(({ sha256 }) => sha256));
    for (const sha256 of foreign.filter((one) => !shared.has(one)))
      await expect(teacher.filePath(sha256), sha256).rejects.toMatchObject({
        code: 'documents.file-not-yours',
      });
    for (const sha256 of shared) expect(await teacher.filePath(sha256)).toContain(sha256.slice(2));
  });

  it('sees the image of neither the seal nor the head’s signature, and the head no less than before', async () => {
    const { teacher, clerk, principal } = office;
    const { images } = await clerk.call('settings.get', {});
    const hashes = Object.values(images).map(({ sha256 }) => sha256);
    expect(hashes.length).toBeGreaterThan(1);
    for (const sha256 of hashes) {
      await expect(teacher.filePath(sha256), sha256).rejects.toMatchObject({
        code: 'documents.file-not-yours',
      });
      for (const person of [clerk, principal])
        expect(await person.filePath(sha256)).toContain(sha256.slice(2));
    }
  });

  it('learns nothing about their signatures', async () => {
    const letter = await office.clerk.call('incoming.get', { id: others.incoming });
    const taskId = crypto.randomUUID();
    for (const sha256 of [fileOf(letter, 'main'), letter.message]) {
      for (const name of [
        'verification.of',
        'verification.stop',
        'verification.again',
        'verification.evidence',
        'verification.export-evidence',
      ] as const)
        expect(await office.teacher.refusal(name, { sha256 }), name).toBe('documents.file-not-yours');
      expect(await office.teacher.refusal('verification.report', { sha256, taskId })).toBe(
        'documents.file-not-yours',
      );
    }
  });

  it('does not learn what they are about by answering them', async () => {
    const fields = await draftFields(office.teacher);
    const answer = (replyToId: string) => office.teacher.refusal('outgoing.create', { ...fields, replyToId });
    expect(await answer(others.incoming)).toBe('documents.not-found');
    expect(await answer(nowhere)).toBe('documents.not-found');
    const reply = { ...fields, replyToId: mine.incoming };
    expect(await office.teacher.call('outgoing.create', reply)).toHaveProperty('id');
  });
});

it('who signs does not number, who numbers does not sign', async () => {
  const { clerk, principal } = office;
  expect(await principal.refusal('outgoing.number', { id: mine.outgoing })).toBe('documents.not-allowed');
  expect(await clerk.refusal('signing.placements', { id: mine.outgoing, act: 'approve' })).toBe(
    'documents.not-allowed',
  );
  expect(await principal.refusal('signing.placements', { id: mine.outgoing, act: 'seal' })).toBe(
    'documents.not-allowed',
  );
});
