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
  'signature.service-url': {
    vi: 'Địa chỉ dịch vụ {url} không hợp lệ. Hãy dùng địa chỉ bắt đầu bằng http:// hoặc https://.',
    en: 'The service address {url} cannot be used. Use an address that begins with http:// or https://.',
  },
  'signature.service-private': {
    vi: 'Chứng thư số dẫn tới máy {host} trong mạng nội bộ nên chương trình không kết nối. Nếu đây là dịch vụ của cơ quan, hãy nhờ quản trị viên thêm vào danh sách máy tin cậy.',
    en: 'A certificate points to {host} inside a private network, so no connection was made. If it is a service of your agency, ask the administrator to add it to the trusted hosts.',
  },
  'signature.service-unreachable': {
    vi: 'Không kết nối được với dịch vụ {host}. Hãy kiểm tra mạng; chương trình sẽ thử lại sau.',
    en: 'The service {host} cannot be reached. Check the network; the program will try again later.',
  },
  'signature.service-timeout': {
    vi: 'Dịch vụ {host} không trả lời trong {seconds} giây. Chương trình sẽ thử lại sau.',
    en: 'The service {host} did not answer within {seconds} seconds. The program will try again later.',
  },
  'signature.service-refused': {
    vi: 'Dịch vụ {host} từ chối yêu cầu (mã {status}). Hãy kiểm tra địa chỉ dịch vụ, hoặc thử lại sau.',
    en: 'The service {host} refused the request (status {status}). Check its address, or try again later.',
  },
  'signature.service-too-large': {
    vi: 'Dịch vụ {host} trả lời dài quá {kilobytes} KB nên bị bỏ qua. Hãy báo cho đơn vị cung cấp dịch vụ.',
    en: 'The service {host} answered with more than {kilobytes} KB, which was discarded. Tell its provider.',
  },
  'signature.service-redirects': {
    vi: 'Dịch vụ {host} chuyển hướng quá nhiều lần. Hãy kiểm tra địa chỉ dịch vụ.',
    en: 'The service {host} redirects too many times. Check its address.',
  },
  'signature.service-stopped': {
    vi: 'Đã dừng kết nối với dịch vụ {host} theo yêu cầu. Có thể làm lại bất cứ lúc nào.',
    en: 'The connection to the service {host} was stopped on request. It can be made again at any time.',
  },
  'signature.tsa-missing': {
    vi: 'Chưa khai báo dịch vụ dấu thời gian nên không gắn được dấu thời gian. Hãy khai báo trong mục Thiết đặt.',
    en: 'No timestamp service is set up, so no timestamp can be added. Enter one in the settings.',
  },
  'signature.tsa-rejected': {
    vi: 'Dịch vụ dấu thời gian {host} từ chối cấp dấu ({detail}). Hãy thử lại sau hoặc chọn dịch vụ khác.',
    en: 'The timestamp service {host} refused to issue a timestamp ({detail}). Try again later or choose another service.',
  },
  'signature.tsa-wrong-answer': {
    vi: 'Dịch vụ {host} trả về dấu thời gian không dùng được ({detail}) nên bị bỏ qua. Hãy báo cho đơn vị cung cấp hoặc chọn dịch vụ khác.',
    en: 'The service {host} returned a timestamp that cannot be used ({detail}), so it was discarded. Tell its provider or choose another service.',
  },
  'signature.tsa-untrusted': {
    vi: 'Chứng thư số của dịch vụ dấu thời gian {name} không dẫn tới nguồn tin cậy nào ({detail}). Hãy nạp chứng thư gốc, hoặc chọn dịch vụ khác.',
    en: 'The certificate of the timestamp service {name} leads to no trusted source ({detail}). Import its root certificate, or choose another service.',
  },
  'signature.timestamp-failed': {
    vi: 'Đã ký, nhưng việc gắn dấu thời gian gặp lỗi ngoài dự kiến. Chương trình sẽ gắn dấu thời gian sau.',
    en: 'Signed, but adding the timestamp failed unexpectedly. The program will add a timestamp later.',
  },
  'signature.ocsp-unusable': {
    vi: 'Dịch vụ kiểm tra chứng thư (OCSP) {host} trả lời không dùng được ({detail}). Chương trình sẽ dùng nguồn khác hoặc thử lại sau.',
    en: 'The certificate status service (OCSP) {host} gave an answer that cannot be used ({detail}). The program will use another source or try again later.',
  },
  'signature.crl-unusable': {
    vi: 'Danh sách chứng thư bị thu hồi (CRL) từ {host} không dùng được ({detail}). Chương trình sẽ dùng nguồn khác hoặc thử lại sau.',
    en: 'The revocation list (CRL) from {host} cannot be used ({detail}). The program will use another source or try again later.',
  },
  'signature.issuer-missing': {
    vi: 'Không tìm được chứng thư số của nơi đã cấp chứng thư cho {name}. Hãy nạp chứng thư đó, hoặc kiểm tra mạng rồi thử lại.',
    en: 'The certificate of the authority that issued the certificate of {name} was not found. Import it, or check the network and try again.',
  },
  'signature.revocation-missing': {
    vi: 'Chưa lấy được bằng chứng về tình trạng thu hồi chứng thư số của {name}. Tệp chưa thay đổi; chương trình sẽ thử lại sau.',
    en: 'No proof of the revocation status of the certificate of {name} could be fetched. The file has not changed; the program will try again later.',
  },
  'signature.revoked': {
    vi: 'Chứng thư số của {name} đã bị thu hồi ngày {date}, trước thời điểm ký chứng minh được. Đừng gửi văn bản; hãy báo thủ trưởng cơ quan.',
    en: 'The certificate of {name} was revoked on {date}, before the time of signing that can be proven. Do not send the document; tell the head of the agency.',
  },
  'signature.not-signed': {
    vi: 'Tệp chưa có chữ ký số nào để bổ sung dữ liệu. Hãy ký trước.',
    en: 'The file has no digital signature to which data could be added. Sign it first.',
  },
  'signature.not-intact': {
    vi: 'Chữ ký {field} không còn nguyên vẹn nên không được bổ sung dữ liệu. Hãy xem kết quả kiểm tra chữ ký.',
    en: 'The signature {field} is not intact, so nothing was added to it. See the verification result.',
  },
} as const satisfies ErrorTexts;
