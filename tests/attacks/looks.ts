/** Looks that say what was not filled in, or hide what was signed. */
import { deflateSync } from 'node:zlib';
import { imageAppearance } from '../../src/main/pdf/appearance.ts';
import { tinos } from '../../src/main/pdf/font.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { embedSignature, prepareSignature } from '../../src/main/pdf/signature-field.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { fields, readDer, tag } from '../../src/main/asn1/der.ts';
import { timestampRequest } from '../../src/main/signature/online/tsa.ts';
import { signaturePng } from '../fixtures/pdf/images.ts';
import { issue } from '../pki/ca.ts';
import type { OfficePki } from '../pki/office.ts';
import { timestampAnswer } from '../pki/services/tsa.ts';
import { FIELD, WITH_FIELD, fieldText, filled, look } from './fields.ts';
import { LETTER, append, bodyOf, stream } from './pdf-text.ts';
import type { Objects } from './pdf-text.ts';
import { INVISIBLE, WHITE, formNumber, list, page, signByHand, signed, under } from './signed.ts';
import type { Attack } from './signed.ts';

const text = (content: string): string => `BT /F1 12 Tf ${content} ET`;
const fonts = (entries: string): string => `<< /Font << /F1 5 0 R >> ${entries} >>`;

/** Ways to draw 12 so that it is not read. */
const drawings: Readonly<Record<string, string>> = {
  'figures drawn behind it': look(
    `${text('2 5 Td (12) Tj')} 20 5 4 9 re 21 6 2 7 re f* 26 5 4 9 re 27 6 2 7 re f*`,
  ),
  'figures in strokes': look(`${text('2 5 Td (12) Tj')} 20 5 m 20 14 l S 26 5 m 24 10 28 14 24 14 c S`),
  'the first letter behind the second': look(text('14 5 Td (1) Tj -10 0 Td (2) Tj')),
  'letters over each other': look(text('2 5 Td (1) Tj 1 0 Td (2) Tj')),
  'letters in each other': look(text('-9 Tc 2 5 Td (12) Tj')),
  'half of it outside': look(text('2 5 Td (1) Tj 900 0 Td (2) Tj')),
  'half of it torn away': look(text('2 5 Td [(1) -90000 (2)] TJ')),
  'half of it clipped': look(`0 0 12 20 re W n ${text('2 5 Td (1) Tj 20 0 Td (2) Tj')}`),
  'half of it too small to be read': look(`${text('2 5 Td (1) Tj')} BT /F1 0.2 Tf 12 5 Td (2) Tj ET`),
  'half of it below a cover': look(`${text('2 5 Td (12) Tj')} 1 g 9 0 190 20 re f`),
  'half of it mirrored': look(text('2 5 Td (1) Tj -1 0 0 1 20 5 Tm (2) Tj')),
  'half of it in a pattern': look(text('2 5 Td (1) Tj /Pattern cs /P scn (2) Tj')),
  'half of it behind a mask': look(
    text('2 5 Td (1) Tj /G gs (2) Tj'),
    fonts('/ExtGState << /G << /SMask << /S /Luminosity >> >> >>'),
  ),
  'half of it in a layer': look(text('2 5 Td (1) Tj /OC /L BDC (2) Tj EMC')),
  'glyphs that bear other names': look(
    text('2 5 Td (12) Tj'),
    '<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [49 /nine] >> >> >> >>',
  ),
};

const TO_UNICODE = stream('2 beginbfchar <37> <0031> <32> <0032> endbfchar');

/** Objects 71 to 74: Tinos under a name of its own, whose 7 says that it is a 1. */
const LYING: Objects = {
  71: '<< /Type /Font /Subtype /TrueType /BaseFont /Tinos /FirstChar 50 /LastChar 55 /Widths [500 500 500 500 500 500] /Encoding /WinAnsiEncoding /FontDescriptor 72 0 R /ToUnicode 73 0 R >>',
  72: '<< /Type /FontDescriptor /FontName /Tinos /Flags 32 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 74 0 R >>',
  73: TO_UNICODE,
  74: stream(deflateSync(tinos()).toString('latin1'), '/Filter /FlateDecode'),
};
const inLyingFont = look(text('2 5 Td (72) Tj'), '<< /Font << /F1 71 0 R >> >>');
const fillIn = (file: Buffer): string =>
  bodyOf(file, 7).replace('8 0 R', '70 0 R').replace(/>>$/, '/V (12) >>');

