/**
 * Signed PDFs that lie, one for each published way: Mladenov et al. 2019 (universal signature forgery,
 * incremental saving, signature wrapping), Mainka et al. 2021 (shadow documents), Rohlmann et al. 2021
 * (evil annotations, sneaky signatures), and what they leave out. None may ever be green.
 */
import { createHash } from 'node:crypto';
import type { ChangeKind, FindingCode } from '../../src/shared/domain/verification.ts';
import { issue, signBytes } from '../pki/ca.ts';
import type { Identity } from '../pki/ca.ts';
import { createOfficePki } from '../pki/office.ts';
import type { OfficePki } from '../pki/office.ts';
import { softSigner } from '../pki/soft-signer.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { signedAttributes, signedData, signedDataSize } from '../../src/main/signature/cms.ts';
import { signDocument } from '../../src/main/signature/sign.ts';
import type { SigningRequest } from '../../src/main/signature/sign.ts';
import { readCertificate } from '../../src/main/signature/x509.ts';
import {
  append,
  bodyOf,
  lastStartXref,
  LETTER,
  offsetOf,
  overwrite,
  showText,
  stream,
  writePdf,
} from './pdf-text.ts';
import type { Objects } from './pdf-text.ts';

export interface Attack {
  readonly name: string;
  /** The change or the finding that gives it away: being red for another reason would be luck. */
  readonly exposedBy: ChangeKind | FindingCode;
  make(pki: OfficePki): Promise<Buffer>;
}

const list = (attacks: readonly Attack[]): readonly Attack[] => attacks;
const under =
  (prefix: string) =>
  (attack: Attack): Attack => ({ ...attack, name: `${prefix}${attack.name}` });

const INVISIBLE: SigningRequest = { target: { kind: 'new', page: 0, name: 'KY_CA_NHAN' } };

async function sign(bytes: Buffer, who: Identity, request: SigningRequest = INVISIBLE): Promise<Buffer> {
  const { tail } = await signDocument(openPdf(memorySource(bytes)), request, softSigner(who));
  return Buffer.concat([bytes, tail]);
}

const signed = (pki: OfficePki, objects: Objects = LETTER, request = INVISIBLE): Promise<Buffer> =>
  sign(writePdf(objects), pki.principal, request);
const certified = (pki: OfficePki, level: 1 | 2 | 3): Promise<Buffer> =>
  signed(pki, LETTER, { ...INVISIBLE, docMdp: level });

const FORGED = stream(showText('PAY 9000000'));
const BLANKS = /\/ByteRange \[[^\]]*\] */;

/** The signature's ByteRange replaced by another one of the same width. */
function withRange(bytes: Buffer, range: string): Buffer {
  const [old = ''] = BLANKS.exec(bytes.toString('latin1')) ?? [];
  return overwrite(bytes, old, `/ByteRange ${range}`.padEnd(old.length));
}

function rangeOf(bytes: Buffer): [number, number, number, number] {
  const [text = ''] = BLANKS.exec(bytes.toString('latin1')) ?? [];
  const [a = 0, b = 0, c = 0, d = 0] = [...text.matchAll(/\d+/g)].map(Number);
  return [a, b, c, d];
}

const forgeries: readonly (readonly [string, (file: Buffer) => Buffer])[] = [
  ['no /Contents', (file) => overwrite(file, '/Contents <', '/Kontents <')],
  ['no /ByteRange', (file) => overwrite(file, '/ByteRange', '/BiteRange')],
  ['empty /ByteRange', (file) => withRange(file, '[]')],
  ['null /ByteRange', (file) => withRange(file, 'null')],
  ['negative /ByteRange', (file) => withRange(file, '[0 -1 -2 99999]')],
  ['/ByteRange of nothing', (file) => withRange(file, '[0 0 0 0]')],
  ['/ByteRange that hides the start', (file) => withRange(file, `[9 ${rangeOf(file).slice(1).join(' ')}]`)],
  ['/Contents of zeros', zeroContents],
];
const universalForgery = forgeries.map(([name, change]): Attack => ({
  name: `universal forgery: ${name}`,
  exposedBy: name === '/Contents of zeros' ? 'integrity.bad-format' : 'integrity.byte-range',
  make: async (pki) => change(forgeFirst(await signed(pki))),
}));

/** Changes the shown amount in place: only a check that is skipped would not notice. */
const forgeFirst = (file: Buffer): Buffer => overwrite(file, '(PAY 100)', '(PAY 999)');

