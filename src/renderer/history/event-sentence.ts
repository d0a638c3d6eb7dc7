import type { HistoryEntry } from '../../shared/ipc/history.ts';
import { COPY_FORMS, isCopyForm } from '../../shared/domain/copies.ts';
import type { HistoryType } from '../../shared/domain/history.ts';
import { isStatusCode, STATUS_CODES } from '../../shared/domain/exchange.ts';
import { errorSentence, isErrorCode } from '../../shared/errors/index.ts';
import { showDay } from '../../shared/text/dates.ts';
import type { Language } from '../texts/language.ts';

/**
 * A sentence, or a sentence and parts that are only said when the journal has what they need. A place named `…Date` is
 * a day.
 */
type Sentence = readonly [main: string, ...ifKnown: string[]];

const sentences: Readonly<Record<HistoryType, { readonly vi: Sentence; readonly en: Sentence }>> = {
  'incoming.received': {
    vi: ['Nhận qua trục liên thông.'],
    en: ['Received over the exchange axis.'],
  },
  'incoming.redelivered': {
    vi: ['Trục chuyển lại đúng văn bản này một lần nữa; không ghi thêm bản nào.'],
    en: ['The axis delivered this document once more; no second copy was made.'],
  },
  'incoming.secret-returned': {
    vi: ['Văn bản mật gửi nhầm qua trục: trả lại nơi gửi, không lưu nội dung.', 'Lý do: {reason}'],
    en: [
      'A secret document sent over the axis by mistake: returned, its content not kept.',
      'Reason: {reason}',
    ],
  },
  'incoming.secret-found': {
    vi: ['Thấy dấu mật trên văn bản: trả lại nơi gửi, không còn hiển thị nội dung.', 'Lý do: {reason}'],
    en: [
      'A secrecy stamp was found: returned to the sender, its content no longer shown.',
      'Reason: {reason}',
    ],
  },
  'incoming.purged': {
    vi: ['Xóa nội dung và các tệp của văn bản mật khỏi dữ liệu của cơ quan.'],
    en: ['The content and the files of the secret document were purged from the office’s records.'],
  },
  'incoming.opened': { vi: ['Mở xem.'], en: ['Opened.'] },
  'incoming.registered': {
    vi: ['Vào sổ văn bản đến.', 'Số đến {arrivalNumber}.', 'Ngày đến {arrivalDate}.'],
    en: ['Entered in the register.', 'Arrival number {arrivalNumber}.', 'Arrived on {arrivalDate}.'],
  },
  'incoming.refused': {
    vi: ['Từ chối tiếp nhận.', 'Lý do: {reason}'],
    en: ['Refused.', 'Reason: {reason}'],
  },
  'incoming.directed': {
    vi: [
      'Cho ý kiến chỉ đạo.',
      'Chủ trì: {mainHandler}.',
      'Phối hợp: {otherHandlers}.',
      'Hạn giải quyết {dueDate}.',
      'Ý kiến: {opinion}',
    ],
    en: [
      'Directed.',
      'Main handler: {mainHandler}.',
      'With: {otherHandlers}.',
      'Due on {dueDate}.',
      'Opinion: {opinion}',
    ],
  },
  'incoming.stamped': {
    vi: [
      'Đóng dấu đến, ký số của cơ quan.',
      'Chứng thư của {signer}.',
      'Chuyển: {forwardTo}.',
      'Số và ký hiệu hồ sơ: {fileCode}.',
      'Trên bản chép lại của tệp gốc {original}.',
    ],
    en: [
      'Arrival stamp put on and signed by the agency.',
      'Certificate of {signer}.',
      'Forwarded to: {forwardTo}.',
      'File: {fileCode}.',
      'On a copy written anew of the original {original}.',
    ],
  },
  'incoming.commented': {
    vi: [
      'Ký số ý kiến (bút phê) lên văn bản.',
      'Chứng thư của {signer}.',
      'Ý kiến: {opinion}',
      'Trên bản chép lại của tệp gốc {original}.',
    ],
    en: [
      'Opinion signed on the document.',
      'Certificate of {signer}.',
      'Opinion: {opinion}',
      'On a copy written anew of the original {original}.',
    ],
  },
  'copy.made': {
    vi: [
      'Sao văn bản, ký số của cơ quan.',
      'Hình thức: {copy}.',
      'Người cho phép: {orderedBy}.',
      'Trên bản chép lại của tệp gốc {original}.',
    ],
    en: [
      'Copied and signed by the agency.',
      'Form: {copy}.',
      'Allowed by: {orderedBy}.',
      'On a copy written anew of the original {original}.',
    ],
  },
  'proof.assessed': {
    vi: ['Xem chữ ký số còn thiếu bằng chứng gì để lưu lâu dài.'],
    en: ['Looked at what the signatures still lack to be kept for long.'],
  },
  'proof.added': {
    vi: ['Bổ sung bằng chứng (dấu thời gian, tình trạng thu hồi) cho chữ ký số.'],
    en: ['Proof (timestamp, revocation status) added to the signatures.'],
  },
  'incoming.started': { vi: ['Bắt đầu giải quyết.'], en: ['Handling started.'] },
  'incoming.closed': {
    vi: ['Kết thúc giải quyết.', 'Kết quả: {result}'],
    en: ['Closed.', 'Result: {result}'],
  },
  'outgoing.drafted': { vi: ['Soạn dự thảo.'], en: ['Drafted.'] },
  'outgoing.changed': { vi: ['Sửa dự thảo.'], en: ['Draft changed.'] },
  'outgoing.submitted': { vi: ['Trình văn thư kiểm tra thể thức.'], en: ['Submitted for the format check.'] },
  'outgoing.format-approved': {
    vi: ['Kiểm tra thể thức đạt, trình ký.'],
    en: ['Format approved; sent for signature.'],
  },
  'outgoing.signed-elsewhere': {
    vi: [
      'Kiểm tra thể thức đạt; người có thẩm quyền đã ký số bằng chương trình khác, chữ ký hợp lệ.',
      'Chứng thư của {signer}.',
      'Ký ngày {signedDate}.',
    ],
    en: [
      'Format approved; the authorised person had signed with another program, and the signature is valid.',
      'Certificate of {signer}.',
      'Signed on {signedDate}.',
    ],
  },
  'outgoing.returned': {
    vi: ['Trả lại người soạn.', 'Lý do: {reason}'],
    en: ['Returned to the drafter.', 'Reason: {reason}'],
  },
  'outgoing.signed': {
    vi: ['Ký số của người có thẩm quyền.', 'Chứng thư của {signer}.'],
    en: ['Signed by the authorised person.', 'Certificate of {signer}.'],
  },
  'outgoing.numbered': {
    vi: ['Cấp số.', 'Số, ký hiệu {code}.', 'Ngày {issuedDate}.'],
    en: ['Numbered.', 'Number and notation {code}.', 'Dated {issuedDate}.'],
  },
  'outgoing.sealed': {
    vi: ['Đóng dấu: ký số của cơ quan.', 'Chứng thư của {signer}.'],
    en: ['Sealed: signed by the agency.', 'Certificate of {signer}.'],
  },
  'outgoing.issued': {
    vi: ['Phát hành, đưa vào hàng chờ gửi.', 'Số nơi nhận: {recipients}.'],
    en: ['Issued and queued for sending.', 'Recipients: {recipients}.'],
  },
  'outgoing.alarmed': {
    vi: ['Báo động: tạm dừng gửi, chờ thủ trưởng quyết định.', 'Lý do: {problem}'],
    en: ['Alarm: sending is stopped until the head decides.', 'Reason: {problem}'],
  },
  'outgoing.sending-allowed': {
    vi: ['Thủ trưởng cho gửi dù có báo động.', 'Lý do: {reason}'],
    en: ['The head lets it be sent in spite of the alarm.', 'Reason: {reason}'],
  },
  'outgoing.cancelled': { vi: ['Hủy.', 'Lý do: {reason}'], en: ['Cancelled.', 'Reason: {reason}'] },
  'outbox.sending': { vi: ['Bắt đầu gửi qua trục.'], en: ['Sending over the axis started.'] },
  'outbox.sent': { vi: ['Trục đã nhận văn bản gửi đi.'], en: ['The axis accepted the message.'] },
  'outbox.uncertain': {
    vi: ['Gửi đi nhưng chưa rõ trục đã nhận; sẽ tra lại trước khi gửi tiếp.'],
    en: ['Sent, but it is not known whether the axis has it; it will be looked up before sending again.'],
  },
  'outbox.queued': {
    vi: ['Xếp lại vào hàng chờ gửi.', 'Lý do: {problem}'],
    en: ['Queued for sending again.', 'Reason: {problem}'],
  },
  'outbox.rewritten': {
    vi: ['Gắn dấu thời gian trước khi gửi; thông điệp được lập lại với tệp mới.'],
    en: ['Timestamps added before sending; the message was written anew with the grown files.'],
  },
  'outbox.failed': { vi: ['Gửi không được.', '{problem}'], en: ['Could not be sent.', '{problem}'] },
  'status.received': {
    vi: ['Nhận trạng thái từ nơi nhận.', 'Mã nơi nhận {from}.', '{status}.', '{description}'],
    en: ['Status received from a recipient.', 'Recipient {from}.', '{status}.', '{description}'],
  },
  'status.matched': {
    vi: ['Ghép trạng thái đến sớm vào văn bản.', '{description}'],
    en: ['A status that came early was matched to the document.', '{description}'],
  },
  'file.read': { vi: ['Đọc chữ trong tệp để tìm kiếm.'], en: ['Text of a file read for search.'] },
  'file.verified': { vi: ['Kiểm tra chữ ký số trên tệp.'], en: ['Digital signatures of a file verified.'] },
};

