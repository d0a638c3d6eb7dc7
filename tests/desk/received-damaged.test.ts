/** Received and other files of damaged structure: acts go on a copy a person has looked at; signed ones are refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendixPage, requestLetter } from '../demo/letters.ts';
import { PRINCIPAL, TOKENS } from '../demo/sample.ts';
import { pdfToText, qpdf, qpdfComplaints } from '../fixtures/pdf/outside.ts';
import { signElsewhere } from '../fixtures/pdf/signed-elsewhere.ts';
import {
  actsOn,
  type Act,
  bytesOf,
  expectSoundFile,
  failedWith,
  receiveLetter,
  sign,
  signOne,
  withoutTimestamps,
} from './receiving.ts';
import { expectClear, expectWhole, fileOf, journal, openOffice, type Office } from './set-up.ts';
import { needs } from '../needs.ts';

needs('openssl', 'pdftotext', 'qpdf');

let office: Office;
let letter: Buffer;
beforeAll(async () => {
  office = await openOffice();
  await withoutTimestamps(office);
  letter = Buffer.from(await requestLetter('99', '2026-11-19'));
});
afterAll(() => office.close());

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const junk = latin1('HTTP/1.1 200 OK\r\n\r\n');
const edited = (from: RegExp, to: string) => latin1(letter.toString('latin1').replace(from, to));

async function received(pdf: Uint8Array) {
  const id = await receiveLetter(office, pdf);
  const { attachments } = await office.clerk.call('incoming.get', { id });
  const { sha256, name } = attachments[0]!;
  return { id, ...actsOn(id), main: { sha256, name } };
}

describe('a received letter of damaged structure', () => {
  it.each([
    ['bytes in front', () => Buffer.concat([junk, letter]), ['junk-before-header']],
    ['bytes behind its end', () => Buffer.concat([letter, junk]), ['trailing-bytes']],
    ['wrong offsets', () => edited(/\d{10} 00000 n/g, '0000000077 00000 n'), ['cross-reference']],
    ['no end', () => letter.subarray(0, -40), ['cross-reference']],
  ] as const)('%s: stamp and opinion go on a copy, what came stays', async (_, make, repairs) => {
    const { clerk, principal } = office;
    const pdf = make();
    const { id, main, stamp, comment } = await received(pdf);
    for (const [person, act] of [
      [clerk, stamp],
      [principal, comment],
    ] as const) {
      const answer = await person.answer('file-act.plan', { act });
      expect(answer).toMatchObject({ ok: false, code: 'documents.copy-offered' });
      if (!answer.ok) expectClear(answer);
    }
    expect(failedWith((await sign(clerk, [stamp], TOKENS.agency)).items[0])).toBe('documents.copy-offered');
    const { copy } = await clerk.call('file.examine', main);
    expect(copy?.repairs).toEqual(repairs);
    // To look at it is not to use it.
    expect(await clerk.refusal('file-act.plan', { act: stamp })).toBe('documents.copy-offered');
    const taken = await clerk.call('file.take-copy', main);
    const { placements } = await principal.call('file-act.plan', { act: comment });
    expect(placements[0]?.sha256).toBe(taken.sha256);
    expect(pdfToText(await bytesOf(principal, taken.sha256))).toContain('99/SGDĐT-VP');

    await signOne(clerk, stamp, TOKENS.agency);
    const { file } = await signOne(principal, comment, TOKENS.principal);
    const bytes = await expectSoundFile(office, principal, file.sha256, 2);
    const normalized = await bytesOf(clerk, taken.sha256);
    expect(bytes.subarray(0, normalized.length).equals(normalized)).toBe(true);
    expect(qpdfComplaints(normalized)).toBe('');

    const detail = await clerk.call('incoming.get', { id });
    expect(fileOf(detail, 'main')).toBe(main.sha256);
    expect((await bytesOf(clerk, main.sha256)).equals(Buffer.from(pdf))).toBe(true);
    const original = main.sha256.slice(0, 12);
    expect(detail.attachments.find(({ role }) => role === 'annotated')?.problems).toEqual([
      { code: 'pdf.repaired', params: { original } },
    ]);
    const { entries } = await clerk.call('history.of', { id });
    expect(entries.filter(({ type }) => /stamped|commented/.test(type))).toMatchObject([
      { type: 'incoming.stamped', detail: { original } },
      { type: 'incoming.commented', detail: { original } },
    ]);
    await expectWhole(clerk);
  });

  it('is refused by name when there is a signature in it, when it is encrypted, and beyond repair', async () => {
    const { clerk } = office;
    const signed = await signElsewhere(letter, office.demo.pki.principal);
    const locked = qpdf(letter, '--encrypt', '', 'owner', '256', '--');
    for (const [pdf, code] of [
      [Buffer.concat([junk, signed]), 'pdf.damaged-signed'],
      [Buffer.concat([signed, junk]), 'pdf.damaged-signed'],
      [Buffer.concat([junk, locked]), 'pdf.damaged-encrypted'],
      [latin1('%PDF-1.7\nnothing of a document\n'), 'documents.received-damaged'],
    ] as const) {
      const { stamp, comment, main } = await received(pdf);
      const answer = await clerk.answer('file-act.plan', { act: stamp });
      expect(answer).toMatchObject({ ok: false, code });
      if (!answer.ok) expectClear(answer);
      expect(await office.principal.refusal('file-act.plan', { act: comment })).toBe(code);
      expect(await clerk.refusal('file.take-copy', main)).toBe('documents.no-copy');
    }
  });
});

describe('other files of damaged structure', () => {
  it('are signed and copied as a copy, and the record says of what', async () => {
    const { clerk } = office;
    const scan = Buffer.from(await appendixPage('Bản chụp từ bản giấy'));
    const file = await clerk.addFile('Ban chup.pdf', Buffer.concat([junk, scan]));
    const ofFile = (each: typeof file): Act[] => [
      { kind: 'general', file: each, holder: 'office' },
      { kind: 'copy', id: null, file: each, form: 'SY', orderedById: PRINCIPAL.id },
    ];
    for (const act of ofFile(file))
      expect(await clerk.refusal('file-act.plan', { act })).toBe('documents.copy-offered');
    const copy = await clerk.call('file.take-copy', file);
    for (const act of ofFile(copy)) {
      const { file: made } = await signOne(clerk, act, TOKENS.agency);
      await expectSoundFile(office, clerk, made.sha256, 1);
    }
    const made = journal(office.dataDir).filter(({ type }) => type === 'signed-file.made');
    expect(made.map(({ data }) => JSON.parse(data) as object)).toMatchObject(
      [1, 2].map(() => ({
        attachment: { problems: [{ code: 'pdf.repaired', params: { original: file.sha256.slice(0, 12) } }] },
      })),
    );
  });

  it('with a signature in them are refused by name', async () => {
    const { principal } = office;
    const signed = await signElsewhere(letter, office.demo.pki.principal);
    const file = await principal.addFile('x.pdf', Buffer.concat([junk, signed]));
    const act: Act = { kind: 'general', file, holder: 'person' };
    expect(await principal.refusal('file-act.plan', { act })).toBe('pdf.damaged-signed');
  });
});