function zeroContents(file: Buffer): Buffer {
  const [, a, b] = rangeOf(file);
  const copy = Buffer.from(file);
  copy.fill('0', a + 1, b - 1);
  return copy;
}

const incrementalSaving = list([
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
]).map(under('incremental saving: '));

/** Number of the object that holds the signature dictionary. */
function signatureNumber(file: Buffer): number {
  const text = file.toString('latin1', 0, file.indexOf('/ByteRange', undefined, 'latin1'));
  return Number([...text.matchAll(/(\d+) 0 obj/g)].at(-1)?.[1]);
}

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

const wrapping: Attack[] = [
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

const OVERLAY =
  '<< /Type /Annot /Subtype /Square /Rect [60 690 400 730] /IC [1 1 1] /C [1 1 1] /F 4 /AP << /N 8 0 R >> >>';
const WHITE = stream('1 g 0 0 340 40 re f', '/Type /XObject /Subtype /Form /BBox [0 0 340 40]');
const PAGE_WITH_OVERLAY = LETTER[3]!.replace('>>', '/Annots [7 0 R] >>');
const page = (entries: string): string => LETTER[3]!.replace(/>>$/, `${entries} >>`);

const shadow = list([
  {
    name: 'hide: an overlay the signer saw is freed',
    exposedBy: 'annotation',
    make: async (pki) =>
      append(await signed(pki, { ...LETTER, 3: PAGE_WITH_OVERLAY, 7: OVERLAY, 8: WHITE }), {}, { free: [7] }),
  },
  {
    name: 'hide: an overlay is made invisible',
    exposedBy: 'annotation',
    make: async (pki) =>
      append(await signed(pki, { ...LETTER, 3: PAGE_WITH_OVERLAY, 7: OVERLAY, 8: WHITE }), {
        7: OVERLAY.replace('/F 4', '/F 2'),
      }),
  },
  {
    name: 'replace: another font under the same name',
    exposedBy: 'page-content',
    make: async (pki) =>
      append(await signed(pki), { 5: '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>' }),
  },
  {
    name: 'replace: resources exchanged',
    exposedBy: 'page-content',
    make: async (pki) =>
      append(await signed(pki), {
        6: '<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Symbol >> >> >>',
      }),
  },
  {
    name: 'hide and replace: a second page waits inside the signed revision',
    exposedBy: 'structure',
    make: async (pki) => {
      const file = await signed(pki, { ...LETTER, 9: FORGED });
      return append(file, {}, { offsets: { 4: offsetOf(file, 9) } });
    },
  },
  {
    name: 'hide and replace: a hidden copy with the right number',
    exposedBy: 'structure',
    make: async (pki) => {
      const hidden = writePdf(LETTER).length;
      const base = append(writePdf(LETTER), {}, { extra: `4 0 obj\n${FORGED}\nendobj\n` });
      const file = await sign(base, pki.principal);
      return append(file, {}, { offsets: { 4: hidden } });
    },
  },
  {
    name: 'hide and replace: the catalog points to other pages',
    exposedBy: 'structure',
    make: async (pki) => {
      const shadowPages = {
        9: '<< /Type /Pages /Kids [10 0 R] /Count 1 >>',
        10: LETTER[3]!.replace('4 0 R', '11 0 R').replace('2 0 R', '9 0 R'),
        11: FORGED,
      };
      const file = await signed(pki, { ...LETTER, ...shadowPages });
      return append(file, { 1: bodyOf(file, 1).replace('/Pages 2 0 R', '/Pages 9 0 R') });
    },
  },
  {
    name: 'replace: an object that was only referred to comes to life',
    exposedBy: 'annotation',
    make: async (pki) =>
      append(await signed(pki, { ...LETTER, 3: page('/Annots [70 0 R]') }), {
        70: OVERLAY.replace('8 0 R', '90 0 R'),
        90: WHITE,
      }),
  },
]).map(under('shadow, '));

const certification = list([
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
  { name: 'a field filled on level 1', exposedBy: 'field-filled', make: (pki) => fillForm(pki, 1) },
]).map(under('certification: '));

const annotate = (file: Buffer): Buffer =>
  append(file, {
    3: bodyOf(file, 3).replace('/Annots [', '/Annots [ 70 0 R '),
    70: OVERLAY.replace('8 0 R', '71 0 R'),
    71: WHITE,
  });

/** Somebody nobody knows signs, validly, with an opaque picture over the signed text. */
async function sneak(pki: OfficePki, level: 2 | 3): Promise<Buffer> {
  const file = await certified(pki, level);
  const stranger = await issue(null, { profile: 'signer', subject: [['CN', 'Người Lạ Ví Dụ']] });
  const form = formNumber(file);
  return signByHand(file, stranger, (signature) => ({
    3: bodyOf(file, 3).replace('/Annots [', '/Annots [ 70 0 R '),
    [form]: bodyOf(file, form).replace('/Fields [', '/Fields [ 70 0 R '),
    70: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Sneaky) /F 4 /P 3 0 R /Rect [60 690 400 730] /AP << /N 71 0 R >> /V 72 0 R >>',
    71: WHITE,
    72: signature,
  }));
}