/** What happened, in words. */
export function eventSentence(
  { type, detail }: Pick<HistoryEntry, 'type' | 'detail'>,
  language: Language,
): string {
  const [main, ...ifKnown] = sentences[type][language];
  const words = { ...detail, ...wordsOfCodes(detail, language) };
  const parts = ifKnown.map((part) => fill(part, words)).filter((part) => part !== null);
  return [main, ...parts].join(' ');
}

/** Codes of the axis and of the error catalogue in words; one that needs more than the journal kept stays out. */
function wordsOfCodes(
  { code, problem, form }: HistoryEntry['detail'],
  language: Language,
): HistoryEntry['detail'] {
  const status = typeof code === 'string' && isStatusCode(code) ? STATUS_CODES[code][language] : null;
  const why = typeof problem === 'string' && isErrorCode(problem) ? errorSentence(problem, {}, language) : '';
  const copy = typeof form === 'string' && isCopyForm(form) ? COPY_FORMS[form][language] : null;
  return { status, problem: why.includes('…') ? null : why, copy };
}

/** Null when a place has nothing to stand in it. */
function fill(part: string, words: HistoryEntry['detail']): string | null {
  let known = true;
  const filled = part.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = words[name];
    if (value === undefined || value === null || value === '') known = false;
    return show(name, value ?? '');
  });
  return known ? filled : null;
}

function show(name: string, value: string | number): string {
  if (name === 'signer' && typeof value === 'string') return commonName(value);
  return name.endsWith('Date') && typeof value === 'string' && value !== '' ? showDay(value) : String(value);
}

/** The name in a distinguished name written as text (`CN=…, O=…`); any other text as it is. */
function commonName(text: string): string {
  return /(?:^|,\s*)CN=([^,]+)/.exec(text)?.[1] ?? text;
}
