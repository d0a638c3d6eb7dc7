import { bilingual } from '../texts/language.ts';

export const texts = bilingual({
  vi: {
    title: 'Giới thiệu',
    what: 'Bàn Văn Thư giúp văn thư và thủ trưởng tiếp nhận, đăng ký, trình, ký số, cấp số, đóng dấu, phát hành và lưu văn bản theo Nghị định 30/2020/NĐ-CP.',
    version: (version: string) => `Phiên bản ${version}`,
    license:
      'Phần mềm nguồn mở theo giấy phép Apache 2.0: được dùng, sao chép và sửa đổi tự do; không kèm bảo hành.',
    parts: (count: number) => `Thành phần dùng trong chương trình (${count})`,
    partsHint: 'Bấm vào tên để đọc giấy phép của thành phần đó.',
    failed: 'Không đọc được danh sách thành phần. Hãy thử lại; nếu vẫn vậy, hãy cài lại chương trình.',
    retry: 'Thử lại',
  },
  en: {
    title: 'About',
    what: 'Bàn Văn Thư helps the clerk and the head to receive, register, submit, sign, number, seal, issue and file official documents under Decree 30/2020/NĐ-CP.',
    version: (version: string) => `Version ${version}`,
    license:
      'Open source under the Apache License 2.0: free to use, copy and change; it comes without a warranty.',
    parts: (count: number) => `Parts used in the program (${count})`,
    partsHint: 'Click a name to read the licence of that part.',
    failed:
      'The list of parts could not be read. Try again; if that does not help, install the program again.',
    retry: 'Try again',
  },
});
