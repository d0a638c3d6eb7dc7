/** Every kind of well-formed PDF from draft to seal, read back by other people's programs and measured as drawn. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openText } from '../../src/main/pdf/text.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import type { Box, Placement } from '../../src/shared/ipc/signing.ts';
import { replyDraft } from '../demo/letters.ts';
import { isRed } from '../fixtures/pdf/acting.ts';
import {
  fontsNotEmbedded,
  inkBox,
  pdfsigVerdicts,
  pdfToText,
  qpdf,
  qpdfComplaints,
  qpdfObject,
  renderPage,
} from '../fixtures/pdf/outside.ts';
import * as samples from '../fixtures/pdf/samples.ts';
import { signingSchool } from './signing-school.ts';
import { connectionOf } from '../../src/main/store/sql.ts';
import { needs } from '../needs.ts';

needs('pdfsig', 'pdftotext', 'qpdf');

const office = signingSchool();
const VALID = 'Signature is Valid.';
const DPI = 144;

let letter: Uint8Array;
beforeAll(async () => {
  letter = await replyDraft(2026);
});

const encrypted =
  (...how: string[]) =>
  () =>
    qpdf(letter, '--allow-weak-crypto', '--encrypt', '', 'chu-tep', ...how, '--');

const kinds: Record<string, () => Uint8Array | Promise<Uint8Array>> = {
  'classic table': () => letter,
  'object streams': () => qpdf(letter, '--object-streams=generate'),
  linearized: () => qpdf(letter, '--linearize', '--object-streams=disable'),
  'linearized with object streams': () => qpdf(letter, '--linearize', '--object-streams=generate'),
  hybrid: samples.hybrid,
  'a letter turned by 90': samples.turnedLetter,
  'boxes at an offset': () => samples.offsetBoxes(0),
  'turned by 90, offset': () => samples.offsetBoxes(90),
  'turned by 180, offset': () => samples.offsetBoxes(180),
  'turned by 270, offset': () => samples.offsetBoxes(270),
  'UserUnit and inherited MediaBox': samples.userUnit,
  'a form of its own': samples.libraryForm,
  'an indirect form': samples.indirectForm,
  tagged: () => samples.tagged(),
  'PDF/A-1': () => samples.archival(1),
  'PDF/A-2': () => samples.archival(2),
  'AES-256, no password to open': encrypted('256'),
  'AES-128, no password to open': encrypted('128', '--use-aes=y'),
  'RC4-128, no password to open': encrypted('128', '--use-aes=n'),
  'RC4-40, no password to open': encrypted('40'),
};

/** Where the person puts what the program could not place itself; one after the other. */
const free: Record<string, Omit<Box, 'width' | 'height'>> = {
  personal: { page: 1, x: 330, y: 380 },
  number: { page: 1, x: 60, y: 60 },
  date: { page: 1, x: 200, y: 60 },
};

const put = ({ role, found, box }: Placement, n = 0): Box =>
  found === 'manual' && free[role] ? { ...box, ...free[role], x: free[role].x + n * 70 } : box;

/** Pixels of the drawn page for a point of the page as the program measures it. */
async function scaleOf(bytes: Uint8Array, page: number): Promise<number> {
  const text = await openText(memorySource(bytes));
  try {
    return renderPage(bytes, page, DPI).width / (await text.page(page - 1)).width;
  } finally {
    await text.close();
  }
}

/** Where a page changed, in points of the page. */
async function changed(before: Uint8Array, after: Uint8Array, page: number) {
  const scale = await scaleOf(before, page);
  const [one, other] = [renderPage(before, page, DPI), renderPage(after, page, DPI)];
  const rgb = other.rgb.map((value, at) => (Math.abs(value - one.rgb[at]!) > 40 ? 255 : 0));
  return inkBox({ ...other, rgb }, (r, g, b) => Math.max(r, g, b) > 0, 72 * scale);
}

