import { bilingual } from '../texts/language.ts';

export const texts = bilingual({
  vi: {
    label: 'Lịch sử văn bản',
    empty: 'Chưa có việc nào được ghi cho văn bản này.',
    program: 'Chương trình',
    entry: (seq: string) => `Mục nhật ký số ${seq}`,
    upkeep: (count: string) =>
      `Chương trình tự kiểm tra, bổ sung bằng chứng cho tệp và chữ ký số: ${count} việc.`,
    show: 'Xem từng việc',
    hide: 'Thu gọn',
  },
  en: {
    label: 'History of the document',
    empty: 'Nothing has been recorded for this document yet.',
    program: 'The program',
    entry: (seq: string) => `Journal entry ${seq}`,
    upkeep: (count: string) =>
      `The program checked files and signatures and added proof by itself: ${count} steps.`,
    show: 'Show each',
    hide: 'Hide',
  },
});
