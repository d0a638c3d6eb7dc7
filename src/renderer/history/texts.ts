import { bilingual } from '../texts/language.ts';

export const texts = bilingual({
  vi: {
    label: 'Lịch sử văn bản',
    empty: 'Chưa có việc nào được ghi cho văn bản này.',
    program: 'Chương trình',
    entry: (seq: string) => `Mục nhật ký số ${seq}`,
  },
  en: {
    label: 'History of the document',
    empty: 'Nothing has been recorded for this document yet.',
    program: 'The program',
    entry: (seq: string) => `Journal entry ${seq}`,
  },
});
