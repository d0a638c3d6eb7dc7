import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pdfAttachment } from '../../../../tests/axis/samples.ts';
import { MORNING } from '../../../../tests/desk/morning.ts';
import { deliver, departmentLetter, openSchool, type School } from '../../../../tests/desk/school.ts';
import { CLERK, PRINCIPAL, TEACHER } from '../../../../tests/demo/sample.ts';
import { program } from '../../store/events/index.ts';
import { tableDigests } from '../../store/rebuild.ts';
import { attachmentsOf } from '../../store/queries/documents.ts';
import { inboxById } from '../../store/queries/exchange.ts';
import { entriesAbout } from '../../store/queries/journal.ts';
import { connectionOf } from '../../store/sql.ts';
import { edocIdentity } from '../../axis/identity.ts';
import { NATIONAL_LINE } from '../../../shared/domain/exchange.ts';
import { newEvent } from '../common/events.ts';
import { checkIntegrity } from '../integrity/integrity.ts';
import { historyOf } from '../history/history.ts';
import { get } from './incoming-view.ts';
import { direct, register } from './incoming.ts';
import { returnSecret } from './return-secret.ts';

let school: School;
beforeEach(() => (school = openSchool()));
afterEach(() => school.close());

/** A word that stands nowhere else, in the letter and in what people said of it. */
const SECRET = 'zzkimthoa';
const hidden = Buffer.from(`%PDF-1.4 ${SECRET}`);
const letter = {
  subject: `V/v phương án ${SECRET}`,
  content: `Nội dung ${SECRET}`,
  attachments: [{ ...pdfAttachment, name: `${SECRET}.pdf`, bytes: hidden }],
};

/** A letter that was registered and directed before its first page was read. */
async function receiveSecret(): Promise<{ id: string; files: string[] }> {
  const { store } = school;
  const id = await school.receive(letter);
  register(store, CLERK, { id, confirmDuplicate: false });
  const opinion = `Triển khai ${SECRET}`;
  direct(store, PRINCIPAL, { id, mainHandlerId: TEACHER.id, otherHandlerIds: [], dueDate: null, opinion });
  const [{ file } = { file: '' }] = attachmentsOf(store.tables, id);
  const text = { file: store.files.put(Buffer.from(SECRET)).sha256 };
  store.record(program, () => newEvent('file.read', file, { file, text }));
  const message = inboxById(store.tables, NATIONAL_LINE, 'axis-1')!.file;
  return { id, files: [file, text.file, message] };
}

const find = (id: string) =>
  returnSecret(school.store, attachmentsOf(school.store.tables, id)[0]!.file, 'MẬT');
const check = () => checkIntegrity(school.store, CLERK, () => {});
const rebuild = () => school.store.rebuild(() => {}, new AbortController().signal);

/** Files of the office folder in which the word stands. */
function saying(word: string): string[] {
  const all = readdirSync(school.dir, { recursive: true, encoding: 'utf8' });
  return all.filter((name) => {
    const path = join(school.dir, name);
    return statSync(path).isFile() && readFileSync(path).includes(word);
  });
}

