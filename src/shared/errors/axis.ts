import type { ErrorTexts } from './error.ts';

/** Messages that may not leave: the writer refuses them before any number of receivers can be confused by them. */
const writing = {
  'axis.secret-document': {
    vi: 'Văn bản có độ mật {secrecy} không được gửi qua trục liên thông. Hãy gửi bản giấy theo quy định bảo vệ bí mật nhà nước.',
    en: 'A document classified {secrecy} must not travel over the axis. Send it on paper under the rules for state secrets.',
  },
  'axis.field-missing': {
    vi: 'Chưa có {field} nên chưa gửi được qua trục. Hãy bổ sung rồi gửi lại.',
    en: 'The message cannot be sent without {field}. Fill it in and send again.',
  },
  'axis.field-too-long': {
    vi: 'Mục {field} dài quá {max} ký tự mà trục cho phép. Hãy rút gọn rồi gửi lại.',
    en: '{field} is longer than the {max} characters the axis allows. Shorten it and send again.',
  },
  'axis.field-invalid': {
    vi: 'Mục {field} có giá trị không hợp lệ cho trục liên thông. Hãy sửa rồi gửi lại.',
    en: '{field} has a value the axis does not allow. Correct it and send again.',
  },
  'axis.agency-code-invalid': {
    vi: 'Mã định danh cơ quan “{organId}” không đúng dạng. Kiểm tra lại mã của nơi gửi hoặc nơi nhận.',
    en: 'The agency code “{organId}” is malformed. Check the code of the sender or recipient.',
  },
  'axis.recipient-repeated': {
    vi: 'Nơi nhận {organId} có trong danh sách hai lần. Hãy bỏ bớt một dòng.',
    en: 'Recipient {organId} is listed twice. Remove one of the two.',
  },
  'axis.date-in-future': {
    vi: 'Ngày ban hành {date} còn ở tương lai nên trục sẽ từ chối. Kiểm tra ngày văn bản và đồng hồ máy tính.',
    en: 'The issue date {date} lies in the future, which the axis refuses. Check the date and the computer clock.',
  },
  'axis.reason-missing': {
    vi: 'Việc “{action}” phải có lý do. Hãy ghi lý do rồi gửi lại.',
    en: '“{action}” needs a reason. Write one and send again.',
  },
  'axis.attachment-none': {
    vi: 'Văn bản gửi qua trục phải có ít nhất một tệp đính kèm. Hãy đính kèm bản đã ký số.',
    en: 'A document sent over the axis needs at least one attachment. Attach the signed file.',
  },
  'axis.message-too-large': {
    vi: 'Văn bản lớn {sizeMb} MB, vượt giới hạn {maxMb} MB của trục. Hãy giảm dung lượng tệp đính kèm.',
    en: 'The message is {sizeMb} MB, over the limit of {maxMb} MB. Reduce the attachments.',
  },
} as const satisfies ErrorTexts;

/** Received bytes that cannot be read as a message at all: kept whole in quarantine. */
const unreadable = {
  'axis.not-edxml': {
    vi: 'Văn bản nhận được không đúng định dạng liên thông (không thấy phần {part}). Bản gốc được giữ lại nguyên vẹn; hãy báo nơi gửi.',
    en: 'What was received is no document of the exchange (no {part}). The original is kept unchanged; tell the sender.',
  },
  'axis.xml-broken': {
    vi: 'Văn bản nhận được hỏng cấu trúc ở byte thứ {offset}. Bản gốc được giữ lại nguyên vẹn; hãy yêu cầu nơi gửi gửi lại.',
    en: 'The document received is broken at byte {offset}. The original is kept unchanged; ask the sender to send again.',
  },
  'axis.dtd': {
    vi: 'Văn bản nhận được chứa khai báo DTD, có thể gây hại nên không được đọc. Bản gốc được giữ lại nguyên vẹn; hãy báo nơi gửi.',
    en: 'The document received declares a DTD, which can be harmful, so it was not read. The original is kept unchanged; tell the sender.',
  },
  'axis.read-limit': {
    vi: 'Văn bản nhận được vượt giới hạn an toàn ({what} tối đa {max}). Bản gốc được giữ lại nguyên vẹn; hãy báo nơi gửi.',
    en: 'The document received exceeds a safety limit ({what}, at most {max}). The original is kept unchanged; tell the sender.',
  },
  'axis.reading-stopped': {
    vi: 'Văn bản nhận được quá nặng hoặc bất thường nên chương trình không đọc xong. Bản gốc được giữ lại nguyên vẹn; hãy báo nơi gửi, hoặc thử đọc lại.',
    en: 'The message received is too heavy or too odd to be read to its end. The original is kept unchanged; tell the sender, or try to read it again.',
  },
  'axis.status-unreadable': {
    vi: 'Thông báo trạng thái nhận được có mã “{status}” không rõ nghĩa. Bản gốc được giữ lại nguyên vẹn.',
    en: 'The status message received has the unknown code “{status}”. The original is kept unchanged.',
  },
} as const satisfies ErrorTexts;

