/** Damaged PDFs in a draft: what is wrong is said, a copy is offered, and taken on the person's word only. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replyDraft } from '../demo/letters.ts';
import { TOKENS } from '../demo/sample.ts';
import { pdfToText, qpdf, qpdfComplaints } from '../fixtures/pdf/outside.ts';
import { signElsewhere } from '../fixtures/pdf/signed-elsewhere.ts';
import {
  documentIn,
  draftFields,
  expectWhole,
  fileOf,
  journal,
  type Office,
  openOffice,
  signing,
} from './set-up.ts';
import { needs } from '../needs.ts';

needs('openssl', 'pdftotext', 'qpdf');

let office: Office;
let letter: Buffer;
beforeAll(async () => {
  office = await openOffice();
  letter = Buffer.from(await replyDraft(2026));
});
afterAll(() => office.close());

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const edited = (bytes: Uint8Array, from: string | RegExp, to: string) =>
  latin1(Buffer.from(bytes).toString('latin1').replace(from, to));
const junk = latin1('HTTP/1.1 200 OK\r\n\r\n');

const damaged: Record<string, [() => Uint8Array, string[]]> = {
  'foreign bytes in front': [() => Buffer.concat([junk, letter]), ['junk-before-header']],
  'a startxref that leads nowhere': [
    () => edited(letter, /startxref\n\d+/, 'startxref\n7'),
    ['cross-reference'],
  ],
  'wrong offsets': [() => edited(letter, /\d{10} 00000 n/g, '0000000077 00000 n'), ['cross-reference']],
  'no end': [() => letter.subarray(0, -40), ['cross-reference']],
  'two headers and no table': [
    () => Buffer.concat([junk, edited(letter, /xref[^]*$/, '')]),
    ['junk-before-header', 'cross-reference'],
  ],
};

it.each(Object.entries(damaged))(
  '%s: refused on submitting, and offered as a copy',
  async (_, [make, repairs]) => {
    const { teacher } = office;
    const main = await teacher.addFile('Bao cao.pdf', make());
    const { id } = await teacher.call('outgoing.create', await draftFields(teacher, { main }));
    expect(await teacher.refusal('outgoing.submit', { id })).toMatch(/^pdf\.(damaged|truncated)$/);
    const { problem, copy, signed } = await teacher.call('file.examine', main);
    expect(problem?.code).toMatch(/^pdf\.(damaged|truncated)$/);
    expect({ repairs: copy?.repairs, signed }).toEqual({ repairs, signed: false });
    const events = () => journal(office.dataDir).filter(({ type }) => type === 'file.repaired').length;
    const before = events();
    const taken = await teacher.call('file.take-copy', main);
    expect(taken).toEqual({ sha256: copy!.sha256, name: 'Bao cao.pdf' });
    expect(events()).toBe(before + 1);
    await teacher.call('outgoing.update', { id, ...(await draftFields(teacher, { main: taken })) });
    await teacher.call('outgoing.submit', { id });
  },
);

it('a document with a repaired main file and appendix is signed, numbered and sealed, its originals kept', async () => {
  const { teacher, clerk, principal } = office;
  const chosen = await Promise.all(
    ['Bao cao.pdf', 'Phu luc.pdf'].map((name) =>
      teacher.addFile(name, edited(letter, /startxref\n\d+/, `startxref\n${name.length}`)),
    ),
  );
  const [main, appendix] = await Promise.all(chosen.map((file) => teacher.call('file.take-copy', file)));
  const changes = { main: main!, appendices: [appendix!] };
  const id = await documentIn('numbered', { clerk, principal, teacher }, changes);
  await clerk.call('signing.sign', await signing(clerk, id, 'seal', TOKENS.agency));
  const { attachments } = await clerk.call('outgoing.get', { id });
  const repaired = attachments.filter(({ problems }) => problems.some(({ code }) => code === 'pdf.repaired'));
  expect(repaired.map(({ role }) => role)).toEqual(['main', 'appendix']);
  const entry = journal(office.dataDir).findLast(
    ({ type, subject }) => type === 'outgoing.drafted' && subject === id,
  );
  expect(entry?.data).toContain(chosen[0]!.sha256.slice(0, 12));
  // Whoever sees the document sees what it was made of.
  expect((await clerk.filePath(chosen[0]!.sha256)).length).toBeGreaterThan(0);
  await expectWhole(clerk);
});

describe('no copy is made', () => {
  it('of a signed file, which is refused by name', async () => {
    const { teacher } = office;
    const signed = await signElsewhere(letter, office.demo.pki.principal);
    const main = await teacher.addFile('da-ky.pdf', Buffer.concat([junk, signed]));
    expect(await teacher.call('file.examine', main)).toEqual({
      problem: { code: 'pdf.damaged-signed', params: {} },
      copy: null,
      signed: false,
    });
    expect(await teacher.refusal('file.take-copy', main)).toBe('documents.no-copy');
  });

  it('of a sound file, of one with a password, of somebody else’s', async () => {
    const { teacher, clerk } = office;
    const sound = await teacher.addFile('tot.pdf', letter);
    expect(await teacher.call('file.examine', sound)).toEqual({
      problem: null,
      copy: null,
      signed: false,
    });
    expect(await teacher.refusal('file.take-copy', sound)).toBe('documents.no-copy');
    const locked = await teacher.addFile('khoa.pdf', qpdf(letter, '--encrypt', 'user', 'owner', '256', '--'));
    expect((await teacher.call('file.examine', locked)).problem?.code).toBe('documents.draft-locked');
    const others = Buffer.concat([junk, junk, letter]);
    const other = await clerk.addFile('cua-van-thu.pdf', others);
    expect(await teacher.refusal('file.examine', other)).toBe('documents.file-not-yours');
  });
});

it('the copy says what the original said, to every reader', async () => {
  const { teacher } = office;
  const file = await teacher.addFile('x.pdf', damaged['wrong offsets']![0]());
  const { sha256 } = await teacher.call('file.take-copy', file);
  const { id } = await teacher.call(
    'outgoing.create',
    await draftFields(teacher, { main: { sha256, name: 'x.pdf' } }),
  );
  const bytes = readFileSync(
    await teacher.filePath(fileOf(await teacher.call('outgoing.get', { id }), 'main')),
  );
  expect(qpdfComplaints(bytes)).toBe('');
  expect(pdfToText(bytes)).toBe(pdfToText(letter));
});
