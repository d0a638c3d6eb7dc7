import type { ErrorTexts } from './error.ts';

export const storeErrors = {
  'store.already-open': {
    vi: 'Bàn Văn Thư đang mở dữ liệu này ở một cửa sổ khác ({place}). Hãy dùng cửa sổ đó, hoặc đóng nó rồi mở lại.',
    en: 'Another window of Bàn Văn Thư already has this data open ({place}). Use that one, or close it and try again.',
  },
  'store.from-the-future': {
    vi: 'Dữ liệu này do phiên bản mới hơn của chương trình ghi (dạng {found}; bản này hiểu đến dạng {known}). Hãy cài bản mới nhất.',
    en: 'This data was written by a newer version of the program (form {found}; this one knows up to {known}). Install the latest version.',
  },
  'store.from-the-past': {
    vi: 'Dữ liệu này (dạng {found}) do một bản thử nghiệm cũ ghi, bản này không đọc được. Hãy mở bằng bản cũ, hoặc chọn thư mục dữ liệu khác.',
    en: 'This data (form {found}) was written by an old trial version and cannot be read by this one. Open it with the old version, or choose another data folder.',
  },
  'store.unwritable': {
    vi: 'Không ghi được vào {place}. Kiểm tra quyền ghi của thư mục, hoặc chọn thư mục dữ liệu khác.',
    en: 'Cannot write to {place}. Check the permissions of the folder, or choose another data folder.',
  },
  'store.on-a-share': {
    vi: 'Thư mục dữ liệu {place} nằm trên máy khác trong mạng nên dữ liệu có thể hỏng. Hãy chọn một thư mục trên ổ đĩa của máy này.',
    en: 'The data folder {place} is on another computer of the network, where the data could be damaged. Choose a folder on a disk of this computer.',
  },
  'store.disk-full': {
    vi: 'Ổ đĩa đã đầy ({place}). Việc vừa làm chưa được ghi; hãy giải phóng dung lượng rồi làm lại.',
    en: 'The disk is full ({place}). What you just did was not saved; free some space and do it again.',
  },
  'store.disk-failing': {
    vi: 'Ổ đĩa đọc hoặc ghi lỗi ({place}). Việc vừa làm chưa được ghi. Hãy sao chép dữ liệu sang ổ khác và báo người hỗ trợ.',
    en: 'The disk fails to read or write ({place}). What you just did was not saved. Copy the data to another disk and call support.',
  },
  'store.records-missing': {
    vi: 'Trong {place} còn các tệp văn bản đã lưu nhưng thiếu tệp dữ liệu office.sqlite hoặc tệp ấy trống. Không mở để khỏi mất sổ sách; hãy khôi phục office.sqlite từ bản sao, hoặc chọn thư mục dữ liệu khác.',
    en: 'Stored documents lie in {place}, but the data file office.sqlite is missing or empty. It was not opened, so that no register is lost; restore office.sqlite from a copy, or choose another data folder.',
  },
  'store.journal-broken': {
    vi: 'Nhật ký bị thiếu hoặc bị sửa từ mục {seq}. Chương trình không ghi tiếp để khỏi che mất chỗ thiếu; hãy chạy kiểm tra toàn vẹn và khôi phục dữ liệu từ bản sao gần nhất.',
    en: 'The journal has been cut or changed from entry {seq} on. Nothing more is written, so that the loss is not covered; run the integrity check and restore the data from the latest copy.',
  },
  'store.corrupt': {
    vi: 'Tệp dữ liệu bị hỏng ({place}). Không thể mở an toàn; hãy khôi phục từ bản sao gần nhất.',
    en: 'The data file is damaged ({place}). It cannot be opened safely; restore the latest copy.',
  },
  'store.busy': {
    vi: 'Dữ liệu đang bận vì một việc khác chưa xong ({place}). Chờ ít giây rồi làm lại.',
    en: 'The data is busy with other work ({place}). Wait a few seconds and try again.',
  },
  'store.file-missing': {
    vi: 'Không còn tệp {file} trong kho. Hãy chạy kiểm tra toàn vẹn và khôi phục tệp từ bản sao.',
    en: 'File {file} is no longer in the store. Run the integrity check and restore the file from a copy.',
  },
  'store.file-damaged': {
    vi: 'Tệp {file} trong kho đã bị thay đổi so với lúc lưu. Không dùng tệp này; hãy khôi phục từ bản sao.',
    en: 'File {file} in the store differs from what was stored. Do not use it; restore it from a copy.',
  },
  'store.file-too-large': {
    vi: 'Tệp lớn hơn {limitMb} MB nên không nhận được. Hãy nén hoặc tách tệp.',
    en: 'The file is larger than {limitMb} MB and cannot be taken. Compress or split it.',
  },
} as const satisfies ErrorTexts;