/** A signed update with any objects in it, whatever the signatures before forbid. @param room bytes for the CMS */
function signByHand(
  file: Buffer,
  who: Identity,
  objects: (signature: string) => Objects,
  room?: number,
): Buffer {
  const certificate = readCertificate(who.certificate);
  const size = room ?? signedDataSize(certificate, who.chain);
  const blanks = '/ByteRange [0 0000000000 0000000000 0000000000]';
  const dictionary = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${blanks} /Contents <${'0'.repeat(size * 2)}> >>`;
  const whole = append(file, objects(dictionary));
  const open = whole.lastIndexOf('/Contents <0000', undefined, 'latin1') + '/Contents '.length;
  const behind = open + size * 2 + 2;
  const range = [open, behind, whole.length - behind].map((n) => String(n).padStart(10, '0')).join(' ');
  const ready = overwrite(whole, blanks, `/ByteRange [0 ${range}]`);
  const digest = createHash('sha256').update(ready.subarray(0, open)).update(ready.subarray(behind)).digest();
  const { attributes } = signedAttributes(certificate, digest);
  const signature = signBytes(who.key, attributes);
  ready.write(
    Buffer.from(signedData({ certificate, chain: who.chain, attributes, signature })).toString('hex'),
    open + 1,
    'latin1',
  );
  return ready;
}

function formNumber(file: Buffer): number {
  return Number(/\/AcroForm (\d+) 0 R/.exec(bodyOf(file, 1))?.[1]);
}

const FIELD =
  '<< /Type /Annot /Subtype /Widget /FT /Tx /T (SO_VB) /F 4 /P 3 0 R /Rect [72 600 272 620] /DA (/F1 12 Tf 0 g) /AP << /N 8 0 R >> >>';
const fieldText = (text: string): string =>
  stream(
    `BT /F1 12 Tf 2 5 Td (${text}) Tj ET`,
    '/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources 6 0 R',
  );
const WITH_FIELD: Objects = {
  ...LETTER,
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] /DR 6 0 R >> >>',
  3: page('/Annots [7 0 R]'),
  7: FIELD,
  8: fieldText(''),
};

async function fillForm(
  pki: OfficePki,
  level: 1 | 2 | undefined,
  value = '12',
  shown = value,
): Promise<Buffer> {
  const request = level ? { ...INVISIBLE, docMdp: level } : INVISIBLE;
  const file = await signed(pki, WITH_FIELD, request);
  const filled = bodyOf(file, 7).replace('8 0 R', '70 0 R').replace(/>>$/, `/V (${value}) >>`);
  return append(file, { 7: filled, 70: fieldText(shown) });
}

/** A field filled as it should be: the measure against which the lies below are told apart. */
export const honestFilling = (pki: OfficePki): Promise<Buffer> => fillForm(pki, 2);

const forms = list([
  {
    name: 'the value says one thing, the appearance another',
    exposedBy: 'appearance-differs',
    make: (pki) => fillForm(pki, undefined, '12', 'PAY 9000000'),
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
      const filled = bodyOf(file, 7).replace('8 0 R', '70 0 R').replace(/>>$/, '/V (12) >>');
      const cover = stream(
        '1 g 0 0 340 40 re f BT 0 g /F1 12 Tf 2 5 Td (12) Tj ET',
        '/Type /XObject /Subtype /Form /BBox [0 0 340 40] /Resources 6 0 R',
      );
      return append(file, { 7: filled, 70: cover });
    },
  },
]).map(under('form: '));

const structure = list([
  {
    name: 'a page added',
    exposedBy: 'structure',
    make: async (pki) =>
      append(await signed(pki), {
        2: '<< /Type /Pages /Kids [3 0 R 70 0 R] /Count 2 >>',
        70: LETTER[3]!.replace('4 0 R', '71 0 R'),
        71: FORGED,
      }),
  },
  {
    name: 'the page turned to another content',
    exposedBy: 'page-content',
    make: async (pki) => {
      const file = await signed(pki);
      return append(file, { 3: bodyOf(file, 3).replace('/Contents 4 0 R', '/Contents 70 0 R'), 70: FORGED });
    },
  },
  {
    name: 'a script that runs on opening',
    exposedBy: 'structure',
    make: async (pki) => {
      const file = await signed(pki);
      return append(file, {
        1: bodyOf(file, 1).replace(/>>$/, '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>'),
      });
    },
  },
  {
    name: 'another catalog',
    exposedBy: 'document.unsigned',
    make: async (pki) => append(await signed(pki), { 70: '<< /Type /Catalog /Pages 2 0 R >>' }, { root: 70 }),
  },
  {
    name: 'the form hidden, so that nothing looks signed',
    exposedBy: 'document.unsigned',
    make: async (pki) => {
      const file = await signed(pki);
      return append(file, { 1: LETTER[1]!, 4: FORGED });
    },
  },
  {
    name: 'the second signature taken out again',
    exposedBy: 'structure',
    make: async (pki) => {
      const file = await sign(await signed(pki), pki.agency, {
        target: { kind: 'new', page: 0, name: 'KY_CO_QUAN' },
      });
      const form = formNumber(file);
      const [first = ''] = /\d+ 0 R/.exec(/\/Fields \[([^\]]*)\]/.exec(bodyOf(file, form))?.[1] ?? '') ?? [];
      return append(file, {
        [form]: bodyOf(file, form).replace(/\/Fields \[[^\]]*\]/, `/Fields [${first}]`),
      });
    },
  },
  {
    name: 'the last startxref goes back behind the signature',
    exposedBy: 'document.unsigned',
    make: async (pki) => {
      const before = writePdf(LETTER);
      const file = await sign(before, pki.principal);
      return Buffer.concat([file, Buffer.from(`startxref\n${lastStartXref(before)}\n%%EOF\n`)]);
    },
  },
]).map(under('structure: '));

/** An unsigned letter whose form is ready for a signature field 70. */
const WITH_FORM: Objects = {
  ...LETTER,
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 7 0 R >>',
  7: '<< /Fields [] /SigFlags 3 >>',
};
const roomy = (pki: OfficePki, extraBytes: number): Buffer =>
  signByHand(
    writePdf(WITH_FORM),
    pki.principal,
    (signature) => ({
      7: '<< /Fields [70 0 R] /SigFlags 3 >>',
      70: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (KY) /F 132 /Rect [0 0 0 0] /V 72 0 R >>',
      72: signature,
    }),
    signedDataSize(readCertificate(pki.principal.certificate), pki.principal.chain) + extraBytes,
  );

/** Room left behind the CMS, zeros as it should be: the measure for the next attack. */
export const honestRoom = async (pki: OfficePki): Promise<Buffer> => roomy(pki, 64);

const container: Attack[] = [
  {
    name: 'container: bytes behind the CMS in its hole',
    exposedBy: 'integrity.bad-format',
    make: async (pki) => {
      const file = roomy(pki, 64);
      file.write('ff', rangeOf(file)[2] - 9, 'latin1');
      return file;
    },
  },
  {
    name: 'container: another person of the same name under another root of the same name',
    exposedBy: 'signer.bad-chain',
    make: async (pki) => {
      const namesake = await createOfficePki({
        agency: 'Trường Tiểu học Ví Dụ',
        superior: 'Ủy ban nhân dân xã Ví Dụ',
        province: 'Tỉnh Ví Dụ',
        principal: 'Nguyễn Thị Ví Dụ',
      });
      return sign(writePdf(LETTER), {
        ...namesake.principal,
        chain: [...namesake.principal.chain, ...pki.principal.chain],
      });
    },
  },
];

export const attacks: readonly Attack[] = [
  ...universalForgery,
  ...incrementalSaving,
  ...wrapping,
  ...shadow,
  ...certification,
  ...forms,
  ...structure,
  ...container,
];
