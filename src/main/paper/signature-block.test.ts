import { beforeAll, describe, expect, it } from 'vitest';
import type { ActingOffice } from '../../../tests/fixtures/pdf/acting.ts';
import {
  act,
  actingOffice,
  append,
  APPROVE,
  drawn,
  isBlue,
  isRed,
  ISSUE,
  looking,
  open,
  plan,
  prepared,
  SIGNER,
} from '../../../tests/fixtures/pdf/acting.ts';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { pdfsigVerdicts, pdfToText, qpdfComplaints } from '../../../tests/fixtures/pdf/outside.ts';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import { fillTextFields } from './fields.ts';
import { mmToPt } from '../pdf/geometry.ts';
import { getPage } from '../pdf/pages.ts';
import { textLines } from '../pdf/text.ts';
import { signDocument } from '../signature/sign.ts';
import { needs } from '../../../tests/needs.ts';

needs('pdfsig', 'pdftotext', 'qpdf');

const VALID = 'Signature is Valid.';

let office: ActingOffice;
let letter: Uint8Array;
beforeAll(async () => {
  office = await actingOffice();
  letter = await drawLetter(SAMPLE_LETTER);
});

describe('leader and agency on a letter (acceptance checks of the domain, 2.5)', () => {
  it('a, b, c: image between title and name, seal of 36 mm over its left third', async () => {
    const approved = await act(await prepared(letter), 'approve', APPROVE, office.leader);
    const image = drawn(approved, isBlue)!;
    const lines = await looking(letter, async ({ text }) => textLines(await text.page(0), 1.5));
    const title = lines.find(({ text }) => text === 'HIỆU TRƯỞNG')!;
    const name = lines.find(({ text }) => text === SIGNER.fullName)!;
    const middle = {
      x: (title.x + title.width / 2 + name.x + name.width / 2) / 2,
      y: (title.y + title.height + name.y) / 2,
    };
    const off = Math.hypot(image.x + image.width / 2 - middle.x, image.y + image.height / 2 - middle.y);
    expect(off).toBeLessThan(mmToPt(2));

    const numbered = append(approved, await fillTextFields(open(approved), { SO_VB: '123' }));
    const issued = await act(numbered, 'issue', ISSUE, office.agency);
    const seal = drawn(issued, isRed)!;
    const overlap = (seal.x + seal.width - image.x) / image.width;
    expect(overlap).toBeGreaterThanOrEqual(0.3);
    expect(overlap).toBeLessThanOrEqual(0.37);
    expect(Math.abs(seal.width - mmToPt(36))).toBeLessThan(mmToPt(0.5));
    expect(Math.abs(seal.height - mmToPt(36))).toBeLessThan(mmToPt(0.5));
    expect(pdfsigVerdicts(issued)).toEqual([VALID, VALID]);
    expect(await office.verdictOf(issued)).toMatchObject({ forbidden: [] });
  });

  it('e: an appendix in the same file gets no signature of its own', async () => {
    const both = await samples.withAppendixPage();
    const [first, ...more] = await plan(both, 'approve', APPROVE);
    expect([first?.page, first?.found, more.length]).toEqual([0, 'title-and-name', 0]);
    expect((await plan(both, 'issue', ISSUE)).map(({ page }) => page)).toEqual([0]);
  });

  it('moves to where a person wants it, and keeps a prepared field once the file is signed', async () => {
    const place = { page: 0, box: { x: 60, y: 500, width: 100, height: 50 } };
    const draft = await prepared(letter);
    const approved = await act(draft, 'approve', { ...APPROVE, place }, office.leader);
    expect(drawn(approved, isBlue)).toEqual({
      x: expect.closeTo(60, 0),
      y: expect.closeTo(500, 0),
      width: expect.closeTo(100, 0),
      height: expect.closeTo(50, 0),
    });
    const [seal] = await plan(approved, 'issue', { ...ISSUE, place });
    expect(seal).toMatchObject({ found: 'field', request: { target: { kind: 'existing' } } });
  });

  it('signs an empty field of a file somebody certified, where none may be added', async () => {
    const approved = await act(await prepared(letter), 'approve', APPROVE, office.leader);
    const time = new Date();
    const context = { agency: 'Trường THPT Ví Dụ', number: '12', date: '2026-11-20', time };
    const plans = await plan(approved, 'incoming', { ...context, field: 'KY_CO_QUAN' });
    expect(plans.map(({ found }) => found)).toEqual(['field']);
    const signed = await act(approved, 'incoming', { ...context, field: 'KY_CO_QUAN' }, office.agency);
    expect(await office.verdictOf(signed)).toMatchObject({ verdict: 'valid', forbidden: [] });
    await expect(plan(approved, 'incoming', { ...context, field: 'KY_CA_NHAN' })).rejects.toThrow(
      'pdf.no-such-field',
    );
  });

  it('stays valid for us with a lock on number and date, as for others', async () => {
    const approved = await act(await prepared(letter), 'approve', APPROVE, office.leader);
    const numbered = append(approved, await fillTextFields(open(approved), { SO_VB: '123' }));
    const [seal] = await plan(numbered, 'issue', ISSUE);
    const fieldLock = { action: 'Include', fields: ['SO_VB', 'NGAY_VB'] } as const;
    const { tail } = await signDocument(open(numbered), { ...seal!.request, fieldLock }, office.agency);
    const locked = append(numbered, tail);
    expect(await office.verdictOf(locked)).toMatchObject({ forbidden: [] });
    expect(pdfsigVerdicts(locked)).toEqual([VALID, VALID]);
    await expect(fillTextFields(open(locked), { SO_VB: '124' })).rejects.toThrow('pdf.field-locked');
  });

  it('certifies only a file that has the fields for what follows', async () => {
    const [withFields] = await plan(await prepared(letter), 'approve', APPROVE);
    const [without] = await plan(letter, 'approve', APPROVE);
    expect([withFields?.request.docMdp, without?.request.docMdp]).toEqual([2, undefined]);
  });
});

