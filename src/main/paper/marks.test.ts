import { beforeAll, describe, expect, it } from 'vitest';
import type { ActingOffice } from '../../../tests/fixtures/pdf/acting.ts';
import {
  act,
  actingOffice,
  APPROVE,
  difference,
  drawn,
  isBlue,
  isColoured,
  isRed,
  looking,
  plan,
  prepared,
  TIME,
} from '../../../tests/fixtures/pdf/acting.ts';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { pdfsigVerdicts, pdfToText, readLines } from '../../../tests/fixtures/pdf/outside.ts';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import { mmToPt } from '../pdf/geometry.ts';
import { memorySource } from '../pdf/source.ts';
import { verifySource } from '../signature/verify.ts';
import { needs } from '../../../tests/needs.ts';

needs('pdfsig', 'pdftotext');

const ISO = '2026-11-20T16:04:05+07:00';
const VALID = 'Signature is Valid.';
const STAMP = { agency: 'Trường THPT Ví Dụ', number: '8916', date: '2026-11-20', time: TIME };

let office: ActingOffice;
let letter: Uint8Array;
beforeAll(async () => {
  office = await actingOffice();
  letter = await drawLetter(SAMPLE_LETTER);
});

describe('marks of text', () => {
  it('d, f: a separate appendix says number and time at size 10, black, in the top right corner', async () => {
    const context = { code: '123/QĐ-THPTVD', time: TIME };
    const [mark, ...more] = await plan(letter, 'appendix', context);
    expect(more).toEqual([]);
    expect(mark).toMatchObject({ role: 'appendix', page: 0, found: 'corner' });
    const signed = await act(letter, 'appendix', context, office.agency);
    const wanted = ['Số: 123/QĐ-THPTVD', `Thời gian ký: ${ISO}`];
    expect(mark?.lines).toEqual(wanted);
    const lines = readLines(signed).filter(({ text }) => wanted.includes(text));
    expect(lines.map(({ size, font }) => [size, font])).toEqual(
      wanted.map(() => [expect.closeTo(10, 1), expect.stringMatching(/^Tinos-Regular/)]),
    );
    expect(drawn(signed, isColoured)).toBeUndefined();
    const ink = difference(letter, signed)!;
    const [right, top] = [mmToPt(210) - ink.x - ink.width, ink.y];
    expect(Math.max(right, top)).toBeLessThan(mmToPt(20));
    expect(pdfsigVerdicts(signed)).toEqual([VALID]);
  });

  it.each([
    ['SY', 'Sao y'],
    ['SL', 'Sao lục'],
    ['TrS', 'Trích sao'],
  ] as const)('a copy %s says its form, the agency and the time', async (form, words) => {
    const [mark] = await plan(letter, 'copy', { form, agency: 'Trường THPT Ví Dụ', time: TIME });
    expect(mark?.lines).toEqual([words, 'Trường THPT Ví Dụ', `Thời gian ký: ${ISO}`]);
    expect(mark?.request.signingTime).toEqual(TIME);
  });

  it.each([
    ['SY', 'SAO Y'],
    ['SL', 'SAO LỤC'],
    ['TrS', 'TRÍCH SAO'],
  ] as const)('a copy %s names its form in capitals where the office wants it', async (form, words) => {
    const agency = 'Trường THPT Ví Dụ';
    const signed = await act(letter, 'copy', { form, formCase: 'upper', agency, time: TIME }, office.agency);
    const wanted = [words, agency, `Thời gian ký: ${ISO}`];
    expect(
      readLines(signed)
        .filter(({ text }) => wanted.includes(text))
        .map(({ text }) => text),
    ).toEqual(wanted);
  });

  it('a copy of a paper says along the foot of the page who converted it when; an extract is no conversion', async () => {
    const context = { agency: 'Trường THPT Ví Dụ', converter: 'Lê Thị Văn', time: TIME };
    const wanted = `Bản điện tử chuyển đổi từ văn bản giấy – ${context.agency} – ${context.converter} – ${ISO}`;
    const signed = await act(letter, 'copy', { form: 'SY', ...context }, office.agency);
    const [line, ...more] = readLines(signed).filter(({ text }) => text === wanted);
    expect(more).toEqual([]);
    expect([line?.size, line?.font]).toEqual([expect.closeTo(9, 1), expect.stringMatching(/^Tinos-Italic/)]);
    const ink = difference(letter, signed)!;
    const foot = mmToPt(297) - ink.y - ink.height;
    expect(foot).toBeGreaterThan(mmToPt(6));
    expect(foot).toBeLessThan(mmToPt(11));
    expect(drawn(signed, isColoured)).toBeUndefined();
    expect(pdfsigVerdicts(signed)).toEqual([VALID]);
    const judged = await verifySource(memorySource(signed), { checkChain: false });
    expect([judged.verdict, judged.changes]).toEqual(['valid', []]);
    const [extract] = await plan(letter, 'copy', { form: 'TrS', ...context });
    expect(extract?.request.notes).toBeUndefined();
  });

  it('a copy mark of three lines rises where the text below begins early', async () => {
    const [mark] = await plan(letter, 'copy', { form: 'SY', agency: 'Trường THPT Ví Dụ', time: TIME });
    const first = await looking(letter, async ({ text }) =>
      Math.min(...(await text.page(0)).runs.map(({ y }) => y)),
    );
    const { y, height } = mark!.box;
    expect(y + height).toBeLessThanOrEqual(first);
    expect(y).toBeGreaterThanOrEqual(8);
  });

  it('a file in general says who signed when, in free room at the end', async () => {
    const signed = await act(
      letter,
      'general',
      { author: 'Nguyễn Thị Minh Hạnh', time: TIME },
      office.leader,
    );
    expect(pdfToText(signed)).toContain(`Người ký: Nguyễn Thị Minh Hạnh\nThời gian ký: ${ISO}`);
    expect(pdfsigVerdicts(signed)).toEqual([VALID]);
  });
});

