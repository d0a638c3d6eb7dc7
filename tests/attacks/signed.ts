/** Signed letters to start an attack from. */
import { createHash } from 'node:crypto';
import type { ChangeKind, FindingCode } from '../../src/shared/domain/verification.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { signedAttributes, signedData, signedDataSize } from '../../src/main/cms/signed-data-write.ts';
import { signDocument } from '../../src/main/signature/sign.ts';
import type { SigningRequest } from '../../src/main/signature/sign.ts';
import { readCertificate } from '../../src/main/x509/certificate.ts';
import { signBytes } from '../pki/ca.ts';
import type { Identity } from '../pki/ca.ts';
import type { OfficePki } from '../pki/office.ts';
import { softSigner } from '../pki/soft-signer.ts';
import { append, bodyOf, LETTER, overwrite, showText, stream, writePdf } from './pdf-text.ts';
import type { AppendOptions, Objects } from './pdf-text.ts';

export interface Attack {
  readonly name: string;
  /** The change or the finding that gives it away: being red for another reason would be luck. */
  readonly exposedBy: ChangeKind | FindingCode;
  /** Writes what the attack begins with. */
  readonly tool?: 'qpdf';
  make(pki: OfficePki): Promise<Buffer>;
}

export const list = (attacks: readonly Attack[]): readonly Attack[] => attacks;
export const under =
  (prefix: string) =>
  (attack: Attack): Attack => ({ ...attack, name: `${prefix}${attack.name}` });

export const INVISIBLE: SigningRequest = { target: { kind: 'new', page: 0, name: 'KY_CA_NHAN' } };

export async function sign(
  bytes: Buffer,
  who: Identity,
  request: SigningRequest = INVISIBLE,
): Promise<Buffer> {
  const { tail } = await signDocument(openPdf(memorySource(bytes)), request, softSigner(who));
  return Buffer.concat([bytes, tail]);
}

export const signed = (pki: OfficePki, objects: Objects = LETTER, request = INVISIBLE): Promise<Buffer> =>
  sign(writePdf(objects), pki.principal, request);
export const certified = (pki: OfficePki, level: 1 | 2 | 3): Promise<Buffer> =>
  signed(pki, LETTER, { ...INVISIBLE, docMdp: level });

export const FORGED = stream(showText('PAY 9000000'));
export const BLANKS = /\/ByteRange \[[^\]]*\] */;

/** The signature's ByteRange replaced by another one of the same width. */
export function withRange(bytes: Buffer, range: string): Buffer {
  const [old = ''] = BLANKS.exec(bytes.toString('latin1')) ?? [];
  return overwrite(bytes, old, `/ByteRange ${range}`.padEnd(old.length));
}

export function rangeOf(bytes: Buffer): [number, number, number, number] {
  const [text = ''] = BLANKS.exec(bytes.toString('latin1')) ?? [];
  const [a = 0, b = 0, c = 0, d = 0] = [...text.matchAll(/\d+/g)].map(Number);
  return [a, b, c, d];
}

/** Number of the object that holds the signature dictionary. */
export function signatureNumber(file: Buffer): number {
  const text = file.toString('latin1', 0, file.indexOf('/ByteRange', undefined, 'latin1'));
  return Number([...text.matchAll(/(\d+) 0 obj/g)].at(-1)?.[1]);
}

export const OVERLAY =
  '<< /Type /Annot /Subtype /Square /Rect [60 690 400 730] /IC [1 1 1] /C [1 1 1] /F 4 /AP << /N 8 0 R >> >>';
export const WHITE = stream('1 g 0 0 340 40 re f', '/Type /XObject /Subtype /Form /BBox [0 0 340 40]');
export const PAGE_WITH_OVERLAY = LETTER[3]!.replace('>>', '/Annots [7 0 R] >>');
export const page = (entries: string): string => LETTER[3]!.replace(/>>$/, `${entries} >>`);

interface ByHand extends AppendOptions {
  /** For the CMS, in bytes. */
  readonly room?: number;
  /** Entries behind /Contents that the signed range leaves out. */
  readonly unsigned?: string;
}

/** A signed update with any objects in it, whatever the signatures before forbid. */
export function signByHand(
  file: Buffer,
  who: Identity,
  objects: (signature: string) => Objects,
  { room, unsigned = '', ...options }: ByHand = {},
): Buffer {
  const certificate = readCertificate(who.certificate);
  const size = room ?? signedDataSize(certificate, who.chain);
  const blanks = '/ByteRange [0 0000000000 0000000000 0000000000]';
  const dictionary = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${blanks} /Contents <${'0'.repeat(size * 2)}>${unsigned} >>`;
  const whole = append(file, objects(dictionary), options);
  const open = whole.lastIndexOf('/Contents <0000', undefined, 'latin1') + '/Contents '.length;
  const behind = open + size * 2 + 2 + unsigned.length;
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

export function formNumber(file: Buffer): number {
  return Number(/\/AcroForm (\d+) 0 R/.exec(bodyOf(file, 1))?.[1]);
}
