import { beforeAll, describe, expect, it } from 'vitest';
import { difference } from '../../../tests/fixtures/pdf/acting.ts';
import { sealPng, signaturePng } from '../../../tests/fixtures/pdf/images.ts';
import {
  pdfsigVerdicts,
  pdfToText,
  qpdf,
  qpdfComplaints,
  readLines,
  throwawaySigner,
} from '../../../tests/fixtures/pdf/outside.ts';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import { imageAppearance } from '../pdf/appearance.ts';
import { describeFields, fillTextFields, prepareDraft } from './fields.ts';
import { mmToPt } from '../pdf/geometry.ts';
import { openPdf } from '../pdf/reader.ts';
import type { SignatureRequest } from '../pdf/signature-field.ts';
import { embedSignature, prepareSignature } from '../pdf/signature-field.ts';
import { findHeadBlanks } from './placement.ts';
import { memorySource } from '../pdf/source.ts';
import { openText } from '../pdf/text.ts';
import { needs } from '../../../tests/needs.ts';

needs('openssl', 'pdfsig', 'pdftotext', 'qpdf');

const PLACES = {
  number: { page: 0, box: { x: 122, y: 95, width: 40, height: 18 } },
  date: { page: 0, box: { x: 383, y: 95, width: 31, height: 18 } },
  month: { page: 0, box: { x: 445, y: 95, width: 31, height: 18 } },
  personal: { page: 0, box: { x: 380, y: 410, width: 120, height: 60 } },
  agency: { page: 0, box: { x: 318, y: 390, width: mmToPt(36), height: mmToPt(36) } },
};
const VALUES = { SO_VB: '123', NGAY_VB: '20', THANG_VB: '11' };

let letter: Uint8Array;
let cms: (signedBytes: Uint8Array) => Uint8Array;

beforeAll(async () => {
  letter = await samples.letter();
  cms = throwawaySigner();
});

const open = (bytes: Uint8Array) => openPdf(memorySource(bytes));
const append = (bytes: Uint8Array, tail: Uint8Array) => Buffer.concat([bytes, tail]);
const prepare = async (bytes: Uint8Array) => append(bytes, await prepareDraft(open(bytes), PLACES));

async function sign(bytes: Uint8Array, field: string, more: Partial<SignatureRequest> = {}) {
  const png = field === 'KY_CO_QUAN' ? sealPng() : signaturePng();
  const prepared = prepareSignature(open(bytes), {
    target: { kind: 'existing', name: field },
    subFilter: 'ETSI.CAdES.detached',
    appearance: await imageAppearance(png, 120, 60),
    contentsBytes: 4096,
    ...more,
  });
  const whole = append(bytes, prepared.tail);
  const [, a, b] = prepared.byteRange;
  const signed = append(whole.subarray(0, a), whole.subarray(b));
  return append(bytes, embedSignature(prepared, cms(signed)));
}

describe('a draft prepared for leader, number and agency', () => {
  it('has four kinds of empty fields where they were wanted', async () => {
    const fields = describeFields(open(await prepare(letter)));
    expect(fields.map((f) => [f.name, f.type, f.signed, f.value])).toEqual([
      ['SO_VB', 'Tx', false, undefined],
      ['NGAY_VB', 'Tx', false, undefined],
      ['THANG_VB', 'Tx', false, undefined],
      ['KY_CA_NHAN', 'Sig', false, undefined],
      ['KY_CO_QUAN', 'Sig', false, undefined],
    ]);
    const boxes = fields.flatMap((f) => f.places.map((place) => place.box));
    Object.values(PLACES).forEach(({ box }, i) => {
      const found = boxes[i];
      expect([found?.x, found?.y, found?.width, found?.height]).toEqual(
        [box.x, box.y, box.width, box.height].map((n) => expect.closeTo(n, 3)),
      );
    });
  });

  it('goes through certification, filling and the seal with both signatures valid', async () => {
    const byLeader = await sign(await prepare(letter), 'KY_CA_NHAN', { docMdp: 2 });
    const numbered = append(byLeader, await fillTextFields(open(byLeader), VALUES));
    const locked = { action: 'Include', fields: Object.keys(VALUES) } as const;
    const sealed = await sign(numbered, 'KY_CO_QUAN', { fieldLock: locked });
    expect(pdfsigVerdicts(sealed)).toEqual(['Signature is Valid.', 'Signature is Valid.']);
    expect(qpdfComplaints(sealed)).toBe('');
    expect(Buffer.compare(sealed.subarray(0, letter.length), letter)).toBe(0);
    expect(pdfToText(sealed, '-layout')).toMatch(
      /Số: +123 +\/CV-THPTNT +Biên Hòa, ngày +20 +tháng +11 +năm 2026/,
    );
    const described = describeFields(open(sealed));
    expect(described.filter((f) => f.signed).map((f) => f.name)).toEqual(['KY_CA_NHAN', 'KY_CO_QUAN']);
    expect(described.map((f) => f.value).slice(0, 3)).toEqual(Object.values(VALUES));
    await expect(fillTextFields(open(sealed), { SO_VB: '124' })).rejects.toThrow('pdf.field-locked');
  });

  it('works in an encrypted file and in one with object streams', async () => {
    const variants = [qpdf(letter, '--encrypt', '', 'o', '256', '--'), await samples.objectStreams()];
    for (const bytes of variants) {
      const byLeader = await sign(await prepare(bytes), 'KY_CA_NHAN', { docMdp: 2 });
      const numbered = append(byLeader, await fillTextFields(open(byLeader), { SO_VB: '45/QĐ' }));
      const sealed = await sign(numbered, 'KY_CO_QUAN');
      expect(pdfsigVerdicts(sealed)).toEqual(['Signature is Valid.', 'Signature is Valid.']);
      expect(qpdfComplaints(sealed)).toBe('');
      expect(pdfToText(sealed)).toContain('45/QĐ');
    }
  });

  it('lets the leader move the empty field before signing, and nobody afterwards', async () => {
    const draft = await prepare(letter);
    const box = { x: 300, y: 500, width: 120, height: 60 };
    const moved = await sign(draft, 'KY_CA_NHAN', {
      target: { kind: 'existing', name: 'KY_CA_NHAN', box },
    });
    const place = describeFields(open(moved)).find((f) => f.name === 'KY_CA_NHAN')?.places[0];
    expect(place?.box.x).toBeCloseTo(300, 3);
    const target = { kind: 'existing', name: 'KY_CO_QUAN', box } as const;
    await expect(sign(moved, 'KY_CO_QUAN', { target })).rejects.toThrow('pdf.field-cannot-move');
  });

  it('is not prepared twice, nor once it is signed', async () => {
    const draft = await prepare(letter);
    await expect(prepareDraft(open(draft), PLACES)).rejects.toThrow('pdf.field-exists');
    const signed = await sign(draft, 'KY_CA_NHAN');
    await expect(prepareDraft(open(signed), PLACES)).rejects.toThrow('pdf.already-signed');
  });
});

