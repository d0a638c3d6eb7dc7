/** What honest programs write oddly, and what looks like it and is none (issue reports of other programs, rebuilt). */
import { oids } from '../../src/main/asn1/oids.ts';
import { oid, sequence } from '../../src/main/asn1/der-write.ts';
import { issue } from '../pki/ca.ts';
import type { Identity } from '../pki/ca.ts';
import type { OfficePki } from '../pki/office.ts';
import { append, bodyOf, lastStartXref, LETTER, writePdf } from './pdf-text.ts';
import type { Objects } from './pdf-text.ts';
import { INVISIBLE, list, rangeOf, sign, signByHand, signed } from './signed.ts';
import type { Attack } from './signed.ts';
import { surplusRoom } from './structure.ts';

const SECOND = { target: { kind: 'new', page: 0, name: 'KY_CO_QUAN' } } as const;

const widget = (name: string, entries: string): string =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /F 132 /Rect [0 0 0 0] ${entries} >>`;

interface Details {
  /** Entries of the form, as the principal signs and as the agency does. */
  readonly form: string;
  readonly formNow: string;
  /** Of both fields. */
  readonly field: string;
  readonly changed: Objects;
  /** Bytes between the two revisions. */
  readonly between: string;
}

/** Signed by the principal in field 70, in a form 7, then by the agency in field 72 of an update with `changed`. */
function twice(
  pki: OfficePki,
  letter: Objects,
  { form = '', field = '', changed = {}, formNow = form, between = '' }: Partial<Details> = {},
): Buffer {
  const first = signByHand(
    writePdf({ ...letter, 1: LETTER[1]!.replace(/>>$/, '/AcroForm 7 0 R >>') }),
    pki.principal,
    (signature) => ({
      7: `<< /Fields [70 0 R] /SigFlags 3 ${form} >>`,
      70: widget('KY_CA_NHAN', `${field} /V 71 0 R`),
      71: signature,
    }),
  );
  const kept = Buffer.concat([first, Buffer.from(between)]);
  return signByHand(kept, pki.agency, (signature) => ({
    7: `<< /Fields [70 0 R 72 0 R] /SigFlags 3 ${formNow} >>`,
    72: widget('KY_CO_QUAN', `${field} /V 73 0 R`),
    73: signature,
    ...changed,
  }));
}

const catalogOf = (file: Buffer, entries: string): string => bodyOf(file, 1).replace(/>>$/, `${entries} >>`);

/** An empty signature field added behind the first signature, signed in the update after it. */
async function promised(pki: OfficePki): Promise<Buffer> {
  const first = await signed(pki);
  const form = /\/AcroForm (\d+) 0 R/.exec(bodyOf(first, 1))![1]!;
  const field = append(first, {
    [form]: bodyOf(first, Number(form)).replace(/\/Fields \[([^\]]*)\]/, '/Fields [$1 80 0 R]'),
    80: widget('KY_CO_QUAN', ''),
  });
  return signByHand(field, pki.agency, (signature) => ({
    80: widget('KY_CO_QUAN', '/V 81 0 R'),
    81: signature,
  }));
}

/** The principal's field 70 locks all but one that is not there; the agency's is 72, there already or only then. */
function locked(pki: OfficePki, isThere: boolean): Buffer {
  const lock = '/Lock << /Type /SigFieldLock /Action /Exclude /Fields [(SO)] >>';
  const [one, both] = ['<< /Fields [70 0 R] /SigFlags 1 >>', '<< /Fields [70 0 R 72 0 R] /SigFlags 1 >>'];
  const form = writePdf({
    ...LETTER,
    1: LETTER[1]!.replace(/>>$/, '/AcroForm 7 0 R >>'),
    7: isThere ? both : one,
    70: widget('KY_CA_NHAN', lock),
    ...(isThere && { 72: widget('KY_CO_QUAN', '') }),
  });
  const first = signByHand(form, pki.principal, (signature) => ({
    70: widget('KY_CA_NHAN', `${lock} /V 71 0 R`),
    71: signature,
  }));
  return signByHand(first, pki.agency, (signature) => ({
    ...(!isThere && { 7: both }),
    72: widget('KY_CO_QUAN', '/V 73 0 R'),
    73: signature,
  }));
}

/** Rows of 19 bytes: each ends in one line end only. */
const shortRows = (file: Buffer): Buffer =>
  Buffer.from(file.toString('latin1').replace(/^(\d{10} \d{5} [nf]) \n/gm, '$1\n'), 'latin1');

/** The whole table counted from 1 instead of 0, as one subsection. */
function fromOne(file: Buffer): Buffer {
  const text = file.toString('latin1');
  const at = text.lastIndexOf('xref\n', text.lastIndexOf('trailer'));
  const rows = [...text.slice(at).matchAll(/^\d{10} \d{5} [nf] \n/gm)].map(([row]) => row);
  return Buffer.from(
    `${text.slice(0, at)}xref\n1 ${rows.length}\n${rows.join('')}${text.slice(text.lastIndexOf('trailer'))}`,
    'latin1',
  );
}

export const honestOddities: Readonly<Record<string, Attack['make']>> = {
  'surplus bytes behind the CMS, in the room for it': surplusRoom,
  'line breaks in /Contents': async (pki) => {
    const file = await surplusRoom(pki);
    const [, open, behind] = rangeOf(file);
    // As long as before: what stood behind the CMS were zeros.
    file.write(`${'0'.repeat(10)}\r\n0000\n0\n`, behind - 20, 'latin1');
    file.write('\n\n', behind - 25, 'latin1');
    return open < behind ? file : Buffer.alloc(0);
  },
  'cross-reference rows of 19 bytes': (pki) => sign(shortRows(writePdf(LETTER)), pki.principal),
  'a table that counts from 1': (pki) => sign(fromOne(writePdf(LETTER)), pki.principal),
  'a comment between two revisions': async (pki) => twice(pki, LETTER, { between: '% saved by a scanner\n' }),
  'fields whose parent is the form': async (pki) => twice(pki, LETTER, { field: '/Parent 7 0 R' }),
  'a form that need not be drawn anew any more': async (pki) =>
    twice(pki, LETTER, { form: '/NeedAppearances true', formNow: '' }),
  'an extension more in a dictionary of its own': async (pki) =>
    twice(
      pki,
      { ...LETTER, 9: '<< /ADBE << /BaseVersion /1.7 /ExtensionLevel 3 >> >>' },
      {
        changed: {
          1: LETTER[1]!.replace(/>>$/, '/AcroForm 7 0 R /Extensions 9 0 R >>'),
          9: '<< /ADBE << /BaseVersion /1.7 /ExtensionLevel 3 >> /ESIC << /BaseVersion /1.7 /ExtensionLevel 5 >> >>',
        },
      },
    ),
  'the same words in another encoding': async (pki) => {
    const first = await sign(
      writePdf({ ...LETTER, 1: LETTER[1]!.replace(/>>$/, '/Lang (vi-VN) >>') }),
      pki.principal,
    );
    const utf16 = Buffer.from('vi-VN', 'utf16le').swap16().toString('hex');
    return sign(
      append(first, { 1: bodyOf(first, 1).replace('(vi-VN)', `<feff${utf16}>`) }),
      pki.agency,
      SECOND,
    );
  },
  'an empty signature field, signed later': promised,
  'a field listed twice': async (pki) =>
    signByHand(
      writePdf({ ...LETTER, 1: LETTER[1]!.replace(/>>$/, '/AcroForm 7 0 R >>') }),
      pki.principal,
      (signature) => ({
        7: '<< /Fields [70 0 R 70 0 R] /SigFlags 3 >>',
        70: widget('KY_CA_NHAN', '/V 71 0 R'),
        71: signature,
      }),
    ),
  'a key twice, with one value': (pki) =>
    sign(
      writePdf({ ...LETTER, 1: '<< /Type /Catalog /Pages 2 0 R /Lang (vi) /Lang (vi) >>' }),
      pki.principal,
    ),
  'a key twice that only says how to open a window': (pki) =>
    sign(
      writePdf({
        ...LETTER,
        1: '<< /Type /Catalog /PageMode /UseNone /Pages 2 0 R /PageMode /UseOutlines >>',
      }),
      pki.principal,
    ),
  'a lock that leaves fields out, and the agency’s own field': async (pki) => locked(pki, true),
};

/** A chain of sections that ends too soon: what it leaves out is in the bytes. */
async function cut(pki: OfficePki, prev: string): Promise<Buffer> {
  const file = await signed(pki);
  const update = append(file, { 1: catalogOf(file, '/Lang (vi)') });
  return Buffer.from(
    update.toString('latin1').replace(new RegExp(`/Prev ${lastStartXref(file)}(?= )`), prev),
    'latin1',
  );
}

async function forPurpose(issuer: Identity, purpose: string): Promise<Identity> {
  return issue(issuer, {
    profile: 'signer',
    subject: [['CN', 'Nguyễn Thị Ví Dụ']],
    extensions: { [oids.extendedKeyUsage]: sequence(oid(purpose)) },
  });
}

export const oddities = list([
  {
    name: 'oddity: the newest section says /Prev 0',
    exposedBy: 'document.unreadable',
    make: (pki) => cut(pki, '/Prev 0'),
  },
  {
    name: 'oddity: the newest section has no /Prev',
    exposedBy: 'document.unreadable',
    make: (pki) => cut(pki, ''),
  },
  {
    name: 'oddity: two signed fields of one name',
    exposedBy: 'integrity.field-name-twice',
    make: async (pki) => {
      const file = await signed(pki);
      const form = /\/AcroForm (\d+) 0 R/.exec(bodyOf(file, 1))![1]!;
      return signByHand(file, pki.agency, (signature) => ({
        [form]: bodyOf(file, Number(form)).replace(/\/Fields \[([^\]]*)\]/, '/Fields [$1 82 0 R]'),
        82: widget(INVISIBLE.target.name!, '/V 83 0 R'),
        83: signature,
      }));
    },
  },
  {
    name: 'oddity: a certificate for servers',
    exposedBy: 'signer.wrong-usage',
    make: async (pki) => {
      const server = await forPurpose(pki.issuing, '1.3.6.1.5.5.7.3.1');
      return signByHand(
        writePdf({ ...LETTER, 1: LETTER[1]!.replace(/>>$/, '/AcroForm 7 0 R >>') }),
        server,
        (signature) => ({
          7: '<< /Fields [70 0 R] /SigFlags 3 >>',
          70: widget('KY_CA_NHAN', '/V 71 0 R'),
          71: signature,
        }),
      );
    },
  },
  {
    name: 'oddity: a lock that leaves fields out, and a new field of the agency',
    exposedBy: 'signature-added',
    make: async (pki) => locked(pki, false),
  },
]);
