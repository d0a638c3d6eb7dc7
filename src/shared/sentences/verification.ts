import { errorSentence, isErrorCode } from '../errors/index.ts';
import { PATH_FAULTS } from '../domain/verification.ts';
import type {
  Change,
  ChangeKind,
  Finding,
  FindingCode,
  PathFault,
  SignatureReport,
  TrustClass,
  Verdict,
} from '../domain/verification.ts';

interface Text {
  readonly vi: string;
  readonly en: string;
}
type Language = keyof Text;

/** Overall results, in the words clerks know from the state's own checking tools. */
export const verdictTexts: Readonly<Record<Verdict, Text>> = {
  valid: { vi: 'HỢP LỆ', en: 'VALID' },
  'valid-with-changes': { vi: 'HỢP LỆ (có ghi chú)', en: 'VALID (with notes)' },
  invalid: { vi: 'KHÔNG HỢP LỆ', en: 'INVALID' },
  indeterminate: { vi: 'CHƯA KẾT LUẬN', en: 'NOT CONCLUDED' },
  unsigned: { vi: 'CHƯA KÝ', en: 'UNSIGNED' },
  unreadable: { vi: 'KHÔNG ĐỌC ĐƯỢC', en: 'UNREADABLE' },
};

/** Valid, and something about it is to be known all the same. */
export const hasNotes = ({
  verdict,
  reasons,
}: {
  readonly verdict: Verdict;
  readonly reasons: readonly unknown[];
}): boolean => verdict === 'valid' && reasons.length > 0;

/** The overall result in words. */
export function verdictText(
  { verdict, reasons }: { readonly verdict: Verdict; readonly reasons: readonly unknown[] },
  language: Language,
): string {
  return verdictTexts[hasNotes({ verdict, reasons }) ? 'valid-with-changes' : verdict][language];
}

export const trustClassTexts: Readonly<Record<TrustClass, Text>> = {
  'cong-vu': { vi: 'Chuyên dùng công vụ', en: 'State service' },
  'cong-cong': { vi: 'Công cộng', en: 'Public CA' },
  'noi-bo': { vi: 'Nội bộ', en: 'Internal' },
  la: { vi: 'Chưa rõ nơi cấp', en: 'Unknown issuer' },
};

