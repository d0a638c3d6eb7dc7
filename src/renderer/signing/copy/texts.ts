import { bilingual } from '../../texts/language.ts';

export const texts = bilingual({
  vi: {
    title: 'Sao văn bản',
    paper: 'Giấy tờ không có trong sổ',
    form: 'Hình thức sao',
    hints: {
      SY: 'Đầy đủ, chính xác nội dung bản gốc hoặc bản chính. Chân trang đầu ghi thêm: chuyển đổi từ văn bản giấy.',
      SL: 'Đầy đủ, chính xác nội dung bản sao y. Chân trang đầu ghi thêm: chuyển đổi từ văn bản giấy.',
      TrS: 'Chỉ phần nội dung cần trích, ghi rõ nguồn.',
    },
    file: 'Tệp để sao',
    chooseFile: 'Chọn tệp kèm văn bản',
    add: 'Hoặc thêm bản quét, phần trích (PDF)',
    orderedBy: 'Người cho phép sao',
    choosePerson: 'Chọn người',
    noHead: 'Chưa khai báo thủ trưởng trong Thiết đặt nên chưa có người cho phép sao.',
    empty: 'Chọn tệp PDF chưa ký số của văn bản, hoặc thêm bản quét từ giấy, để xem và đặt khung.',
    signed:
      'Tệp đã ký số của văn bản chính là bản gốc điện tử nên không sao y điện tử được; hãy gửi chính tệp đó. Muốn trích sao, thêm một tệp PDF chỉ có phần trích.',
    sign: 'Ký bản sao',
    pinTitle: 'Ký bản sao văn bản',
    verb: 'Ký',
    back: 'Về văn bản',
    backToFiles: 'Về ký tệp',
  },
  en: {
    title: 'Copy a document',
    paper: 'A paper that is in no register',
    form: 'Form of the copy',
    hints: {
      SY: 'The whole content of the original, exactly. The foot of page 1 also says: converted from paper.',
      SL: 'The whole content of a certified copy, exactly. The foot of page 1 also says: converted from paper.',
      TrS: 'Only the part to be quoted, its source named.',
    },
    file: 'File to copy',
    chooseFile: 'Choose a file',
    add: 'Or add a scan or an extract (PDF)',
    orderedBy: 'Who allowed the copy',
    choosePerson: 'Choose a person',
    noHead: 'No head is entered in Settings, so nobody can allow a copy yet.',
    empty:
      'Choose an unsigned PDF of the document, or add a scan of the paper, to see it and to place the mark.',
    signed:
      'A signed file of the document is itself the electronic original, of which no electronic copy is made: send that very file. For an extract, add a PDF of that part alone.',
    sign: 'Sign the copy',
    pinTitle: 'Sign the copy',
    verb: 'Sign',
    back: 'Back to the document',
    backToFiles: 'Back to signing files',
  },
});
