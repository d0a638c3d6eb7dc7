/** The conditions a verification tells apart and the sentences people know them by, each provoked on a signed letter. */
import { beforeAll, expect, it } from 'vitest';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { issue, issueCrl, serialOctets } from '../../../tests/pki/ca.ts';
import type { Identity } from '../../../tests/pki/ca.ts';
import { ocspAnswer } from '../../../tests/pki/services/ocsp.ts';
import type { OcspFault } from '../../../tests/pki/services/ocsp.ts';
import { softSigner } from '../../../tests/pki/soft-signer.ts';
import { findingSentence, verdictText } from '../../shared/sentences/verification.ts';
import { DRAFT_FIELDS, fillTextFields, prepareDraft } from '../paper/fields.ts';
import { openPdf } from '../pdf/reader.ts';
import { memorySource } from '../pdf/source.ts';
import { ocspRequest } from './online/revocation.ts';
import { signDocument } from './sign.ts';
import { importedAnchor } from '../x509/trust.ts';
import { verifySource } from './verify.ts';
import type { VerifyOptions } from './verify.ts';
import { readCertificate } from '../x509/certificate.ts';

const DAY = 86_400_000;
const SIGNED = Date.UTC(2026, 10, 20, 3);
const NOW = SIGNED + DAY;

let pki: Record<'root' | 'issuing' | 'responder' | 'principal' | 'below', Identity>;
let letter: Uint8Array;
let signed: Buffer;
beforeAll(async () => {
  const root = await issue(null, { profile: 'root', subject: [['CN', 'RootCA Ví Dụ']] });
  const issuing = await issue(root, { profile: 'ca', subject: [['CN', 'CA Ví Dụ']] });
  const leaf = (issuer: Identity, profile: 'signer' | 'ocsp', name: string) =>
    issue(issuer, { profile, subject: [['CN', name]], crlUrl: 'http://127.0.0.1:9/ca.crl' });
  const principal = await leaf(issuing, 'signer', 'Nguyễn Thị Ví Dụ');
  const responder = await leaf(issuing, 'ocsp', 'OCSP Ví Dụ');
  pki = { root, issuing, principal, responder, below: await leaf(principal, 'signer', 'Lê Văn Dưới') };
  letter = await drawLetter(SAMPLE_LETTER);
  signed = await sign(letter);
});

const open = (bytes: Uint8Array) => openPdf(memorySource(bytes));

/** @param clock what the signer's machine took for now when it looked at the certificate */
async function sign(bytes: Uint8Array, who = pki.principal, clock = SIGNED): Promise<Buffer> {
  const request = { target: { kind: 'new', page: 0 }, signingTime: new Date(SIGNED) } as const;
  const { tail } = await signDocument(open(bytes), request, softSigner(who), clock);
  return Buffer.concat([bytes, tail]);
}

function lists(revoked: { by?: 'root' | 'issuing'; who?: Identity } = {}): Uint8Array[] {
  return (['root', 'issuing'] as const).map((by) =>
    issueCrl(pki[by], {
      thisUpdate: NOW - 3_600_000,
      nextUpdate: NOW + DAY,
      revoked:
        revoked.by === by && revoked.who
          ? [{ serial: serialOctets(revoked.who.certificate), at: SIGNED - DAY }]
          : [],
    }),
  );
}

function ocsp(fault: OcspFault): Uint8Array {
  const [subject, issuer] = [pki.principal, pki.issuing].map((one) => readCertificate(one.certificate));
  return ocspAnswer(ocspRequest(subject!, issuer!, Uint8Array.of(7)), {
    responder: pki.responder,
    stranger: pki.below,
    now: NOW - 3_600_000,
    revokedAt: () => undefined,
    fault,
  });
}

async function filledAfterwards(): Promise<Buffer> {
  const box = { x: 122, y: 95, width: 40, height: 18 };
  const tail = await prepareDraft(open(letter), { number: { page: 0, box } });
  const bytes = await sign(Buffer.concat([letter, tail]));
  return Buffer.concat([bytes, await fillTextFields(open(bytes), { [DRAFT_FIELDS.number]: '12' })]);
}

async function signedOutside(
  period: { readonly notBefore?: number; readonly notAfter?: number },
  clock: number,
): Promise<Buffer> {
  const spec = { profile: 'signer', subject: [['CN', 'Ai Đó']], ...period } as const;
  return sign(letter, await issue(pki.issuing, spec), clock);
}

/** A page grown wider: the file stays whole. */
function changed(): Buffer {
  const bytes = Buffer.from(signed);
  const at = bytes.indexOf('/MediaBox [');
  bytes.write('6', bytes.indexOf('595', at));
  return bytes;
}

/** The CMS is no longer one. */
function unreadable(): Buffer {
  const bytes = Buffer.from(signed);
  bytes.write('FF', bytes.lastIndexOf('/Contents <') + '/Contents <'.length);
  return bytes;
}