export const findingTexts: Readonly<Record<FindingCode, Text>> = {
  'signer.trusted': {
    vi: 'Đường dẫn chứng thực hợp lệ tới {anchor}.',
    en: 'The certification path is valid up to {anchor}.',
  },
  'signer.untrusted-root': {
    vi: 'Chưa tin cậy được nơi cấp chứng thư.',
    en: 'The issuer of the certificate is not trusted yet.',
  },
  'signer.chain-not-checked': {
    vi: 'Không kiểm tra đường dẫn chứng thực.',
    en: 'The certification path was not checked.',
  },
  'signer.bad-chain': {
    vi: 'Đường dẫn chứng thực không hợp lệ. Chi tiết: {detail}.',
    en: 'The certification path is not valid. Detail: {detail}.',
  },
  'signer.chain-unsupported': {
    vi: 'Nơi cấp ký chứng thư số bằng thuật toán {algorithm}, chương trình chưa hỗ trợ nên chưa xác định được chứng thư số có tin cậy hay không; hãy hỏi cơ quan gửi hoặc kiểm tra bằng công cụ của nơi cấp.',
    en: "The authority signs certificates with {algorithm}, which this program does not support, so that nothing is known of the certificate's trust; ask the sender, or check with a tool of the authority.",
  },
  'signer.certificate-missing': {
    vi: 'Chữ ký không kèm chứng thư số của người ký.',
    en: "The signature does not carry the signer's certificate.",
  },
  'signer.wrong-usage': {
    vi: 'Chứng thư số không được cấp để ký tài liệu.',
    en: 'The certificate was not issued for signing documents.',
  },
  'integrity.intact': { vi: 'Nội dung đã ký số chưa bị thay đổi.', en: 'The signed content is unchanged.' },
  'integrity.allowed-changes': {
    vi: 'Nội dung đã ký số chưa bị thay đổi. Tuy nhiên, tài liệu đã có những thay đổi trong giới hạn cho phép.',
    en: 'The signed content is unchanged. The document has, however, changed within what is allowed.',
  },
  'integrity.look-unproven': {
    vi: 'Sau khi ký, ô {field} được điền bằng phông chữ mới nên chưa xác định được chữ hiện ra có đúng là giá trị của ô không; hãy đối chiếu với cơ quan gửi.',
    en: 'After signing, field {field} was filled in a new font, so what it shows cannot be proven to be its value; ask the sending agency to confirm it.',
  },
  'integrity.cover-unproven': {
    vi: 'Ở trang {page}, phần thêm sau khi ký có thể đã che hoặc làm đổi “{text}”; chương trình chưa xác định được. Hãy đối chiếu với cơ quan gửi.',
    en: 'On page {page}, what was added after signing may hide or change “{text}”; the program cannot tell. Ask the sending agency to confirm it.',
  },
  'integrity.modified': { vi: 'Tài liệu đã bị thay đổi.', en: 'The document has been changed.' },
  'integrity.forbidden-changes': {
    vi: 'Tài liệu đã bị thay đổi sau khi ký, ngoài giới hạn cho phép.',
    en: 'The document was changed after signing, beyond what is allowed.',
  },
  'integrity.bad-signature': {
    vi: 'Chữ ký không khớp với chứng thư số của người ký.',
    en: "The signature does not match the signer's certificate.",
  },
  'integrity.bad-format': {
    vi: 'Định dạng chữ ký không hợp lệ ({detail}).',
    en: 'The signature format is not valid ({detail}).',
  },
  'integrity.byte-range': {
    vi: 'Vùng được ký không đúng với tệp ({detail}).',
    en: 'The signed range does not fit the file ({detail}).',
  },
  'integrity.bytes-behind-cms': {
    vi: 'Sau chữ ký còn dữ liệu thừa trong vùng dành cho chữ ký; nội dung văn bản không liên quan.',
    en: 'Surplus bytes stand behind the signature in the room kept for it; the content is not concerned.',
  },
  'integrity.field-name-twice': {
    vi: 'Hai ô chữ ký đã ký có cùng tên “{field}”: các phần mềm có thể hiểu khác nhau. Hãy đề nghị nơi gửi gửi lại tệp.',
    en: 'Two signed fields have the same name “{field}”: programs may understand the file differently. Ask the sender for the file again.',
  },
  'integrity.unsupported': {
    vi: 'Thuật toán hoặc định dạng chữ ký {algorithm} chưa được hỗ trợ nên chưa xác định được chữ ký đúng hay sai; hãy đề nghị cơ quan gửi ký bằng RSA hoặc ECDSA với SHA-256.',
    en: 'The signature algorithm or format {algorithm} is not supported, so that the signature is known neither right nor wrong; ask the sender to sign with RSA or ECDSA and SHA-256.',
  },
  'validity.in-force': {
    vi: 'Chứng thư số có hiệu lực và chưa bị thu hồi vào thời điểm ký.',
    en: 'The certificate was in force and not revoked at the time of signing.',
  },
  'validity.expired': {
    vi: 'Chứng thư số đã hết hạn sử dụng. Hiệu lực đến {notAfterAt}.',
    en: 'The certificate has expired. It was valid until {notAfterAt}.',
  },
  'validity.not-yet-valid': {
    vi: 'Chứng thư số chưa có hiệu lực. Hiệu lực từ {notBeforeAt}.',
    en: 'The certificate is not yet valid. It is valid from {notBeforeAt}.',
  },
  'validity.revoked': {
    vi: 'Chứng thư số đã bị thu hồi. Thời điểm thu hồi: {revokedAt}.',
    en: 'The certificate has been revoked. Time of revocation: {revokedAt}.',
  },
  'validity.ca-revoked': {
    vi: 'Chứng thư số CA đã bị thu hồi. Thời điểm thu hồi: {revokedAt}.',
    en: 'A CA certificate has been revoked. Time of revocation: {revokedAt}.',
  },
  'validity.revoked-later': {
    vi: 'Chứng thư số bị thu hồi lúc {revokedAt}, sau thời điểm ký đã được chứng minh.',
    en: 'The certificate was revoked at {revokedAt}, after the proven time of signing.',
  },
  'validity.crl-unusable': {
    vi: 'Lỗi tải danh sách chứng thư bị thu hồi.',
    en: 'The list of revoked certificates could not be loaded.',
  },
  'validity.revocation-not-checked': {
    vi: 'Không kiểm tra tình trạng hủy bỏ của chứng thư số ký.',
    en: 'The revocation status of the signing certificate was not checked.',
  },
  'validity.revocation-not-asked': {
    vi: 'Chưa xét tình trạng thu hồi của chứng thư số ký vì không có danh sách thu hồi để đối chiếu.',
    en: 'The revocation status of the signing certificate was not part of this check: no list was given.',
  },
  'validity.no-revocation-source': {
    vi: 'Chứng thư số không nêu nơi tra cứu thu hồi nên không có gì để đối chiếu.',
    en: 'The certificate names no place to ask about revocation, so there is nothing to check against.',
  },
  'validity.ocsp-unknown': {
    vi: 'Dịch vụ OCSP trả về kết quả UNKNOWN.',
    en: 'The OCSP service answered UNKNOWN.',
  },
  'validity.not-judged': {
    vi: 'Không xét hiệu lực vì chưa xác định được đường dẫn chứng thực.',
    en: 'Validity was not judged because the certification path is not established.',
  },
  'validity.no-time': {
    vi: 'Chữ ký không ghi thời điểm ký; hiệu lực được xét tại thời điểm kiểm tra.',
    en: 'The signature states no time; validity was judged at the time of checking.',
  },
  'time.no-timestamp': { vi: 'Chữ ký không gắn dấu thời gian.', en: 'The signature has no timestamp.' },
  'time.timestamp-good': {
    vi: 'Dấu thời gian hợp lệ: {timestampAt}.',
    en: 'The timestamp is valid: {timestampAt}.',
  },
  'time.timestamp-invalid': {
    vi: 'Dấu thời gian không hợp lệ ({detail}).',
    en: 'The timestamp is not valid ({detail}).',
  },
  'time.timestamp-untrusted': {
    vi: 'Dấu thời gian do máy chủ chưa được tin cậy cấp.',
    en: 'The timestamp comes from a server that is not trusted.',
  },
  'time.timestamp-unsupported': {
    vi: 'Dấu thời gian dùng thuật toán {algorithm} chưa được hỗ trợ nên không tính đến.',
    en: 'The timestamp uses the algorithm {algorithm}, which is not supported, and is left out of account.',
  },
  'time.authority-not-checked': {
    vi: 'Không kiểm tra tình trạng hủy bỏ của chứng thư số máy chủ dấu thời gian.',
    en: "The revocation status of the timestamp server's certificate was not checked.",
  },
  'time.local-as-utc': {
    vi: 'Thời điểm ký ghi trong chữ ký nhanh hơn 7 giờ: phần mềm ký đã ghi giờ Việt Nam như giờ quốc tế (UTC).',
    en: 'The signing time in the signature is 7 hours ahead: the signing software wrote Vietnamese time as UTC.',
  },
  'time.clock-differs': {
    vi: 'Giờ ký do máy của người ký ghi ({claimedAt}) lệch quá 5 phút so với dấu thời gian ({timestampAt}); dấu thời gian mới là giờ được tính.',
    en: "The signer's computer wrote {claimedAt} as time of signing, more than 5 minutes away from the timestamp ({timestampAt}); the timestamp counts.",
  },
  'algorithm.weak-digest': {
    vi: 'Thuật toán băm cũ, không đạt chuẩn: {digest}.',
    en: 'Old digest algorithm below the standard: {digest}.',
  },
  'algorithm.short-key': {
    vi: 'Khóa {bits} bit không đạt chuẩn.',
    en: 'A key of {bits} bits is below the standard.',
  },
  'algorithm.good-then': {
    vi: 'Thuật toán hoặc độ dài khóa nay không còn đạt chuẩn; dấu thời gian chứng minh khi ký vẫn còn an toàn.',
    en: 'The algorithm or length of key is below the standard today; the timestamp proves that it was still safe when signed.',
  },
  'document.unsigned': { vi: 'Văn bản chưa được ký số.', en: 'The document is not signed.' },
  'document.signature-removed': {
    vi: 'Tệp từng có chữ ký ({field}) nhưng lần cập nhật sau đã gỡ bỏ.',
    en: 'The file once had a signature ({field}), which a later update took out.',
  },
  'document.unreadable': { vi: 'Không đọc được tệp.', en: 'The file cannot be read.' },
};

