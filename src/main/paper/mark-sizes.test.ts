/** Marks measured as other readers see them: fonts, sizes and lengths of the domain, 1.7.1, 2.1 and 2.4. */
import { beforeAll, expect, it } from 'vitest';
import type { ActingOffice } from '../../../tests/fixtures/pdf/acting.ts';
import { act, actingOffice, difference, isColoured, plan, TIME } from '../../../tests/fixtures/pdf/acting.ts';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { inkBox, pdfsigVerdicts, readLines, renderPage } from '../../../tests/fixtures/pdf/outside.ts';
import { infoAppearance } from './info-appearance.ts';
import { mmToPt } from '../pdf/geometry.ts';
import { needs } from '../../../tests/needs.ts';

needs('pdfsig', 'pdftotext');

const DPI = 216;

let office: ActingOffice;
let letter: Uint8Array;
beforeAll(async () => {
  office = await actingOffice();
  letter = await drawLetter(SAMPLE_LETTER);
});

/** The lines that were added, by their text. */
function added(before: Uint8Array, after: Uint8Array) {
  const known = new Set(readLines(before).map(({ text }) => text));
  return new Map(
    readLines(after)
      .filter(({ text }) => !known.has(text))
      .map((line) => [line.text, { ...line, style: line.font.split('-')[1] }]),
  );
}

it('the ĐẾN stamp: five rows of 7 mm, the word in 15 mm, bold 14, bold 10 and regular 10, a frame of 0.35 mm', async () => {
  const context = { agency: 'Trường THPT Ví Dụ', number: '8916', date: '2026-11-20', time: TIME } as const;
  const more = { forwardTo: 'Tổ Toán', fileCode: 'HS-01' };
  const [stamp] = await plan(letter, 'incoming', { ...context, ...more });
  const { box } = stamp!;
  expect([box.width, box.height]).toEqual([expect.closeTo(mmToPt(50), 3), expect.closeTo(mmToPt(35), 3)]);
  const signed = await act(letter, 'incoming', { ...context, ...more }, office.agency);
  const lines = added(letter, signed);
  const row = mmToPt(7);
  const rows = [
    ['TRƯỜNG THPT VÍ DỤ', 'Bold', 10, 0.5],
    ['ĐẾN', 'Bold', 14, 2],
    ['Số: 8916', 'Regular', 10, 1.5],
    ['Ngày: 20/11/2026', 'Regular', 10, 2.5],
    ['Chuyển: Tổ Toán', 'Regular', 10, 3.5],
    ['Số và ký hiệu HS: HS-01', 'Regular', 10, 4.5],
  ] as const;
  for (const [text, style, size, middle] of rows) {
    expect(lines.get(text), text).toMatchObject({ style, size: expect.closeTo(size, 1) as number });
    // Capitals stand a third of their size below the middle of their row.
    expect(Math.abs(lines.get(text)!.y - (box.y + middle * row + size * 0.33)), text).toBeLessThan(1.5);
  }
  for (const text of ['Số: 8916', 'Ngày: 20/11/2026'])
    expect(Math.abs(lines.get(text)!.x - (box.x + mmToPt(15) + 4))).toBeLessThan(1.5);

  const edge = difference(letter, signed, { x: box.x - 1, y: box.y + 3.2 * row, width: 4, height: 8 })!;
  expect(Math.abs(edge.width - mmToPt(0.35))).toBeLessThan(0.4);
  const between = { x: box.x + mmToPt(15) - 3, y: box.y + 1.3 * row, width: 6, height: 6 };
  const wall = difference(letter, signed, between)!;
  expect(Math.abs(wall.x + wall.width / 2 - (box.x + mmToPt(15)))).toBeLessThan(0.5);
  const picture = renderPage(signed, 1, DPI);
  const reddest = inkBox(picture, (r, g, b) => Math.abs(r - 0xc0) < 8 && g < 8 && b < 8, DPI)!;
  expect(Math.abs(reddest.width - box.width)).toBeLessThan(1);
});

it.each([
  ['appendix', { code: '123/QĐ-THPTVD', time: TIME }, 2],
  ['copy', { form: 'SY', agency: 'Trường THPT Ví Dụ', time: TIME }, 3],
] as const)('%s: 12 points a line and 6, regular 10, as wide as its time', async (kind, context, count) => {
  const [mark] = await plan(letter, kind, context);
  expect(mark!.box.height).toBe(12 * count + 6);
  expect(mark!.box.width).toBeGreaterThanOrEqual(170);
  expect(mark!.box.width).toBeLessThan(180);
  const signed = await act(letter, kind, context, office.agency);
  const lines = [...added(letter, signed).values()];
  expect(lines.map(({ style, size }) => [style, size])).toEqual(
    lines.map(() => ['Regular', expect.closeTo(10, 1)]),
  );
  expect(lines.map(({ text }) => text)).toEqual(mark!.lines);
  const [first, second] = lines;
  expect(Math.abs(second!.y - first!.y - 12)).toBeLessThanOrEqual(1);
  expect(inkBox(renderPage(signed, 1, DPI), isColoured, DPI)).toBeUndefined();
});

it('an info block of short lines is 170 points wide', async () => {
  expect((await infoAppearance(['Sao y', 'Trường THPT Ví Dụ'])).width).toBe(170);
});

it('an opinion: 75 mm wide, blue, size 11, who and when in italics', async () => {
  const context = { author: 'Nguyễn Thị Ví Dụ', title: 'Hiệu trưởng', text: 'Chuyển tổ toán.', time: TIME };
  const [mark] = await plan(letter, 'comment', context);
  expect(mark!.box.width).toBeCloseTo(mmToPt(75), 3);
  const signed = await act(letter, 'comment', context, office.leader);
  const lines = [...added(letter, signed).values()].map(({ text, style, size }) => [text, style, size]);
  expect(lines).toEqual([
    ['Chuyển tổ toán.', 'Regular', expect.closeTo(11, 1)],
    ['Hiệu trưởng Nguyễn Thị Ví Dụ', 'Italic', expect.closeTo(11, 1)],
    ['Thời gian ký: 2026-11-20T16:04:05+07:00', 'Italic', expect.closeTo(11, 1)],
  ]);
  const isInk = (r: number, g: number, b: number) =>
    Math.abs(r - 0x10) < 8 && Math.abs(g - 0x34) < 8 && Math.abs(b - 0xa6) < 8;
  expect(inkBox(renderPage(signed, 1, DPI), isInk, DPI)).toBeDefined();
});

it('a file in general: the labels of the state’s tools, those that have something to say', async () => {
  const everything = {
    author: 'Nguyễn Thị Ví Dụ',
    email: 'vidu@vidu.example',
    agency: 'Trường THPT Ví Dụ',
    title: 'Hiệu trưởng',
    time: TIME,
    timeFormat: 'VGCA',
  } as const;
  const signed = await act(letter, 'general', everything, office.leader);
  expect([...added(letter, signed).keys()]).toEqual([
    'Người ký: Nguyễn Thị Ví Dụ',
    'Email: vidu@vidu.example',
    'Cơ quan: Trường THPT Ví Dụ',
    'Chức vụ: Hiệu trưởng',
    'Thời gian ký: 20.11.2026 16:04:05 +07:00',
  ]);
  expect(pdfsigVerdicts(signed)).toEqual(['Signature is Valid.']);
});
