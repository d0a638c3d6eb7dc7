/** Evil annotations and sneaky signatures on certified files (Rohlmann et al. 2021), and fields that lie. */
import { issue } from '../pki/ca.ts';
import type { OfficePki } from '../pki/office.ts';
import { FIELD, WITH_FIELD, fieldText, filled } from './fields.ts';
import { LETTER, append, bodyOf, stream, writePdf } from './pdf-text.ts';
import { OVERLAY, WHITE, certified, formNumber, list, page, signByHand, signed, under } from './signed.ts';
import type { Attack } from './signed.ts';

/** Those of the covers that lack what they paint with: a reader may paint nothing, or anything. */
const DRAWN_BLANK: ReadonlySet<string> = new Set(['a stroke in a pattern', 'a letter that is a drawing']);

export const certification = list([
  {
    name: 'evil annotation on level 3',
    exposedBy: 'annotation',
    make: async (pki) => annotate(await certified(pki, 3)),
  },
  {
    name: 'evil annotation on level 2',
    exposedBy: 'annotation',
    make: async (pki) => annotate(await certified(pki, 2)),
  },
  {
    name: 'evil annotation on an approval signature',
    exposedBy: 'annotation',
    make: async (pki) => annotate(await signed(pki)),
  },
  { name: 'sneaky signature on level 2', exposedBy: 'text-covered', make: (pki) => sneak(pki, 2) },
  { name: 'sneaky signature on level 3', exposedBy: 'text-covered', make: (pki) => sneak(pki, 3) },
  ...Object.entries(veils()).map(([name, veil]): Attack => ({
    name: `sneaky signature, its cover ${name}`,
    exposedBy: DRAWN_BLANK.has(name) ? 'integrity.cover-unproven' : 'text-covered',
    make: (pki) => sneak(pki, 2, veil),
  })),
  {
    name: 'a field filled on level 1',
    exposedBy: 'field-filled',
    make: (pki) => filled(pki, fieldText('12'), { docMdp: 1 }),
  },
  {
    name: 'a signature added to what the lock of a field closed',
    exposedBy: 'signature-added',
    make: (pki) => Promise.resolve(closed(pki)),
  },
  {
    name: 'a locked field filled',
    exposedBy: 'field-filled',
    make: (pki) => filled(pki, fieldText('12'), { fieldLock: { action: 'Include', fields: ['SO_VB'] } }),
  },
  {
    name: 'a field filled when all but another are locked',
    exposedBy: 'field-filled',
    make: (pki) => filled(pki, fieldText('12'), { fieldLock: { action: 'Exclude', fields: ['NGAY_VB'] } }),
  },
]).map(under('certification: '));