/** What is wrong with a certification path. */
export const pathFaultTexts: Readonly<Record<PathFault, Text>> = {
  'no-path': { vi: 'không tìm được đường dẫn tới nơi cấp', en: 'no path to an authority was found' },
  'bad-signature': {
    vi: 'chữ ký của nơi cấp trên chứng thư số không đúng',
    en: "the authority's signature on a certificate is wrong",
  },
  'unsupported-algorithm': {
    vi: 'chương trình không kiểm tra được thuật toán ký của nơi cấp',
    en: "the program cannot check the authority's signature algorithm",
  },
  'wrong-issuer': { vi: 'tên nơi cấp không khớp', en: 'the name of the issuer does not match' },
  'not-yet-valid': { vi: 'chứng thư số CA chưa có hiệu lực', en: 'a CA certificate is not yet valid' },
  expired: { vi: 'chứng thư số CA đã hết hạn', en: 'a CA certificate has expired' },
  'not-a-ca': { vi: 'chứng thư số của nơi cấp không phải của một CA', en: 'the issuer is no CA' },
  'path-too-long': {
    vi: 'đường dẫn dài hơn mức CA cho phép',
    en: 'the path is longer than a CA allows',
  },
  'no-cert-sign': {
    vi: 'CA không được quyền cấp chứng thư số',
    en: 'a CA may not sign certificates',
  },
  'unknown-critical': {
    vi: 'chứng thư số có phần mở rộng bắt buộc mà chương trình không biết',
    en: 'a certificate has a critical extension unknown to the program',
  },
  'name-constraints': {
    vi: 'tên trên chứng thư số nằm ngoài phạm vi CA được cấp',
    en: 'a name lies outside what a CA may issue for',
  },
  policy: { vi: 'chính sách chứng thư số không phù hợp', en: 'the certificate policies do not fit' },
};

