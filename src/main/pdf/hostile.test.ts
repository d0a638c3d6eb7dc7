import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import type { RawObject } from '../../../tests/fixtures/pdf/samples.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { isStream } from './cos.ts';
import { listFields } from './form.ts';
import { countPages, getPage, pageGeometry } from './pages.ts';
import { openPdf } from './reader.ts';
import { memorySource } from './source.ts';

const CATALOG: RawObject = { num: 1, body: '<< /Type /Catalog /Pages 2 0 R /AcroForm 9 0 R >>' };
const TREE: RawObject = { num: 2, body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' };
const PAGE: RawObject = {
  num: 3,
  body: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>',
};
const withObjects = (...objects: RawObject[]) => {
  const nums = new Set(objects.map((o) => o.num));
  return samples.rawPdf([...[CATALOG, TREE, PAGE].filter((o) => !nums.has(o.num)), ...objects]);
};
const text = (content: string) => Buffer.from(content, 'latin1');
const classic = (from: string | RegExp, to: string) =>
  text(Buffer.from(samples.classicTable()).toString('latin1').replace(from, to));
const bomb = deflateSync(Buffer.alloc(80 * 1024 * 1024));

/** Opens and looks at everything a signer looks at. */
function readAll(bytes: Uint8Array): void {
  const document = openPdf(memorySource(bytes));
  countPages(document);
  pageGeometry(document, getPage(document, 0));
  const content = document.get(getPage(document, 0).dict.get('Contents'));
  if (isStream(content)) document.decode(content);
  listFields(document);
}

const cases: [string, () => Uint8Array, string][] = [
  ['a cross-reference section before itself', () => classic(/trailer\n<<.*$/s, loopTrailer()), 'pdf.damaged'],
  ['a count of two billion entries', () => classic('xref\n0 6', 'xref\n0 2000000000'), 'pdf.damaged'],
  ['an object number beyond all limits', () => classic('xref\n0 6', 'xref\n9999999 6'), 'pdf.too-complex'],
  ['letters in the table', () => classic(/\d{10} 00000 n/, 'abcdefghij 00000 n'), 'pdf.damaged'],
  ['an offset outside of the file', () => classic(/\d{10} 00000 n/, '9999999999 00000 n'), 'pdf.damaged'],
  ['an offset to another object', () => classic(/\d{10} 00000 n/, '0000000015 00001 n'), 'pdf.damaged'],
  [
    'pages that are their own kids',
    () => withObjects({ num: 2, body: '<< /Kids [2 0 R] >>' }),
    'pdf.damaged',
  ],
  ['a page tree that doubles at each level', doublingTree, 'pdf.too-complex'],
  ['a page that is not an object', () => withObjects({ num: 2, body: '<< /Kids [<< >>] >>' }), 'pdf.damaged'],
  ['no page at all', () => withObjects({ num: 2, body: '<< /Kids [] >>' }), 'pdf.no-such-page'],
  ['a page without size', () => withObjects({ num: 3, body: '<< /Type /Page >>' }), 'pdf.damaged'],
  ['a reference that leads to itself', () => withObjects({ num: 4, body: '4 0 R' }), 'pdf.damaged'],
  ['brackets a million deep', () => withObjects({ num: 4, body: '['.repeat(1e6) }), 'pdf.too-complex'],
  ['an object without end', () => withObjects({ num: 4, body: `(${'('.repeat(2e7)}` }), 'pdf.too-complex'],
  ['millions of keys', () => manyFields((i) => `/${i.toString(36)} 1`, '', ''), 'pdf.too-complex'],
  ['millions of strings', () => manyFields(() => '(a)', '/A [', ']'), 'pdf.too-complex'],
  ['millions of hexadecimal strings', () => manyFields(() => '<41>', '/A [', ']'), 'pdf.too-complex'],
  ['millions of dictionaries', () => manyFields(() => '<</A 1>>', '/A [', ']'), 'pdf.too-complex'],
  ['millions of names', () => manyFields((i) => `/N${i}`, '/A [', ']'), 'pdf.too-complex'],
  ['a number too large', () => withObjects({ num: 4, body: '9'.repeat(250).repeat(2) }), 'pdf.damaged'],
  ['a key twice', () => withObjects({ num: 4, body: '<< /A 1 /A 2 >>' }), 'pdf.damaged'],
  ['a stream longer than the file', () => withStream('/Length 99999999'), 'pdf.damaged'],
  ['a stream of negative length', () => withStream('/Length -5'), 'pdf.damaged'],
  ['a stream whose length is itself', () => withStream('/Length 4 0 R'), 'pdf.damaged'],
  ['a stream that unpacks to 80 MB', () => withFilter('/FlateDecode', bomb), 'pdf.too-complex'],
  ['a stream that is not packed', () => withFilter('/FlateDecode', text('nonsense')), 'pdf.damaged'],
  ['a hundred filters', () => withFilter(`[${'/AHx '.repeat(100)}]`, text('')), 'pdf.too-complex'],
  ['an unknown filter', () => withFilter('/JBIG2Decode', text('')), 'pdf.damaged'],
  [
    'run lengths without end',
    () => withFilter('/RunLengthDecode', Buffer.alloc(2e6, 0x81)),
    'pdf.too-complex',
  ],
  ['fields that are their own kids', () => withFields('/T (a) /Kids [10 0 R]'), 'pdf.damaged'],
  ['a compressed container in itself', containerInItself, 'pdf.damaged'],
  [
    'a cross-reference stream of nothing',
    () => xrefStream('/W [0 0 0] /Index [0 9999999]'),
    'pdf.too-complex',
  ],
  ['a cross-reference stream too short', () => xrefStream('/W [1 2 1] /Index [0 99999]'), 'pdf.damaged'],
  ['widths of a gigabyte', () => xrefStream('/W [1 1000000000 1]'), 'pdf.damaged'],
];

function loopTrailer(): string {
  const at = Buffer.from(samples.classicTable()).lastIndexOf('xref\n0 6');
  return `trailer\n<< /Size 6 /Root 1 0 R /Prev ${at} >>\nstartxref\n${at}\n%%EOF\n`;
}

const level = (n: number) => `<< /Type /Pages /Kids [${n + 1} 0 R ${n + 1} 0 R] >>`;

function doublingTree(): Uint8Array {
  const levels = Array.from({ length: 40 }, (_, i) => ({ num: i + 2, body: level(i + 2) }));
  return samples.rawPdf([CATALOG, ...levels, { num: 42, body: '<< /Type /Page /MediaBox [0 0 9 9] >>' }]);
}

/** Each object close to the limit of one, together beyond the limit of all. */
function manyFields(unit: (i: number) => string, open: string, close: string): Uint8Array {
  const values = Array.from({ length: 250_000 }, (_, i) => unit(i)).join(' ');
  const fields = Array.from({ length: 9 }, (_, i) => ({
    num: 10 + i,
    body: `<< ${open} ${values} ${close} >>`,
  }));
  const list = fields.map(({ num }) => `${num} 0 R`).join(' ');
  return withObjects({ num: 9, body: `<< /Fields [${list}] >>` }, ...fields);
}

function withStream(entries: string): Uint8Array {
  return withObjects({ num: 4, body: `<< ${entries} >>\nstream\nhello\nendstream` });
}

function withFilter(filter: string, data: Uint8Array): Uint8Array {
  return withObjects({ num: 4, body: `<< /Filter ${filter} >>`, data });
}

function withFields(entries: string): Uint8Array {
  const form = { num: 9, body: '<< /Fields [10 0 R] >>' };
  return withObjects(form, { num: 10, body: `<< ${entries} >>` });
}

/** A one-object file whose only cross-reference is a stream with these entries and 8 bytes of data. */
function xrefStream(entries: string, data: Uint8Array = new Uint8Array(8)): Uint8Array {
  const dict = `<< /Type /XRef /Size 9 /Root 1 0 R ${entries} /Length ${data.length} >>`;
  const head = text(`%PDF-1.5\n9 0 obj\n${dict}\nstream\n`);
  return Buffer.concat([head, data, text('\nendstream\nendobj\nstartxref\n9\n%%EOF\n')]);
}

function containerInItself(): Uint8Array {
  return xrefStream('/W [1 1 1] /Index [1 2]', Uint8Array.of(2, 2, 0, 2, 2, 1, 0, 0));
}

describe('hostile files', () => {
  it.each(cases)('are refused by name, soon and without much memory: %s', (_, make, code) => {
    const bytes = make();
    const [cpu, memory] = [process.cpuUsage(), process.memoryUsage().rss];
    let caught: unknown;
    try {
      readAll(bytes);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(DeskError);
    expect((caught as DeskError).code).toBe(code);
    // Time on the processor: other tests may keep this one waiting.
    expect(process.cpuUsage(cpu).user / 1000).toBeLessThan(5_000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(512 * 1024 * 1024);
  });
});