describe('the ĐẾN stamp', () => {
  it('is 50 × 35 mm in red, with its rows, on room that is free, in a file derived from the one received', async () => {
    const received = await drawLetter({ ...SAMPLE_LETTER, number: '77', day: 18, month: 11 });
    const context = { ...STAMP, forwardTo: 'Tổ Văn phòng', fileCode: 'HS-01' };
    const [stamp] = await plan(received, 'incoming', context);
    expect(stamp).toMatchObject({ role: 'incoming', page: 0 });
    const signed = await act(received, 'incoming', context, office.agency);
    const frame = drawn(signed, isRed)!;
    expect(Math.abs(frame.width - mmToPt(50))).toBeLessThan(0.5);
    expect(Math.abs(frame.height - mmToPt(35))).toBeLessThan(0.5);
    const words = readLines(signed).map(({ text }) => text);
    for (const row of [
      'TRƯỜNG THPT VÍ DỤ',
      'ĐẾN',
      'Số: 8916',
      'Ngày: 20/11/2026',
      'Chuyển: Tổ Văn phòng',
      'Số và ký hiệu HS: HS-01',
    ])
      expect(words).toContain(row);
    expect(pdfsigVerdicts(signed)).toEqual([VALID]);
    expect(Buffer.compare(signed.subarray(0, received.length), received)).toBe(0);
  });

  it('covers no text where there is room, and asks a person on a scanned page', async () => {
    const received = await drawLetter({
      ...SAMPLE_LETTER,
      body: SAMPLE_LETTER.body.slice(0, 1),
      number: '7',
    });
    const [stamp] = await plan(received, 'incoming', STAMP);
    expect(stamp?.found).toBe('free');
    const { x, y, width, height } = stamp!.box;
    const covered = await looking(received, async ({ text }) =>
      (await text.page(0)).runs.filter(
        (run) => run.x < x + width && x < run.x + run.width && run.y < y + height && y < run.y + run.height,
      ),
    );
    expect(covered).toEqual([]);
    const [scanned] = await plan(samples.blankPage(), 'incoming', STAMP);
    expect(scanned?.found).toBe('manual');
  });

  it('goes in an empty field of a file its sender certified, and is refused where none is left for it', async () => {
    const approved = await act(await prepared(letter), 'approve', APPROVE, office.leader);
    const [stamp] = await plan(approved, 'incoming', STAMP);
    expect(stamp).toMatchObject({ found: 'field', request: { target: { name: 'KY_CO_QUAN' } } });
    const signed = await act(approved, 'incoming', STAMP, office.agency);
    expect(pdfsigVerdicts(signed)).toEqual([VALID, VALID]);
    await expect(plan(signed, 'incoming', STAMP)).rejects.toThrow('pdf.certified-no-new-field');
  });

  it('sets a long name smaller, in two lines', async () => {
    const name = 'Trường Phổ thông dân tộc nội trú Trung học cơ sở và Trung học phổ thông huyện Ví Dụ';
    const signed = await act(letter, 'incoming', { ...STAMP, agency: name }, office.agency);
    const [, first, second] = /^(TRƯỜNG PHỔ .*)\n+(.*HUYỆN VÍ DỤ)$/m.exec(pdfToText(signed))!;
    expect(`${first} ${second}`).toBe(name.toLocaleUpperCase('vi'));
    expect(drawn(signed, isRed)!.width).toBeLessThan(mmToPt(50) + 0.5);
  });
});

describe('a signed opinion', () => {
  const comment = (text: string) => ({
    author: 'Nguyễn Thị Minh Hạnh',
    title: 'Hiệu trưởng',
    text,
    time: TIME,
  });

  it('stands in blue on free room, broken into lines, with who said it when', async () => {
    const text =
      'Giao Tổ Toán nghiên cứu, tham mưu trước ngày 25/11; Văn phòng theo dõi.\nBáo cáo Hiệu trưởng.';
    const [planned] = await plan(letter, 'comment', comment(text));
    expect(planned).toMatchObject({ role: 'comment', found: 'free' });
    const signed = await act(letter, 'comment', comment(text), office.leader);
    const ink = drawn(signed, isBlue)!;
    expect(ink.width).toBeLessThan(mmToPt(75));
    const words = pdfToText(signed).replace(/\s+/g, ' ');
    expect(words).toContain(
      `${text.replace('\n', ' ')} Hiệu trưởng Nguyễn Thị Minh Hạnh Thời gian ký: ${ISO}`,
    );
    expect(pdfsigVerdicts(signed)).toEqual([VALID]);
  });

  it('is refused empty, and too long', async () => {
    await expect(plan(letter, 'comment', comment(' \n'))).rejects.toThrow('pdf.comment-empty');
    const long = 'ý kiến '.repeat(400);
    await expect(plan(letter, 'comment', comment(long))).rejects.toThrow('pdf.comment-too-long');
    const word = 'x'.repeat(300);
    expect((await plan(letter, 'comment', comment(word)))[0]?.lines[0]).toBe(word);
  });
});
