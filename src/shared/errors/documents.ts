import type { ErrorTexts } from './error.ts';

export const documentsErrors = {
  'documents.nobody-sits': {
    vi: 'Chưa chọn người ngồi ở bàn. Chọn tên mình ở góc trên bên phải rồi làm lại.',
    en: 'Nobody has been chosen as sitting at the desk. Choose your name at the top right and try again.',
  },
  'documents.not-allowed': {
    vi: '{name} không được phân quyền làm việc này. Việc từ chối đã ghi vào nhật ký; hãy chuyển cho người có thẩm quyền.',
    en: '{name} is not authorised to do this. The refusal has been recorded; hand it to somebody who is.',
  },
  'documents.no-such-person': {
    vi: 'Không có người này trong danh sách đang làm việc. Tải lại danh sách rồi chọn lại.',
    en: 'This person is not on the list of those at work. Reload the list and choose again.',
  },
  'documents.last-manager': {
    vi: 'Cần giữ ít nhất một người đang làm việc được thay đổi thiết đặt. Hãy thêm người khác trước.',
    en: 'At least one person at work must be able to change the settings. Add another one first.',
  },
  'documents.not-found': {
    vi: 'Không tìm thấy văn bản này. Tải lại danh sách rồi mở lại.',
    en: 'This document was not found. Reload the list and open it again.',
  },
  'documents.wrong-state': {
    vi: 'Văn bản không còn ở bước này, có thể người khác vừa xử lý. Tải lại văn bản để xem việc tiếp theo.',
    en: 'The document is no longer at this step; somebody else may have just dealt with it. Reload it to see what comes next.',
  },
  'documents.duplicate': {
    vi: 'Văn bản này giống văn bản đã vào sổ với số đến {number}. Nếu đúng là văn bản khác, hãy xác nhận rồi vào sổ lại.',
    en: 'This document looks like the one already registered under arrival number {number}. If it is a different one, confirm and register again.',
  },
  'documents.possible-update': {
    vi: 'Nơi gửi đã gửi trước đó một văn bản cùng mã ({code}) với nội dung khác. Có thể đây là bản cập nhật; hãy hỏi nơi gửi trước khi vào sổ.',
    en: 'The sender sent an earlier document under the same identifier ({code}) with other content. This may be an update; ask the sender before registering.',
  },
  'documents.clock-behind': {
    vi: 'Ngày của máy tính sớm hơn ngày {date} của số liền trước nên chưa thể cấp số. Hãy chỉnh lại đồng hồ máy tính.',
    en: 'The date of this computer is earlier than {date}, the date of the previous number, so no number can be given. Correct the clock.',
  },
  'documents.reply-missing': {
    vi: 'Văn bản trả lời được chọn chưa được cấp số hoặc không còn. Chọn văn bản đi đã cấp số, hoặc ghi kết quả không kèm văn bản.',
    en: 'The chosen reply has no number yet or is gone. Choose a numbered outgoing document, or give the result without one.',
  },
  'documents.secret': {
    vi: 'Văn bản có dấu hiệu bí mật nhà nước ({mark}). Không được soạn, nhận hay gửi trên hệ thống này; hãy đăng ký vào sổ văn bản mật bằng giấy.',
    en: 'The document bears a mark of state secrecy ({mark}). It must not be drafted, received or sent here; register it in the paper book for secret documents.',
  },
  'documents.kind-unknown': {
    vi: 'Không có loại văn bản này trong 29 loại của Nghị định 30/2020. Chọn lại loại văn bản.',
    en: 'This is none of the 29 kinds of document of Decree 30/2020. Choose the kind again.',
  },
  'documents.signer-not-authorised': {
    vi: '{name} không có chức vụ ký văn bản. Chọn người ký là thủ trưởng và ghi đủ chức vụ trong Thiết đặt.',
    en: '{name} holds no title to sign documents. Choose the head as signer and enter the title in Settings.',
  },
  'documents.not-pdf': {
    vi: 'Tệp {name} không phải PDF. Xuất văn bản ra PDF rồi chọn lại.',
    en: 'File {name} is not a PDF. Export the document as PDF and choose it again.',
  },
  'documents.main-missing': {
    vi: 'Chưa có tệp PDF của văn bản. Thêm tệp PDF rồi trình lại.',
    en: 'The PDF of the document is missing. Add it and submit again.',
  },
  'documents.source-missing': {
    vi: 'Chưa có tệp nguồn (DOCX) của văn bản. Thêm tệp nguồn rồi trình lại.',
    en: 'The source file (DOCX) of the document is missing. Add it and submit again.',
  },
  'documents.check-blocked': {
    vi: 'Còn {count} mục kiểm tra thể thức không đạt. Trả lại người soạn để sửa các mục ghi đỏ.',
    en: '{count} rows of the format check do not pass. Return the document to its drafter to correct the red rows.',
  },
  'documents.office-missing': {
    vi: 'Chưa khai báo tên, mã định danh và chữ viết tắt của cơ quan. Vào Thiết đặt, mục Cơ quan, rồi làm lại.',
    en: 'The name, code and abbreviation of the office are not set. Enter them in Settings, Office, and try again.',
  },
  'documents.not-signed': {
    vi: 'Văn bản chưa có chữ ký của người có thẩm quyền nên chưa được cấp số hay đóng dấu.',
    en: 'The document does not bear the signature of the authorised person yet, so it cannot be numbered or sealed.',
  },
  'documents.signature-invalid': {
    vi: 'Chữ ký của người có thẩm quyền trên văn bản không còn hợp lệ. Không cấp số, không đóng dấu; hãy kiểm tra tệp và ký lại.',
    en: 'The signature of the authorised person on the document is no longer valid. It is neither numbered nor sealed; check the file and sign again.',
  },
  'documents.draft-signature-invalid': {
    vi: 'Tệp đã có chữ ký số của {name} nhưng chữ ký không hợp lệ, hoặc tệp bị sửa sau khi ký. Hãy lấy lại tệp nguyên vẹn, hoặc dùng bản chưa ký.',
    en: 'The file bears a signature of {name} that is not valid, or it was changed after signing. Get the intact file again, or use the unsigned one.',
  },
  'documents.draft-sealed': {
    vi: 'Tệp đã có chữ ký số của cơ quan {name} nên không còn là bản thảo. Hãy dùng bản chưa đóng dấu.',
    en: 'The file already bears the signature of the agency {name} and is no draft any more. Use the file without the seal.',
  },
  'documents.draft-signed-by-other': {
    vi: 'Tệp đã có chữ ký số của {found}, không phải của người ký {expected}. Hãy chọn đúng người ký, hoặc dùng bản chưa ký.',
    en: 'The file bears the signature of {found}, not of the signer {expected}. Choose the right signer, or use the unsigned file.',
  },
  'documents.draft-signer-unknown': {
    vi: 'Tệp đã có chữ ký mang tên {name} nhưng chứng thư không do nơi cấp được tin cậy. Nạp chứng thư gốc trong Thiết đặt nếu biết chắc nơi cấp, hoặc dùng bản chưa ký.',
    en: 'The file bears a signature in the name of {name}, but no trusted authority vouches for the certificate. Import the root in Settings if you are sure of the authority, or use the unsigned file.',
  },
  'documents.draft-locked': {
    vi: 'Tệp {name} phải có mật khẩu mới mở được, nơi nhận sẽ không đọc được. Hãy xuất lại PDF không đặt mật khẩu rồi chọn lại.',
    en: 'File {name} needs a password to open; those who receive it could not read it. Export the PDF again without a password and choose it again.',
  },
  'documents.no-copy': {
    vi: 'Không có bản chép lại nào cho tệp {name}: tệp không hỏng, hoặc không sửa được. Hãy chọn lại tệp.',
    en: 'There is no copy of file {name} to use: it is not damaged, or cannot be repaired. Choose the file again.',
  },
  'documents.place-needed': {
    vi: 'Không tìm thấy chỗ đặt số, ngày hoặc chữ ký trên tệp {name}. Mở riêng văn bản này, kéo các khung vào đúng chỗ rồi ký.',
    en: 'No place was found on {name} for number, date or signature. Open this document by itself, drag the boxes where they belong, then sign.',
  },
  'documents.not-your-certificate': {
    vi: 'Chứng thư số không thuộc về người đang đăng nhập: chứng thư cấp cho {holder}, không phải {expected}. Cắm đúng token của người ký hoặc chọn đúng chứng thư.',
    en: 'The certificate does not belong to whoever sits at the desk: it was issued to {holder}, not to {expected}. Plug in the signer’s own token or choose the right certificate.',
  },
  'documents.not-office-certificate': {
    vi: 'Chứng thư số không thuộc về cơ quan: chứng thư cấp cho {holder}, không phải {expected}. Cắm token con dấu của cơ quan hoặc chọn đúng chứng thư.',
    en: 'The certificate does not belong to the office: it was issued to {holder}, not to {expected}. Plug in the office’s token or choose the right certificate.',
  },
  'documents.personal-certificate': {
    vi: 'Chứng thư số của {name} đã được xác định là chứng thư cá nhân nên không dùng để đóng dấu của cơ quan. Cắm token con dấu của cơ quan; nếu xác định nhầm, sửa ở Thiết đặt → Chứng thư tin cậy.',
    en: 'The certificate of {name} was marked as a personal one, so it cannot seal for the office. Plug in the office’s token; if the mark is wrong, correct it under Settings → Trusted authorities.',
  },
  'documents.agency-certificate': {
    vi: 'Chứng thư số của {name} đã được xác định là chứng thư của cơ quan nên không dùng để ký với tư cách cá nhân. Cắm token của người ký; nếu xác định nhầm, sửa ở Thiết đặt → Chứng thư tin cậy.',
    en: 'The certificate of {name} was marked as an agency’s, so it cannot sign for a person. Plug in the signer’s token; if the mark is wrong, correct it under Settings → Trusted authorities.',
  },
  'documents.already-stamped': {
    vi: 'Văn bản này đã được đóng dấu đến có ký số. Mở tệp có dấu đến trong danh sách tệp kèm để xem.',
    en: 'This document already bears a signed arrival stamp. Open the stamped file in the list of its files.',
  },
  'documents.file-changed': {
    vi: 'Trong lúc ký, tệp vừa được bổ sung chữ ký hoặc bằng chứng khác nên chữ ký này chưa được ghi. Hãy ký lại.',
    en: 'While it was being signed, another signature or proof was added to the file, so this signature was not recorded. Sign again.',
  },
  'documents.received-no-pdf': {
    vi: 'Văn bản đến này không có tệp PDF nên không ký lên được. Số đến, ý kiến vẫn được ghi ở thẻ Thông tin và Xử lý.',
    en: 'This incoming document has no PDF, so nothing can be signed on it. Arrival number and opinion stay recorded in the tabs Details and Handling.',
  },
  'documents.received-certified': {
    vi: 'Chữ ký của {by} đã chứng thực tệp PDF này, không cho thay đổi gì thêm. Bản nhận được giữ nguyên; dấu đến vẫn hiện khi xem và in, ý kiến vẫn được ghi ở thẻ Xử lý.',
    en: 'The signature of {by} certifies this PDF and allows no change at all. The file stays as received; the arrival stamp still shows on screen and in print, the opinion stays recorded in the tab Handling.',
  },
  'documents.received-no-field': {
    vi: 'Chữ ký của {by} đã chứng thực tệp PDF này, chỉ cho ký vào ô ký có sẵn, mà tệp không còn ô ký trống. Bản nhận được giữ nguyên; dấu đến vẫn hiện khi xem và in, ý kiến vẫn được ghi ở thẻ Xử lý.',
    en: 'The signature of {by} certifies this PDF: only signature fields already in it may be signed, and none is empty. The file stays as received; the arrival stamp still shows on screen and in print, the opinion stays recorded in the tab Handling.',
  },
  'documents.received-locked': {
    vi: 'Chữ ký của {by} đã khóa tệp PDF này, không cho thêm chữ ký nào. Bản nhận được giữ nguyên; dấu đến vẫn hiện khi xem và in, ý kiến vẫn được ghi ở thẻ Xử lý.',
    en: 'The signature of {by} locked this PDF against further signatures. The file stays as received; the arrival stamp still shows on screen and in print, the opinion stays recorded in the tab Handling.',
  },
  'documents.received-restricted': {
    vi: 'Tệp PDF của văn bản đến không cho ký thêm với mật khẩu đang dùng. Nếu nơi gửi cho mật khẩu của chủ tệp, hãy nhập; nếu không, bản nhận được giữ nguyên, dấu đến vẫn hiện khi xem và in, ý kiến vẫn được ghi ở thẻ Xử lý.',
    en: 'The PDF of the incoming document does not allow signing with the password in use. Enter the owner password if the sender gives it; else the file stays as received, the arrival stamp still shows on screen and in print, the opinion stays recorded in the tab Handling.',
  },
  'documents.received-encrypted': {
    vi: 'Tệp PDF của văn bản đến được mã hóa theo cách chương trình không hỗ trợ nên không ký thêm được. Bản nhận được giữ nguyên; dấu đến vẫn hiện khi xem và in, ý kiến vẫn được ghi ở thẻ Xử lý.',
    en: 'The PDF of the incoming document is encrypted in a way this program does not support, so nothing can be signed on it. The file stays as received; the arrival stamp still shows on screen and in print, the opinion stays recorded in the tab Handling.',
  },
  'documents.copy-offered': {
    vi: 'Cấu trúc tệp PDF bị hỏng hoặc không rõ ràng nên không ký lên được như hiện có. Tệp chưa có chữ ký số: hãy xem bản chép lại rồi ký lên bản đó; tệp gốc vẫn được giữ nguyên.',
    en: 'The structure of the PDF is damaged or ambiguous, so nothing can be signed on it as it is. There is no signature in it: look at the copy written anew and sign on that one; the original is kept as it is.',
  },
  'documents.received-damaged': {
    vi: 'Cấu trúc tệp PDF của văn bản đến không cho ký thêm mà vẫn giữ nguyên bản nhận được. Dấu đến vẫn hiện khi xem và in, ý kiến vẫn được ghi ở thẻ Xử lý; cần thì xin lại tệp từ nơi gửi.',
    en: 'The structure of the received PDF does not allow signing it without changing what was received. The arrival stamp still shows on screen and in print, the opinion stays recorded in the tab Handling; ask the sender for another file if one is needed.',
  },
  'documents.copy-of-signed': {
    vi: 'Tệp này đã có chữ ký số nên chính nó là bản gốc điện tử, không sao y điện tử được (Nghị định 30/2020, Điều 25). Hãy gửi chính tệp này; muốn trích sao thì lập tệp PDF mới chỉ có phần trích.',
    en: 'This file bears a digital signature and is itself the electronic original; no electronic copy is made of one (Decree 30/2020, Article 25). Send this very file; for an extract, make a new PDF of the part alone.',
  },
  'documents.copy-not-ordered': {
    vi: 'Việc sao văn bản do người đứng đầu cơ quan quyết định (Nghị định 30/2020, Điều 27); {name} không có thẩm quyền này. Chọn lại người cho phép sao.',
    en: 'Copies are decided on by the head of the office (Decree 30/2020, Article 27); {name} has no such authority. Choose who allowed the copy again.',
  },
  'documents.reading-stopped': {
    vi: 'Tệp này không đọc xong được trong giới hạn thời gian và bộ nhớ, có thể tệp hỏng hoặc được làm để phá. Hãy hỏi lại nơi gửi.',
    en: 'This file could not be read within the limits of time and memory; it may be damaged or made to do harm. Ask its sender.',
  },
  'documents.work-stopped': {
    vi: 'Việc trên tệp này dừng giữa chừng vì quá giới hạn thời gian hoặc bộ nhớ. Chưa có gì thay đổi; hãy làm lại, nếu vẫn dừng thì lập lại tệp PDF từ tệp nguồn.',
    en: 'The work on this file stopped midway, beyond the limits of time or memory. Nothing has changed; try again, and if it stops again make the PDF anew from its source file.',
  },
  'documents.clock-back': {
    vi: 'Đồng hồ máy tính ({now}) chậm hơn thời điểm đã ghi nhận trước đó ({last}). Hãy chỉnh đồng hồ, hoặc xác nhận giờ này là đúng rồi làm lại.',
    en: 'The clock of this computer ({now}) is behind a time already recorded ({last}). Correct the clock, or confirm that this time is right and try again.',
  },
  'documents.clock-away': {
    vi: 'Đồng hồ máy tính ({now}) đã cách hơn 24 giờ so với thời điểm tin cậy gần nhất ({last}). Hãy xem lại đồng hồ, xác nhận giờ này là đúng rồi làm lại.',
    en: 'The clock of this computer ({now}) is more than 24 hours away from the last trusted time ({last}). Look at the clock, confirm that the time is right and try again.',
  },
  'documents.clock-differs': {
    vi: 'Đã ký, nhưng đồng hồ máy tính ({now}) lệch quá 5 phút so với dấu thời gian ({stamped}). Dấu thời gian mới là giờ được tính; hãy chỉnh đồng hồ trước khi ký tiếp.',
    en: 'Signed, but the clock of this computer ({now}) differs from the timestamp ({stamped}) by more than 5 minutes. The timestamp counts; correct the clock before you sign again.',
  },
  'documents.signer-revoked': {
    vi: 'Chứng thư số của {name} đã bị thu hồi ngày {date} nên không được dùng để ký. Hãy làm thủ tục cấp chứng thư mới (Mẫu 01).',
    en: 'The certificate of {name} was revoked on {date} and must not be used for signing. Apply for a new one (form 01).',
  },
  'documents.revocation-unchecked': {
    vi: 'Hiện chưa kiểm tra được chứng thư số của {name} có bị thu hồi hay không ({detail}). Có thể ký nếu anh/chị chấp nhận; chương trình sẽ kiểm tra lại khi có mạng.',
    en: 'Whether the certificate of {name} has been revoked cannot be checked now ({detail}). You may sign if you accept this; the program checks again once it is online.',
  },
  'documents.signer-revoked-later': {
    vi: 'Chứng thư số của {name} đã bị thu hồi trước khi có gì chứng minh được thời điểm ký. Chưa gửi văn bản; thủ trưởng quyết định gửi hay hủy.',
    en: 'The certificate of {name} was revoked before anything proves the time of signing. The document is not sent; the head decides whether to send or cancel it.',
  },
  'documents.proof-unchanged': {
    vi: 'Dịch vụ đã trả lời nhưng chưa đủ để bổ sung bằng chứng cho chữ ký. Chương trình sẽ thử lại sau; có thể cần nạp thêm chứng thư gốc.',
    en: 'The services answered, but not enough to add proof to the signature. The program tries again later; a root certificate may have to be imported.',
  },
  'documents.sending-blocked': {
    vi: 'Chứng thư số đã ký văn bản này bị thu hồi trước thời điểm ký nên văn bản chưa được gửi. Thủ trưởng quyết định gửi hay hủy.',
    en: 'A certificate that signed this document was revoked before it signed, so the document is not sent. The head decides whether to send or cancel it.',
  },
  'documents.timestamp-awaited': {
    vi: 'Văn bản đang chờ dấu thời gian rồi mới gửi theo thiết đặt của cơ quan, nhưng dịch vụ chưa cấp được ({detail}). Chương trình tự thử lại; nếu phải gửi ngay, bỏ yêu cầu này trong Thiết đặt, mục Dấu thời gian, thu hồi.',
    en: 'The document waits for its timestamp before it is sent, as the office has decided, but the service has not issued one ({detail}). The program tries again; if it must go now, drop this requirement in Settings, Timestamps, revocation.',
  },
  'documents.image-missing': {
    vi: 'Chưa có hình ảnh {what}. Thêm hình trong Thiết đặt rồi ký lại.',
    en: 'The image of {what} is missing. Add it in Settings and sign again.',
  },
  'documents.file-not-yours': {
    vi: 'Tệp này không thuộc văn bản nào mà {name} được xem.',
    en: 'This file belongs to no document that {name} may see.',
  },
  'documents.axis-missing': {
    vi: 'Chưa khai báo kết nối trục liên thông. Vào Thiết đặt, mục Trục liên thông, nhập địa chỉ, mã hệ thống và khóa bí mật.',
    en: 'The connection to the exchange axis is not set. Enter address, system id and secret in Settings, Axis.',
  },
} as const satisfies ErrorTexts;
