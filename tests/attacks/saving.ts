/** Incremental saving and signature wrapping (Mladenov et al. 2019). */
import type { OfficePki } from '../pki/office.ts';
import { append, bodyOf, lastStartXref } from './pdf-text.ts';
import { FORGED, list, rangeOf, signatureNumber, signed, under } from './signed.ts';
import type { Attack } from './signed.ts';
import { signedByHand } from './structure.ts';

export const incrementalSaving = list([
  {
    name: 'update of the content',
    exposedBy: 'page-content',
    make: async (pki) => append(await signed(pki), { 4: FORGED }),
  },
  {
    name: 'objects only, behind the end',
    exposedBy: 'unexplained-bytes',
    make: async (pki) => append(await signed(pki), { 4: FORGED }, { without: 'everything' }),
  },
  {
    name: 'update without cross-reference section',
    exposedBy: 'document.unreadable',
    make: async (pki) => append(await signed(pki), { 4: FORGED }, { without: 'section' }),
  },
  {
    name: 'update that brings its own copy of the signature',
    exposedBy: 'integrity.byte-range',
    make: async (pki) => {
      const file = await signed(pki);
      const dictionary = signatureNumber(file);
      return append(file, { 4: FORGED, [dictionary]: bodyOf(file, dictionary) });
    },
  },
  {
    name: 'text behind the end',
    exposedBy: 'unexplained-bytes',
    make: async (pki) => Buffer.concat([await signed(pki), Buffer.from('PAY 9000000')]),
  },
  {
    name: 'bytes no section lists',
    exposedBy: 'unexplained-bytes',
    make: async (pki) =>
      append(await signed(pki), { 20: '<< /Nothing true >>' }, { extra: `4 0 obj\n${FORGED}\nendobj\n` }),
  },
  {
    name: 'objects among the comments of the end',
    exposedBy: 'unexplained-bytes',
    make: async (pki) =>
      append(await signed(pki), { 4: FORGED }, { comments: [`%tool\n4 0 obj\n${FORGED}\nendobj\n`, ''] }),
  },
  {
    name: 'an end among the comments of the end',
    exposedBy: 'unexplained-bytes',
    make: async (pki) => append(await signed(pki), { 4: FORGED }, { comments: ['%%EOF\n', ''] }),
  },
]).map(under('incremental saving: '));

/** Ends of revisions as other tools write them. */
export const honestSaving: Readonly<Record<string, Attack['make']>> = {
  'the name of the tool': async (pki) => signedByHand(pki, { comments: ['%iText-5.5.13.2\n', ''] }),
  'remarks all over': async (pki) => signedByHand(pki, { comments: ['%a\r\n \n%b\n', '%c\n'] }),
};

/** The second signed part moved back, a forged cross-reference section where the old one was looked for. */
async function wrapped(pki: OfficePki, hasOwnRange: boolean): Promise<Buffer> {
  const file = await signed(pki);
  const [, a, b, c] = rangeOf(file);
  const startXref = lastStartXref(file);
  const moved = startXref + 4096;
  const range = hasOwnRange ? ` /ByteRange [0 ${a} ${moved} ${c}]` : '';
  const body = `${range} >>\nendobj\n`;
  const before = Buffer.concat([file.subarray(0, b), Buffer.from(body, 'latin1')]);
  const forged = `4 0 obj\n${FORGED}\nendobj\n`;
  const padding = Buffer.alloc(startXref - before.length - forged.length, ' ');
  const offset = before.length + padding.length;
  const prev = /\/Prev (\d+)/.exec(file.toString('latin1', startXref))?.[1] ?? '0';
  const shift = moved - b;
  const entries = [
    ...file.toString('latin1', startXref).matchAll(/^(\d+) (\d+)\n((?:\d{10} \d{5} n \n)+)/gm),
  ].map(
    ([, first, count, rows = '']) =>
      `${first} ${count}\n${rows.replace(/\d{10}/g, (at) => String(Number(at) > b ? Number(at) + shift : at).padStart(10, '0'))}`,
  );
  const section = `xref\n4 1\n${String(offset).padStart(10, '0')} 00000 n \n${entries.join('')}trailer\n<< /Size 20 /Root 1 0 R /Prev ${prev} >>\n`;
  const front = Buffer.concat([before, padding, Buffer.from(forged + section, 'latin1')]);
  return Buffer.concat([front, Buffer.alloc(moved - front.length, ' '), file.subarray(b, b + c)]);
}

export const wrapping: Attack[] = [
  {
    name: 'signature wrapping: second range beside the first',
    exposedBy: 'document.unreadable',
    make: (pki) => wrapped(pki, true),
  },
  {
    name: 'signature wrapping: old range kept',
    exposedBy: 'integrity.byte-range',
    make: (pki) => wrapped(pki, false),
  },
];
