import type { Official, OfficialReasonCode, OfficialVerdict } from '../domain/official-verdict.ts';

interface Text {
  readonly vi: string;
  readonly en: string;
}

/** What a document counts for, above the results of its single signatures. */
export const officialVerdictTexts: Readonly<Record<OfficialVerdict, Text>> = {
  original: { vi: 'BẢN GỐC ĐIỆN TỬ HỢP LỆ', en: 'VALID ELECTRONIC ORIGINAL' },
  copy: { vi: 'SAO Y ĐIỆN TỬ: HỢP LỆ NHƯ BẢN SAO', en: 'ELECTRONIC COPY: VALID AS A COPY' },
  incomplete: { vi: 'CHƯA ĐỦ CHỮ KÝ SỐ', en: 'SIGNATURES INCOMPLETE' },
  'not-valid': { vi: 'KHÔNG HỢP LỆ', en: 'NOT VALID' },
  'not-concluded': { vi: 'CHƯA KẾT LUẬN', en: 'NOT CONCLUDED' },
  unsigned: { vi: 'CHƯA KÝ', en: 'UNSIGNED' },
};

export const officialReasonTexts: Readonly<Record<OfficialReasonCode, Text>> = {
  'official.both-signed': {
    vi: 'Có chữ ký số hợp lệ của {person} và của {agency}.',
    en: 'Signed validly by {person} and by {agency}.',
  },
  'official.agency-only': {
    vi: 'Chỉ có chữ ký số của {agency}: có giá trị như bản sao y, không phải bản gốc.',
    en: 'Only {agency} signed: it counts as a certified copy, not as an original.',
  },
  'official.person-missing': {
    vi: 'Chưa có chữ ký số hợp lệ của người ký văn bản.',
    en: 'The valid signature of the person who signs the document is missing.',
  },
  'official.person-other': {
    vi: 'Chữ ký cá nhân trên tệp là của {found}, không phải của {expected} như văn bản ghi.',
    en: 'The personal signature in the file is of {found}, not of {expected} as the document states.',
  },
  'official.agency-missing': {
    vi: 'Chưa có chữ ký số hợp lệ của cơ quan ban hành.',
    en: 'The valid signature of the issuing agency is missing.',
  },
  'official.agency-other': {
    vi: 'Chữ ký cơ quan trên tệp là của {found}, không phải của {expected}.',
    en: 'The agency signature in the file is of {found}, not of {expected}.',
  },
  'official.signature-broken': {
    vi: 'Có chữ ký số không hợp lệ; xem chi tiết từng chữ ký.',
    en: 'A signature is not valid; see the details of each.',
  },
  'official.not-settled': {
    vi: 'Có chữ ký số chưa kiểm tra được đến cùng; xem chi tiết từng chữ ký.',
    en: 'A signature could not be checked to the end; see the details of each.',
  },
  'official.no-signature': { vi: 'Văn bản chưa được ký số.', en: 'The document is not signed.' },
};

export function officialReasonSentence(reason: Official['reasons'][number], language: keyof Text): string {
  return officialReasonTexts[reason.code][language].replace(
    /\{(\w+)\}/g,
    (_, name: string) => reason.params[name] ?? '…',
  );
}
