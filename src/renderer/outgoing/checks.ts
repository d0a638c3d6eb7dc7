import type { CheckRow } from '../../shared/ipc/outgoing.ts';
import { bilingual, type Language } from '../texts/language.ts';

/**
 * Rows of the clerk's checklist (NĐ 30/2020, Điều 12.2 and Phụ lục I): what is checked, and what to say when it did
 * not pass. `{name}` is filled from the row's parameters.
 */
export const checkTexts = bilingual({
  vi: {
    'main-file': { row: 'Bản trình ký dạng PDF', failed: 'Chưa có tệp PDF, hoặc tệp không đọc được.' },
    'unsigned-yet': {
      row: 'Bản trình ký chưa có chữ ký số',
      failed: 'Tệp đã có chữ ký số nên không điền thêm ô số, ngày được. Hãy dùng bản chưa ký.',
    },
    'signed-elsewhere': {
      row: '{signer} đã ký số bằng chương trình khác, không cần ký lại',
      failed: 'Chưa kiểm tra được chứng thư có bị thu hồi hay không; chương trình kiểm tra lại khi có mạng.',
    },
    'source-file': { row: 'Tệp nguồn (DOCX)', failed: 'Chưa có tệp nguồn để lưu cùng bản ký.' },
    'page-size': { row: 'Khổ giấy A4', failed: 'Trang {page} không phải khổ A4.' },
    'national-heading': {
      row: 'Quốc hiệu và tiêu ngữ',
      failed: 'Không thấy đủ Quốc hiệu, tiêu ngữ ở trang đầu.',
    },
    'agency-names': {
      row: 'Tên cơ quan chủ quản và cơ quan ban hành',
      failed: 'Không thấy “{name}” ở trang đầu.',
    },
    notation: { row: 'Ký hiệu: {notation}', failed: 'Không thấy ký hiệu này trên trang đầu.' },
    'number-fields': {
      row: 'Chỗ trống để điền số và ngày',
      failed: 'Không tìm thấy đủ chỗ trống cho số và ngày; văn thư sẽ đặt số, ngày lên văn bản khi đóng dấu.',
    },
    'subject-length': { row: 'Trích yếu không quá 500 ký tự', failed: 'Hãy rút gọn trích yếu.' },
    'subject-matches': {
      row: 'Trích yếu đúng như trong văn bản',
      failed: 'Trích yếu đã nhập không thấy ở trang đầu.',
    },
    'signer-authority': {
      row: 'Thẩm quyền ký: {signer}',
      failed: 'Người này không có chức vụ ký, hoặc họ tên không có trong văn bản.',
    },
    recipients: {
      row: 'Nơi nhận đủ, có “Lưu: VT”',
      failed: 'Chưa chọn nơi nhận, hoặc văn bản thiếu “Lưu: VT”.',
    },
    appendices: { row: 'Phụ lục đủ', failed: 'Văn bản nhắc tới phụ lục nhưng chưa có phụ lục nào.' },
    'not-secret': {
      row: 'Không chứa bí mật nhà nước',
      failed: 'Có dấu hiệu “{mark}”. Văn bản mật không xử lý trên hệ thống này.',
    },
    'file-name': {
      row: 'Tên tệp không dấu, không quá 50 ký tự',
      failed: 'Nên đổi tên tệp “{name}” trước khi gửi.',
    },
    'reply-linked': {
      row: 'Liên kết văn bản đến được trả lời',
      failed: 'Chưa liên kết. Văn bản này có trả lời văn bản đến nào không?',
    },
    urgency: {
      row: 'Độ khẩn do người ký quyết định',
      failed: 'Văn bản ghi độ khẩn. Người ký đã quyết định độ khẩn này chưa?',
    },
  },
  en: {
    'main-file': { row: 'The document to sign as PDF', failed: 'There is no PDF, or it cannot be read.' },
    'unsigned-yet': {
      row: 'The document to sign carries no signature yet',
      failed: 'The file is signed already, so number and date cannot be filled in. Use the unsigned file.',
    },
    'signed-elsewhere': {
      row: 'Signed by {signer} with another program; no second signature is needed',
      failed:
        'Whether the certificate was revoked cannot be told yet; the program looks again once it is online.',
    },
    'source-file': {
      row: 'Source file (DOCX)',
      failed: 'There is no source file to keep with the signed one.',
    },
    'page-size': { row: 'Paper size A4', failed: 'Page {page} is not A4.' },
    'national-heading': {
      row: 'Name of the country and motto',
      failed: 'Name of the country and motto are not both on the first page.',
    },
    'agency-names': {
      row: 'Names of the superior and the issuing agency',
      failed: '“{name}” is not on the first page.',
    },
    notation: { row: 'Notation: {notation}', failed: 'This notation is not on the first page.' },
    'number-fields': {
      row: 'Room for number and date',
      failed: 'Room for both was not found; the clerk puts number and date on the document when sealing it.',
    },
    'subject-length': { row: 'Subject of 500 characters at most', failed: 'Shorten the subject.' },
    'subject-matches': {
      row: 'Subject as in the document',
      failed: 'The subject entered is not on the first page.',
    },
    'signer-authority': {
      row: 'Authority to sign: {signer}',
      failed: 'This person has no signing title, or the name is not in the document.',
    },
    recipients: {
      row: 'All recipients, with “Lưu: VT”',
      failed: 'No recipient is chosen, or the document lacks “Lưu: VT”.',
    },
    appendices: { row: 'All appendices', failed: 'The document mentions an appendix, but there is none.' },
    'not-secret': {
      row: 'Holds no state secret',
      failed: 'It is marked “{mark}”. Secret documents are not handled in this system.',
    },
    'file-name': {
      row: 'File names without marks, 50 characters at most',
      failed: 'Rename “{name}” before it is sent.',
    },
    'reply-linked': {
      row: 'Linked to the incoming document it answers',
      failed: 'Not linked. Does this document answer an incoming one?',
    },
    urgency: {
      row: 'Urgency decided by the signer',
      failed: 'The document is marked urgent. Has the signer decided so?',
    },
  },
});

const fill = (text: string, { params }: CheckRow) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '…'));

export interface CheckWords {
  readonly row: string;
  /** What is wrong or to be answered; empty when the row passed. */
  readonly failed: string;
}

/** A row in words; a rule this version does not know shows its own name rather than nothing. */
export function checkWords(check: CheckRow, language: Language): CheckWords {
  const rules: Readonly<Record<string, CheckWords>> = checkTexts[language];
  const { row, failed } = rules[check.rule] ?? { row: check.rule, failed: '' };
  return { row: fill(row, check), failed: check.result === 'pass' ? '' : fill(failed, check) };
}
