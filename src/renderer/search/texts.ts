import { bilingual } from '../texts/language.ts';

export const texts = bilingual({
  vi: {
    title: (text: string) => `Kết quả tìm “${text}”`,
    ask: 'Gõ vào ô tìm kiếm phía trên rồi nhấn Enter. Có dấu hay không dấu đều được.',
    found: (count: string) => `${count} văn bản`,
    none: (text: string) => `Không có văn bản nào khớp “${text}”. Thử bớt từ, hoặc chỉ gõ số, ký hiệu.`,
    kinds: { incoming: 'Văn bản đến', outgoing: 'Văn bản đi' },
    more: 'Xem thêm',
  },
  en: {
    title: (text: string) => `Results for “${text}”`,
    ask: 'Type in the search box above and press Enter, with or without Vietnamese marks.',
    found: (count: string) => (count === '1' ? '1 document' : `${count} documents`),
    none: (text: string) =>
      `No document matches “${text}”. Try fewer words, or only the number and notation.`,
    kinds: { incoming: 'Incoming', outgoing: 'Outgoing' },
    more: 'Show more',
  },
});
