/** One object in two places: what an update may do in the one, it would do unseen in the other. */
import type { Objects } from './pdf-text.ts';
import { LETTER, append, bodyOf, showText, stream, writePdf } from './pdf-text.ts';
import { FORGED, formNumber, list, page, sign, signByHand, signed, under } from './signed.ts';
import type { Attack } from './signed.ts';
import { WITH_FIELD, fieldText } from './fields.ts';

const catalog = (entries: string): string => LETTER[1]!.replace(/>>$/, `${entries} >>`);
const SECOND_FIELD = WITH_FIELD[7]!
  .replace('SO_VB', 'NGAY_VB')
  .replace('[72 600 272 620]', '[72 560 272 580]');

export const places = list([
  {
    name: 'metadata that are the page tree',
    exposedBy: 'structure',
    make: async (pki) => {
      const orphan = (content: number): string =>
        LETTER[3]!.replace('/Parent 2 0 R', '').replace('4 0 R', `${content} 0 R`);
      const objects = { ...LETTER, 1: catalog('/Metadata 2 0 R'), 3: orphan(4) };
      const file = await signed(pki, objects, { target: { kind: 'new', page: 0, name: 'KY' } });
      return append(file, { 2: '<< /Type /Pages /Kids [70 0 R] /Count 1 >>', 70: orphan(71), 71: FORGED });
    },
  },
  {
    name: 'validation data that lead to the page',
    exposedBy: 'page-content',
    make: async (pki) => {
      const objects = { ...LETTER, 1: catalog('/DSS << /VRI << /A 3 0 R >> >>') };
      return append(await signed(pki, objects), { 4: FORGED });
    },
  },
  {
    name: 'an appearance whose dictionary another field shows',
    exposedBy: 'page-content',
    make: async (pki) => {
      const shared = (field: string): string => field.replace('<< /N 8 0 R >>', '9 0 R');
      const file = await signed(
        pki,
        {
          ...WITH_FIELD,
          1: WITH_FIELD[1]!.replace('[7 0 R]', '[7 0 R 10 0 R]'),
          3: page('/Annots [7 0 R 10 0 R]'),
          7: shared(WITH_FIELD[7]!),
          9: '<< /N 8 0 R >>',
          10: shared(SECOND_FIELD),
        },
        {
          target: { kind: 'new', page: 0, name: 'KY' },
          fieldLock: { action: 'Include', fields: ['NGAY_VB'] },
        },
      );
      return append(file, { 7: bodyOf(file, 7).replace(/>>$/, '/V (12) >>'), 8: fieldText('12') });
    },
  },
  {
    name: 'a list of fields that is the content of the page',
    exposedBy: 'page-content',
    make: async (pki) => {
      const objects = {
        ...LETTER,
        1: catalog('/AcroForm 7 0 R'),
        3: LETTER[3]!.replace('/Contents 4 0 R', '/Contents 9 0 R'),
        7: '<< /Fields 9 0 R >>',
        8: stream(showText('NOT')),
        9: '[4 0 R 8 0 R]',
      };
      const file = await signed(pki, objects);
      return append(file, { 9: bodyOf(file, 9).replace('8 0 R', '') });
    },
  },
  {
    name: 'resources of the form that are those of the page',
    exposedBy: 'page-content',
    make: async (pki) => {
      const objects = {
        ...LETTER,
        1: catalog('/AcroForm << /Fields [] /DR 6 0 R >>'),
        4: stream(`${showText('PAY 100')} /More Do`),
      };
      const more = stream(
        showText('000'),
        '/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources 6 0 R',
      );
      const file = await signed(pki, objects);
      return append(file, { 6: LETTER[6]!.replace(/>>$/, '/XObject << /More 70 0 R >> >>'), 70: more });
    },
  },
  {
    name: 'resources of the form that an appearance borrows',
    exposedBy: 'structure',
    make: async (pki) => {
      const look = (text: string): string =>
        stream(
          fieldText(text).split('\n')[2]!,
          '/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources 6 0 R',
        );
      const file = await signed(pki, {
        ...WITH_FIELD,
        1: WITH_FIELD[1]!.replace('/DR 6 0 R', '/DR << /XObject << /Look 9 0 R >> >>'),
        8: stream('/Look Do', '/Type /XObject /Subtype /Form /BBox [0 0 200 20]'),
        9: look('12'),
      });
      const changed = bodyOf(file, 1).replace('/Look 9 0 R', '/Look 70 0 R');
      const form = /\/AcroForm (\d+) 0 R/.exec(changed)?.[1];
      return append(file, {
        ...(form === undefined
          ? { 1: changed }
          : { [form]: bodyOf(file, Number(form)).replace('/Look 9 0 R', '/Look 70 0 R') }),
        70: look('9000000'),
      });
    },
  },
  {
    name: 'a button that is the setting of the layers',
    exposedBy: 'structure',
    make: async (pki) => {
      const file = await signed(pki, {
        ...LETTER,
        1: catalog('/AcroForm << /Fields [7 0 R] >> /OCProperties << /OCGs [9 0 R] /D 7 0 R >>'),
        7: '<< /FT /Btn /T (X) >>',
        9: '<< /Type /OCG /Name (Y) /Usage << /View << /ViewState /OFF >> >> >>',
      });
      const events = '/AS [<< /Event /View /Category [/View] /OCGs [9 0 R] >>]';
      return append(file, { 7: bodyOf(file, 7).replace(/>>$/, `${events} >>`) });
    },
  },
  {
    name: 'an extension taken back',
    exposedBy: 'structure',
    make: async (pki) => {
      const extensions = '/Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >> >>';
      const file = await signed(pki, { ...LETTER, 1: catalog(extensions) });
      return append(file, { 1: bodyOf(file, 1).replace('/ExtensionLevel 8', '/ExtensionLevel 3') });
    },
  },
  {
    name: 'validation data taken out',
    exposedBy: 'structure',
    make: async (pki) => {
      const file = await signed(pki, { ...LETTER, 1: catalog('/DSS << /Certs [] >>') });
      return append(file, { 1: bodyOf(file, 1).replace(/\/DSS <<.*?>>/, '') });
    },
  },
  {
    name: 'a field promised for later',
    exposedBy: 'structure',
    make: async (pki) => {
      const file = await signed(pki);
      const form = formNumber(file);
      return append(file, { [form]: bodyOf(file, form).replace('/Fields [', '/Fields [ 90 0 R ') });
    },
  },
]).map(under('places: '));

