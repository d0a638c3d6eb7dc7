import type { ErrorTexts } from './error.ts';

export const hostErrors = {
  'host.unexpected': {
    vi: 'Chương trình gặp lỗi ngoài dự kiến (mã nhật ký {logId}). Dữ liệu đã ghi không mất. Hãy thử lại; nếu vẫn lỗi, gửi mã này cho người hỗ trợ.',
    en: 'The program met an unexpected error (log id {logId}). Nothing already saved is lost. Try again; if it persists, give this id to support.',
  },
  'host.bad-request': {
    vi: 'Yêu cầu không đúng dạng ở mục {field}. Kiểm tra lại nội dung đã nhập.',
    en: 'The request is malformed at {field}. Check what was entered.',
  },
  'host.cancelled': {
    vi: 'Đã dừng theo yêu cầu. Chưa có gì thay đổi.',
    en: 'Stopped as asked. Nothing has changed.',
  },
} as const satisfies ErrorTexts;
