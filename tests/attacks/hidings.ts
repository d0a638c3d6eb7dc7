/**
 * Ways to hide what was signed below the look of a later signature: painting operators, blend modes, masks, colour
 * spaces, patterns, fonts and forms, over words, a picture and a field.
 */
import type { OfficePki } from '../pki/office.ts';
import { LETTER, bodyOf, showText, stream } from './pdf-text.ts';
import type { Objects } from './pdf-text.ts';
import { formNumber, page, signByHand, signed } from './signed.ts';

/** The look is 340 × 40 units; it is stretched over what it is to hide. */
export interface Look {
  readonly content: string;
  readonly resources?: string;
  /** Beside F1, which is Helvetica. */
  readonly fonts?: string;
  /** Objects that the resources name, from 80 on. */
  readonly objects?: Objects;
  /** More entries of the look itself. */
  readonly entries?: string;
}

/** What is signed, by where it stands. */
export const TARGETS = {
  words: [60, 690, 400, 730],
  picture: [72, 500, 412, 540],
  field: [72, 600, 412, 640],
} as const;
export type Target = keyof typeof TARGETS;

/** Bars of different width and grey, as a scanner sees a line. */
const BARS = Array.from({ length: 34 * 4 }, (_, i) => ((i % 34) % 3 === 0 ? '\xff' : '\x10')).join('');

const LETTER_WITH_ALL: Objects = {
  ...LETTER,
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] /DR 6 0 R >> >>',
  3: page('/Annots [7 0 R]'),
  4: stream(`${showText('PAY 100')} q 340 0 0 40 72 500 cm /I Do Q`),
  6: '<< /Font << /F1 5 0 R >> /XObject << /I 9 0 R >> >>',
  7: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (SO_TIEN) /F 4 /P 3 0 R /Rect [72 600 412 640] /DA (/F1 24 Tf 0 g) /V (1000000) /AP << /N 8 0 R >> >>',
  8: stream(
    'BT /F1 24 Tf 4 10 Td (1000000) Tj ET',
    '/Type /XObject /Subtype /Form /BBox [0 0 340 40] /Resources 6 0 R',
  ),
  9: stream(
    BARS,
    '/Type /XObject /Subtype /Image /Width 34 /Height 4 /ColorSpace /DeviceGray /BitsPerComponent 8',
  ),
};

/** Signed by the principal; a look is then put over a part of it. */
export const signedLetter = (pki: OfficePki): Promise<Buffer> => signed(pki, LETTER_WITH_ALL);