const second = (file: Buffer, pki: Parameters<Attack['make']>[0], objects: Objects): Buffer => {
  const form = formNumber(file);
  return signByHand(file, pki.agency, (signature) => ({
    [form]: bodyOf(file, form).replace('/Fields [', '/Fields [ 70 0 R '),
    70: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (KY_CO_QUAN) /F 132 /P 3 0 R /Rect [0 0 0 0] /V 71 0 R >>',
    71: signature,
    ...objects,
  }));
};

/** The same thing in another place: what is shown stays what it was. */
export const honestPlaces: Readonly<Record<string, Attack['make']>> = {
  'resources of the page under another number': async (pki) => {
    const file = await signed(pki);
    const moved = bodyOf(file, 3)
      .replace('/Resources 6 0 R', '/Resources 72 0 R')
      .replace('/Annots [', '/Annots [ 70 0 R ');
    return second(file, pki, { 3: moved, 72: LETTER[6]! });
  },
  'a catalog under another number': async (pki) => {
    const file = await signed(pki);
    return append(file, { 70: bodyOf(file, 1) }, { root: 70 });
  },
  'a look of its own among the resources of the form': async (pki) => {
    const form = '/AcroForm 7 0 R';
    const objects = {
      ...LETTER,
      1: catalog(form),
      7: '<< /Fields [] /DR << /XObject << /FRM 9 0 R >> >> >>',
      9: fieldText(''),
    };
    const file = await signed(pki, objects);
    const changed = bodyOf(file, 7)
      .replace('/FRM 9 0 R', '/FRM 72 0 R')
      .replace('/Fields [', '/Fields [ 70 0 R ');
    return second(file, pki, { 7: changed, 72: fieldText('A') });
  },
  'the name of a tool in the page tree': async (pki) => {
    const file = await signed(pki);
    return second(file, pki, { 2: LETTER[2]!.replace(/>>$/, '/ITXT (5.0.0) >>') });
  },
  'a first section that names another at 0': async (pki) => {
    const plain = writePdf(LETTER)
      .toString('latin1')
      .replace(/ >>\nstartxref/, ' /Prev 0 >>\nstartxref');
    return sign(Buffer.from(plain, 'latin1'), pki.principal);
  },
  'a field put on the page when it is signed': async (pki) => {
    const empty =
      '<< /Type /Annot /Subtype /Widget /FT /Sig /T (KY_CO_QUAN) /F 132 /P 3 0 R /Rect [0 0 0 0] >>';
    const file = await signed(pki, {
      ...LETTER,
      1: catalog('/AcroForm 7 0 R'),
      7: '<< /Fields [9 0 R] >>',
      9: empty,
    });
    return signByHand(file, pki.agency, (signature) => ({
      3: bodyOf(file, 3).replace('/Annots [', '/Annots [ 9 0 R '),
      9: empty.replace(/>>$/, '/V 71 0 R >>'),
      71: signature,
    }));
  },
};
