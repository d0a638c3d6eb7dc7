/** Changes of the document around the page, and of the container around the signature. */
import { bitList } from '../../src/main/asn1/der-write.ts';
import { oids } from '../../src/main/asn1/oids.ts';
import { signedDataSize } from '../../src/main/cms/signed-data-write.ts';
import { readCertificate } from '../../src/main/x509/certificate.ts';
import { issue } from '../pki/ca.ts';
import type { Identity } from '../pki/ca.ts';
import { createOfficePki } from '../pki/office.ts';
import type { OfficePki } from '../pki/office.ts';
import { LETTER, append, bodyOf, lastStartXref, writePdf } from './pdf-text.ts';
import type { Objects } from './pdf-text.ts';
import { FORGED, formNumber, list, rangeOf, sign, signByHand, signed, under } from './signed.ts';
import type { Attack } from './signed.ts';

export const structure = list([
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
    exposedBy: 'document.signature-removed',
    make: async (pki) => append(await signed(pki), { 70: '<< /Type /Catalog /Pages 2 0 R >>' }, { root: 70 }),
  },
  {
    name: 'the form hidden, so that nothing looks signed',
    exposedBy: 'document.signature-removed',
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
    exposedBy: 'document.unreadable',
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
const signedBy = (who: Identity, options?: Parameters<typeof signByHand>[3]): Buffer =>
  signByHand(
    writePdf(WITH_FORM),
    who,
    (signature) => ({
      7: '<< /Fields [70 0 R] /SigFlags 3 >>',
      70: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (KY) /F 132 /Rect [0 0 0 0] /V 72 0 R >>',
      72: signature,
    }),
    options,
  );
export const signedByHand = (pki: OfficePki, options: Parameters<typeof signByHand>[3]): Buffer =>
  signedBy(pki.principal, options);

const roomy = (pki: OfficePki, extraBytes: number): Buffer =>
  signedByHand(pki, {
    room: signedDataSize(readCertificate(pki.principal.certificate), pki.principal.chain) + extraBytes,
  });

/** Room left behind the CMS, zeros as it should be. */
export const honestRoom = async (pki: OfficePki): Promise<Buffer> => roomy(pki, 64);

/** As some signing services leave that room. */
export async function surplusRoom(pki: OfficePki): Promise<Buffer> {
  const file = roomy(pki, 64);
  file.write('ff', rangeOf(file)[2] - 9, 'latin1');
  return file;
}

export const container: Attack[] = [
  {
    name: 'container: a gap wider than what it leaves out',
    exposedBy: 'integrity.byte-range',
    make: (pki) => Promise.resolve(signedByHand(pki, { unsigned: ' /Reason (PAY 9000000)' })),
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
  {
    name: 'container: signed by an authority',
    exposedBy: 'signer.wrong-usage',
    make: (pki) => Promise.resolve(signedBy(pki.issuing)),
  },
  {
    name: 'container: signed with a key for encryption only',
    exposedBy: 'signer.wrong-usage',
    make: async (pki) =>
      signedBy(
        await issue(pki.issuing, {
          profile: 'signer',
          subject: [['CN', 'Nguyễn Thị Ví Dụ']],
          extensions: { [oids.keyUsage]: bitList(2) },
        }),
      ),
  },
];