export const changeTexts: Readonly<Record<ChangeKind, Text>> = {
  'timestamp-added': { vi: 'Thêm dấu thời gian {field}.', en: 'Timestamp {field} added.' },
  'validation-data-added': { vi: 'Thêm dữ liệu kiểm tra chữ ký.', en: 'Signature validation data added.' },
  'field-filled': {
    vi: 'Điền ô {field}: “{from}” → “{to}”.',
    en: 'Field {field} filled: “{from}” → “{to}”.',
  },
  'field-added': { vi: 'Thêm ô {field}.', en: 'Field {field} added.' },
  'signature-field-added': {
    vi: 'Thêm ô chữ ký {field}, còn trống.',
    en: 'Signature field {field} added, still empty.',
  },
  'signature-added': { vi: 'Thêm chữ ký {field}.', en: 'Signature {field} added.' },
  annotation: {
    vi: 'Thay đổi ghi chú {subtype} ở trang {page}.',
    en: 'Annotation {subtype} changed on page {page}.',
  },
  metadata: { vi: 'Thay đổi thông tin mô tả tệp.', en: 'File metadata changed.' },
  'appearance-differs': {
    vi: 'Ô {field} ghi “{to}” nhưng hiển thị “{shown}”.',
    en: 'Field {field} says “{to}” but shows “{shown}”.',
  },
  'appearance-unproven': {
    vi: 'Ô {field} ghi “{to}” bằng phông chữ chưa có khi ký: chương trình không kiểm được nét chữ.',
    en: 'Field {field} says “{to}” in a font that was not there when it was signed: its letters cannot be checked.',
  },
  'text-covered': {
    vi: 'Ô {field} che mất chữ đã ký ở trang {page}: “{text}”.',
    en: 'Field {field} covers signed text on page {page}: “{text}”.',
  },
  'cover-unproven': {
    vi: 'Ô {field} có thể che nội dung đã ký ở trang {page}: “{text}”.',
    en: 'Field {field} may cover signed content on page {page}: “{text}”.',
  },
  'page-content': { vi: 'Thay đổi nội dung trang {page}.', en: 'Content of page {page} changed.' },
  structure: { vi: 'Thay đổi cấu trúc tệp ({path}).', en: 'File structure changed ({path}).' },
  'unexplained-bytes': {
    vi: 'Có {length} byte không rõ nguồn gốc ở vị trí {offset}.',
    en: '{length} bytes of unknown origin at offset {offset}.',
  },
};

