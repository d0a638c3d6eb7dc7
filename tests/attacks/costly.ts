/** Signed letters with an update made to cost: time, memory or the stack. */
import { deflateSync } from 'node:zlib';
import type { OfficePki } from '../pki/office.ts';
import { LETTER, append, bodyOf, stream, writePdf } from './pdf-text.ts';
import type { Objects } from './pdf-text.ts';
import { formNumber, signatureNumber, signed } from './signed.ts';

type Update = (file: Buffer) => Objects;
const MANY = 300_000;
const MB = 1024 * 1024;
const repeated = (count: number, make: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');
const zeros = deflateSync(Buffer.alloc(200 * 1024 * 1024)).toString('latin1');
const flate = (entries: string, data: string): string => stream(data, `${entries} /Filter /FlateDecode`);
const withForm =
  (entries: string): Update =>
  (file) => ({
    [formNumber(file)]: bodyOf(file, formNumber(file)).replace(/\/Fields \[/, `/Fields [${entries} `),
  });

/** A field that is filled with a text whose font says in this map what its codes mean. */
const lettered =
  (map: string): Update =>
  (file) => ({
    ...withForm('70 0 R')(file),
    70: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (a) /Rect [0 0 9 9] /P 3 0 R /AP << /N 71 0 R >> >>',
    71: stream(
      'BT /F 9 Tf (a) Tj ET',
      '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F 72 0 R >> >>',
    ),
    72: '<< /Type /Font /Subtype /TrueType /BaseFont /A /ToUnicode 73 0 R >>',
    73: stream(map),
  });

/** LZW codes of twelve bits and fewer that say: one letter more of the same, as long as the table lasts, and again. */
function endlessLzw(codes: number): Buffer {
  const out: number[] = [];
  let [bits, held, table] = [0, 0, 258];
  const put = (code: number, width: number): void => {
    bits = (bits << width) | code;
    for (held += width; held >= 8; held -= 8) out.push((bits >>> (held - 8)) & 255);
    bits &= (1 << held) - 1;
  };
  const width = (): number => (table >= 2048 ? 12 : table >= 1024 ? 11 : table >= 512 ? 10 : 9);
  put(256, 9);
  for (let n = 0; n < codes; n++) {
    if (table === 258) put(0, 9);
    else put(table - 1, width());
    // The decoder learns a code behind the writer (7.4.4.2, EarlyChange).
    if (++table === 4095) {
      put(256, 12);
      table = 258;
    }
  }
  return Buffer.from(out);
}

/** A field that is filled and shows this stream. */
const showing =
  (entries: string, data: string | Buffer): Update =>
  (file) => ({
    ...withForm('70 0 R')(file),
    70: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (a) /Rect [0 0 9 9] /P 3 0 R /AP << /N 71 0 R >> >>',
    71: stream(data.toString('latin1'), `/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${entries}`),
  });

const packed = (data: Buffer, times: number): Buffer =>
  times === 0 ? data : packed(deflateSync(data), times - 1);
const filters = (...names: string[]): string => `/Filter [${names.map((name) => `/${name}`).join(' ')}]`;
const hex = (data: Buffer): string => `${data.toString('hex')}>`;
const few = deflateSync(Buffer.alloc(40, 2));
const rows = (parms: string): Update => showing(`/Filter /FlateDecode /DecodeParms << ${parms} >>`, few);

const updates: Readonly<Record<string, Update>> = {
  'pages that are their own kids': () => ({ 2: '<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>' }),
  'a page tree that doubles at each level': () =>
    Object.fromEntries([
      [2, '<< /Type /Pages /Kids [1000 0 R 1000 0 R] >>'],
      ...Array.from({ length: 60 }, (_, i) => [
        1000 + i,
        `<< /Type /Pages /Kids [${1001 + i} 0 R ${1001 + i} 0 R] >>`,
      ]),
      [1060, LETTER[3]!],
    ]),
  'fields that are their own kids': (file) => ({
    ...withForm('70 0 R')(file),
    70: '<< /T (a) /Kids [70 0 R] >>',
  }),
  'a field a thousand levels deep': (file) => ({
    ...withForm('1000 0 R')(file),
    ...Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [1000 + i, `<< /T (a) /Kids [${1001 + i} 0 R] >>`]),
    ),
    2000: '<< /T (a) /FT /Tx >>',
  }),
  'hundreds of thousands of fields': withForm(repeated(MANY, (i) => `${100 + (i % 5000)} 0 R`)),
  'hundreds of thousands of annotations': () => ({
    3: LETTER[3]!.replace(/>>$/, `/Annots [${repeated(MANY, (i) => `${100 + i} 0 R`)}] >>`),
  }),
  'annotations written into the page': () => ({
    3: LETTER[3]!.replace(/>>$/, `/Annots [${repeated(50_000, (i) => `<< /A ${i} >>`)}] >>`),
  }),
  'brackets without end': () => ({ 3: '['.repeat(1_000_000) }),
  'a string without end': () => ({ 3: '('.repeat(3_000_000) }),
  'a chain of references': () =>
    Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [i === 0 ? 4 : 999 + i, `${1000 + i} 0 R`])),
  'a ring of references': () => ({ 4: '70 0 R', 70: '4 0 R' }),
  'an appearance that unpacks to 200 MB': (file) => ({
    ...withForm('70 0 R')(file),
    70: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (a) /Rect [0 0 9 9] /P 3 0 R /AP << /N 71 0 R >> >>',
    71: flate('/Type /XObject /Subtype /Form /BBox [0 0 9 9]', zeros),
  }),
  'an appearance packed twice, in hexadecimal, that unpacks to 200 MB': showing(
    filters('ASCIIHexDecode', 'FlateDecode', 'FlateDecode'),
    hex(packed(Buffer.alloc(200 * MB), 2)),
  ),
  'an appearance packed seven times': showing(
    filters(...Array.from({ length: 7 }, () => 'FlateDecode')),
    packed(Buffer.alloc(60 * MB), 7),
  ),
  'an appearance of more filters than any writer uses': showing(
    filters(...Array.from({ length: 9 }, () => 'FlateDecode')),
    packed(Buffer.alloc(1), 9),
  ),
  'sixty megabytes of hexadecimal in hexadecimal': showing(
    filters('FlateDecode', ...Array.from({ length: 7 }, () => 'ASCIIHexDecode')),
    packed(Buffer.alloc(60 * MB, '3'), 1),
  ),
  'sixty megabytes in base 85': showing(
    filters('FlateDecode', 'ASCII85Decode'),
    packed(Buffer.alloc(60 * MB, '!'), 1),
  ),
  'base 85 that says nothing but zeros': showing(filters('ASCII85Decode'), Buffer.alloc(20 * MB, 'z')),
  'run lengths of sixty megabytes': showing(
    filters('FlateDecode', 'RunLengthDecode'),
    packed(Buffer.alloc(60 * MB, 0x81), 1),
  ),
  'LZW codes that grow': showing(filters('LZWDecode'), endlessLzw(400_000)),
  'LZW codes that start anew each time': showing(
    filters('FlateDecode', 'LZWDecode'),
    packed(Buffer.alloc(60 * MB, '800000', 'hex'), 1),
  ),
  'a predictor whose row is of 640 MB': rows(
    '/Predictor 12 /Colors 32 /BitsPerComponent 16 /Columns 10000000',
  ),
  'a predictor of more columns than numbers have': rows('/Predictor 15 /Columns 9999999999999'),
  'a predictor of a billion colours': rows('/Predictor 12 /Colors 1000000000'),
  'a predictor of negative columns': rows('/Predictor 12 /Columns -5'),
  'a predictor of two billion bits': rows('/Predictor 12 /BitsPerComponent 2000000000'),
  'a TIFF predictor whose row is of 640 MB': rows(
    '/Predictor 2 /Colors 32 /BitsPerComponent 16 /Columns 10000000',
  ),
  'a predictor with sixty million rows of nothing': showing(
    `/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 1 /BitsPerComponent 1 >>`,
    packed(Buffer.alloc(60 * MB, 2), 1),
  ),
  ...Object.fromEntries(
    ['JBIG2Decode', 'JPXDecode', 'DCTDecode', 'CCITTFaxDecode'].map((codec) => [
      `a mask in ${codec} that claims to be huge`,
      (file: Buffer): Objects => ({
        ...showing('/Resources << /XObject << /I 72 0 R >> >>', '9 0 0 9 0 0 cm /I Do')(file),
        72: stream(
          'x',
          '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask 73 0 R',
        ),
        73: stream(
          '\xff\xff\xff\xff',
          `/Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 /Filter /${codec} /DecodeParms << /K -1 /Columns 2000000000 /Rows 2000000000 /JBIG2Globals 73 0 R >>`,
        ),
      }),
    ]),
  ),
  'an appearance that draws itself': (file) => ({
    ...withForm('70 0 R')(file),
    70: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (a) /Rect [0 0 9 9] /P 3 0 R /AP << /N 71 0 R >> >>',
    71: stream(
      '/X Do '.repeat(1000),
      '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 71 0 R >> >>',
    ),
  }),
  'appearances that cover two hundred thousand times': (file) => ({
    ...withForm('70 0 R 72 0 R')(file),
    70: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (a) /Rect [0 0 9 9] /P 3 0 R /AP << /N 71 0 R >> >>',
    71: stream('0 0 9 9 re f '.repeat(99_000), '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'),
    72: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (b) /V (a) /Rect [0 0 9 9] /P 3 0 R /AP << /N 71 0 R >> >>',
  }),
  'an object of half a million references': (file) => ({
    ...withForm('70 0 R')(file),
    70: '<< /T (a) /FT /Tx /V [71 0 R] >>',
    71: `[${'72 0 R '.repeat(450_000)}]`,
  }),
  'a structure tree of half a million kids': (file) => ({
    1: bodyOf(file, 1).replace(/>>$/, '/StructTreeRoot 70 0 R >>'),
    70: '<< /Type /StructTreeRoot /K 71 0 R >>',
    71: `[${'72 0 R '.repeat(450_000)}]`,
    72: '<< /Type /StructElem /S /P /P 70 0 R >>',
  }),
  'a font that explains billions of codes': lettered(
    `20000 beginbfrange\n${repeated(20_000, () => '<0000> <ffff> <0041>')}\nendbfrange`,
  ),
  'a font map that begins without end': lettered('beginbfchar '.repeat(80_000)),
  'a font map of letters of three bytes': lettered('1 beginbfchar <61> <004142> endbfchar'),
  'a store of evidence that unpacks to 200 MB': (file) => ({
    1: bodyOf(file, 1).replace(/>>$/, '/DSS << /CRLs [70 0 R 70 0 R] /Certs [70 0 R] /OCSPs [70 0 R] >> >>'),
    70: flate('', zeros),
  }),
  'a negative length': () => ({ 4: '<< /Length -5 >>\nstream\nx\nendstream' }),
  'a length beyond all numbers': () => ({ 4: '<< /Length 99999999999999999999 >>\nstream\nx\nendstream' }),
};

