import type { ErrorTexts } from './error.ts';

export const pdfErrors = {
  'pdf.not-a-pdf': {
    vi: 'Tệp này không phải là PDF. Hãy chọn tệp PDF, hoặc chuyển văn bản sang PDF trước.',
    en: 'This file is not a PDF. Choose a PDF file, or convert the document to PDF first.',
  },
  'pdf.truncated': {
    vi: 'Tệp PDF bị cắt cụt: phần cuối không còn. Hãy lấy lại tệp từ nơi gửi rồi thử lại.',
    en: 'The PDF file is cut short: its end is missing. Get the file again from its sender and retry.',
  },
  'pdf.damaged': {
    vi: 'Cấu trúc tệp PDF bị hỏng (dấu hiệu: {mark}). Tệp không bị thay đổi; hãy xuất lại PDF từ văn bản gốc.',
    en: 'The structure of the PDF file is damaged (sign: {mark}). The file was not changed; export the PDF again from its source.',
  },
  'pdf.damaged-signed': {
    vi: 'Tệp PDF bị hỏng cấu trúc và có chữ ký số bên trong, nên không được sửa thành bản khác. Hãy xin lại tệp nguyên vẹn từ nơi gửi.',
    en: 'The structure of the PDF file is damaged and there is a signature in it, so no repaired copy is made. Ask the sender for an intact file.',
  },
  'pdf.damaged-encrypted': {
    vi: 'Tệp PDF bị hỏng cấu trúc và được mã hóa, nên không sửa được. Hãy xin bản không mã hóa từ nơi gửi.',
    en: 'The structure of the PDF file is damaged and the file is encrypted, so it cannot be repaired. Ask the sender for a copy without encryption.',
  },
  'pdf.repaired': {
    vi: 'Đây là bản chép lại từ một tệp hỏng cấu trúc; tệp gốc ({original}) vẫn được lưu cùng nhật ký.',
    en: 'This is a copy written anew from a file of damaged structure; the original ({original}) is kept with the journal.',
  },
  'pdf.too-complex': {
    vi: 'Tệp PDF vượt quá giới hạn an toàn ({limit}) nên không được mở. Hãy xuất lại PDF từ văn bản gốc.',
    en: 'The PDF file exceeds a safety limit ({limit}) and was not opened. Export the PDF again from its source.',
  },
  'pdf.password-needed': {
    vi: 'Tệp PDF được bảo vệ bằng mật khẩu. Hãy nhập mật khẩu để mở.',
    en: 'The PDF file is protected by a password. Enter the password to open it.',
  },
  'pdf.password-wrong': {
    vi: 'Mật khẩu của tệp PDF không đúng. Hãy kiểm tra và nhập lại.',
    en: 'The password of the PDF file is wrong. Check it and enter it again.',
  },
  'pdf.unsupported-encryption': {
    vi: 'Tệp PDF được mã hóa theo cách chương trình không hỗ trợ ({what}). Hãy xin bản không mã hóa hoặc mã hóa bằng mật khẩu.',
    en: 'The PDF file is encrypted in a way this program does not support ({what}). Ask for a copy without encryption or with a password.',
  },
  'pdf.no-such-page': {
    vi: 'Tệp PDF không có trang {page}; tệp có {count} trang. Hãy chọn trang khác.',
    en: 'The PDF file has no page {page}; it has {count} pages. Choose another page.',
  },
  'pdf.image-opaque': {
    vi: 'Phần lớn ảnh không trong suốt nên khi đóng lên văn bản sẽ che mất chữ bên dưới. Hãy bỏ nền trắng của ảnh, cả bên trong vòng dấu, hoặc chọn ảnh PNG nền trong suốt.',
    en: 'Most of the image is not transparent, so on a document it would hide the words under it. Remove its white background, also inside the ring, or choose a PNG with a transparent one.',
  },
  'pdf.bad-image': {
    vi: 'Hình ảnh chữ ký hoặc con dấu không phải là PNG đọc được. Hãy chọn tệp PNG khác.',
    en: 'The image of the signature or seal is not a readable PNG. Choose another PNG file.',
  },
  'pdf.permission-denied': {
    vi: 'Tệp PDF mã hóa không cho phép ký hoặc điền với mật khẩu người dùng. Hãy nhập mật khẩu của chủ tệp.',
    en: 'The encrypted PDF file does not allow signing or filling in with its user password. Enter the owner password.',
  },
  'pdf.certified-no-changes': {
    vi: 'Chữ ký của {by} đã chứng thực tệp PDF "không cho phép thay đổi", nên không thể ký hoặc điền thêm. Hãy xin bản chưa chứng thực.',
    en: 'The signature of {by} certifies the PDF file "no changes allowed", so nothing can be signed or filled in. Ask for a copy that is not certified.',
  },
  'pdf.certified-no-new-field': {
    vi: 'Chữ ký của {by} đã chứng thực tệp PDF: chỉ được ký vào ô ký có sẵn, không được thêm ô ký mới. Hãy chọn một ô ký còn trống, hoặc xin bản chưa chứng thực.',
    en: 'The signature of {by} certifies the PDF file: only signature fields already in it may be signed, new ones may not be added. Choose an empty signature field, or ask for a copy that is not certified.',
  },
  'pdf.field-locked': {
    vi: 'Chữ ký của {by} đã khóa trường "{field}", nên không thể ký hoặc điền. Hãy xin bản không khóa trường này.',
    en: 'The signature of {by} locks the field "{field}", so it cannot be signed or filled in. Ask for a copy in which it is not locked.',
  },
  'pdf.no-such-field': {
    vi: 'Tệp PDF không có trường "{field}" đúng loại. Hãy kiểm tra tên trường.',
    en: 'The PDF file has no field "{field}" of the right type. Check the name of the field.',
  },
  'pdf.field-signed': {
    vi: 'Ô ký "{field}" đã có chữ ký. Hãy chọn ô ký còn trống.',
    en: 'The signature field "{field}" is already signed. Choose an empty signature field.',
  },
  'pdf.field-cannot-move': {
    vi: 'Ô ký "{field}" không thể dời chỗ vì tệp PDF đã có chữ ký. Hãy ký tại chỗ có sẵn.',
    en: 'The signature field "{field}" cannot be moved because the PDF file is already signed. Sign it where it is.',
  },
  'pdf.field-exists': {
    vi: 'Tệp PDF đã có trường tên "{field}". Hãy dùng trường đó hoặc chọn tên khác.',
    en: 'The PDF file already has a field named "{field}". Use that field or choose another name.',
  },
  'pdf.seed-value': {
    vi: 'Ô ký "{field}" đòi hỏi kiểu chữ ký mà chương trình không tạo ({what}). Hãy dùng ô ký khác.',
    en: 'The signature field "{field}" demands a kind of signature this program does not make ({what}). Use another signature field.',
  },
  'pdf.seed-reason': {
    vi: 'Ô ký "{field}" chỉ nhận một trong các lý do ký sau: {reasons}. Hãy chọn một lý do rồi ký lại.',
    en: 'The signature field "{field}" accepts only one of these reasons: {reasons}. Choose one and sign again.',
  },
  'pdf.seed-timestamp': {
    vi: 'Ô ký "{field}" đòi chữ ký phải có dấu thời gian. Hãy ký khi có mạng với mức chữ ký kèm dấu thời gian.',
    en: 'The signature field "{field}" demands a timestamp in the signature. Sign online at a level with a timestamp.',
  },
  'pdf.seed-certificate': {
    vi: 'Ô ký "{field}" chỉ nhận một số chứng thư số nhất định ({what}). Hãy dùng chứng thư số khác hoặc ô ký khác.',
    en: 'The signature field "{field}" accepts only certain certificates ({what}). Use another certificate or another field.',
  },
  'pdf.already-signed': {
    vi: 'Tệp PDF đã có chữ ký, nên không thể thêm ô số, ngày và ô ký. Hãy chuẩn bị các ô này trước chữ ký đầu tiên.',
    en: 'The PDF file is already signed, so fields for number, date and signatures cannot be added. Prepare them before the first signature.',
  },
  'pdf.certify-not-first': {
    vi: 'Chỉ chữ ký đầu tiên mới được chứng thực tệp PDF, mà tệp này đã có chữ ký. Hãy ký thường.',
    en: 'Only the first signature can certify a PDF file, and this one is already signed. Sign without certifying.',
  },
  'pdf.dynamic-form': {
    vi: 'Tệp PDF dùng biểu mẫu động XFA nên không ký được. Hãy in lại thành PDF thường.',
    en: 'The PDF file uses a dynamic XFA form and cannot be signed. Print it to an ordinary PDF first.',
  },
  'pdf.comment-empty': {
    vi: 'Ý kiến chưa có nội dung. Hãy nhập ý kiến rồi ký.',
    en: 'The opinion has no text. Write it, then sign.',
  },
  'pdf.comment-too-long': {
    vi: 'Ý kiến dài quá {most} dòng nên không đặt vừa trên trang. Hãy rút gọn ý kiến.',
    en: 'The opinion is longer than {most} lines and does not fit on the page. Shorten it.',
  },
  'pdf.signature-too-big': {
    vi: 'Chữ ký dài {needed} byte, lớn hơn chỗ đã dành ({reserved} byte). Hãy ký lại với chỗ dành lớn hơn.',
    en: 'The signature is {needed} bytes long, more than the {reserved} bytes reserved for it. Sign again with more room.',
  },
} as const satisfies ErrorTexts;
