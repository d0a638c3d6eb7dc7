import { beforeAll, describe, expect, it } from 'vitest';
import { pdfsigVerdicts, qpdfComplaints, throwawaySigner } from '../../../tests/fixtures/pdf/outside.ts';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import { nameOf, textOf } from './cos.ts';
import { listFields, signatureOf } from './form.ts';
import type { FieldLock } from './permissions.ts';
import { joinLocks } from './permissions.ts';
import { openPdf } from './reader.ts';
import type { SigningCertificate } from './seed-values.ts';
import type { SignatureRequest } from './signature-field.ts';
import { embedSignature, prepareSignature } from './signature-field.ts';
import { memorySource } from './source.ts';
import { needs } from '../../../tests/needs.ts';

needs('openssl', 'pdfsig', 'qpdf');

let cms: (signedBytes: Uint8Array) => Uint8Array;
beforeAll(() => {
  cms = throwawaySigner();
});

const open = (bytes: Uint8Array) => openPdf(memorySource(bytes));

/** A page with an empty signature field KY of these entries, and a plain one KHAC. */
function withField(entries: string): Uint8Array {
  const widget = '/Type /Annot /Subtype /Widget /FT /Sig /F 132 /P 3 0 R';
  return samples.rawPdf([
    { num: 1, body: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 5 0 R] >> >>' },
    { num: 2, body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
    { num: 3, body: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R 5 0 R] >>' },
    { num: 4, body: `<< ${widget} /T (KY) /Rect [10 10 90 50] ${entries} >>` },
    { num: 5, body: `<< ${widget} /T (KHAC) /Rect [110 10 190 50] >>` },
  ]);
}
const seeded = (entries: string) => withField(`/SV << /Type /SV ${entries} >>`);

function sign(bytes: Uint8Array, more: Partial<SignatureRequest> = {}): Uint8Array {
  const prepared = prepareSignature(open(bytes), {
    target: { kind: 'existing', name: 'KY' },
    subFilter: 'ETSI.CAdES.detached',
    contentsBytes: 4096,
    ...more,
  });
  const whole = Buffer.concat([bytes, prepared.tail]);
  const [, a, b] = prepared.byteRange;
  const signed = Buffer.concat([whole.subarray(0, a), whole.subarray(b)]);
  return Buffer.concat([bytes, embedSignature(prepared, cms(signed))]);
}

const signatureIn = (bytes: Uint8Array, name = 'KY') =>
  signatureOf(listFields(open(bytes)).find((field) => field.name === name)!);

function levelOf(bytes: Uint8Array): unknown {
  const document = open(bytes);
  const reference = document.dict(document.array(signatureIn(bytes)?.get('Reference'))?.[0]);
  return [
    nameOf(reference?.get('TransformMethod')),
    document.dict(reference?.get('TransformParams'))?.get('P'),
  ];
}

const stamp = { target: { kind: 'new', page: 0 }, subFilter: 'ETSI.RFC3161' } as const;
const DER = '3003020101';
const ours: SigningCertificate = {
  der: Buffer.from('3003020102', 'hex'),
  subject: [
    { type: '2.5.4.10', value: 'Trường  THPT Ví Dụ' },
    { type: '2.5.4.3', value: 'Nguyễn Văn Mẫu' },
    { type: '0.9.2342.19200300.100.1.1', value: 'MST:0100000001' },
  ],
  keyUsage: new Set(['digitalSignature', 'nonRepudiation']),
  policies: ['2.999.1', '2.999.2'],
};
const chain = [Buffer.from(DER, 'hex')];
const text = (words: string) => `<feff${Buffer.from(words, 'utf16le').swap16().toString('hex')}>`;

describe('seed values (ISO 32000-2, 12.7.5.5)', () => {
  it.each([
    ['another handler', '/Ff 1 /Filter /Entrust.PPKEF', 'pdf.seed-value'],
    ['another format', '/Ff 2 /SubFilter [/adbe.pkcs7.detached]', 'pdf.seed-value'],
    ['a later version', '/Ff 4 /V 4', 'pdf.seed-value'],
    ['one of two reasons', '/Ff 8 /Reasons [(A) (B)]', 'pdf.seed-reason'],
    ['revocation data in the CMS', '/Ff 32 /AddRevInfo true', 'pdf.seed-value'],
    ['another digest', '/Ff 64 /DigestMethod [(SHA512)]', 'pdf.seed-value'],
    ['a locked document', '/Ff 128 /LockDocument /true', 'pdf.seed-value'],
    ['an appearance of the author', '/Ff 256 /AppearanceFilter (Mau 1)', 'pdf.seed-value'],
    ['a level nobody knows', '/MDP << /P 7 >>', 'pdf.seed-value'],
    ['a legal attestation', '/Ff 16 /LegalAttestation [(X)] /MDP << /P 2 >>', 'pdf.seed-value'],
    ['a timestamp', '/TimeStamp << /URL (http://tsa.example.vn) /Ff 1 >>', 'pdf.seed-timestamp'],
  ])('refuse a field that demands what we do not make: %s', (_, entries, code) => {
    expect(() => sign(seeded(entries))).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['wishes without a flag', '/Filter /Entrust.PPKEF /SubFilter [/adbe.pkcs7.detached] /Reasons [(A)]', {}],
    [
      'what we are',
      '/Ff 67 /Filter /Adobe.PPKLite /SubFilter [/ETSI.CAdES.detached] /DigestMethod [(SHA256)]',
      {},
    ],
    ['a timestamp we have', '/TimeStamp << /Ff 1 >>', { timestamped: true }],
    ['an attestation of certifications only', '/Ff 16 /LegalAttestation [(X)]', {}],
    ['an unlocked document', '/Ff 128 /LockDocument /false', {}],
  ])('are met: %s', (_, entries, more) => {
    expect(pdfsigVerdicts(sign(seeded(entries), more))).toEqual(['Signature is Valid.']);
  });

  it('choose the reason the author allows, or none', () => {
    const reasonOf = (entries: string, reason?: string) =>
      textOf(signatureIn(sign(seeded(entries), reason === undefined ? {} : { reason }))?.get('Reason'));
    expect(reasonOf('/Ff 8 /Reasons [(Phe duyet)]')).toBe('Phe duyet');
    expect(reasonOf('/Ff 8 /Reasons [(A) (B)]', 'B')).toBe('B');
    expect(reasonOf('/Ff 8 /Reasons [(.)]', 'B')).toBeUndefined();
    expect(reasonOf('/Ff 8', 'B')).toBeUndefined();
    expect(reasonOf('/Reasons [(A)]', 'B')).toBe('B');
  });

  it('decide whether the signature certifies', () => {
    expect(levelOf(sign(seeded('/MDP << /P 3 >>')))).toEqual(['DocMDP', 3]);
    expect(levelOf(sign(seeded('/MDP << /P 3 >>'), { docMdp: 2 }))).toEqual(['DocMDP', 3]);
    expect(levelOf(sign(seeded('/MDP << /P 0 >>'), { docMdp: 2 }))).toEqual([undefined, undefined]);
    const target = { kind: 'existing', name: 'KHAC' } as const;
    const second = sign(seeded('/MDP << /P 2 >>'), { target });
    expect(() => sign(second)).toThrow('pdf.certify-not-first');
  });
});

describe('a certificate of the author (ISO 32000-2, Table 238)', () => {
  const who = { certificate: ours, chain };
  const code = 'pdf.seed-certificate';

  it.each([
    ['itself', '/Ff 1 /Subject [<3003020102>]'],
    ['one of several', '/Ff 1 /Subject [<00> <3003020102>]'],
    ['its issuer', `/Ff 2 /Issuer [<${DER}>]`],
    ['itself among the issuers', '/Ff 2 /Issuer [<3003020102>]'],
    ['its policies', '/Ff 4 /OID [(2.999.1) (2.999.2)]'],
    ['its name', `/Ff 8 /SubjectDN [<< /CN ${text('nguyễn văn MẪU')} /o ${text('Trường THPT Ví Dụ')} >>]`],
    ['one of two names', '/Ff 8 /SubjectDN [<< /CN (Ai Khac) >> << /UID (MST:0100000001) >>]'],
    ['an attribute by number', `/Ff 8 /SubjectDN [<< /2.5.4.3 ${text('Nguyễn Văn Mẫu')} >>]`],
    ['its uses', '/Ff 32 /KeyUsage [(11XXX000)]'],
    ['one of two uses', '/Ff 32 /KeyUsage [(001) (XX0)]'],
    ['all at once', `/Ff 47 /Subject [<3003020102>] /Issuer [<${DER}>] /OID [(2.999.1)] /KeyUsage [(1)]`],
    ['wishes without a flag', '/Subject [<00>] /OID [(2.999.9)] /KeyUsage [(000000001)]'],
    ['a flag without a wish', '/Ff 47'],
  ])('is met: %s', (_, entries) => {
    expect(pdfsigVerdicts(sign(seeded(`/Cert << ${entries} >>`), who))).toEqual(['Signature is Valid.']);
  });

  it.each([
    ['another certificate', '/Ff 1 /Subject [<3003020101>]', 'Subject'],
    ['none at all', '/Ff 1 /Subject []', 'Subject'],
    ['another issuer', '/Ff 2 /Issuer [<3003020109>]', 'Issuer'],
    ['one policy too many', '/Ff 4 /OID [(2.999.1) (2.999.3)]', 'OID 2.999.1, 2.999.3'],
    ['another name', '/Ff 8 /SubjectDN [<< /CN (Ai Khac) >>]', 'SubjectDN'],
    ['an attribute too many', '/Ff 8 /SubjectDN [<< /UID (MST:0100000001) /L (Ha Noi) >>]', 'SubjectDN'],
    ['an attribute in the place of another', '/Ff 8 /SubjectDN [<< /O (MST:0100000001) >>]', 'SubjectDN'],
    ['a use it lacks', '/Ff 32 /KeyUsage [(111)]', 'KeyUsage 111'],
    ['a use it must not have', '/Ff 32 /KeyUsage [(10) (01)]', 'KeyUsage 10, 01'],
    ['where to get one', '/Ff 65 /Subject [] /URL (http://ca.example.vn)', 'Subject; http://ca.example.vn'],
  ])('is refused with its reason: %s', (_, entries, what) => {
    const refused = expect.objectContaining({ code, params: { field: 'KY', what } });
    expect(() => sign(seeded(`/Cert << ${entries} >>`), who)).toThrow(refused);
  });

  it('that leaves its use open may be used for all', () => {
    const open = { certificate: { ...ours, keyUsage: undefined } };
    expect(() => sign(seeded('/Cert << /Ff 32 /KeyUsage [(111111111)] >>'), open)).not.toThrow();
    expect(() => sign(seeded('/Cert << /Ff 32 /KeyUsage [(0)] >>'), open)).toThrow(code);
  });
});

describe('field locks (ISO 32000-2, 12.7.5.5 and 12.8.2.4)', () => {
  it("keep what the author froze besides the signer's own, and leave the field as it is", () => {
    const bytes = withField('/Lock << /Type /SigFieldLock /Action /Include /Fields [(A)] >>');
    const signed = sign(bytes, { fieldLock: { action: 'Include', fields: ['B'] } });
    const document = open(signed);
    const reference = document.dict(document.array(signatureIn(signed)?.get('Reference'))?.[0]);
    const params = document.dict(reference?.get('TransformParams'));
    expect(document.array(params?.get('Fields'))?.map((field) => textOf(field))).toEqual(['A', 'B']);
    const field = listFields(document).find(({ name }) => name === 'KY')!;
    expect(document.array(document.dict(field.dict.get('Lock'))?.get('Fields'))).toHaveLength(1);
    expect(pdfsigVerdicts(signed)).toEqual(['Signature is Valid.']);
  });

  it('joined freeze what either freezes', () => {
    const include = (...fields: string[]): FieldLock => ({ action: 'Include', fields });
    const exclude = (...fields: string[]): FieldLock => ({ action: 'Exclude', fields });
    const all: FieldLock = { action: 'All', fields: [] };
    expect(joinLocks(undefined, include('a'))).toEqual(include('a'));
    expect(joinLocks(include('a'), include('b', 'a'))).toEqual(include('a', 'b'));
    expect(joinLocks(include('a'), exclude('a', 'b'))).toEqual(exclude('b'));
    expect(joinLocks(exclude('a.x', 'b'), include('a'))).toEqual(exclude('b'));
    expect(joinLocks(exclude('a', 'b'), exclude('b', 'c'))).toEqual(exclude('b'));
    expect(joinLocks(all, exclude('a'))).toEqual(all);
  });
});

describe('a certified file', () => {
  it.each([1, 2, 3] as const)('takes a document timestamp and no new field at level %d', (docMdp) => {
    const certified = sign(withField(''), { docMdp });
    const stamped = sign(certified, stamp);
    expect(qpdfComplaints(stamped)).toBe('');
    expect(pdfsigVerdicts(stamped)[0]).toBe('Signature is Valid.');
    expect(nameOf(signatureIn(stamped, 'CHU_KY_1')?.get('SubFilter'))).toBe('ETSI.RFC3161');
    const code = docMdp === 1 ? 'pdf.certified-no-changes' : 'pdf.certified-no-new-field';
    expect(() => sign(certified, { target: { kind: 'new', page: 0 } })).toThrow(code);
    const box = { x: 10, y: 10, width: 50, height: 50 };
    expect(() => sign(certified, { ...stamp, target: { kind: 'new', page: 0, box } })).toThrow(code);
  });

  it('takes one where every field is locked', () => {
    const locked = sign(withField('/Lock << /Type /SigFieldLock /Action /All >>'));
    expect(qpdfComplaints(sign(locked, stamp))).toBe('');
  });
});