/** What the reader had to guess or drop: the message is kept, the clerk is told. */
const doubts = {
  'axis.document-id-missing': {
    vi: 'Văn bản đến không có mã định danh văn bản nên không gửi được trạng thái về nơi gửi. Hãy báo nơi gửi bằng cách khác.',
    en: 'The document came without a document id, so no status can be sent back. Tell the sender in another way.',
  },
  'axis.attachment-undecodable': {
    vi: 'Tệp đính kèm “{name}” không giải mã được. Bản gốc nhận được vẫn giữ đủ; hãy yêu cầu nơi gửi gửi lại tệp.',
    en: 'The attachment “{name}” cannot be decoded. The original message is kept; ask the sender for the file again.',
  },
  'axis.attachment-junk': {
    vi: 'Tệp đính kèm “{name}” có {count} ký tự lạ trong phần mã hóa và có thể bị hỏng. Hãy mở kiểm tra trước khi tiếp nhận.',
    en: 'The attachment “{name}” has {count} foreign characters in its encoding and may be damaged. Open and check it before accepting.',
  },
  'axis.attachment-missing': {
    vi: 'Tệp “{name}” có trong danh mục nhưng không có nội dung kèm theo. Hãy yêu cầu nơi gửi gửi lại.',
    en: 'The file “{name}” is listed but its content did not come. Ask the sender to send it again.',
  },
  'axis.attachment-empty': {
    vi: 'Tệp đính kèm “{name}” rỗng. Hãy yêu cầu nơi gửi gửi lại.',
    en: 'The attachment “{name}” is empty. Ask the sender to send it again.',
  },
  'axis.attachment-bad-zip': {
    vi: 'Tệp đính kèm “{name}” được gói trong tệp nén không mở được hoặc vượt giới hạn an toàn nên giữ nguyên như khi nhận. Hãy yêu cầu nơi gửi gửi lại.',
    en: 'The attachment “{name}” is wrapped in an archive that cannot be opened or exceeds a safety limit; it is kept as received. Ask the sender to send it again.',
  },
  'axis.attachment-mangled': {
    vi: 'Tệp PDF “{name}” bị hỏng khi nơi gửi chuyển mã ({count} chỗ). Có thể từ chối tiếp nhận và yêu cầu gửi lại.',
    en: 'The PDF “{name}” was damaged by a text conversion at the sender ({count} places). You may refuse it and ask for it again.',
  },
  'axis.attachment-type-differs': {
    vi: 'Tệp “{name}” ghi kiểu {declared} nhưng nội dung là {actual}. Hãy mở kiểm tra trước khi tiếp nhận.',
    en: 'The file “{name}” claims to be {declared} but contains {actual}. Open and check it before accepting.',
  },
  'axis.date-unreadable': {
    vi: 'Mục {field} ghi ngày “{text}” không đọc được. Hãy đối chiếu với văn bản.',
    en: '{field} gives the date “{text}”, which cannot be read. Compare it with the document.',
  },
  'axis.text-around': {
    vi: 'Văn bản nhận được có ký tự thừa ở trước hoặc sau nội dung; đã bỏ qua khi đọc.',
    en: 'The message had stray characters before or after its content; they were skipped.',
  },
  'axis.kind-differs': {
    vi: 'Trục báo đây là {listed} nhưng nội dung là {actual}; đã đọc theo nội dung.',
    en: 'The axis listed this as {listed} but it is {actual}; it was read for what it is.',
  },
  'axis.status-in-document': {
    vi: 'Văn bản đến có kèm mã trạng thái {status} lẽ ra chỉ có trong thông báo trạng thái; đã đọc là văn bản. Hãy đối chiếu với nơi gửi.',
    en: 'The document carries the status code {status}, which belongs into status messages only; it was read as a document. Check with the sender.',
  },
  'axis.encoding-differs': {
    vi: 'Văn bản nhận được khai báo bảng mã {declared} nhưng được đọc theo {actual}. Hãy đối chiếu chữ tiếng Việt với văn bản.',
    en: 'The message declares the encoding {declared} but was read as {actual}. Compare the Vietnamese text with the document.',
  },
  'axis.encoding-broken': {
    vi: 'Văn bản nhận được có chữ không đúng bảng mã {declared}; chữ hỏng hiện là “�”. Hãy đối chiếu với văn bản.',
    en: 'The message has letters that are not {declared}; they show as “�”. Compare it with the document.',
  },
  'axis.value-unknown': {
    vi: 'Mục {field} có giá trị lạ “{text}” nên đã bỏ qua khi đọc. Hãy đối chiếu với văn bản.',
    en: '{field} has the unknown value “{text}”, which was skipped. Compare it with the document.',
  },
  'axis.sender-missing': {
    vi: 'Văn bản đến không ghi mã định danh nơi gửi nên không gửi được trạng thái về. Hãy đối chiếu tên cơ quan trên văn bản.',
    en: 'The document came without the code of its sender, so no status can be sent back. Compare the agency named in the document.',
  },
} as const satisfies ErrorTexts;