const field = (name: string, signature: number, entries = ''): string =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /F 132 /P 3 0 R /Rect [0 0 0 0] /V ${signature} 0 R ${entries} >>`;

/** The first signature's field gives level 1 by its lock (ISO 32000-2, Table 236), which locks no field. */
function closed(pki: OfficePki): Buffer {
  const lock = '/Lock << /Type /SigFieldLock /Action /Include /Fields [] /P 1 >>';
  const form = '<< /Type /Catalog /Pages 2 0 R /AcroForm 7 0 R >>';
  const letter = writePdf({ ...LETTER, 1: form, 7: '<< /Fields [] /SigFlags 3 >>' });
  const first = signByHand(letter, pki.principal, (signature) => ({
    7: '<< /Fields [70 0 R] /SigFlags 3 >>',
    70: field('KY_CA_NHAN', 71, lock),
    71: signature,
  }));
  return signByHand(first, pki.agency, (signature) => ({
    7: '<< /Fields [70 0 R 72 0 R] /SigFlags 3 >>',
    72: field('KY_CO_QUAN', 73),
    73: signature,
  }));
}

const annotate = (file: Buffer): Buffer =>
  append(file, {
    3: bodyOf(file, 3).replace('/Annots [', '/Annots [ 70 0 R '),
    70: OVERLAY.replace('8 0 R', '71 0 R'),
    71: WHITE,
  });

/** Covers that a reader of appearances may overlook. */
function veils(): Record<string, string> {
  const form = '/Type /XObject /Subtype /Form /BBox [0 0 340 40]';
  const shading =
    '/Resources << /Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 1 0] >> >> >>';
  const box = '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] >>';
  const state = (entries: string): string => `${form} /Resources << /ExtGState << /G << ${entries} >> >> >>`;
  return {
    'a stroke': stream('1 G 900 w 0 20 m 340 20 l S', form),
    'dashes close together': stream('1 G 40 w [9 1] 0 d 0 20 m 340 20 l S', form),
    'a stroke in a pattern': stream('/Pattern CS /P SCN 900 w 0 20 m 340 20 l S', form),
    'half see-through, twelve times': stream(`/G gs 1 g ${'0 0 340 40 re f '.repeat(12)}`, state('/ca 0.5')),
    'black that multiplies': stream('/G gs 0 g 0 0 340 40 re f', state('/BM /Multiply')),
    'a letter that is a block': stream(
      'BT 1 g /F 400 Tf -20 -40 Td (n) Tj ET',
      `${form} /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >> >> >>`,
    ),
    'behind an inline image': stream('BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI 1 g 0 0 340 40 re f', form),
    'behind two hundred thousand operators': stream(`${'n '.repeat(200_001)}1 g 0 0 340 40 re f`, form),
    'a shading in a space of a thousandth': stream('.001 0 0 .001 0 0 cm /S sh', `${form} ${shading}`),
    'a letter that is a drawing': stream(
      'BT /F 1 Tf (a) Tj ET',
      `${form} /Resources << /Font << /F ${box} >> >>`,
    ),
  };
}

/** Somebody nobody knows signs, validly, with an opaque picture over the signed text. */
async function sneak(pki: OfficePki, level: 2 | 3, cover = WHITE): Promise<Buffer> {
  const file = await certified(pki, level);
  const stranger = await issue(null, { profile: 'signer', subject: [['CN', 'Người Lạ Ví Dụ']] });
  const form = formNumber(file);
  return signByHand(file, stranger, (signature) => ({
    3: bodyOf(file, 3).replace('/Annots [', '/Annots [ 70 0 R '),
    [form]: bodyOf(file, form).replace('/Fields [', '/Fields [ 70 0 R '),
    70: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Sneaky) /F 4 /P 3 0 R /Rect [60 690 400 730] /AP << /N 71 0 R >> /V 72 0 R >>',
    71: cover,
    72: signature,
  }));
}

/** Fields filled as they should be: the measure against which the lies are told apart. */
export const honestFillings: Readonly<Record<string, Attack['make']>> = {
  'as the certification allows': (pki) => filled(pki, fieldText('12'), { docMdp: 2 }),
  'when it is not among the locked ones': (pki) =>
    filled(pki, fieldText('12'), { fieldLock: { action: 'Include', fields: ['NGAY_VB'] } }),
  'when all but it are locked': (pki) =>
    filled(pki, fieldText('12'), { fieldLock: { action: 'Exclude', fields: ['SO_VB'] } }),
};

export const forms = list([
  {
    name: 'a field added',
    exposedBy: 'field-added',
    make: async (pki) => {
      const file = await signed(pki);
      const form = formNumber(file);
      return append(file, {
        3: bodyOf(file, 3).replace('/Annots [', '/Annots [ 70 0 R '),
        [form]: bodyOf(file, form).replace('/Fields [', '/Fields [ 70 0 R '),
        70: FIELD.replace('8 0 R', '71 0 R').replace(/>>$/, '/V (000) >>'),
        71: fieldText('000'),
      });
    },
  },
  {
    name: 'the value says one thing, the appearance another',
    exposedBy: 'appearance-differs',
    make: (pki) => filled(pki, fieldText('PAY 9000000')),
  },
  {
    name: 'a new appearance for the old value',
    exposedBy: 'appearance-differs',
    make: async (pki) => append(await signed(pki, WITH_FIELD), { 8: fieldText('PAY 9000000') }),
  },
  {
    name: 'an appearance that is also the content of the page',
    exposedBy: 'page-content',
    make: async (pki) => {
      const shared = {
        ...WITH_FIELD,
        3: page('/Annots [7 0 R]').replace('/Contents 4 0 R', '/Contents [4 0 R 8 0 R]'),
      };
      const file = await signed(pki, shared);
      return append(file, {
        8: fieldText('PAY 9000000'),
        7: bodyOf(file, 7).replace(/>>$/, '/V (PAY 9000000) >>'),
      });
    },
  },
  {
    name: 'a field moved over the text',
    exposedBy: 'structure',
    make: async (pki) => {
      const file = await signed(pki, WITH_FIELD);
      return append(file, { 7: bodyOf(file, 7).replace('[72 600 272 620]', '[72 690 400 730]') });
    },
  },
  {
    name: 'an opaque appearance over signed text',
    exposedBy: 'text-covered',
    make: async (pki) => {
      const objects = { ...WITH_FIELD, 7: FIELD.replace('[72 600 272 620]', '[60 690 400 730]') };
      const file = await signed(pki, objects);
      const field = bodyOf(file, 7).replace('8 0 R', '70 0 R').replace(/>>$/, '/V (12) >>');
      const cover = stream(
        '1 g 0 0 340 40 re f BT 0 g /F1 12 Tf 2 5 Td (12) Tj ET',
        '/Type /XObject /Subtype /Form /BBox [0 0 340 40] /Resources 6 0 R',
      );
      return append(file, { 7: field, 70: cover });
    },
  },
]).map(under('form: '));
