import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  pdfsigVerdicts,
  pdfToText,
  qpdf,
  qpdfComplaints,
  throwawaySigner,
} from '../../../tests/fixtures/pdf/outside.ts';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { normalizeCopy } from './normalize.ts';
import { openPdf } from './reader.ts';
import { embedSignature, prepareSignature } from './signature-field.ts';
import { memorySource } from './source.ts';
import { needs } from '../../../tests/needs.ts';

needs('openssl', 'pdfsig', 'pdftotext', 'qpdf');

const open = (bytes: Uint8Array) => openPdf(memorySource(bytes));
const normalize = (bytes: Uint8Array) => normalizeCopy(memorySource(bytes));
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const edited = (bytes: Uint8Array, from: string | RegExp, to: string) =>
  latin1(Buffer.from(bytes).toString('latin1').replace(from, to));
const junk = latin1('HTTP/1.1 200 OK\r\n\r\n');

let letter: Uint8Array;
let packed: Uint8Array;
let cms: (signedBytes: Uint8Array) => Uint8Array;
beforeAll(async () => {
  letter = await samples.letter();
  packed = await samples.objectStreams();
  cms = throwawaySigner();
});

function sign(bytes: Uint8Array): Uint8Array {
  const target = { kind: 'new', page: 0 } as const;
  const wanted = { target, subFilter: 'ETSI.CAdES.detached', contentsBytes: 4096 } as const;
  const prepared = prepareSignature(open(bytes), wanted);
  const whole = Buffer.concat([bytes, prepared.tail]);
  const [, a, b] = prepared.byteRange;
  const signed = Buffer.concat([whole.subarray(0, a), whole.subarray(b)]);
  return Buffer.concat([bytes, embedSignature(prepared, cms(signed))]);
}

const cases: [string, () => Uint8Array, string[]][] = [
  [
    'junk before the header, offsets from the header',
    () => Buffer.concat([junk, letter]),
    ['junk-before-header'],
  ],
  ['junk the offsets count in', samples.junkBeforeHeader, ['junk-before-header']],
  ['bytes behind the end', () => Buffer.concat([letter, latin1('<html></html>')]), ['trailing-bytes']],
  ['a startxref that leads nowhere', samples.badStartXref, ['cross-reference']],
  ['no end at all', () => letter.subarray(0, -40), ['cross-reference']],
  ['wrong offsets', () => edited(letter, /\d{10} 00000 n/g, '0000000077 00000 n'), ['cross-reference']],
  ['no trailer', () => edited(letter, /trailer[^]*$/, ''), ['cross-reference']],
  [
    'a stream shorter than it says',
    () => edited(samples.classicTable(), /\/Length (\d+)/, '/Length 999'),
    ['cross-reference', 'stream-length'],
  ],
  [
    'packed objects without a cross-reference',
    () => edited(packed, /startxref[^]*$/, ''),
    ['cross-reference'],
  ],
  [
    'a length that stands further down',
    () => edited(withLengthBelow(), /startxref\n\d+/, 'startxref\n7'),
    ['cross-reference'],
  ],
  [
    'junk, a bad startxref and an appendix of bytes',
    () => Buffer.concat([junk, edited(letter, /startxref\n\d+/, 'startxref\n7'), latin1('\0\0junk')]),
    ['junk-before-header', 'trailing-bytes', 'cross-reference'],
  ],
];

