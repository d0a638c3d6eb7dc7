/** What stands where in the file is told in two ways: two objects in one place, packed ones rewritten, keys exchanged. */
import { intOf, isStream } from '../../src/main/pdf/cos.ts';
import type { CosObject } from '../../src/main/pdf/cos.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { qpdf } from '../fixtures/pdf/outside.ts';
import type { OfficePki } from '../pki/office.ts';
import { LETTER, append, lastStartXref, overwrite, stream, writePdf } from './pdf-text.ts';
import { FORGED, OVERLAY, PAGE_WITH_OVERLAY, WHITE, list, sign, signed, under } from './signed.ts';

/** What is a string for one object is the beginning of another, and both end in one place. */
async function twoInOne(pki: OfficePki): Promise<Buffer> {
  const file = await signed(pki);
  const objects = { 70: '[(4 0 obj [71 0 R %)\n]', 71: FORGED };
  const inner = append(file, objects).lastIndexOf('4 0 obj', undefined, 'latin1');
  return append(file, objects, { offsets: { 4: inner } });
}

/** The font stands in an object stream; the update brings that stream again, with another font in it. */
async function repacked(pki: OfficePki): Promise<Buffer> {
  const packed = qpdf(writePdf(LETTER), '--object-streams=generate');
  const file = await sign(Buffer.from(packed), pki.principal);
  const document = openPdf(memorySource(file));
  const isPacked = (num: number): boolean => document.objectEntry(num)?.type === 'compressed';
  const font = Array.from({ length: 20 }, (_, num) => num).find(
    (num) => isPacked(num) && document.dict({ kind: 'ref', num, gen: 0 })?.has('BaseFont'),
  )!;
  const entry = document.objectEntry(font);
  const container = entry?.type === 'compressed' ? entry.container : 0;
  const old = document.get({ kind: 'ref', num: container, gen: 0 });
  if (!isStream(old)) throw new Error('no object stream');
  const content = Buffer.from(document.decode(old)).toString('latin1');
  const other = content.replace('/Helvetica', '/Symbol   ');
  const entries = ['N', 'First'].map((key) => `/${key} ${intOf(old.dict.get(key)) ?? 0}`).join(' ');
  const root = document.trailer.get('Root') as CosObject & { readonly num: number };
  return append(file, { [container]: stream(other, `/Type /ObjStm ${entries}`) }, { root: root.num });
}

/** An update whose end names the section before, so that it shows nothing by itself, and one that builds on it. */
async function skipped(pki: OfficePki): Promise<Buffer> {
  const file = await signed(pki, { ...LETTER, 3: PAGE_WITH_OVERLAY, 7: OVERLAY, 8: WHITE });
  const forged = append(file, {}, { free: [7] });
  const whole = append(forged, { 70: '<< /Nothing true >>' });
  const [own, before] = [forged, file].map((one) => String(lastStartXref(one)));
  const from = `startxref\n${own}\n`;
  const to = `startxref\n${before!.padStart(own!.length, '0')}\n`;
  return Buffer.concat([overwrite(forged, from, to), whole.subarray(forged.length)]);
}

/** An encrypted file, signed, then updated with this instead of its first identifier. */
export async function rekeyed(pki: OfficePki, identifier: 'kept' | 'changed'): Promise<Buffer> {
  const locked = qpdf(writePdf(LETTER), '--encrypt', '', 'chu', '256', '--');
  const file = await sign(Buffer.from(locked), pki.principal);
  const { trailer } = openPdf(memorySource(file));
  const number = (key: string): number => (trailer.get(key) as CosObject & { readonly num: number }).num;
  const [, first = '', second = ''] = /\/ID ?\[ ?<(\w+)> ?<(\w+)>/.exec(file.toString('latin1')) ?? [];
  const wanted = identifier === 'kept' ? first : '0'.repeat(first.length);
  return append(
    file,
    { 70: '<< /Nothing true >>' },
    {
      root: number('Root'),
      trailer: `/Encrypt ${number('Encrypt')} 0 R /ID [<${wanted}> <${second}>]`,
    },
  );
}

export const storage = list([
  { name: 'an object inside of another', exposedBy: 'unexplained-bytes', make: twoInOne },
  { name: 'an object stream written anew', exposedBy: 'structure', tool: 'qpdf', make: repacked },
  { name: 'an update that hides behind the next', exposedBy: 'unexplained-bytes', make: skipped },
  {
    name: 'the key of an encrypted file exchanged',
    exposedBy: 'structure',
    tool: 'qpdf',
    make: (pki) => rekeyed(pki, 'changed'),
  },
]).map(under('storage: '));