/** Sentence and overall result of D §3.5 of the reference, word for word. */
const conditions: [string, string, string, () => Promise<Buffer> | Buffer, () => VerifyOptions][] = [
  ['hash mismatch', 'Tài liệu đã bị thay đổi.', 'KHÔNG HỢP LỆ', changed, () => ({})],
  [
    'later allowed changes',
    'Nội dung đã ký số chưa bị thay đổi. Tuy nhiên, tài liệu đã có những thay đổi trong giới hạn cho phép.',
    'HỢP LỆ (có ghi chú)',
    filledAfterwards,
    () => ({}),
  ],
  [
    'expired',
    'Chứng thư số đã hết hạn sử dụng.',
    'KHÔNG HỢP LỆ',
    () => signedOutside({ notAfter: SIGNED - DAY }, SIGNED - 2 * DAY),
    () => ({}),
  ],
  [
    'not yet valid',
    'Chứng thư số chưa có hiệu lực.',
    'KHÔNG HỢP LỆ',
    () => signedOutside({ notBefore: SIGNED + DAY }, SIGNED + 2 * DAY),
    () => ({}),
  ],
  [
    'chain error',
    'Đường dẫn chứng thực không hợp lệ.',
    'KHÔNG HỢP LỆ',
    () => sign(letter, pki.below),
    () => ({}),
  ],
  [
    'unknown root',
    'Chưa tin cậy được nơi cấp chứng thư.',
    'CHƯA KẾT LUẬN',
    () => signed,
    () => ({ anchors: [] }),
  ],
  [
    'revoked',
    'Chứng thư số đã bị thu hồi.',
    'KHÔNG HỢP LỆ',
    () => signed,
    () => ({ crls: lists({ by: 'issuing', who: pki.principal }) }),
  ],
  [
    'CA revoked',
    'Chứng thư số CA đã bị thu hồi.',
    'KHÔNG HỢP LỆ',
    () => signed,
    () => ({ crls: lists({ by: 'root', who: pki.issuing }) }),
  ],
  [
    'CRL not loaded',
    'Lỗi tải danh sách chứng thư bị thu hồi.',
    'CHƯA KẾT LUẬN',
    () => signed,
    () => ({
      crls: [],
      revocationFailure: { code: 'signature.service-unreachable', params: { host: '127.0.0.1' } },
    }),
  ],
  [
    'revocation not checked',
    'Không kiểm tra tình trạng hủy bỏ của chứng thư số ký.',
    'CHƯA KẾT LUẬN',
    () => signed,
    () => ({ crls: [] }),
  ],
  [
    'OCSP unknown',
    'Dịch vụ OCSP trả về kết quả UNKNOWN.',
    'CHƯA KẾT LUẬN',
    () => signed,
    () => ({ crls: [lists()[0]!], ocsps: [ocsp('unknown')] }),
  ],
  ['no timestamp', 'Chữ ký không gắn dấu thời gian.', 'HỢP LỆ', () => signed, () => ({})],
  ['bad format', 'Định dạng chữ ký không hợp lệ (', 'KHÔNG HỢP LỆ', unreadable, () => ({})],
  ['no signature', 'Văn bản chưa được ký số.', 'CHƯA KÝ', () => Buffer.from(letter), () => ({})],
];

it.each(conditions)('%s: “%s”, %s', async (_, sentence, overall, make, options) => {
  const verification = await verifySource(memorySource(await make()), {
    anchors: [importedAnchor(readCertificate(pki.root.certificate))],
    crls: lists(),
    at: NOW,
    ...options(),
  });
  const said = [...verification.reasons, ...verification.signatures.flatMap(({ findings }) => findings)].map(
    (finding) => findingSentence(finding, 'vi'),
  );
  expect(said.filter((one) => one.startsWith(sentence))).not.toEqual([]);
  expect(verdictText(verification, 'vi')).toBe(overall);
});

it('a list that could not be loaded is told with why, and what to do', async () => {
  const { reasons } = await verifySource(memorySource(signed), {
    anchors: [importedAnchor(readCertificate(pki.root.certificate))],
    at: NOW,
    revocationFailure: { code: 'signature.service-unreachable', params: { host: 'crl.example' } },
  });
  expect(reasons.map((reason) => findingSentence(reason, 'vi'))).toEqual([
    'Lỗi tải danh sách chứng thư bị thu hồi. Không kết nối được với dịch vụ crl.example. Hãy kiểm tra mạng; chương trình sẽ thử lại sau.',
  ]);
});

it('what is wrong with a path is said in words', async () => {
  const judged = await verifySource(memorySource(await sign(letter, pki.below)), {
    anchors: [importedAnchor(readCertificate(pki.root.certificate))],
    at: NOW,
  });
  expect(judged.reasons.map((reason) => findingSentence(reason, 'vi'))).toContain(
    'Đường dẫn chứng thực không hợp lệ. Chi tiết: chứng thư số của nơi cấp không phải của một CA.',
  );
});
