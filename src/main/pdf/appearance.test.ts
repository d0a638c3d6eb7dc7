import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sealPng } from '../../../tests/fixtures/pdf/images.ts';
import { pdfToText, renderPage } from '../../../tests/fixtures/pdf/outside.ts';
import type { Appearance } from './appearance.ts';
import { imageAppearance, textAppearance } from './appearance.ts';
import { mmToPt } from './geometry.ts';
import { readPng } from './png.ts';
import { needs } from '../../../tests/needs.ts';

const bytesOf = ({ drawing }: Appearance) => new Uint8Array(drawing);

describe('image appearance', () => {
  needs('pdftotext')('draws a seal at its real size, transparent around', async () => {
    const side = mmToPt(36);
    const { width, height, rgb } = renderPage(bytesOf(await imageAppearance(sealPng(), side, side)));
    expect([width, height]).toEqual([103, 103]);
    expect([...rgb.subarray(0, 3)]).toEqual([255, 255, 255]);
    const row = rgb.subarray(51 * width * 3, 52 * width * 3);
    const red = Array.from({ length: width }, (_, x) => x).filter((x) => (row[x * 3 + 1] ?? 255) < 128);
    expect((red.at(-1) ?? 0) - (red[0] ?? 0)).toBeGreaterThan(side - 4);
  });

  it('is drawn once for a whole batch', async () => {
    const png = sealPng();
    const [first, again, other] = await Promise.all([
      imageAppearance(png, 50, 50),
      imageAppearance(Uint8Array.from(png), 50, 50),
      imageAppearance(png, 51, 50),
    ]);
    expect([first === again, first === other]).toEqual([true, false]);
  });

  it('refuses what is no PNG, too large, or broken inside', async () => {
    const png = Buffer.from(sealPng());
    const changed = (at: number, value: number) => {
      const copy = Buffer.from(png);
      copy.writeUInt32BE(value, at);
      copy.writeUInt32BE(crc32(copy.subarray(12, 29)), 29);
      return copy;
    };
    const broken = [
      Buffer.from('GIF89a'),
      png.subarray(0, 60),
      png.subarray(0, -12),
      changed(16, 100_000),
      changed(20, 426),
      Buffer.concat([png.subarray(0, 100), Buffer.from([1]), png.subarray(101)]),
    ];
    for (const bytes of broken) await expect(imageAppearance(bytes, 50, 50)).rejects.toThrow('pdf.bad-image');
    expect(readPng(png)).toMatchObject({ width: 425, height: 425 });
  });

  it('leaves texts of the image file out of the document', () => {
    const png = Buffer.from(sealPng());
    const text = Buffer.from('tEXtAuthor\0Nguyễn Thị Minh Hạnh');
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(text.length - 4, 0);
    frame.writeUInt32BE(crc32(text), 4);
    const chunk = Buffer.concat([frame.subarray(0, 4), text, frame.subarray(4)]);
    const withText = Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
    expect(Buffer.from(readPng(withText).bytes).equals(png)).toBe(true);
  });
});

describe('text appearance', () => {
  needs('pdftotext')('keeps every Vietnamese letter, composed or not', async () => {
    const words = 'Quyết định số 12/QĐ-THPT ngày ẵặẫỗỡữỹ ĐƯỜNG';
    const drawn = await textAppearance([words.normalize('NFD')], 400, 20, {
      size: 12,
      leading: 0,
      align: 'left',
    });
    expect(pdfToText(bytesOf(drawn)).normalize('NFC').trim()).toBe(words);
    const ink = renderPage(bytesOf(drawn)).rgb.reduce((sum, value) => sum + (255 - value), 0);
    expect(ink).toBeGreaterThan(50_000);
  });

  needs('pdftotext')('sets smaller what would not fit', async () => {
    const words = 'một số ký hiệu rất dài không vừa ô';
    const drawn = await textAppearance([words], 60, 20, { size: 13, leading: 0, align: 'center' });
    expect(pdfToText(bytesOf(drawn)).trim()).toBe(words);
  });
});
