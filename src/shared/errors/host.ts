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
  'host.not-admitted': {
    vi: 'Địa chỉ này đã được dùng hoặc không do chương trình mở. Hãy quay lại cửa sổ lệnh đang chạy Bàn Văn Thư và mở địa chỉ mới.',
    en: 'This address has been used already or was not opened by the program. Go back to the terminal that runs Bàn Văn Thư and open a new address.',
  },
  'host.unreachable': {
    vi: 'Chương trình không trả lời. Dữ liệu đã ghi không mất. Hãy mở lại Bàn Văn Thư rồi thử lại.',
    en: 'The program does not answer. Nothing already saved is lost. Open Bàn Văn Thư again and retry.',
  },
  'host.misunderstood': {
    vi: 'Giao diện và chương trình không cùng phiên bản nên không hiểu nhau. Hãy đóng rồi mở lại Bàn Văn Thư.',
    en: 'The window and the program are of different versions and do not understand each other. Close Bàn Văn Thư and open it again.',
  },
  'host.not-found': {
    vi: 'Không tìm thấy {what}. Hãy tải lại cửa sổ; nếu vẫn lỗi, cài lại chương trình.',
    en: 'There is no {what}. Reload the window; if it persists, install the program again.',
  },
  'host.bad-file-name': {
    vi: 'Windows không nhận tên “{name}”: tên không được có các dấu \\ / : * ? " < > |, không kết thúc bằng dấu chấm hay dấu cách, không phải tên thiết bị (CON, NUL, COM1…) và không dài quá 255 chữ. Hãy đổi tên rồi làm lại.',
    en: 'Windows does not take the name “{name}”: a name has none of \\ / : * ? " < > |, does not end in a dot or a space, is no name of a device (CON, NUL, COM1…) and has 255 letters at most. Change the name and try again.',
  },
  'host.file-held': {
    vi: 'Không ghi được tệp {file}: một chương trình khác đang giữ tệp này, hoặc thư mục không cho ghi. Hãy đóng chương trình đang mở tệp (trình xem PDF, quét vi-rút, sao lưu), kiểm tra quyền ghi rồi làm lại.',
    en: 'Cannot write the file {file}: another program holds it, or the folder does not allow it. Close the program that has it open (PDF reader, virus scanner, backup), check the permissions and try again.',
  },
  'host.too-large': {
    vi: 'Nội dung gửi vượt giới hạn {limitMb} MB. Hãy chọn tệp nhỏ hơn hoặc tách thành nhiều tệp.',
    en: 'What was sent exceeds the limit of {limitMb} MB. Choose a smaller file or split it.',
  },
  'host.no-keystore': {
    vi: 'Máy này không có kho khóa của hệ điều hành nên không thể cất mật khẩu an toàn. Hãy đăng nhập bằng tài khoản người dùng thông thường (trên Linux: mở kho khóa GNOME hoặc KWallet) rồi thử lại.',
    en: 'This machine has no key store of the operating system, so a secret cannot be kept safely. Sign in with an ordinary user account (on Linux: unlock GNOME Keyring or KWallet) and try again.',
  },
  'host.vault-unreadable': {
    vi: 'Không đọc được mật khẩu đã cất trên máy này, có thể do đổi máy hoặc đổi tài khoản Windows. Hãy vào Thiết đặt và nhập lại.',
    en: 'The secret kept on this machine cannot be read, perhaps because of another machine or Windows account. Enter it again in Settings.',
  },
  'host.cryptography-lacking': {
    vi: 'Máy này không chạy đúng các thuật toán mật mã {algorithms}; chữ ký dùng chúng có thể bị đánh giá sai. Hãy cài lại chương trình; nếu vẫn lỗi, báo cho người hỗ trợ kèm nhật ký.',
    en: 'The algorithms {algorithms} do not work properly on this machine; signatures that use them may be judged wrongly. Install the program again; if it persists, send the log to whoever supports you.',
  },
  'host.window-crashed': {
    vi: 'Cửa sổ bị lỗi và ngừng chạy (mã nhật ký {logId}). Những gì đã lưu, đã ký không mất; phần đang nhập chưa lưu thì mất. Hãy mở lại cửa sổ để làm tiếp.',
    en: 'The window has crashed (log id {logId}). Nothing saved or signed is lost; what was typed and not saved is. Open the window again to go on.',
  },
  'host.window-hangs': {
    vi: 'Cửa sổ không phản hồi, có thể vì đang mở một tệp lớn. Hãy chờ thêm; nếu vẫn vậy thì mở lại cửa sổ, phần đang nhập chưa lưu sẽ mất.',
    en: 'The window does not respond, perhaps because it opens a large file. Wait a little; if that does not help, open the window again: what was typed and not saved is lost.',
  },
} as const satisfies ErrorTexts;
