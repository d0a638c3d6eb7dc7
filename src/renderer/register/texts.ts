import { bilingual } from '../texts/language.ts';

export const texts = bilingual({
  vi: {
    title: 'Sổ đăng ký văn bản',
    books: { incoming: 'Sổ đăng ký văn bản đến', outgoing: 'Sổ đăng ký văn bản đi' },
    choose: 'Chọn sổ',
    from: 'Từ ngày',
    to: 'Đến ngày',
    thisMonth: 'Tháng này',
    thisYear: 'Năm nay',
    badPeriod: 'Ngày bắt đầu phải trước hoặc bằng ngày kết thúc.',
    print: 'In sổ',
    empty: 'Không có văn bản nào vào sổ trong thời gian này.',
    rows: (count: string) => `${count} văn bản`,
    period: (from: string, to: string) => `Từ ngày ${from} đến ngày ${to}`,
    closing: (count: string, from: string, to: string) =>
      `Sổ này có ${count} văn bản, đăng ký từ ngày ${from} đến ngày ${to}.`,
    clerk: 'VĂN THƯ',
    head: 'THỦ TRƯỞNG ĐƠN VỊ',
    columns: {
      incoming:
        'Ngày đến|Số đến|Tác giả|Số, ký hiệu văn bản|Ngày tháng văn bản|Tên loại và trích yếu nội dung văn bản|Đơn vị hoặc người nhận|Ngày chuyển|Ký nhận|Ghi chú',
      outgoing:
        'Số, ký hiệu văn bản|Ngày tháng văn bản|Tên loại và trích yếu nội dung văn bản|Người ký|Nơi nhận văn bản|Đơn vị, người nhận bản lưu|Số lượng bản|Ngày chuyển|Ký nhận|Ghi chú',
    },
  },
  en: {
    title: 'Document registers',
    books: { incoming: 'Register of incoming documents', outgoing: 'Register of outgoing documents' },
    choose: 'Choose a register',
    from: 'From',
    to: 'To',
    thisMonth: 'This month',
    thisYear: 'This year',
    badPeriod: 'The first day must not be after the last.',
    print: 'Print register',
    empty: 'No document was registered in this period.',
    rows: (count: string) => (count === '1' ? '1 document' : `${count} documents`),
    period: (from: string, to: string) => `From ${from} to ${to}`,
    closing: (count: string, from: string, to: string) =>
      `This register holds ${count} documents, registered from ${from} to ${to}.`,
    clerk: 'CLERK',
    head: 'HEAD OF OFFICE',
    columns: {
      incoming:
        'Arrival date|Arrival number|Author|Number and notation|Document date|Kind and subject|Unit or person receiving|Date handed over|Received (signature)|Notes',
      outgoing:
        'Number and notation|Document date|Kind and subject|Signer|Recipients|Unit or person keeping the copy|Copies|Date handed over|Received (signature)|Notes',
    },
  },
});
