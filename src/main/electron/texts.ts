/** What Electron itself shows, outside the page: the menu bar and the questions about the window. */
const vi = {
  file: '&Tệp',
  newOutgoing: '&Văn bản đi mới',
  sync: '&Gửi nhận ngay',
  print: '&In…',
  quit: 'T&hoát',
  edit: '&Sửa',
  undo: '&Hoàn tác',
  redo: '&Làm lại',
  cut: 'Cắ&t',
  copy: '&Sao chép',
  paste: '&Dán',
  selectAll: 'Chọn tất &cả',
  findDocument: 'Tìm &văn bản',
  findInPage: 'Tì&m trong trang',
  view: '&Xem',
  thumbnails: 'Trang thu &nhỏ',
  nextPane: '&Khung kế tiếp',
  fullScreen: '&Toàn màn hình',
  help: 'Trợ &giúp',
  guide: '&Hướng dẫn',
  reopen: 'Mở lại cửa sổ',
  leave: 'Thoát chương trình',
  wait: 'Chờ thêm',
  unsaved: 'Có nội dung đang nhập chưa lưu. Đóng lúc này là mất phần đó.',
  stay: 'Ở lại để lưu',
  discard: 'Bỏ phần chưa lưu',
};

const en: Readonly<Record<keyof typeof vi, string>> = {
  file: '&File',
  newOutgoing: '&New outgoing document',
  sync: '&Send and receive now',
  print: '&Print…',
  quit: 'E&xit',
  edit: '&Edit',
  undo: '&Undo',
  redo: '&Redo',
  cut: 'Cu&t',
  copy: '&Copy',
  paste: '&Paste',
  selectAll: 'Select &all',
  findDocument: 'Find &document',
  findInPage: '&Find in page',
  view: '&View',
  thumbnails: '&Page thumbnails',
  nextPane: '&Next pane',
  fullScreen: '&Full screen',
  help: '&Help',
  guide: '&Guide',
  reopen: 'Open the window again',
  leave: 'Exit the program',
  wait: 'Wait',
  unsaved: 'Something typed has not been saved. It is lost if you close now.',
  stay: 'Stay and save',
  discard: 'Discard it',
};

export const systemTexts = { vi, en };
export type SystemLanguage = keyof typeof systemTexts;

/**
 * The language of what lies outside the page, from the system's own list (`app.getPreferredSystemLanguages`, best
 * first). Vietnamese unless the system prefers English and knows no Vietnamese: offices often run an English Windows.
 */
export function systemLanguage(preferred: readonly string[]): SystemLanguage {
  const known = new Set(preferred.map((tag) => tag.split('-')[0]));
  return known.has('en') && !known.has('vi') ? 'en' : 'vi';
}
