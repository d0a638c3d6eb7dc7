import type { CheckRow } from '../../shared/ipc/outgoing.ts';
import { bilingual, type Language } from '../texts/language.ts';

/** Rows of the clerk's checklist (NĐ 30/2020, Điều 12.2 and Phụ lục I); `{name}` is filled from the row's parameters. */
export const checkTexts = bilingual({
  vi: {
    'main-file': 'Có bản trình ký dạng PDF',
    'source-file': 'Đủ tệp nguồn (DOCX)',
    'page-size': 'Khổ giấy A4',
    notation: 'Ký hiệu đúng mẫu: {notation}',
    'number-fields': 'Còn chỗ trống để điền số và ngày',
    'subject-length': 'Trích yếu không quá 500 ký tự',
    'subject-matches': 'Trích yếu trùng với nội dung trong văn bản',
    'signer-authority': 'Đúng thẩm quyền ký: {signer}',
    recipients: 'Đủ nơi nhận, có mã định danh',
    appendices: 'Đủ phụ lục',
    urgency: 'Độ khẩn do người ký quyết định',
    'not-secret': 'Không chứa bí mật nhà nước',
    'file-name': 'Tên tệp và dung lượng gửi được qua trục',
    'reply-linked': 'Đã liên kết văn bản đến được trả lời',
    'unsigned-yet': 'Bản trình ký chưa có chữ ký số',
  },
  en: {
    'main-file': 'The document to sign is there as PDF',
    'source-file': 'The source file (DOCX) is there',
    'page-size': 'Paper size A4',
    notation: 'Notation in the right form: {notation}',
    'number-fields': 'Room is left for number and date',
    'subject-length': 'Subject of 500 characters at most',
    'subject-matches': 'Subject agrees with the document',
    'signer-authority': 'Signed by whoever has the authority: {signer}',
    recipients: 'All recipients, with agency codes',
    appendices: 'All appendices',
    urgency: 'Urgency decided by the signer',
    'not-secret': 'Holds no state secret',
    'file-name': 'File names and sizes the axis accepts',
    'reply-linked': 'Linked to the incoming document it answers',
    'unsigned-yet': 'The document to sign carries no signature yet',
  },
});

/** A row in words; a rule this version does not know shows its own name rather than nothing. */
export function checkSentence({ rule, params }: CheckRow, language: Language): string {
  const sentences: Readonly<Record<string, string>> = checkTexts[language];
  return (sentences[rule] ?? rule).replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '…'));
}
