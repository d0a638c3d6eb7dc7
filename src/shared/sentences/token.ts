import type { ErrorTexts } from '../errors/error.ts';

/** Answers of a diagnosis that found nothing wrong; what is wrong stands in the error catalogue. */
export const diagnosisTexts = {
  'diagnosis.file': {
    vi: 'Tệp trình điều khiển đọc được.',
    en: 'The driver file can be read.',
  },
  'diagnosis.machine': {
    vi: 'Trình điều khiển đúng loại máy này.',
    en: 'The driver is made for this kind of machine.',
  },
  'diagnosis.exports': {
    vi: 'Tệp là trình điều khiển PKCS#11.',
    en: 'The file is a PKCS#11 driver.',
  },
  'diagnosis.accepted': {
    vi: 'Đúng tệp đã được chấp nhận (mã SHA-256 không đổi).',
    en: 'It is the very file that was accepted (SHA-256 unchanged).',
  },
  'diagnosis.loadable': {
    vi: 'Trình điều khiển nạp và chạy được.',
    en: 'The driver loads and runs.',
  },
  'diagnosis.slots': {
    vi: 'Số token đang cắm: {count}.',
    en: 'Tokens plugged in: {count}.',
  },
  'diagnosis.token': {
    vi: 'Máy đã nhận token “{label}”.',
    en: 'The token “{label}” is recognised.',
  },
  'diagnosis.certificate': {
    vi: 'Chứng thư ký của {name}, hạn dùng đến {day}.',
    en: 'Signing certificate of {name}, valid until {day}.',
  },
  'diagnosis.issuer': {
    vi: 'Do {issuer} cấp, là tổ chức được tin cậy ở đây.',
    en: 'Issued by {issuer}, which is trusted here.',
  },
  'diagnosis.holder': {
    vi: 'Đúng tên {name} trong Thiết đặt.',
    en: 'Names {name}, as Settings does.',
  },
  'diagnosis.expiry': {
    vi: 'Chứng thư còn {days} ngày.',
    en: 'The certificate has {days} days left.',
  },
  'diagnosis.pin-pad': {
    vi: 'Mã PIN được nhập trên bàn phím của thiết bị, không nhập trên máy tính.',
    en: 'The PIN is entered on the device’s own keys, not on the computer.',
  },
  'diagnosis.pin': {
    vi: 'Mã PIN chưa bị nhập sai lần nào gần đây.',
    en: 'No wrong PIN has been entered lately.',
  },
} as const satisfies ErrorTexts;
