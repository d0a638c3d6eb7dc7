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
  'diagnosis.loadable': {
    vi: 'Trình điều khiển nạp và chạy được.',
    en: 'The driver loads and runs.',
  },
  'diagnosis.slots': {
    vi: 'Số token đang cắm: {count}.',
    en: 'Tokens plugged in: {count}.',
  },
  'diagnosis.token': {
    vi: 'Token “{label}” đã sẵn sàng.',
    en: 'Token “{label}” is ready.',
  },
  'diagnosis.certificates': {
    vi: 'Số chứng thư ký còn hạn: {count} (của {name}).',
    en: 'Signing certificates in force: {count} (of {name}).',
  },
  'diagnosis.pin': {
    vi: 'Mã PIN chưa bị nhập sai lần nào gần đây.',
    en: 'No wrong PIN has been entered lately.',
  },
} as const satisfies ErrorTexts;
