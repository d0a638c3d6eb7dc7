import { beforeAll, describe, expect, it } from 'vitest';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { pdfToText, qpdf } from '../../../tests/fixtures/pdf/outside.ts';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import { newDrawing } from '../pdf/appearance.ts';
import { formatMarkTime } from './marks.ts';
import { infoAppearance } from './info-appearance.ts';
import { tinos } from '../pdf/font.ts';
import { mmToPt } from '../pdf/geometry.ts';
import { findHeadBlanks, findSignaturePlaces, infoBox } from './placement.ts';
import { findRecipients } from './recipients.ts';
import { memorySource } from '../pdf/source.ts';
import type { TextLayer } from '../pdf/text.ts';
import { openText, readWords } from '../pdf/text.ts';
import { needs } from '../../../tests/needs.ts';

const SIGNER = { fullName: 'nguyễn thị minh hạnh', title: 'Hiệu trưởng' };
const SIZES = { imageAspect: 2, sealMm: 36 };

let letter: Uint8Array;
beforeAll(async () => {
  letter = await samples.letter();
});

async function withText<T>(bytes: Uint8Array, look: (layer: TextLayer) => Promise<T>): Promise<T> {
  const layer = await openText(memorySource(bytes));
  try {
    return await look(layer);
  } finally {
    await layer.close();
  }
}

const placesOn = (bytes: Uint8Array) => withText(bytes, (layer) => findSignaturePlaces(layer, SIGNER, SIZES));

/** Box of the only line that reads so, as poppler measures it: [left, top, right, bottom]. */
function popplerBox(bytes: Uint8Array, words: string): [number, number, number, number] {
  const xml = pdfToText(bytes, '-bbox-layout');
  const lines = [
    ...xml.matchAll(/<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/line>/gs),
  ];
  const line = lines.findLast((match) => {
    const parts = [...(match[5] ?? '').matchAll(/>([^<]+)<\/word>/g)].map((word) => word[1]);
    return parts.join(' ') === words;
  });
  const [left = 0, top = 0, right = 0, bottom = 0] = (line ?? []).slice(1, 5).map(Number);
  return [left, top, right, bottom];
}

describe('signature places (acceptance tests of the domain, 2.5)', () => {
  needs('pdftotext')(
    'centres the personal image between title and name and lays the seal over its left third',
    async () => {
      const { found, page, personal, agency } = await placesOn(letter);
      expect([found, page]).toEqual(['title-and-name', 0]);
      const title = popplerBox(letter, 'HIỆU TRƯỞNG');
      const name = popplerBox(letter, 'Nguyễn Thị Minh Hạnh');
      const middle = { x: (title[0] + title[2] + name[0] + name[2]) / 4, y: (title[3] + name[1]) / 2 };
      const off = Math.hypot(
        personal.x + personal.width / 2 - middle.x,
        personal.y + personal.height / 2 - middle.y,
      );
      expect(off).toBeLessThan(mmToPt(2));
      const overlap = (agency.x + agency.width - personal.x) / personal.width;
      expect(overlap).toBeGreaterThanOrEqual(0.3);
      expect(overlap).toBeLessThanOrEqual(0.37);
      expect(agency.width).toBeCloseTo(mmToPt(36), 5);
      expect(agency.height).toBeCloseTo(mmToPt(36), 5);
      expect(personal.width / personal.height).toBeCloseTo(2, 5);
    },
  );

  it('finds the same places on a turned page, in displayed orientation', async () => {
    const [upright, turned] = [await placesOn(letter), await placesOn(await samples.turnedLetter())];
    expect(turned.found).toBe('title-and-name');
    for (const box of ['personal', 'agency'] as const) {
      expect(turned[box].x).toBeCloseTo(upright[box].x, 1);
      expect(turned[box].y).toBeCloseTo(upright[box].y, 1);
    }
  });

  needs('qpdf')('does not take text that lies on its side for a signature block', async () => {
    const sideways = qpdf(letter, '--rotate=+90');
    const { found } = await placesOn(sideways);
    expect(found).toBe('manual');
  });

  it('takes the last page that is no appendix and the title nearest above the name', async () => {
    const long = await drawLetter({
      ...SAMPLE_LETTER,
      body: Array.from({ length: 14 }, () => SAMPLE_LETTER.body.join(' ')),
      title: ['KT. HIỆU TRƯỞNG', 'PHÓ HIỆU TRƯỞNG'],
    });
    const { found, page } = await withText(long, (layer) =>
      findSignaturePlaces(layer, { ...SIGNER, title: 'Phó Hiệu trưởng' }, SIZES),
    );
    expect(found).toBe('title-and-name');
    expect(page).toBeGreaterThan(0);
  });

  it('estimates from the title alone, and says when nothing was found', async () => {
    const stranger = { fullName: 'Trần Văn Bình', title: 'Hiệu trưởng' };
    const [onLetter, empty] = await Promise.all(
      [letter, samples.classicTable()].map((bytes) =>
        withText(bytes, (layer) => findSignaturePlaces(layer, stranger, SIZES)),
      ),
    );
    expect(onLetter?.found).toBe('title-only');
    expect(empty?.found).toBe('manual');
    expect(empty?.personal.x).toBeGreaterThanOrEqual(8);
  });

  needs('pdftotext')('puts the text mark top right at size 10', async () => {
    const time = formatMarkTime(new Date('2026-11-20T09:04:05Z'));
    expect(time).toBe('2026-11-20T16:04:05+07:00');
    const mark = await infoAppearance(['Số: 123/QĐ-THPTNT', `Thời gian ký: ${time}`]);
    const box = infoBox({ width: mmToPt(210), height: mmToPt(297) }, mark);
    expect(mmToPt(210) - (box.x + box.width)).toBeCloseTo(mmToPt(15), 5);
    expect(box.y).toBeCloseTo(mmToPt(8), 5);
    const bytes = new Uint8Array(mark.drawing);
    expect(pdfToText(bytes)).toContain('Thời gian ký: 2026-11-20T16:04:05+07:00');
    const runs = await withText(bytes, async (layer) => (await layer.page(0)).runs);
    expect(runs.map((run) => run.fontSize)).toEqual([expect.closeTo(10, 1), expect.closeTo(10, 1)]);
  });
});