/** CMS of indefinite lengths, one in the other, in place of a signature's. */
async function nested(pki: OfficePki): Promise<Buffer> {
  const file = await signed(pki);
  const at = file.indexOf('/Contents <', undefined, 'latin1') + '/Contents <'.length;
  const size = file.indexOf('>', at, 'latin1') - at;
  file.write('3080'.repeat(Math.floor(size / 4)).padEnd(size, '0'), at, 'latin1');
  return file;
}

export const costly: Readonly<Record<string, (pki: OfficePki) => Promise<Buffer>>> = {
  ...Object.fromEntries(
    Object.entries(updates).map(([name, update]) => [
      name,
      async (pki: OfficePki) => {
        const file = await signed(pki);
        return append(file, update(file));
      },
    ]),
  ),
  'a CMS a thousand levels deep': nested,
  'revisions by the thousand': async (pki) => {
    let file = await signed(pki);
    for (let n = 0; n < 1100; n++) file = append(file, { 70: String(n) });
    return file;
  },
  'percent signs before the end': async (pki) =>
    Buffer.concat([
      await signed(pki),
      Buffer.from(`startxref\n1\n${'%'.repeat(1000)}\nx\n%%EOF\n`, 'latin1'),
    ]),
  'a signature that is its own page': async (pki) => {
    const file = await signed(pki);
    return append(file, { 3: bodyOf(file, signatureNumber(file)) });
  },
  'no signature, a page tree that is a ring': async () => writePdf({ ...LETTER, 2: '<< /Kids [2 0 R] >>' }),
};