/** The letter with the agency's signature, which looks like this. */
export function coSigned(
  file: Buffer,
  pki: OfficePki,
  { content, resources = '', fonts = '', objects = {}, entries = '' }: Look,
  rect: readonly number[],
): Buffer {
  const form = formNumber(file);
  const dictionary = `/Type /XObject /Subtype /Form /BBox [0 0 340 40] /Resources << /Font << /F1 5 0 R ${fonts} >> ${resources} >> ${entries}`;
  const holder = form > 0 ? form : 1;
  return signByHand(file, pki.agency, (signature) => ({
    // Last, and so above all.
    3: bodyOf(file, 3).replace(/\/Annots \[([^\]]*)\]/, '/Annots [$1 70 0 R]'),
    [holder]: bodyOf(file, holder).replace('/Fields [', '/Fields [ 70 0 R '),
    70: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (KY_CO_QUAN) /F 4 /P 3 0 R /Rect [${rect.join(' ')}] /AP << /N 71 0 R >> /V 72 0 R >>`,
    71: stream(content, dictionary),
    72: signature,
    ...objects,
  }));
}

const ALL = '0 0 340 40 re';
const image = (entries: string, bytes: string): string =>
  stream(bytes, `/Type /XObject /Subtype /Image /Width 1 /Height 1 ${entries}`);
const GREY = '/ColorSpace /DeviceGray /BitsPerComponent 8';
const SHOW = 'q 340 0 0 40 0 0 cm /I Do Q';
const shown = (picture: string, objects: Objects = {}): Look => ({
  content: SHOW,
  resources: '/XObject << /I 80 0 R >>',
  objects: { 80: picture, ...objects },
});
const font = (entries: string): string => `/F << /Type /Font ${entries} >>`;
const DINGBATS = font('/Subtype /Type1 /BaseFont /ZapfDingbats');
const BOX_FONT = font(
  '/Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 /Widths [1] /Encoding << /Differences [97 /a] >> /CharProcs << /a 80 0 R >> /Resources << >>',
);
const tile = (content: string): string =>
  stream(
    content,
    '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10] /XStep 10 /YStep 10 /Resources << >>',
  );
const SHADING =
  '<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 340 0] /Function << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0.9] /N 1 >> >>';
const form = (content: string, entries = ''): string =>
  stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 340 40] /Resources << >> ${entries}`);
const state = (entries: string): string => `/ExtGState << /G << ${entries} >> >>`;

const operators: Readonly<Record<string, Look>> = {
  f: { content: `1 g ${ALL} f` },
  'f*': { content: `1 g ${ALL} f*` },
  F: { content: `1 g ${ALL} F` },
  B: { content: `1 g 1 G ${ALL} B` },
  'b*': { content: '1 g 0 0 m 340 0 l 340 40 l 0 40 l b*' },
  'f of curves': { content: '1 g -60 20 m -60 120 400 120 400 20 c 400 -80 -60 -80 -60 20 c f' },
  'f of v and y': { content: '1 g -60 -200 m -60 240 400 240 v 400 -200 -60 -200 y f' },
  'S, wide': { content: '1 G 60 w 0 20 m 340 20 l S' },
  's, wide': { content: '1 G 60 w 0 20 m 340 20 l s' },
  'S in dashes': { content: '1 G 60 w [19 1] 0 d 0 20 m 340 20 l S' },
  'S, many': {
    content: `1 G 2 w ${Array.from({ length: 41 }, (_, i) => `0 ${i} m 340 ${i} l S`).join(' ')}`,
  },
  'S of a curve': { content: '1 G 60 w -20 20 m 100 20 200 20 360 20 c S' },
  'S by LW': { content: '/G gs 1 G 0 20 m 340 20 l S', resources: state('/LW 60') },
  sh: { content: '/S sh', resources: `/Shading << /S ${SHADING} >>` },
  'Do of an image': shown(image(GREY, '\xff')),
  'Do of a stencil': { ...shown(image('/ImageMask true /BitsPerComponent 1', '\0')), content: `1 g ${SHOW}` },
  'Do of a form': {
    content: '/X Do',
    resources: '/XObject << /X 80 0 R >>',
    objects: { 80: form(`1 g ${ALL} f`) },
  },
  'Do of a group': {
    content: '/X Do',
    resources: '/XObject << /X 80 0 R >>',
    objects: { 80: form(`1 g ${ALL} f`, '/Group << /S /Transparency /I true /K true >>') },
  },
  'Do of forms in forms': {
    content: '/X Do',
    resources: '/XObject << /X 80 0 R >>',
    objects: Object.fromEntries(
      [80, 81, 82, 83, 84, 85, 86, 87].map((num) => [
        num,
        num === 87
          ? form(`1 g ${ALL} f`)
          : form('/X Do').replace('/Resources << >>', `/Resources << /XObject << /X ${num + 1} 0 R >> >>`),
      ]),
    ),
  },
  'an inline image': {
    content: 'q 340 0 0 40 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q',
  },
  'f behind an inline image': {
    content: `BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI 1 g ${ALL} f`,
  },
  'f in what may be switched off': { content: `/OC /L BDC 1 g ${ALL} f EMC` },
  'f through a clip': { content: `${ALL} W n 1 g -100 -100 900 900 re f` },
  'f in a space turned round': { content: '1 g 0 1 -1 0 340 0 cm 0 0 40 340 re f' },
  'f in a space of thousandths': { content: '1 g .001 0 0 .001 0 0 cm 0 0 340000 40000 re f' },
  'f in a look turned round': { content: `1 g ${ALL} f`, entries: '/Matrix [-1 0 0 -1 0 0]' },
  'f in slices': {
    content: `1 g ${Array.from({ length: 170 }, (_, i) => `${i * 2} 0 2 40 re f`).join(' ')}`,
  },
  'f of rings in rings': {
    content: `1 g ${Array.from({ length: 20 }, (_, i) => `${i} ${i} ${340 - 2 * i} ${40 - 2 * i} re`).join(' ')} f`,
  },
};

const letters: Readonly<Record<string, Look>> = {
  'a large block': { content: 'BT 1 g /F 460 Tf -20 -40 Td (n) Tj ET', fonts: DINGBATS },
  'many blocks': {
    content: `BT 1 g /F 20 Tf ${[-2, 8, 18, 28].map((y) => `1 0 0 1 -4 ${y} Tm (${'n'.repeat(30)}) Tj`).join(' ')} ET`,
    fonts: DINGBATS,
  },
  'blocks by TJ': {
    content: `BT 1 g /F 60 Tf -4 -4 Td [${'(n) 100 '.repeat(12)}] TJ ET`,
    fonts: DINGBATS,
  },
  "blocks by '": { content: `BT 1 g /F 60 Tf 60 TL -4 56 Td (${'n'.repeat(12)}) ' ET`, fonts: DINGBATS },
  'blocks by "': {
    content: `BT 1 g /F 60 Tf 60 TL -4 56 Td 0 0 (${'n'.repeat(12)}) " ET`,
    fonts: DINGBATS,
  },
  'a wide stroke': { content: 'BT 1 G 2 Tr 60 w 1 g /F1 300 Tf -10 -60 Td (MM) Tj ET' },
  'letters of a known font, large': {
    content: 'BT 1 g 0 G /F1 900 Tf -60 -200 Td (I) Tj 100 0 Td (I) Tj ET',
  },
  'a drawing': {
    content: 'BT 1 g /F 340 Tf (a) Tj ET',
    fonts: BOX_FONT,
    objects: { 80: stream('1 0 0 0 1 1 d1 0 0 1 1 re f') },
  },
  'a drawing with its own colour': {
    content: 'BT /F 340 Tf (a) Tj ET',
    fonts: BOX_FONT,
    objects: { 80: stream('1 0 d0 1 g 0 0 1 1 re f') },
  },
};

const patterns: Readonly<Record<string, Look>> = {
  'tiles, filled': {
    content: `/Pattern cs /P scn ${ALL} f`,
    resources: '/Pattern << /P 80 0 R >>',
    objects: { 80: tile('1 g 0 0 10 10 re f') },
  },
  'tiles, stroked': {
    content: '/Pattern CS /P SCN 60 w 0 20 m 340 20 l S',
    resources: '/Pattern << /P 80 0 R >>',
    objects: { 80: tile('1 g 0 0 10 10 re f') },
  },
  'tiles of a colour given': {
    content: `/C cs 1 /P scn ${ALL} f`,
    resources: '/Pattern << /P 80 0 R >> /ColorSpace << /C [/Pattern /DeviceGray] >>',
    objects: { 80: tile('0 0 10 10 re f').replace('/PaintType 1', '/PaintType 2') },
  },
  shading: {
    content: `/Pattern cs /P scn ${ALL} f`,
    resources: '/Pattern << /P 80 0 R >>',
    objects: { 80: `<< /Type /Pattern /PatternType 2 /Shading ${SHADING} >>` },
  },
};

const masks: Readonly<Record<string, Look>> = {
  ...Object.fromEntries(
    [1, 2, 4, 8, 16].flatMap((bits) =>
      [false, true].map((isTurned): [string, Look] => {
        const mask = image(
          `/ColorSpace /DeviceGray /BitsPerComponent ${bits} ${isTurned ? '/Decode [1 0]' : ''}`,
          isTurned ? '\0\0' : '\xff\xff',
        );
        return [
          `a soft mask of ${bits} bits${isTurned ? ', turned round' : ''}`,
          shown(image(`${GREY} /SMask 81 0 R`, '\xff'), { 81: mask }),
        ];
      }),
    ),
  ),
  'a soft mask, six tenths': {
    ...shown(image(`${GREY} /SMask 81 0 R`, '\xff').replace('/Height 1', '/Height 1'), {
      81: stream('\x99', `/Type /XObject /Subtype /Image /Width 1 /Height 1 ${GREY}`),
    }),
    content: `${SHOW} `.repeat(6),
  },
  'a soft mask that is empty below': {
    content: 'q 340 0 0 100 0 -58 cm /I Do Q',
    resources: '/XObject << /I 80 0 R >>',
    objects: {
      80: image(`${GREY} /SMask 81 0 R`, '\xff'),
      81: stream(
        `${'\xff'.repeat(59)}${'\0'.repeat(41)}`,
        `/Type /XObject /Subtype /Image /Width 1 /Height 100 ${GREY}`,
      ),
    },
  },
  'an explicit mask': shown(image(`${GREY} /Mask 81 0 R`, '\xff'), {
    81: image('/ImageMask true /BitsPerComponent 1', '\0'),
  }),
  'an explicit mask, turned round': shown(image(`${GREY} /Mask 81 0 R`, '\xff'), {
    81: image('/ImageMask true /BitsPerComponent 1 /Decode [1 0]', '\x80'),
  }),
  'a stencil, turned round': {
    ...shown(image('/ImageMask true /BitsPerComponent 1 /Decode [1 0]', '\x80')),
    content: `1 g ${SHOW}`,
  },
  'a colour key of another colour': shown(image(`${GREY} /Mask [0 10]`, '\xff')),
  'a mask of the state, of alpha': {
    content: `/G gs 1 g ${ALL} f`,
    resources: state('/SMask << /Type /Mask /S /Alpha /G 80 0 R >>'),
    objects: { 80: form(`0 g ${ALL} f`, '/Group << /S /Transparency >>') },
  },
  'a mask of the state, of light': {
    content: `/G gs 1 g ${ALL} f`,
    resources: state('/SMask << /Type /Mask /S /Luminosity /G 80 0 R >>'),
    objects: { 80: form(`1 g ${ALL} f`, '/Group << /S /Transparency /CS /DeviceGray >>') },
  },
  ...Object.fromEntries(
    [
      [0.9, 1],
      [0.5, 12],
      [0.1, 60],
    ].map(([alpha = 1, times = 1]): [string, Look] => [
      `alpha ${alpha}, ${times} times`,
      { content: `/G gs 1 g ${`${ALL} f `.repeat(times)}`, resources: state(`/ca ${alpha}`) },
    ]),
  ),
  'strokes of half alpha': {
    content: `/G gs 1 G 60 w ${'0 20 m 340 20 l S '.repeat(12)}`,
    resources: state('/CA 0.5'),
  },
  'a group of half alpha, often': {
    content: `/G gs ${'/X Do '.repeat(12)}`,
    resources: `${state('/ca 0.5')} /XObject << /X 80 0 R >>`,
    objects: { 80: form(`1 g ${ALL} f`, '/Group << /S /Transparency >>') },
  },
};

const MODES =
  'Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue Saturation Color Luminosity Compatible';
const blends = Object.fromEntries(
  MODES.split(' ').flatMap((mode) =>
    [
      ['black', '0 g'],
      ['white', '1 g'],
      ['red', '1 0 0 rg'],
    ].map(([name, colour]): [string, Look] => [
      `${mode} of ${name}`,
      { content: `/G gs ${colour} ${ALL} f`, resources: state(`/BM /${mode}`) },
    ]),
  ),
);

const TINT = '<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0.95] /N 1 >>';
const spaces: Readonly<Record<string, Look>> = Object.fromEntries(
  (
    [
      ['CalGray', '[/CalGray << /WhitePoint [0.95 1 1.09] >>]', '1'],
      ['CalRGB', '[/CalRGB << /WhitePoint [0.95 1 1.09] >>]', '1 1 1'],
      ['Lab', '[/Lab << /WhitePoint [0.95 1 1.09] >>]', '100 0 0'],
      ['Indexed', '[/Indexed /DeviceRGB 0 <FFFFFF>]', '0'],
      ['Separation', `[/Separation /Trang /DeviceGray ${TINT}]`, '1'],
      ['Separation of all', `[/Separation /All /DeviceGray ${TINT}]`, '0.02'],
      ['DeviceN', `[/DeviceN [/Trang] /DeviceGray ${TINT}]`, '1'],
      ['DeviceCMYK', '/DeviceCMYK', '0 0 0 0'],
      ['DeviceRGB', '/DeviceRGB', '0.9 0 0'],
    ] as const
  ).map(([name, space, colour]) => [
    name,
    { content: `/C cs ${colour} sc ${ALL} f`, resources: `/ColorSpace << /C ${space} >>` },
  ]),
);

const kinds = { painting: operators, letters, pattern: patterns, mask: masks, blend: blends, colour: spaces };
/** What is tried over everything; the others over words. */
const EVERYWHERE: ReadonlySet<string> = new Set(['painting', 'letters', 'pattern']);

export interface Hiding {
  readonly name: string;
  readonly target: Target;
  readonly look: Look;
}

export const hidings: readonly Hiding[] = Object.entries(kinds).flatMap(([kind, looks]) =>
  Object.entries(looks).flatMap(([name, look]) =>
    (Object.keys(TARGETS) as Target[])
      .filter((target) => target === 'words' || EVERYWHERE.has(kind))
      .map((target) => ({ name: `${kind}: ${name}, over the ${target}`, target, look })),
  ),
);

/** Looks that leave everything to be seen, over the words. */
export const harmless: Readonly<Record<string, Look>> = {
  'a thin frame': { content: '1 0 0 RG 1 w 1 1 338 38 re S' },
  'a red ring': { content: '0.8 0.1 0.1 RG 2 w 100 20 m 100 60 200 60 200 20 c 200 -20 100 -20 100 20 c S' },
  'a wash of yellow that multiplies': {
    content: `/G gs 1 1 0.7 rg ${ALL} f`,
    resources: state('/BM /Multiply /ca 0.2'),
  },
  'a tint': { content: `/G gs 1 0 0 rg ${ALL} f`, resources: state('/ca 0.2') },
  'an image whose mask lets all through': shown(image(`${GREY} /SMask 81 0 R`, '\0'), {
    81: image(GREY, '\0'),
  }),
  'an image whose key is its colour': shown(image(`${GREY} /Mask [0 10]`, '\0')),
  'a stencil of nothing': shown(image('/ImageMask true /BitsPerComponent 1', '\x80')),
  nothing: { content: '' },
};