describe('a secret letter that is found after its arrival', () => {
  it('leaves the office: journal, tables, index and files say nothing of it any more', async () => {
    const { id, files } = await receiveSecret();
    // Out of the write-ahead log, into pages that are then freed.
    school.reopen();
    expect(saying(SECRET)).toEqual(expect.arrayContaining(['office.sqlite']));
    find(id);
    expect(saying(SECRET)).toEqual([]);
    expect(files.map((file) => school.store.files.remove(file))).toEqual([false, false, false]);
    school.reopen();
    expect(saying(SECRET)).toEqual([]);
  });

  it('keeps its number, its return and its history, with who purged what and when', async () => {
    const { id } = await receiveSecret();
    school.clock.now = MORNING + 5000;
    find(id);
    expect(get(school.store, CLERK, { id })).toMatchObject({
      state: 'refused',
      arrivalNumber: 1,
      code: '301/SGDĐT-VP',
      attachments: [],
    });
    expect(historyOf(school.store, { id }).entries.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'incoming.received',
        'incoming.directed',
        'incoming.secret-found',
        'incoming.purged',
      ]),
    );
    const { brokenAt, missing, purged } = await check();
    expect({ brokenAt, missing }).toEqual({ brokenAt: null, missing: [] });
    const told = entriesAbout(school.store.tables, id).filter(({ type }) =>
      ['incoming.received', 'incoming.directed'].includes(type),
    );
    expect(purged).toEqual(
      expect.arrayContaining(told.map(({ seq }) => ({ seq, by: '', at: MORNING + 5000 }))),
    );
  });

  it('gives the same rows when all tables are made again, without what it said', async () => {
    const { id } = await receiveSecret();
    find(id);
    const before = tableDigests(school.store.tables);
    expect(await rebuild()).toMatchObject({ identical: true });
    expect(tableDigests(school.store.tables)).toEqual(before);
    expect(saying(SECRET)).toEqual([]);
  });

  it('leaves what another document has as well', async () => {
    const { id, files } = await receiveSecret();
    const other = await school.receive({ ...letter, subject: 'V/v khác', content: '' });
    const { store } = school;
    store.record(program, () => newEvent('incoming.refused', other, { reason: 'Gửi nhầm' }));
    find(id);
    await expect(store.files.check(files[0]!)).resolves.toBe('whole');
    expect((await check()).missing).toEqual([]);
    expect(store.files.remove(files[2]!)).toBe(false);
  });

  it('goes the same way each time the axis delivers it again', async () => {
    const { id, files } = await receiveSecret();
    find(id);
    const again = departmentLetter({
      ...letter,
      number: '301',
      documentId: 'H99.05,2026/11/19,301/SGDĐT-VP',
    });
    expect(await deliver(school.axis, 'again', again, MORNING)).toBe('duplicate');
    expect(saying(SECRET)).toEqual([]);
    expect(existsSync(join(school.dir, 'files', files[2]!.slice(0, 2), files[2]!.slice(2)))).toBe(false);
    expect(await check()).toMatchObject({ brokenAt: null, missing: [] });
    expect(await rebuild()).toMatchObject({ identical: true });
  });
});

it('a letter whose own words bear the mark is never kept', async () => {
  const { axis } = school;
  const subject = `(MẬT) ${letter.subject}`;
  const message = { ...departmentLetter({ ...letter, subject }), attachments: [] };
  await axis.storeRaw({ axisDocId: 'a', kind: 'edoc', bytes: Buffer.from(SECRET), receivedAt: MORNING });
  const read = { kind: 'edoc', message, warnings: [] } as const;
  expect(saying(SECRET)).toHaveLength(1);
  axis.recordEdoc({ axisDocId: 'a', read, identity: edocIdentity(message), at: MORNING });
  expect(saying(SECRET)).toEqual([]);
  expect(await check()).toMatchObject({ brokenAt: null, missing: [] });
});

describe('a body that somebody takes away', () => {
  const remove = (seq: number) =>
    connectionOf(school.store.tables).prepare('DELETE FROM bodies WHERE seq = ?').run(seq);

  it('breaks the journal, for nothing says why', async () => {
    const id = await school.receive();
    const [{ seq } = { seq: 0 }] = entriesAbout(school.store.tables, id);
    remove(seq);
    expect(await check()).toMatchObject({ brokenAt: seq, purged: [] });
  });

  it('breaks it beside what was purged too, and no entry can be made to explain it', async () => {
    const { id } = await receiveSecret();
    find(id);
    const other = await school.receive();
    const [{ seq } = { seq: 0 }] = entriesAbout(school.store.tables, other);
    const purge = entriesAbout(school.store.tables, id).find(({ type }) => type === 'incoming.purged')!;
    if (purge.type !== 'incoming.purged') throw new Error('no purge');
    const entries = purge.data.entries.map((entry) => ({ ...entry, seq }));
    expect(() =>
      school.store.record(program, () => newEvent('incoming.purged', id, { entries, files: [] })),
    ).toThrow(expect.objectContaining({ code: 'documents.wrong-state' }));
    remove(seq);
    expect(await check()).toMatchObject({ brokenAt: seq });
    connectionOf(school.store.tables).exec(
      `DROP TRIGGER bodies_keep;
       UPDATE bodies SET body = replace(body, '"seq":${purge.data.entries[0]!.seq}', '"seq":${seq}')
       WHERE seq = ${purge.seq}`,
    );
    expect((await check()).brokenAt).not.toBeNull();
  });
});