function expectInside(ink: Omit<Box, 'page'> | undefined, box: Box): void {
  expect(ink).toBeDefined();
  const { x, y, width, height } = ink!;
  for (const [low, high] of [
    [box.x - 1.5, x],
    [box.y - 1.5, y],
    [x + width, box.x + box.width + 1.5],
    [y + height, box.y + box.height + 1.5],
  ] as const)
    expect(low).toBeLessThanOrEqual(high);
  expect(Math.abs(x + width / 2 - box.x - box.width / 2)).toBeLessThan(4);
  expect(Math.abs(y + height / 2 - box.y - box.height / 2)).toBeLessThan(4);
}

describe('a draft whose PDF is', () => {
  it.each(Object.entries(kinds))('%s', async (_, make) => {
    const original = await make();
    const id = office.draft(original);
    await office.submit(id);
    // What the checklist says of the page's text is tested elsewhere; here it is the structure that matters.
    connectionOf(office.store.tables).exec(`UPDATE outgoing SET state = 'to-sign' WHERE id = '${id}'`);
    const personal = put((await office.proposed(id, 'approve'))[0]!);
    await office.signAs(id, 'approve', (placement) => put(placement));
    const approved = office.bytesOf(id);
    expectInside(await changed(original, approved, personal.page), personal);

    await office.number(id);
    const numbered = office.bytesOf(id);
    const marks = await office.proposed(id, 'seal');
    const places = marks.map((mark, n) => put(mark, n));
    const { verification } = await office.signAs(id, 'seal', (placement) => {
      const n = marks.findIndex(({ rule }) => rule.x === placement.rule.x && rule.y === placement.rule.y);
      return put(placement, n);
    });
    const sealed = office.bytesOf(id);
    const seal = places[marks.findIndex(({ role }) => role === 'agency')]!;
    const scale = await scaleOf(sealed, seal.page);
    expectInside(inkBox(renderPage(sealed, seal.page, DPI), isRed, 72 * scale), seal);

    const signatures = 1 + marks.filter(({ role }) => role !== 'appendix').length;
    expect(verification.signatures.length).toBe(signatures);
    expect(verification.changes.filter(({ allowed }) => !allowed)).toEqual([]);
    expect(verification.verdict).toMatch(/^valid(-with-changes)?$/);
    expect(pdfsigVerdicts(sealed)).toEqual(Array(signatures).fill(VALID));
    expect(qpdfComplaints(sealed)).toBe('');
    for (const [n, earlier] of [original, approved, numbered].entries())
      expect(sealed.subarray(0, earlier.length).equals(Buffer.from(earlier)), `revision ${n}`).toBe(true);
    expect(pdfToText(sealed)).toMatch(/\b01\b/);
  });

  it.each([1, 2] as const)('PDF/A-%i stays one: fonts embedded, its description untouched', async (part) => {
    const original = samples.archival(part);
    const id = office.draft(original);
    await office.submit(id);
    connectionOf(office.store.tables).exec(`UPDATE outgoing SET state = 'to-sign' WHERE id = '${id}'`);
    await office.signAs(id, 'approve', (placement) => put(placement));
    await office.number(id);
    await office.signAs(id, 'seal', (placement) => put(placement));
    const sealed = office.bytesOf(id);
    expect(fontsNotEmbedded(sealed)).toEqual([]);
    expect(qpdfObject(sealed, 9).equals(qpdfObject(original, 9))).toBe(true);
    // Only the first part forbids transparency (ISO 19005-1, 6.4).
    if (part === 1) expect(sealed.includes('/SMask')).toBe(false);
  });
});

it('a draft that needs a password to open is refused: nobody who receives it has one', async () => {
  const id = office.draft(qpdf(letter, '--encrypt', 'mat-khau', 'chu-tep', '256', '--'));
  await expect(office.submit(id)).rejects.toThrow(
    expect.objectContaining({ code: 'documents.draft-locked' }),
  );
});