describe('number and date once filled', () => {
  it('stand in the font the draft got for them, and only letters it lacks bring one', async () => {
    const draft = await prepare(letter);
    const inOurs = await fillTextFields(open(draft), VALUES);
    expect(Buffer.from(inOurs).toString('latin1')).not.toContain('FontFile2');
    expect(pdfToText(append(draft, inOurs))).toContain(VALUES.SO_VB);
    const other = await fillTextFields(open(draft), { SO_VB: '12/QĐ-Ω' });
    expect(Buffer.from(other).toString('latin1')).toContain('FontFile2');
    expect(pdfToText(append(draft, other))).toContain('12/QĐ-Ω');
  });

  it('stand on the line of the words around, at their size, the date slanted like them', async () => {
    const layer = await openText(memorySource(letter));
    const page = await layer.page(0);
    await layer.close();
    const { baseline } = page.runs.find(({ text }) => text.startsWith('Số:'))!;
    const head = Object.entries(findHeadBlanks(page));
    const places = Object.fromEntries(head.map(([key, box]) => [key, { page: 0, box }]));
    const draft = append(letter, await prepareDraft(open(letter), places));
    const filled = append(
      draft,
      await fillTextFields(open(draft), { SO_VB: '1247', NGAY_VB: '24', THANG_VB: '11' }),
    );
    for (const box of [places['number']!.box, places['date']!.box, places['month']!.box]) {
      const ink = difference(letter, filled, box)!;
      expect(Math.abs(ink.y + ink.height - baseline)).toBeLessThan(0.4);
      expect(ink.x).toBeGreaterThanOrEqual(box.x);
      expect(ink.x + ink.width).toBeLessThanOrEqual(box.x + box.width);
    }
    const lines = readLines(filled).filter(({ text }) => ['1247', '24', '11'].includes(text));
    expect(lines.map(({ font, size }) => [font.split('-')[1], size])).toEqual([
      ['Regular', 13],
      ['Italic', 13],
      ['Italic', 13],
    ]);
  });
});

describe('fields of other people', () => {
  it('are filled beside the form as it is', async () => {
    const bytes = samples.indirectForm();
    const filled = append(bytes, await fillTextFields(open(bytes), { ghi_chu: 'Đã nhận' }));
    expect(pdfToText(filled)).toContain('Đã nhận');
    expect(qpdfComplaints(filled)).toBe('');
    expect(describeFields(open(filled))[0]?.value).toBe('Đã nhận');
    await expect(fillTextFields(open(bytes), { khac: '1' })).rejects.toThrow('pdf.no-such-field');
  });

  it('that demand another kind of signature are refused', async () => {
    const seed = '/SV << /Type /SV /Ff 2 /SubFilter [/adbe.pkcs7.detached] >>';
    const bytes = samples.rawPdf([
      { num: 1, body: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>' },
      { num: 2, body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
      { num: 3, body: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>' },
      { num: 4, body: `<< /Subtype /Widget /FT /Sig /T (KY) /Rect [10 10 90 50] /P 3 0 R ${seed} >>` },
    ]);
    await expect(sign(bytes, 'KY')).rejects.toThrow('pdf.seed-value');
  });
});