describe('number and date of a file without fields (domain, 2.3)', () => {
  const NUMBERED = { ...ISSUE, number: '123', date: '2026-11-05' };

  needs(
    'pdfsig',
    'pdftotext',
    'qpdf',
  )('stand as signatures of the agency, and every signature stays valid', async () => {
    const approved = await act(letter, 'approve', APPROVE, office.leader);
    const plans = await plan(approved, 'issue', NUMBERED);
    expect(plans.map(({ found, lines }) => [found, ...lines])).toEqual([
      ['blank', '123'],
      ['blank', '05'],
      ['blank', '11'],
      // The leader's signature is on the page: the seal goes over it, wherever it was put.
      ['beside-signature'],
    ]);
    const issued = await act(approved, 'issue', NUMBERED, office.agency);
    expect(pdfsigVerdicts(issued)).toEqual(Array(5).fill(VALID));
    expect(qpdfComplaints(issued)).toBe('');
    expect(pdfToText(issued, '-layout')).toMatch(/Số: +123 +\/CV-THPTNT .*ngày +05 +tháng +11 +năm 2026/);
    const contents = (bytes: Uint8Array) => getPage(open(bytes), 0).dict.get('Contents');
    expect(contents(issued)).toEqual(contents(letter));
    expect(await office.verdictOf(issued)).toMatchObject({ verdict: 'valid', forbidden: [] });
  });

  it('leave a printed month alone, and need a person where there is no blank', async () => {
    const month = await drawLetter({ ...SAMPLE_LETTER, month: 11 });
    expect((await plan(month, 'issue', NUMBERED)).flatMap(({ lines }) => lines)).toEqual(['123', '05']);
    const bare = await plan(samples.classicTable(), 'issue', NUMBERED);
    expect(bare.map(({ found }) => found)).toEqual(['manual', 'manual', 'manual', 'manual']);
  });

  it('are refused once the leader has certified the file', async () => {
    const [approval] = await plan(letter, 'approve', APPROVE);
    const request = { ...approval!.request, docMdp: 2 as const };
    const { tail } = await signDocument(open(letter), request, office.leader);
    await expect(plan(append(letter, tail), 'issue', NUMBERED)).rejects.toThrow('pdf.certified-no-new-field');
  });
});
