import { describe, expect, it } from 'vitest';
import { sealPng } from '../../../tests/fixtures/pdf/images.ts';
import {
  fontsNotEmbedded,
  inkBox,
  qpdfComplaints,
  qpdfObject,
  renderPage,
} from '../../../tests/fixtures/pdf/outside.ts';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import { imageAppearance } from './appearance.ts';
import { infoAppearance } from '../paper/info-appearance.ts';
import type { Appearance } from './appearance.ts';
import { archivalPart } from './archival.ts';
import { fillTextFields, prepareDraft } from '../paper/fields.ts';
import { openPdf } from './reader.ts';
import { prepareSignature } from './signature-field.ts';
import { memorySource } from './source.ts';
import { needs } from '../../../tests/needs.ts';

const open = (bytes: Uint8Array) => openPdf(memorySource(bytes));
const append = (bytes: Uint8Array, tail: Uint8Array) => Buffer.concat([bytes, tail]);
/** Over the grey bar of the sample. */
const BOX = { x: 150, y: 190, width: 102, height: 102 };

function signed(bytes: Uint8Array, appearance: Appearance): Buffer {
  const target = { kind: 'new', page: 0, box: BOX } as const;
  const wanted = { target, appearance, subFilter: 'ETSI.CAdES.detached', contentsBytes: 64 } as const;
  return append(bytes, prepareSignature(open(bytes), wanted).tail);
}

describe('a PDF/A', () => {
  it('is known by its metadata', () => {
    expect([1, 2, 3].map((part) => archivalPart(open(samples.archival(part))))).toEqual([1, 2, 3]);
    expect(archivalPart(open(samples.classicTable()))).toBeUndefined();
  });

  needs('pdftotext', 'qpdf')(
    'of part 1 gets a seal without transparency that still shows what it lies upon',
    async () => {
      const original = samples.archival(1);
      const bytes = signed(original, await imageAppearance(sealPng(), BOX.width, BOX.height));
      const tail = bytes.subarray(original.length).toString('latin1');
      expect(tail).not.toMatch(/\/SMask|\/Group|\/(CA|ca) |\/BM /);
      expect(tail).toContain('/ImageMask true');
      expect(qpdfComplaints(bytes)).toBe('');
      const picture = renderPage(bytes);
      const seal = inkBox(picture, (r, g, b) => r > 150 && g < 90 && b < 90)!;
      expect(seal.width).toBeGreaterThan(BOX.width - 3);
      // The bar, 200 by 20 points, is grey wherever the seal leaves it free, between its rings too.
      let grey = 0;
      for (let at = 0; at < picture.rgb.length; at += 3) if (picture.rgb[at] === 153) grey++;
      expect(grey).toBeGreaterThan(200 * 20 * 0.8);
    },
  );

  it('of part 2 keeps the soft edge of the seal', async () => {
    const original = samples.archival(2);
    const bytes = signed(original, await imageAppearance(sealPng(), BOX.width, BOX.height));
    expect(bytes.subarray(original.length).toString('latin1')).toContain('/SMask');
  });

  needs('pdfsig', 'qpdf').each([1, 2])(
    'of part %d keeps its metadata and embeds every font',
    async (part) => {
      const original = samples.archival(part);
      const place = { page: 0, box: BOX };
      const draft = append(original, await prepareDraft(open(original), { number: place, date: place }));
      const filled = append(draft, await fillTextFields(open(draft), { SO_VB: '123', NGAY_VB: '20' }));
      const bytes = signed(filled, await infoAppearance(['Số: 123/QĐ-THPTVD']));
      expect(Buffer.compare(bytes.subarray(0, original.length), original)).toBe(0);
      expect(qpdfObject(bytes, 9)).toEqual(qpdfObject(original, 9));
      expect(
        open(bytes)
          .xrefSections.slice(0, 3)
          .some(({ entries }) => entries.has(9)),
      ).toBe(false);
      expect(fontsNotEmbedded(bytes)).toEqual([]);
      const tail = bytes.subarray(original.length).toString('latin1');
      expect(tail).not.toMatch(/\/NeedAppearances|\/AA |\/JavaScript|\/LZWDecode/);
    },
  );
});
