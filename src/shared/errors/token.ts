import type { ErrorTexts } from './error.ts';

export const tokenErrors = {
  'token.pkcs11-missing': {
    vi: 'Máy này chưa có phần đọc token (pkcs11js) nên chưa ký được bằng token USB. Cài bản đầy đủ của chương trình, hoặc cài trình biên dịch C++ rồi chạy lại npm ci.',
    en: 'The part that reads tokens (pkcs11js) is not installed, so USB tokens cannot sign. Install the full program, or install a C++ compiler and run npm ci again.',
  },
  'token.registry-unreadable': {
    vi: 'Không đọc được Registry của Windows nên chỉ tìm trình điều khiển theo tên tệp quen thuộc. Nếu không thấy trình điều khiển của token, nhập đường dẫn tệp.',
    en: 'The Windows registry could not be read, so drivers were looked for by their known file names only. If the token’s driver is not among them, enter the path of the file.',
  },
  'token.module-file-missing': {
    vi: 'Không thấy tệp trình điều khiển {module}. Cài lại phần mềm đi kèm token, hoặc chọn lại tệp trong Thiết đặt.',
    en: 'The driver file {module} was not found. Reinstall the software that came with the token, or choose the file again in Settings.',
  },
  'token.module-32bit': {
    vi: 'Trình điều khiển {module} là bản 32-bit, chương trình này chỉ nạp được bản 64-bit. Cài bản 64-bit của phần mềm token.',
    en: 'The driver {module} is 32-bit; this program can only load a 64-bit one. Install the 64-bit version of the token software.',
  },
  'token.module-other-machine': {
    vi: 'Trình điều khiển {module} được làm cho loại máy khác ({machine}). Cài bản dành cho máy này.',
    en: 'The driver {module} is made for another kind of machine ({machine}). Install the version for this machine.',
  },
  'token.module-not-pkcs11': {
    vi: 'Tệp {module} không phải trình điều khiển PKCS#11. Chọn đúng tệp của phần mềm token (thường không phải tệp có đuôi _s.dll).',
    en: 'The file {module} is not a PKCS#11 driver. Choose the right file of the token software (usually not the one ending in _s.dll).',
  },
  'token.module-not-loadable': {
    vi: 'Không nạp được trình điều khiển {module}. Cài lại phần mềm đi kèm token rồi khởi động lại máy.',
    en: 'The driver {module} could not be loaded. Reinstall the software that came with the token, then restart the computer.',
  },
  'token.module-changed': {
    vi: 'Tệp trình điều khiển {module} đã khác với lúc được chấp nhận. Nếu anh/chị vừa cập nhật phần mềm token, hãy xác nhận lại tệp này trong Thiết đặt; nếu không, đừng cắm token và báo người quản trị.',
    en: 'The driver file {module} is no longer the one that was accepted. If you have just updated the token software, confirm the file again in Settings; if not, leave the token unplugged and tell the administrator.',
  },
  'token.module-not-accepted': {
    vi: 'Trình điều khiển {module} chưa được chấp nhận nên chưa được nạp. Nếu đây là phần mềm của token, bấm Thêm rồi chẩn đoán lại.',
    en: 'The driver {module} has not been accepted, so it was not loaded. If it is the token’s software, press Add and diagnose again.',
  },
  'token.module-crashed': {
    vi: 'Trình điều khiển {module} đã dừng đột ngột. Văn bản chưa thay đổi. Rút token, cắm lại rồi làm lại; nếu vẫn lỗi, cài lại phần mềm token.',
    en: 'The driver {module} stopped suddenly. The document has not changed. Unplug the token, plug it in and try again; if it persists, reinstall the token software.',
  },
  'token.module-hung': {
    vi: 'Trình điều khiển {module} không trả lời sau {seconds} giây nên đã bị dừng. Văn bản chưa thay đổi. Rút token, cắm lại rồi làm lại.',
    en: 'The driver {module} did not answer within {seconds} seconds and was stopped. The document has not changed. Unplug the token, plug it in and try again.',
  },
  'token.not-found': {
    vi: 'Không thấy token đã chọn. Cắm token vào máy rồi thử lại.',
    en: 'The chosen token was not found. Plug it in and try again.',
  },
  'token.removed': {
    vi: 'Token đã bị rút khi đang dùng. Văn bản chưa thay đổi. Cắm lại token và ký lại từ đầu.',
    en: 'The token was pulled out while in use. The document has not changed. Plug it in and sign again from the start.',
  },
  'token.device-error': {
    vi: 'Token báo lỗi thiết bị ({ckr}). Văn bản chưa thay đổi. Cắm token sang cổng USB khác rồi ký lại; nếu vẫn lỗi, liên hệ đơn vị cấp token.',
    en: 'The token reports a device error ({ckr}). The document has not changed. Try another USB port and sign again; if it persists, contact the token’s issuer.',
  },
  'token.function-failed': {
    vi: 'Token không làm được việc vừa yêu cầu ({ckr}). Văn bản chưa thay đổi. Rút token, cắm lại rồi ký lại; nếu vẫn lỗi, dùng mục Chẩn đoán trong Thiết đặt.',
    en: 'The token could not do what was asked ({ckr}). The document has not changed. Unplug the token, plug it in and sign again; if it persists, use Diagnosis in Settings.',
  },
  'token.wrong-pin': {
    vi: 'Mã PIN không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại; nhập sai nhiều lần token sẽ bị khóa.',
    en: 'The PIN is wrong. Check Caps Lock and the Vietnamese keyboard, then enter it again; too many wrong PINs lock the token.',
  },
  'token.wrong-pin-low': {
    vi: 'Mã PIN không đúng và số lần thử còn lại ít. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt; nếu không nhớ chắc, dừng lại và hỏi đơn vị cấp token.',
    en: 'The PIN is wrong and few tries are left. Check Caps Lock and the Vietnamese keyboard; if you are not sure, stop and ask the token’s issuer.',
  },
  'token.wrong-pin-final': {
    vi: 'Mã PIN không đúng và chỉ còn một lần thử: sai nữa token sẽ bị khóa. Hãy dừng lại nếu không chắc chắn và hỏi đơn vị cấp token.',
    en: 'The PIN is wrong and only one try is left: another wrong PIN locks the token. Stop if you are not certain and ask the token’s issuer.',
  },
  'token.final-try': {
    vi: 'Token chỉ còn một lần nhập PIN; nhập sai sẽ bị khóa. Chưa gửi mã PIN tới token. Chỉ xác nhận tiếp tục khi chắc chắn mã PIN đúng.',
    en: 'The token has one PIN try left; a wrong PIN locks it. No PIN was sent to the token. Confirm only when you are certain of the PIN.',
  },
  'token.pin-count-low': {
    vi: 'Gần đây mã PIN của token đã bị nhập sai. Hãy chắc chắn trước khi nhập tiếp; sai nhiều lần token sẽ bị khóa.',
    en: 'A wrong PIN was entered on the token lately. Be certain before entering it again; too many wrong tries lock the token.',
  },
  'token.pin-locked': {
    vi: 'Mã PIN của token đã bị khóa do nhập sai nhiều lần. Chương trình không mở khóa được; đề nghị đơn vị cấp token mở khóa (Mẫu 06).',
    en: 'The token’s PIN is locked after too many wrong tries. This program cannot unlock it; ask the token’s issuer to (Form 06).',
  },
  'token.pin-length': {
    vi: 'Mã PIN phải có từ {min} đến {max} ký tự. Chưa gửi mã PIN tới token nên không mất lần thử nào.',
    en: 'The PIN must have {min} to {max} characters. It was not sent to the token, so no try was lost.',
  },
  'token.pin-not-set': {
    vi: 'Token chưa được đặt mã PIN người dùng. Đặt mã PIN bằng phần mềm đi kèm token rồi ký lại.',
    en: 'The token has no user PIN yet. Set one with the software that came with the token, then sign again.',
  },
  'token.pin-expired': {
    vi: 'Mã PIN của token đã hết hạn. Đổi mã PIN bằng phần mềm đi kèm token rồi ký lại.',
    en: 'The token’s PIN has expired. Change it with the software that came with the token, then sign again.',
  },
  'token.pin-pad-unavailable': {
    vi: 'Token đòi nhập PIN trên thiết bị nhưng trình điều khiển không mở bàn phím của thiết bị. Cập nhật phần mềm đi kèm token; nếu vẫn lỗi, dùng token nhập PIN trên máy tính.',
    en: 'The token wants its PIN entered on the device, but the driver did not turn to the device’s keys. Update the software that came with the token; if it persists, use a token whose PIN is entered on the computer.',
  },
  'token.pin-cancelled': {
    vi: 'Việc nhập PIN trên thiết bị đã bị hủy hoặc quá giờ. Văn bản chưa thay đổi. Ký lại khi sẵn sàng.',
    en: 'Entering the PIN on the device was cancelled or took too long. The document has not changed. Sign again when ready.',
  },
  'token.certificate-missing': {
    vi: 'Chứng thư số đã chọn không có trong token đang cắm. Kiểm tra đúng token rồi chọn lại chứng thư.',
    en: 'The chosen certificate is not in the token that is plugged in. Check that it is the right token and choose again.',
  },
  'token.certificate-expired': {
    vi: 'Chứng thư số của {name} đã hết hạn ngày {day}. Không thể ký; đề nghị gia hạn hoặc cấp mới chứng thư.',
    en: 'The certificate of {name} expired on {day}. Signing is not possible; ask for renewal or a new certificate.',
  },
  'token.certificate-not-yet-valid': {
    vi: 'Chứng thư số của {name} chỉ có hiệu lực từ ngày {day}. Kiểm tra ngày giờ của máy; nếu đúng, hãy chờ tới ngày đó.',
    en: 'The certificate of {name} is valid only from {day}. Check the computer’s clock; if it is right, wait until that day.',
  },
  'token.certificate-cannot-sign': {
    vi: 'Chứng thư số của {name} không được cấp để ký văn bản. Chọn chứng thư ký khác.',
    en: 'The certificate of {name} was not issued for signing documents. Choose a signing certificate.',
  },
  'token.key-missing': {
    vi: 'Token có chứng thư nhưng không có khóa riêng của chứng thư đó nên không ký được. Chọn chứng thư khác hoặc liên hệ đơn vị cấp token.',
    en: 'The token holds the certificate but not its private key, so it cannot sign. Choose another certificate or contact the token’s issuer.',
  },
  'token.cannot-sign': {
    vi: 'Token không có thuật toán ký mà chương trình dùng (RSA hoặc ECDSA với SHA-256). Liên hệ đơn vị cấp token để đổi loại mới hơn.',
    en: 'The token offers none of the signature algorithms in use (RSA or ECDSA with SHA-256). Ask the token’s issuer for a newer one.',
  },
  'token.session-ended': {
    vi: 'Phiên ký đã kết thúc (khoá màn hình, để quá lâu hoặc token bị rút). Văn bản này chưa thay đổi. Nhập PIN để ký lại.',
    en: 'The signing session has ended (the screen was locked, it was idle too long, or the token was removed). This document has not changed. Enter the PIN to sign again.',
  },
  'token.in-use': {
    vi: 'Token đang được dùng cho một lần ký khác trong chương trình. Chờ lần ký đó xong rồi thử lại.',
    en: 'The token is in use by another signing in this program. Wait until it ends and try again.',
  },
  'token.no-reader': {
    vi: 'Trình điều khiển chạy được nhưng máy chưa nhận đầu đọc hay token USB nào. Cắm token vào cổng khác của chính máy tính (không qua bộ chia); nếu vẫn không thấy, kiểm tra dịch vụ Smart Card của Windows đang chạy và cài lại phần mềm token.',
    en: 'The driver works but the computer sees no reader or USB token. Plug the token into another port of the computer itself (not a hub); if it still is not seen, check that the Windows service Smart Card is running and reinstall the token software.',
  },
  'token.no-slot': {
    vi: 'Trình điều khiển chạy được nhưng không thấy token nào đang cắm. Cắm token, chờ đèn sáng rồi thử lại; nếu token đang cắm, có thể token này cần trình điều khiển của hãng khác.',
    en: 'The driver works but sees no token plugged in. Plug the token in, wait for its light and try again; if it is plugged in, it may need the driver of another maker.',
  },
  'token.not-initialised': {
    vi: 'Token đang cắm chưa được khởi tạo nên chưa dùng được. Liên hệ đơn vị cấp token.',
    en: 'The token plugged in has not been initialised and cannot be used yet. Contact the token’s issuer.',
  },
  'token.no-certificate': {
    vi: 'Token đang cắm không cho đọc chứng thư ký nào trước khi nhập PIN. Bấm Đọc chứng thư ở mục Token đang thấy và nhập PIN một lần; nếu vẫn không có, liên hệ đơn vị cấp token.',
    en: 'The token plugged in shows no signing certificate before its PIN is entered. Press Read certificates under Tokens seen and enter the PIN once; if there still is none, contact the token’s issuer.',
  },
  'token.hangs-before-login': {
    vi: 'Trình điều khiển {module} không trả lời sau {seconds} giây khi được hỏi chứng thư trước lúc nhập PIN, nên đã bị dừng và sẽ không bị hỏi như vậy nữa. Bấm Đọc chứng thư ở mục Token đang thấy và nhập PIN một lần, rồi ký như thường.',
    en: 'The driver {module} did not answer within {seconds} seconds when asked for certificates before the PIN; it was stopped and is not asked that way again. Press Read certificates under Tokens seen and enter the PIN once, then sign as usual.',
  },
  'token.empty': {
    vi: 'Đã mở được token “{label}” nhưng trong token không có chứng thư ký nào. Kiểm tra lại bằng phần mềm đi kèm token; nếu trống, liên hệ đơn vị cấp token.',
    en: 'The token “{label}” was opened but holds no signing certificate. Look with the software that came with it; if it is empty, contact the token’s issuer.',
  },
  'token.certificates-changed': {
    vi: 'Chứng thư trong token không còn là chứng thư đã đọc lần trước. Văn bản chưa thay đổi. Bấm Đọc chứng thư ở mục Thiết đặt → Token ký số, rồi ký lại.',
    en: 'The token no longer holds the certificate that was read last time. The document has not changed. Press Read certificates under Settings → Signing tokens, then sign again.',
  },
  'token.issuer-unknown': {
    vi: 'Chưa nối được chứng thư của {name} (do {issuer} cấp) tới tổ chức được tin cậy nào, nên chữ ký bằng chứng thư này có thể là “chưa kết luận”. Nhập chứng thư của tổ chức cấp ở Thiết đặt → Chứng thư tin cậy.',
    en: 'The certificate of {name} (issued by {issuer}) leads to no trusted authority, so signatures made with it may be “not concluded”. Import the issuer’s certificate under Settings → Trusted authorities.',
  },
  'token.holder-unknown': {
    vi: 'Chứng thư cấp cho {name}, không trùng tên cơ quan hay người dùng nào nên không ký được ở đây. Cắm đúng token, hoặc sửa họ tên, tên cơ quan trong Thiết đặt cho đúng với chứng thư.',
    en: 'The certificate was issued to {name}, which is neither this office nor any of its people, so it cannot sign here. Plug in the right token, or correct the name in Settings to what the certificate says.',
  },
  'token.expires-soon': {
    vi: 'Chứng thư của {name} hết hạn ngày {day} (còn {days} ngày). Làm thủ tục gia hạn ngay (Mẫu 04, Nghị định 68/2024/NĐ-CP) để không gián đoạn việc ký.',
    en: 'The certificate of {name} expires on {day} (in {days} days). Ask for its renewal now (Form 04, Decree 68/2024/NĐ-CP) so that signing is not interrupted.',
  },
  'token.pkcs12-missing': {
    vi: 'Không thấy tệp chứng thư {file}. Chọn lại tệp trong Thiết đặt.',
    en: 'The certificate file {file} was not found. Choose it again in Settings.',
  },
  'token.pkcs12-unreadable': {
    vi: 'Tệp {file} không phải tệp PKCS#12 đọc được (hỏng hoặc sai định dạng). Xuất lại tệp .p12 hoặc .pfx từ nguồn.',
    en: 'The file {file} is not a readable PKCS#12 file (damaged or another format). Export the .p12 or .pfx file again.',
  },
  'token.pkcs12-unsupported': {
    vi: 'Tệp {file} dùng cách mã hóa mà chương trình không đọc ({algorithm}). Xuất lại với AES-256.',
    en: 'The file {file} uses an encryption this program does not read ({algorithm}). Export it again with AES-256.',
  },
} as const satisfies ErrorTexts;
