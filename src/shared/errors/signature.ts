import type { ErrorTexts } from './error.ts';

export const signatureErrors = {
  'signature.certificate-unreadable': {
    vi: 'Không đọc được chứng thư số trên thiết bị. Hãy kiểm tra thiết bị bằng phần mềm của nhà cung cấp.',
    en: "The certificate on the device cannot be read. Check the device with its supplier's software.",
  },
  'signature.certificate-expired': {
    vi: 'Chứng thư số của {name} đã hết hạn ngày {date} nên không được dùng để ký. Hãy làm thủ tục gia hạn (Mẫu 04).',
    en: 'The certificate of {name} expired on {date} and must not be used for signing. Apply for renewal (form 04).',
  },
  'signature.certificate-not-yet-valid': {
    vi: 'Chứng thư số của {name} chỉ có hiệu lực từ ngày {date}. Hãy kiểm tra ngày giờ của máy, hoặc đợi đến ngày đó.',
    en: 'The certificate of {name} is valid only from {date}. Check the clock of this computer, or wait until then.',
  },
  'signature.certificate-usage': {
    vi: 'Chứng thư số của {name} không được cấp để ký tài liệu. Hãy chọn chứng thư số khác.',
    en: 'The certificate of {name} was not issued for signing documents. Choose another certificate.',
  },
  'signature.key-unsupported': {
    vi: 'Chương trình không ký được bằng khóa loại {algorithm}. Hãy dùng chứng thư số có khóa RSA hoặc ECDSA.',
    en: 'The program cannot sign with a key of type {algorithm}. Use a certificate with an RSA or ECDSA key.',
  },
  'signature.key-too-short': {
    vi: 'Khóa của chứng thư số chỉ dài {bits} bit, không đạt chuẩn để ký. Hãy đề nghị cấp chứng thư số mới.',
    en: 'The key of the certificate has only {bits} bits, too few for signing. Ask for a new certificate.',
  },
  'signature.self-check-failed': {
    vi: 'Chữ ký mà thiết bị trả về không khớp với chứng thư số của {name}; chưa ghi gì vào tệp. Hãy rút thiết bị, cắm lại rồi ký lại.',
    en: 'The signature the device returned does not fit the certificate of {name}; nothing was written. Take the device out, put it back and sign again.',
  },
  'signature.output-is-input': {
    vi: 'Tệp đã ký phải được lưu với tên khác: tệp gốc không bao giờ bị ghi đè. Hãy chọn tên tệp khác.',
    en: 'The signed file needs another name: the original is never overwritten. Choose another file name.',
  },
  'signature.input-changed': {
    vi: 'Tệp đã bị chương trình khác sửa trong lúc ký; chưa ghi gì. Hãy đóng chương trình đó rồi ký lại.',
    en: 'Another program changed the file while it was being signed; nothing was written. Close that program and sign again.',
  },
  'signature.place-not-found': {
    vi: 'Không tìm thấy chức vụ và họ tên người ký trong văn bản. Hãy tự đặt vị trí chữ ký.',
    en: 'The title and name of the signer were not found in the document. Place the signature by hand.',
  },
  'signature.trust-unreadable': {
    vi: 'Tệp {file} không chứa chứng thư số nào đọc được. Hãy chọn tệp .cer, .crt, .pem hoặc .p7b.',
    en: 'The file {file} contains no readable certificate. Choose a .cer, .crt, .pem or .p7b file.',
  },
  'signature.crl-unreadable': {
    vi: 'Tệp {file} không phải là danh sách chứng thư bị thu hồi (CRL) đọc được. Hãy tải lại tệp.',
    en: 'The file {file} is not a readable certificate revocation list (CRL). Download it again.',
  },
} as const satisfies ErrorTexts;
