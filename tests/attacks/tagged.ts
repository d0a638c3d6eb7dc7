/** Tagged files (ISO 32000-2, 14.7): what a reader aloud hears is signed too. */
import type { OfficePki } from '../pki/office.ts';
import { LETTER, writePdf } from './pdf-text.ts';
import type { Objects } from './pdf-text.ts';
import { list, signByHand, under } from './signed.ts';
import type { Attack } from './signed.ts';

/** 20 tree, 21 document, 22 and 23 paragraphs, 24 parent tree, 25 an element nobody hears. */
const TAGGED: Objects = {
  ...LETTER,
  1: '<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 20 0 R /AcroForm 7 0 R >>',
  3: LETTER[3]!.replace(/>>$/, '/StructParents 0 >>'),
  7: '<< /Fields [] /SigFlags 3 >>',
  20: '<< /Type /StructTreeRoot /K 21 0 R /ParentTree 24 0 R /ParentTreeNextKey 2 >>',
  21: '<< /Type /StructElem /S /Document /P 20 0 R /K [22 0 R 23 0 R] >>',
  22: '<< /Type /StructElem /S /P /P 21 0 R /Pg 3 0 R /ActualText (PAY 100) /Alt (PAY) /K 0 >>',
  23: '<< /Type /StructElem /S /P /P 21 0 R /Pg 3 0 R /K 1 >>',
  24: '<< /Nums [0 [22 0 R 23 0 R]] >>',
  25: '<< /Type /StructElem /S /P /P 21 0 R /Pg 3 0 R /ActualText (PAY 9000000) /K 0 >>',
};

/** What signing adds to the tree for a new field: one Form element and its key. */
const GROWTH: Objects = {
  20: '<< /Type /StructTreeRoot /K 21 0 R /ParentTree 24 0 R /ParentTreeNextKey 3 >>',
  21: '<< /Type /StructElem /S /Document /P 20 0 R /K [22 0 R 23 0 R 73 0 R] >>',
  24: '<< /Nums [0 [22 0 R 23 0 R] 2 73 0 R] >>',
  73: '<< /Type /StructElem /S /Form /P 21 0 R /Pg 3 0 R /Alt (KY_CO_QUAN) /K << /Type /OBJR /Obj 72 0 R /Pg 3 0 R >> >>',
};

const field = (name: string, tag: string, signature: number): string =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /F 132 /P 3 0 R /Rect [0 0 0 0] ${tag} /V ${signature} 0 R >>`;

/** Signed by a tool that knows nothing of tags, then by one that tags its field. */
function grown(pki: OfficePki, changed: Objects): Buffer {
  const first = signByHand(writePdf(TAGGED), pki.principal, (signature) => ({
    3: TAGGED[3]!.replace(/>>$/, '/Annots [70 0 R] >>'),
    7: '<< /Fields [70 0 R] /SigFlags 3 >>',
    70: field('KY_CA_NHAN', '', 71),
    71: signature,
  }));
  return signByHand(first, pki.agency, (signature) => ({
    3: TAGGED[3]!.replace(/>>$/, '/Annots [70 0 R 72 0 R] >>'),
    7: '<< /Fields [70 0 R 72 0 R] /SigFlags 3 >>',
    72: field('KY_CO_QUAN', '/StructParent 2', 74),
    74: signature,
    ...changed,
  }));
}

/** The tree gains what the new field needs and nothing else. */
export const honestGrowth: Readonly<Record<string, Attack['make']>> = {
  'behind the other elements': async (pki) => grown(pki, GROWTH),
  'beside the top element': async (pki) =>
    grown(pki, {
      ...GROWTH,
      20: GROWTH[20]!.replace('/K 21 0 R', '/K [21 0 R 73 0 R]'),
      21: TAGGED[21]!,
      73: GROWTH[73]!.replace('/P 21 0 R', '/P 20 0 R'),
    }),
  'in a branch of its own of the parent tree': async (pki) =>
    grown(pki, {
      ...GROWTH,
      24: '<< /Nums [0 [22 0 R 23 0 R]] /Kids [75 0 R] >>',
      75: '<< /Limits [2 2] /Nums [2 73 0 R] >>',
    }),
};

const lie = (name: string, changed: Objects): Attack => ({
  name,
  exposedBy: 'structure',
  make: async (pki) => grown(pki, { ...GROWTH, ...changed }),
});

export const tagged = list([
  lie('other words to be read aloud', { 22: TAGGED[22]!.replace('PAY 100', 'PAY 900') }),
  lie('another description', { 22: TAGGED[22]!.replace('/Alt (PAY)', '/Alt (ASK)') }),
  lie('elements in another order', { 21: GROWTH[21]!.replace('22 0 R 23 0 R', '23 0 R 22 0 R') }),
  lie('an element taken out', { 21: GROWTH[21]!.replace('22 0 R ', '') }),
  lie('a new element in front', {
    21: GROWTH[21]!.replace('[22 0 R 23 0 R 73 0 R]', '[73 0 R 22 0 R 23 0 R]'),
  }),
  lie('an old element that was in no list', { 21: GROWTH[21]!.replace('73 0 R', '25 0 R 73 0 R') }),
  lie('a new paragraph', { 73: GROWTH[73]!.replace('/S /Form', '/S /P') }),
  lie('a Form with the words of the page', {
    73: GROWTH[73]!.replace(/\/K <<.*?>>/, '/ActualText (PAY 900) /K 0'),
  }),
  lie('a role that means another', { 20: GROWTH[20]!.replace(/>>$/, '/RoleMap << /P /Artifact >> >>') }),
  lie('content led to another element', { 24: GROWTH[24]!.replace('[22 0 R 23 0 R]', '[23 0 R 22 0 R]') }),
  lie('content led to two elements', { 24: GROWTH[24]!.replace('[0 ', '[0 [23 0 R 22 0 R] 0 ') }),
  lie('a key for something old', { 24: GROWTH[24]!.replace('2 73 0 R', '2 22 0 R') }),
]).map(under('tagged: '));