/** A packed stream that ends in a carriage return, which looks like part of the line end behind it. */
function withLengthBelow(): Uint8Array {
  for (let n = 0; n < 256; n++) {
    // The checksum at the end goes through all values of its last byte, each sign adding 33.
    const data = deflateSync(latin1(`BT /F1 24 Tf 72 700 Td (length) Tj ET %${'!'.repeat(n)}`));
    if (data.at(-1) !== 13) continue;
    const body = '<< /Filter /FlateDecode /Length 6 0 R >>\nstream\n';
    return samples.rawPdf([
      { num: 1, body: '<< /Type /Catalog /Pages 2 0 R >>' },
      { num: 2, body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
      {
        num: 3,
        body: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
      },
      { num: 4, body: `${body}${data.toString('latin1')}\nendstream` },
      { num: 5, body: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>' },
      { num: 6, body: String(data.length) },
    ]);
  }
  throw new Error('no such data');
}

describe('a damaged file', () => {
  it.each(cases)('is written anew: %s', (_, make, repairs) => {
    const original = make();
    const copy = normalize(original);
    expect(copy.repairs).toEqual(repairs);
    expect(qpdfComplaints(copy.bytes)).toBe('');
    expect(open(copy.bytes).damage).toBeNull();
    expect(pdfToText(copy.bytes).trim().length).toBeGreaterThan(3);
    expect(pdfsigVerdicts(sign(copy.bytes))).toEqual(['Signature is Valid.']);
  });

  it('says what the original said, in the same words', async () => {
    for (const bytes of [letter, packed, await samples.turnedLetter()]) {
      const broken = edited(bytes, /startxref\s+\d+/g, 'startxref\n7');
      expect(pdfToText(normalize(broken).bytes)).toBe(pdfToText(bytes));
    }
  });

  it('keeps to its cross-reference where it has one: what that does not name does not exist', () => {
    const shadowed = Buffer.concat([samples.shadowCopy(), latin1('tail')]);
    const { bytes, repairs } = normalize(shadowed);
    expect(repairs).toEqual(['trailing-bytes']);
    expect(pdfToText(bytes)).toContain('PAY 100');
    expect(Buffer.from(bytes).includes('9000000')).toBe(false);
    const lost = edited(samples.shadowCopy(), /startxref\n\d+/, 'startxref\n7');
    expect(normalize(lost).repairs).toEqual(['cross-reference', 'repeated-object']);
  });
});

describe('what is not repaired', () => {
  const codeOf = (bytes: Uint8Array) => {
    try {
      normalize(bytes);
    } catch (error) {
      if (error instanceof DeskError) return error.code;
      throw error;
    }
    return 'repaired';
  };

  it.each([
    ['a signature in it', () => Buffer.concat([junk, sign(letter)]), 'pdf.damaged-signed'],
    ['a signature packed away', packedSignature, 'pdf.damaged-signed'],
    [
      'encryption',
      () => Buffer.concat([qpdf(letter, '--encrypt', '', 'o', '256', '--'), junk]),
      'pdf.damaged-encrypted',
    ],
    [
      'a password',
      () => Buffer.concat([qpdf(letter, '--encrypt', 'u', 'o', '256', '--'), junk]),
      'pdf.damaged-encrypted',
    ],
    ['another kind of file', samples.notAPdf, 'pdf.not-a-pdf'],
    ['no pages left', () => edited(samples.classicTable(), /2 0 obj[^]*/, ''), 'pdf.damaged'],
    [
      'a page nobody can read',
      () => edited(samples.classicTable(), '/Type /Page /Parent', '/Type /Page (Parent'),
      'pdf.damaged',
    ],
    ['objects without end', () => latin1(`%PDF-1.4\n${'1 0 obj (((('.repeat(100_000)}`), 'pdf.too-complex'],
  ] as [string, () => Uint8Array, string][])('is refused by name: %s', (_, make, code) => {
    expect(codeOf(make())).toBe(code);
  });

  it('never ends in anything but a DeskError, wherever a byte is wrong', () => {
    let state = 20_261_120;
    const random = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % below;
    };
    const originals = [samples.classicTable(), samples.hybrid(), samples.indirectForm()];
    let repaired = 0;
    for (let round = 0; round < 2_000; round++) {
      const bytes = Uint8Array.from(originals[round % 3] ?? []);
      for (let i = 0; i <= random(6); i++) bytes[random(bytes.length)] = random(256);
      if (codeOf(round % 4 === 0 ? bytes.subarray(0, random(bytes.length)) : bytes) === 'repaired')
        repaired++;
    }
    expect(repaired).toBeGreaterThan(500);
  });
});

/** A signature dictionary inside an object stream, where no search of the bytes finds it. */
function packedSignature(): Uint8Array {
  const body = '<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>';
  const data = deflateSync(latin1(`9 0 ${body}`));
  const base = samples.rawPdf([
    { num: 1, body: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>' },
    { num: 2, body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
    { num: 3, body: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>' },
    { num: 4, body: '<< /FT /Sig /T (KY) /V 9 0 R >>' },
    { num: 5, body: '<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>', data },
  ]);
  return edited(base, /startxref\n\d+/, 'startxref\n7');
}