describe('times on marks', () => {
  it('has the three formats in use', () => {
    const time = new Date('2026-11-20T17:04:05Z');
    expect(formatMarkTime(time, 'ISO')).toBe('2026-11-21T00:04:05+07:00');
    expect(formatMarkTime(time, 'VGCA')).toBe('21.11.2026 00:04:05 +07:00');
    expect(formatMarkTime(time, 'VN')).toBe('21-11-2026 00:04:05 +07:00');
  });
});

describe('blanks of a draft', () => {
  it('are found behind Số, ngày and tháng', async () => {
    const blanks = await withText(letter, async (layer) => findHeadBlanks(await layer.page(0)));
    expect(blanks.number?.width).toBeGreaterThan(30);
    expect(blanks.date?.width).toBeGreaterThan(20);
    expect(blanks.month?.x).toBeGreaterThan((blanks.date?.x ?? Infinity) + 20);
  });

  it('are not found where number and date are printed', async () => {
    const numbered = await drawLetter({ ...SAMPLE_LETTER, number: '123', day: 20, month: 11 });
    expect(await withText(numbered, async (layer) => findHeadBlanks(await layer.page(0)))).toEqual({});
  });
});

describe('words for search', () => {
  needs('qpdf')('come line by line, also from an encrypted file', async () => {
    const locked = qpdf(letter, '--encrypt', 'mật khẩu', 'o', '256', '--');
    const [page = ''] = await readWords(memorySource(locked), { password: 'mật khẩu' });
    expect(page).toContain('Kính gửi: Sở Giáo dục và Đào tạo');
    expect(page.split('\n')).toContain('Số: /CV-THPTNT Biên Hòa, ngày tháng năm 2026');
    await expect(readWords(memorySource(locked))).rejects.toThrow('pdf.password-needed');
    await expect(readWords(memorySource(locked), { password: 'sai' })).rejects.toThrow('pdf.password-wrong');
  });

  needs('qpdf')('come from a file of older encryption whose password is Vietnamese', async () => {
    const how = ['--password-mode=bytes', '--allow-weak-crypto', '--encrypt', 'mật khẩu', 'o', '128', '--'];
    const password = 'mật khẩu';
    const [page = ''] = await readWords(memorySource(qpdf(letter, ...how)), { password });
    expect(page).toContain('Kính gửi: Sở Giáo dục và Đào tạo');
  });

  it('are refused of what is no PDF', async () => {
    await expect(readWords(memorySource(samples.notAPdf()))).rejects.toThrow('pdf.damaged');
  });
});

describe('the block Nơi nhận', () => {
  const recipientsOn = (bytes: Uint8Array) => withText(bytes, findRecipients);

  const page = async (words: string) => {
    const pdf = await newDrawing();
    const font = await pdf.embedFont(tinos(), { subset: true });
    pdf.addPage([595, 842]).drawText(words, { x: 85, y: 400, size: 12, font });
    return pdf.save({ useObjectStreams: false });
  };

  needs('pdftotext')(
    'is its heading and every line below it, beside title and name, as poppler measures them',
    async () => {
      const recipients = ['Như trên', 'Sở Nội vụ', 'Công đoàn trường', 'Lưu: VT, TCM'];
      const bytes = await drawLetter({ ...SAMPLE_LETTER, recipients });
      const block = await recipientsOn(bytes);
      expect(block?.page).toBe(0);
      const words = ['Nơi nhận:', '- Như trên;', '- Sở Nội vụ;', '- Công đoàn trường;', '- Lưu: VT, TCM.'];
      expect(block?.lines).toHaveLength(words.length);
      for (const [n, { x, y, width, height }] of block!.lines.entries()) {
        const [left, top, right, bottom] = popplerBox(bytes, words[n]!);
        expect([x, x + width]).toEqual([expect.closeTo(left, 0), expect.closeTo(right, 0)]);
        expect(Math.abs(y + height / 2 - (top + bottom) / 2)).toBeLessThan(3);
      }
    },
  );

  it('is found on the page it stands on, and not where there is none', async () => {
    const body = Array.from({ length: 12 }, () => SAMPLE_LETTER.body[0]!);
    const long = await drawLetter({ ...SAMPLE_LETTER, body });
    expect((await recipientsOn(long))?.page).toBe(1);
    expect(await recipientsOn(samples.blankPage())).toBeUndefined();
    expect(await recipientsOn(await page('Nơi nhận hồ sơ là văn phòng trường.'))).toBeUndefined();
    expect((await recipientsOn(await page('Nơi nhận :')))?.lines).toHaveLength(1);
  });
});
