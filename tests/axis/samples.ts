import { EMPTY_ORGANIZATION, NEW_DOCUMENT } from '../../src/main/axis/edxml-model.ts';
import type {
  Attachment,
  EdocMessage,
  Organization,
  StatusMessage,
} from '../../src/main/axis/edxml-model.ts';

/** Fictional units and messages for tests; codes under H99 belong to nobody. */

export const school: Organization = {
  organId: 'H99.05.021',
  inCharge: 'Sở Giáo dục và Đào tạo tỉnh Ví Dụ',
  name: 'Trường THPT Ví Dụ',
  address: 'Số 1 đường Mẫu, thành phố Ví Dụ',
  email: 'thptvidu@example.edu.vn',
  telephone: '0200000001',
  fax: '',
  website: '',
};

export const department: Organization = {
  ...EMPTY_ORGANIZATION,
  organId: 'H99.05',
  inCharge: 'UBND tỉnh Ví Dụ',
  name: 'Sở Giáo dục và Đào tạo tỉnh Ví Dụ',
};

export const homeAffairs: Organization = {
  ...EMPTY_ORGANIZATION,
  organId: '000.00.07.H99',
  name: 'Sở Nội vụ tỉnh Ví Dụ',
};

const TINY_PDF = new TextEncoder().encode('%PDF-1.4\n%%EOF\n');

/** 13/10/2025 10:25:18 in Vietnam. */
export const SENT_AT = Date.parse('2025-10-13T10:25:18+07:00');

export const pdfAttachment: Attachment = {
  contentId: '0b9f6f6e-1c1e-4b58-9a55-3e2f1d3c0a01',
  name: '12-CV-THPTVD.pdf',
  description: 'Công văn đã ký số',
  mimeType: 'application/pdf',
  bytes: TINY_PDF,
};

export const textAttachment: Attachment = {
  contentId: '0b9f6f6e-1c1e-4b58-9a55-3e2f1d3c0a02',
  name: 'Biểu số liệu.txt',
  description: '',
  mimeType: 'text/plain',
  bytes: new TextEncoder().encode('lớp 10\nlớp 11\n'),
};

export function sampleEdoc(changes: Partial<EdocMessage> = {}): EdocMessage {
  return {
    kind: 'edoc',
    from: school,
    to: [department, homeAffairs],
    documentId: 'H99.05.021,2025/10/13,12/CV-THPTVD',
    number: '12',
    notation: 'CV-THPTVD',
    place: 'Ví Dụ',
    promulgationDate: '2025-10-13',
    type: 2,
    typeDetail: 18,
    typeName: 'Công văn',
    subject: 'V/v báo cáo số liệu đầu năm học 2025-2026',
    content: 'V/v báo cáo số liệu đầu năm học 2025-2026',
    signer: { competence: 'KT. HIỆU TRƯỞNG', position: 'Phó Hiệu trưởng', fullName: 'Nguyễn Văn Mẫu' },
    dueDate: '2025-10-20',
    priority: 0,
    sphere: 'Liên thông văn bản',
    typist: 'NVA',
    copies: 2,
    pages: 1,
    appendixes: ['Biểu số liệu'],
    responseFor: [
      {
        organId: 'H99.05',
        code: '345/SGDĐT-VP',
        documentId: 'H99.05,2025/10/01,345/SGDĐT-VP',
        promulgationDate: '2025-10-01',
      },
    ],
    steeringType: 0,
    toPlaces: ['Như trên', 'Lưu: VT'],
    trace: [{ organId: 'H99.05.021', at: SENT_AT }],
    business: {
      ...NEW_DOCUMENT,
      staff: [
        {
          department: 'Văn thư',
          staff: 'Trần Thị Mẫu',
          email: 'vanthu@example.edu.vn',
          mobile: '0900000000',
        },
      ],
    },
    attachments: [pdfAttachment, textAttachment],
    ...changes,
  };
}

export function sampleStatus(changes: Partial<StatusMessage> = {}): StatusMessage {
  return {
    kind: 'status',
    from: { ...EMPTY_ORGANIZATION, organId: 'H99.05', name: 'Sở Giáo dục và Đào tạo tỉnh Ví Dụ' },
    responseFor: {
      organId: 'H99.05.021',
      code: '12/CV-THPTVD',
      documentId: 'H99.05.021,2025/10/13,12/CV-THPTVD',
      promulgationDate: '2025-10-13',
    },
    staff: {
      department: 'Văn phòng Sở',
      staff: 'Lê Văn Mẫu',
      email: 'vanthu.sgd@example.gov.vn',
      mobile: '0900000001',
    },
    code: '03',
    description: 'Đã tiếp nhận, vào sổ văn bản đến',
    at: Date.parse('2025-10-13T14:02:09+07:00'),
    ...changes,
  };
}