/** The connection to the axis. */
const transport = {
  'axis.address-invalid': {
    vi: 'Địa chỉ trục liên thông “{address}” không đúng. Hãy sửa trong Thiết đặt.',
    en: 'The axis address “{address}” is not valid. Correct it in Settings.',
  },
  'axis.http-not-allowed': {
    vi: 'Địa chỉ trục {host} dùng http, nội dung gửi nhận không được mã hóa trên đường truyền. Hãy dùng https, hoặc cho phép http trong Thiết đặt nếu đơn vị dùng mạng riêng.',
    en: 'The axis address {host} uses http, so messages would travel unencrypted. Use https, or allow http in Settings on a private network.',
  },
  'axis.header-not-ascii': {
    vi: 'Giá trị {header} gửi cho trục chứa ký tự ngoài bảng ASCII. Hãy kiểm tra lại trong Thiết đặt.',
    en: 'The value of {header} sent to the axis has characters outside ASCII. Check it in Settings.',
  },
  'axis.unreachable': {
    vi: 'Không kết nối được trục liên thông {host}. Việc gửi nhận sẽ tự tiếp tục khi có mạng.',
    en: 'The axis {host} cannot be reached. Exchange resumes by itself when the network is back.',
  },
  'axis.certificate': {
    vi: 'Chứng thư TLS của trục liên thông {host} không được tin cậy, đã hết hạn hoặc của máy chủ khác nên không gửi nhận. Kiểm tra địa chỉ trong Thiết đặt và đồng hồ máy tính, hoặc báo đơn vị quản lý trục.',
    en: 'The TLS certificate of the axis {host} is not trusted, has expired or belongs to another server, so nothing was exchanged. Check the address in Settings and the computer clock, or tell the operator of the axis.',
  },
  'axis.timeout': {
    vi: 'Trục liên thông {host} không trả lời kịp. Chương trình sẽ tự thử lại.',
    en: 'The axis {host} did not answer in time. The program will try again by itself.',
  },
  'axis.auth': {
    vi: 'Trục liên thông không chấp nhận mã hệ thống hoặc khóa bí mật của đơn vị. Việc gửi nhận đã dừng; hãy kiểm tra lại trong Thiết đặt.',
    en: "The axis does not accept the unit's system id or secret. Exchange has stopped; check them in Settings.",
  },
  'axis.sender-not-registered': {
    vi: 'Mã cơ quan gửi không khớp với mã đã đăng ký trên trục. Việc gửi nhận đã dừng; hãy kiểm tra mã đơn vị trong Thiết đặt.',
    en: 'The sender code is not the one registered on the axis. Exchange has stopped; check the unit code in Settings.',
  },
  'axis.recipient-unknown': {
    vi: 'Trục liên thông không có nơi nhận này. Hãy cập nhật danh bạ cơ quan và chọn lại nơi nhận.',
    en: 'The axis does not know a recipient of this message. Refresh the agency directory and choose again.',
  },
  'axis.recipient-locked': {
    vi: 'Nơi nhận đang bị khóa trên trục liên thông. Hãy liên hệ nơi nhận hoặc gửi bằng cách khác.',
    en: 'A recipient is locked on the axis. Contact it or send in another way.',
  },
  'axis.message-refused': {
    vi: 'Trục liên thông từ chối văn bản (mã {errorCode}: {detail}). Hãy kiểm tra văn bản rồi gửi lại.',
    en: 'The axis refused the message (code {errorCode}: {detail}). Check the document and send it again.',
  },
  'axis.refused': {
    vi: 'Trục liên thông từ chối yêu cầu (mã {errorCode}: {detail}). Hãy báo đơn vị quản lý trục.',
    en: 'The axis refused the request (code {errorCode}: {detail}). Tell the operator of the axis.',
  },
  'axis.refused-too-large': {
    vi: 'Trục liên thông từ chối vì văn bản quá lớn. Hãy giảm dung lượng tệp đính kèm rồi gửi lại.',
    en: 'The axis refused the message as too large. Reduce the attachments and send it again.',
  },
  'axis.server-error': {
    vi: 'Trục liên thông đang gặp lỗi (mã {status}). Chương trình sẽ tự thử lại.',
    en: 'The axis has an error of its own (code {status}). The program will try again by itself.',
  },
  'axis.list-unreadable': {
    vi: 'Danh sách của trục liên thông {host} có {count} dòng không đọc được; các văn bản khác vẫn được nhận. Nếu còn lỗi, báo đơn vị quản lý trục.',
    en: 'The list of the axis {host} has lines that cannot be read ({count}); all other messages were received. If it persists, tell the operator of the axis.',
  },
  'axis.reply-not-json': {
    vi: 'Địa chỉ {host} trả về nội dung không phải của trục liên thông (có thể là trang báo lỗi hoặc đăng nhập mạng). Chương trình sẽ tự thử lại; nếu còn lỗi, kiểm tra địa chỉ và mạng.',
    en: '{host} answered with something other than an axis reply (an error or network sign-in page, perhaps). The program will try again; if it persists, check the address and the network.',
  },
  'axis.reply-invalid': {
    vi: 'Trục liên thông {host} trả lời thiếu hoặc sai mục {field}. Chương trình sẽ tự thử lại; nếu còn lỗi, báo đơn vị quản lý trục.',
    en: 'The reply of the axis {host} lacks or garbles {field}. The program will try again; if it persists, tell the operator of the axis.',
  },
  'axis.reply-too-large': {
    vi: 'Trục liên thông {host} trả lời quá {maxMb} MB nên đã dừng nhận. Hãy báo đơn vị quản lý trục.',
    en: 'The reply of the axis {host} exceeded {maxMb} MB and was cut off. Tell the operator of the axis.',
  },
  'axis.unknown-outcome': {
    vi: 'Đã gửi nhưng không nhận được trả lời của trục. Chương trình sẽ tra danh sách đã gửi trước khi gửi lại, không để gửi hai lần.',
    en: 'The message was sent but no answer came. The program will look in the list of sent messages before sending again, so that nothing is sent twice.',
  },
} as const satisfies ErrorTexts;

export const axisErrors = {
  ...writing,
  ...unreadable,
  ...doubts,
  ...transport,
} as const satisfies ErrorTexts;
