import { bilingual } from '../texts/language.ts';

export const texts = bilingual({
  vi: {
    title: 'Đang chuẩn bị dữ liệu cho phiên bản mới',
    failed: 'Chưa mở được dữ liệu',
    hint: 'Việc này chỉ làm một lần sau khi cập nhật. Sổ và văn bản không bị thay đổi.',
    safe: 'Nếu đóng cửa sổ hoặc mất điện, lần mở sau sẽ làm tiếp.',
    progress: (done: string, total: string) => `Đã xong ${done}/${total}`,
  },
  en: {
    title: 'Preparing the records for the new version',
    failed: 'The records could not be opened',
    hint: 'This is done once after an update. Registers and documents are not changed.',
    safe: 'If the window is closed or the power fails, the next start goes on from here.',
    progress: (done: string, total: string) => `${done} of ${total} done`,
  },
});