/** The field filled with 12 and drawn as 72, in a font that came with it. */
export async function filledInLyingFont(pki: OfficePki): Promise<Buffer> {
  const file = await signed(pki, WITH_FIELD);
  return append(file, { 7: fillIn(file), 70: inLyingFont, ...LYING });
}

/** The file with a document timestamp that can be seen. */
async function stamped(file: Buffer, pki: OfficePki): Promise<Buffer> {
  const authority = await issue(pki.issuing, { profile: 'tsa', subject: [['CN', 'TSA Ví Dụ']] });
  const prepared = prepareSignature(openPdf(memorySource(file)), {
    target: { kind: 'new', page: 0, name: 'DTG', box: { x: 172, y: 122, width: 60, height: 30 } },
    appearance: await imageAppearance(signaturePng(), 60, 30),
    subFilter: 'ETSI.RFC3161',
    contentsBytes: 16_384,
  });
  const request = timestampRequest(prepared.digest, Uint8Array.of(7));
  const answer = fields(readDer(timestampAnswer(request, { authority, at: Date.now() })));
  answer.next(tag.sequence);
  return Buffer.concat([file, embedSignature(prepared, answer.next(tag.sequence).raw)]);
}

/** The letter signed, then by somebody else with these looks. */
async function cosigned(
  pki: OfficePki,
  widget: string,
  objects: Objects,
  letter: Objects = LETTER,
): Promise<Buffer> {
  const file = await signed(pki, letter);
  const form = formNumber(file);
  return signByHand(file, pki.agency, (signature) => ({
    3: bodyOf(file, 3).replace('/Annots [', '/Annots [ 70 0 R '),
    [form]: bodyOf(file, form).replace('/Fields [', '/Fields [ 70 0 R '),
    70: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (KY_CO_QUAN) /F 4 ${widget} /AP << /N 71 0 R >> /V 72 0 R >>`,
    72: signature,
    ...objects,
  }));
}

const CHOICE: Objects = {
  ...WITH_FIELD,
  7: FIELD.replace('/Tx', '/Ch /Ff 131072 /Opt [[(12) (twelve)] [(13) (thirteen)]]'),
};
const BUTTON: Objects = {
  ...WITH_FIELD,
  7: FIELD.replace('/Tx', '/Btn').replace('<< /N 8 0 R >>', '<< /N << /Yes 8 0 R /Off 9 0 R >> >> /AS /Off'),
  8: look('0 0 200 20 re f'),
  9: look(''),
};
const turn = (body: string, to: string): string => body.replace('/AS /Off', `/AS /${to} /V /${to}`);

export const looks = list([
  ...Object.entries(drawings).map(([name, appearance]): Attack => ({
    name,
    exposedBy: 'appearance-differs',
    make: (pki) => filled(pki, appearance),
  })),
  {
    name: 'a choice that shows another one',
    exposedBy: 'appearance-differs',
    make: (pki) => filled(pki, fieldText('thirteen'), {}, CHOICE),
  },
  {
    name: 'a button that says something new',
    exposedBy: 'appearance-differs',
    make: async (pki) => {
      const file = await signed(pki, BUTTON);
      return append(file, { 7: turn(bodyOf(file, 7), 'Yes'), 8: fieldText('9000000') });
    },
  },
  {
    name: 'a value that was veiled by what was shown',
    exposedBy: 'appearance-differs',
    make: async (pki) => {
      const field = FIELD.replace(/>>$/, '/V (9000000) >>');
      const file = await signed(pki, { ...WITH_FIELD, 7: field, 8: fieldText('100') });
      return append(file, { 8: fieldText('9000000') });
    },
  },
  {
    name: 'letters that are others in the font they came with',
    exposedBy: 'integrity.look-unproven',
    make: filledInLyingFont,
  },
  {
    name: 'letters that are others, for the value that was signed',
    exposedBy: 'integrity.look-unproven',
    make: async (pki) => {
      const field = FIELD.replace(/>>$/, '/V (12) >>');
      const file = await signed(pki, { ...WITH_FIELD, 7: field, 8: fieldText('12') });
      return append(file, { 8: inLyingFont, ...LYING });
    },
  },
  {
    name: 'letters that are others in a font brought among the resources before',
    exposedBy: 'integrity.look-unproven',
    make: async (pki) => {
      const file = await signed(pki, WITH_FIELD);
      const resources = '/DR << /Font << /F1 5 0 R /F2 71 0 R >> >>';
      const parked = append(file, { 1: bodyOf(file, 1).replace('/DR 6 0 R', resources), ...LYING });
      return append(parked, { 7: fillIn(parked), 70: inLyingFont });
    },
  },
  {
    name: 'letters that are others in a font the signed file held otherwise',
    exposedBy: 'integrity.look-unproven',
    make: async (pki) => {
      const honest = LYING[71]!.replace('/ToUnicode 73 0 R', '');
      const file = await signed(pki, { ...WITH_FIELD, ...LYING, 71: honest });
      return append(file, { 7: fillIn(file), 70: inLyingFont, 71: LYING[71]! });
    },
  },
  {
    name: 'a known font that says its letters are others',
    exposedBy: 'appearance-differs',
    make: async (pki) => {
      const file = await signed(pki, WITH_FIELD);
      const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 73 0 R >>';
      return append(file, { 7: fillIn(file), 70: inLyingFont, 71: font, 73: TO_UNICODE });
    },
  },
  {
    name: 'a value drawn anew where nothing may change',
    exposedBy: 'field-filled',
    make: async (pki) => {
      const field = FIELD.replace(/>>$/, '/V (12) >>');
      const file = await signed(
        pki,
        { ...WITH_FIELD, 7: field, 8: fieldText('12') },
        { ...INVISIBLE, docMdp: 1 },
      );
      return append(file, { 8: look(text('100 5 Td (12) Tj')) });
    },
  },
  {
    name: 'the look of a signature drawn anew',
    exposedBy: 'structure',
    make: async (pki) => {
      const file = await cosigned(pki, '/P 3 0 R /Rect [72 600 272 620]', { 71: fieldText('A') });
      return append(file, { 71: fieldText('PAY 9000000') });
    },
  },
  {
    name: 'a cover in slices',
    exposedBy: 'text-covered',
    make: (pki) => {
      const slices = Array.from({ length: 80 }, (_, i) => `${i * 4} 0 4 40 re f`).join(' ');
      const cover = stream(`1 g ${slices}`, '/Type /XObject /Subtype /Form /BBox [0 0 340 40]');
      return cosigned(pki, '/P 3 0 R /Rect [60 690 400 730]', { 71: cover });
    },
  },
  {
    name: 'a cover on another page than it names',
    exposedBy: 'text-covered',
    make: (pki) => {
      const letter = {
        ...LETTER,
        2: '<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>',
        9: page('').replace('/Contents 4 0 R', ''),
      };
      return cosigned(pki, '/P 9 0 R /Rect [60 690 400 730]', { 71: WHITE }, letter);
    },
  },
  {
    name: 'a document timestamp with a look',
    exposedBy: 'annotation',
    make: async (pki) => stamped(await signed(pki), pki),
  },
]).map(under('looks: '));

/** Fields filled and drawn as other tools do. */
export const honestLooks: Readonly<Record<string, Attack['make']>> = {
  'in a frame, word by word': (pki) =>
    filled(
      pki,
      look(
        `0.9 g 0 0 200 20 re f 0 G 0.5 0.5 199 19 re s q 1 1 198 18 re W n 0 g ${text('2 5 Td (1) Tj 7 0 Td (2) Tj')} Q`,
      ),
    ),
  'in a font the signed file held': async (pki) => {
    const file = await signed(pki, { ...WITH_FIELD, ...LYING });
    const drawn = look(text('2 5 Td (72) Tj'), '<< /Font << /F1 71 0 R >> >>');
    return append(file, { 7: fillIn(file), 70: drawn });
  },
  'anew, as it was': async (pki) => {
    const field = FIELD.replace(/>>$/, '/V (12) >>');
    const file = await signed(pki, { ...WITH_FIELD, 7: field, 8: fieldText('12') });
    return append(file, { 8: look(text('100 5 Td (12) Tj')) });
  },
  'with glyphs by their names': (pki) =>
    filled(
      pki,
      look(
        text('2 5 Td (\\201\\202) Tj'),
        '<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [129 /one /uni0032] >> >> >> >>',
      ),
    ),
  'with a font of its own': async (pki) => {
    const file = await signed(pki, WITH_FIELD);
    const field = bodyOf(file, 7).replace('/F1 12 Tf', '/F9 12 Tf').replace('8 0 R', '70 0 R');
    return append(file, { 7: field.replace(/>>$/, '/V (12) >>'), 70: fieldText('12') });
  },
  'as the choice it is': (pki) => filled(pki, fieldText('twelve'), {}, CHOICE),
  'as the button it is': async (pki) => {
    const file = await signed(pki, BUTTON);
    return append(file, { 7: turn(bodyOf(file, 7), 'Yes') });
  },
};