/** An empty field that is filled had no old value to tell. */
const firstFilled: Text = { vi: 'Điền “{to}” vào ô {field}.', en: '“{to}” filled into field {field}.' };
/** A field that says what it said. */
const drawnAnew: Text = { vi: 'Vẽ lại ô {field}: “{to}”.', en: 'Field {field} drawn anew: “{to}”.' };
/** Where no words stand. */
const pictureCovered: Text = {
  vi: 'Ở trang {page}, phần thêm sau khi ký có thể đã che hoặc làm đổi hình đã ký; chương trình chưa xác định được. Hãy đối chiếu với cơ quan gửi.',
  en: 'On page {page}, what was added after signing may hide or change a signed picture; the program cannot tell. Ask the sending agency to confirm it.',
};
const mayCoverPicture: Text = {
  vi: 'Ô {field} có thể che hình đã ký ở trang {page}.',
  en: 'Field {field} may cover a signed picture on page {page}.',
};
const signedBy: Text = { vi: 'Thêm chữ ký số của {name}.', en: 'Digital signature of {name} added.' };

export function findingSentence(
  { code, params }: Pick<Finding, 'code' | 'params'>,
  language: Language,
): string {
  const fault = code === 'signer.bad-chain' && PATH_FAULTS.find((one) => one === params['detail']);
  const detail = fault ? { detail: pathFaultTexts[fault][language] } : {};
  const isPicture = code === 'integrity.cover-unproven' && params['text'] === '';
  const sentence = fill((isPicture ? pictureCovered : findingTexts[code])[language], {
    ...params,
    ...detail,
  });
  const error = String(params['code']);
  return isErrorCode(error) ? `${sentence} ${errorSentence(error, params, language)}` : sentence;
}

/** @param signatures of the same file: a signature that was added is then named by its signer, not by its field */
export function changeSentence(
  { kind, params }: Pick<Change, 'kind' | 'params'>,
  language: Language,
  signatures: readonly Pick<SignatureReport, 'field' | 'signer'>[] = [],
): string {
  const signer = signatures.find(({ field }) => field === params['field'])?.signer;
  if (kind === 'signature-added' && signer) return fill(signedBy[language], { name: signer.name });
  return fill(changeText(kind, params)[language], params);
}

function changeText(kind: ChangeKind, params: Finding['params']): Text {
  if (kind === 'field-filled') return filledText(params);
  return kind === 'cover-unproven' && params['text'] === '' ? mayCoverPicture : changeTexts[kind];
}

function filledText({ from, to }: Finding['params']): Text {
  if (from === to) return drawnAnew;
  return from === '' ? firstFilled : changeTexts['field-filled'];
}

function fill(sentence: string, params: Finding['params']): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) return '…';
    return name.endsWith('At') && typeof value === 'number' ? hanoiTime(value) : String(value);
  });
}

const HANOI_OFFSET_MS = 7 * 3_600_000;

/** `20/11/2026 09:05:00`, Vietnamese time. */
function hanoiTime(ms: number): string {
  const [date = '', clock = ''] = new Date(ms + HANOI_OFFSET_MS).toISOString().slice(0, 19).split('T');
  return `${date.split('-').reverse().join('/')} ${clock}`;
}
