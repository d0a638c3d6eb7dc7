import { bilingual } from '../texts/language.ts';

export const texts = bilingual({
  vi: {
    retry: 'Thử lại',
    close: 'Đóng',
    cancel: 'Hủy',
    loading: 'Đang tải…',
    more: 'Việc khác',
    unreachable: 'Chương trình không trả lời. Dữ liệu đã ghi không mất. Hãy mở lại Bàn Văn Thư rồi thử lại.',
    misunderstood:
      'Giao diện và chương trình không cùng phiên bản nên không hiểu nhau. Hãy đóng rồi mở lại Bàn Văn Thư.',
    urgency: {
      normal: 'Thường',
      urgent: 'KHẨN',
      'very-urgent': 'THƯỢNG KHẨN',
      express: 'HỎA TỐC',
    },
    yesterday: 'hôm qua',
    overdue: (days: number) => `quá hạn ${days} ngày`,
    dueToday: 'hạn hôm nay',
    due: (day: string) => `hạn ${day}`,
    ofTotal: (from: string, to: string, total: string) => `${from}–${to} / ${total}`,
  },
  en: {
    retry: 'Try again',
    close: 'Close',
    cancel: 'Cancel',
    loading: 'Loading…',
    more: 'More actions',
    unreachable:
      'The program does not answer. Nothing already saved is lost. Open Bàn Văn Thư again and retry.',
    misunderstood:
      'The window and the program are of different versions and do not understand each other. Close Bàn Văn Thư and open it again.',
    urgency: {
      normal: 'Normal',
      urgent: 'URGENT',
      'very-urgent': 'VERY URGENT',
      express: 'EXPRESS',
    },
    yesterday: 'yesterday',
    overdue: (days: number) => (days === 1 ? '1 day overdue' : `${days} days overdue`),
    dueToday: 'due today',
    due: (day: string) => `due ${day}`,
    ofTotal: (from: string, to: string, total: string) => `${from}–${to} / ${total}`,
  },
});
