import type { Person } from '../../src/shared/domain/people.ts';
import type { TokenInfo } from '../../src/shared/domain/token.ts';
import type { SignatureReport, Verification } from '../../src/shared/domain/verification.ts';
import type { Attachment, PendingProof } from '../../src/shared/ipc/documents.ts';
import type { HistoryEntry } from '../../src/shared/ipc/history.ts';
import type { DeliveryRow, ExchangeState } from '../../src/shared/ipc/exchange.ts';
import type { SignedFile } from '../../src/shared/ipc/file-acts.ts';
import type { IncomingDetail, IncomingRow } from '../../src/shared/ipc/incoming.ts';
import type { Delivery, OutgoingDetail, OutgoingRow } from '../../src/shared/ipc/outgoing.ts';
import type { Hit } from '../../src/shared/ipc/search.ts';
import type { Tile } from '../../src/shared/ipc/today.ts';
import type { Session } from '../../src/shared/ipc/session.ts';
import type { Settings } from '../../src/shared/ipc/settings.ts';
import type { Placement } from '../../src/shared/ipc/signing.ts';
import { problem } from './test-desk.ts';
import { CLERK, DEPARTMENT, PEOPLE, PRINCIPAL, SCHOOL, TEACHER } from '../demo/sample.ts';

/** What one office looks like through the contract: every screen's doubles are made of these. */

export { CLERK, DEPARTMENT, PRINCIPAL, SCHOOL, TEACHER };

/** 20 November 2026, 10:32 in Vietnam. */
export const NOW = Date.UTC(2026, 10, 20, 3, 32);
const day = 24 * 60 * 60 * 1000;

/** The names of the stored files; `letterFile` is a real PDF on disk, `sealFile` a real PNG. */
export const letterFile = '1'.repeat(64);
export const sealFile = '2'.repeat(64);
const otherFile = '3'.repeat(64);

export const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const bothSigned = { person: DEPARTMENT.director, agency: DEPARTMENT.name };

const sentence =
  'báo cáo số liệu đầu năm học, tình hình đội ngũ giáo viên, cơ sở vật chất và kế hoạch tuyển sinh các lớp đầu cấp ';
/** As long as the contract lets a subject be. */
export const longSubject = `Về việc ${sentence.repeat(5)}`.slice(0, 499).trim();
export const longName = `Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên và Hướng nghiệp ${'liên huyện '.repeat(11)}Ví Dụ`;
/** Scanners and other programs make names without a blank in them. */
export const longFileName = `${'Bao_cao_so_lieu_dau_nam_hoc_'.repeat(6)}2026-2027.pdf`;

export const session = (person: Person | null, changes: Partial<Session> = {}): Session => ({
  version: '0.1.0',
  host: 'browser',
  officeName: SCHOOL.name,
  people: [...PEOPLE],
  currentPersonId: person?.id ?? null,
  servicesDecided: true,
  demo: null,
  machineProblem: null,
  now: NOW,
  ...changes,
});

export const exchangeState = (changes: Partial<ExchangeState> = {}): ExchangeState => ({
  configured: true,
  phase: 'idle',
  online: true,
  lastSyncAt: NOW - 60_000,
  nextSyncAt: NOW + 240_000,
  waiting: 2,
  waitingDocuments: 1,
  problem: null,
  ...changes,
});

const tileKeys: readonly Tile['key'][] = [
  'to-register',
  'to-handle',
  'to-check',
  'to-number',
  'to-seal',
  'to-issue',
  'not-sent',
  'due-soon',
  'overdue',
  'quarantined',
];

export const tiles = (subject = 'V/v báo cáo số liệu đầu năm học'): Tile[] =>
  tileKeys.map((key, n) => ({
    key,
    count: n < 6 ? n + 2 : 0,
    documents: Array.from({ length: n < 6 ? Math.min(5, n + 2) : 0 }, (_, m) => ({
      id: idOf(n * 10 + m),
      kind: n < 2 ? 'incoming' : 'outgoing',
      code: `${345 + m}/SGDĐT-VP`,
      subject,
      urgency: m === 0 ? 'urgent' : 'normal',
      dueDate: m === 1 ? '2026-11-18' : '2026-11-23',
    })),
  }));

export const emptyTiles = (): Tile[] => tileKeys.map((key) => ({ key, count: 0, documents: [] }));

export const incomingRow = (n: number, changes: Partial<IncomingRow> = {}): IncomingRow => ({
  id: idOf(n),
  state: 'arrived',
  sender: { code: DEPARTMENT.code, name: DEPARTMENT.name },
  code: `${345 + n}/SGDĐT-VP`,
  subject: 'V/v báo cáo số liệu đầu năm học 2026-2027',
  kindName: 'Công văn',
  issuedDate: '2026-11-18',
  arrivedAt: NOW - n * 3_600_000,
  arrivalNumber: null,
  urgency: n % 3 === 0 ? 'urgent' : 'normal',
  dueDate: n % 2 === 0 ? '2026-11-18' : null,
  mainHandler: null,
  attachments: 1,
  verdict: 'valid',
  unread: n < 3,
  ...changes,
});

export const attachment = (changes: Partial<Attachment> = {}): Attachment => ({
  sha256: letterFile,
  name: 'Cong van 345.pdf',
  role: 'main',
  size: 120_000,
  mediaType: 'application/pdf',
  problems: [],
  verdict: 'valid',
  archive: null,
  ...changes,
});

export const incomingDetail = (changes: Partial<IncomingDetail> = {}): IncomingDetail => {
  const { attachments: _, unread: __, ...row } = incomingRow(1);
  return {
    ...row,
    documentId: 'H99.05,2026/11/18,346/SGDĐT-VP',
    content: 'Báo cáo số liệu',
    signer: { competence: 'KT. GIÁM ĐỐC', position: 'PHÓ GIÁM ĐỐC', fullName: DEPARTMENT.director },
    arrivalDate: null,
    attachments: [
      attachment(),
      attachment({
        sha256: otherFile,
        name: 'Bieu mau.docx',
        role: 'attached',
        mediaType: 'application/msword',
      }),
    ],
    direction: null,
    closing: null,
    refusal: null,
    links: [],
    warnings: [],
    duplicateOf: null,
    message: otherFile,
    official: { verdict: 'original', reasons: [{ code: 'official.both-signed', params: bothSigned }] },
    actions: ['register', 'refuse'],
    fileActs: ['copy'],
    ...changes,
  };
};

/** A letter that has been through everything. */
export const handledLetter = (changes: Partial<IncomingDetail> = {}): IncomingDetail =>
  incomingDetail({
    state: 'closed',
    arrivalNumber: 1204,
    arrivalDate: '2026-11-18',
    mainHandler: TEACHER.name,
    direction: {
      by: PRINCIPAL.name,
      at: NOW - day,
      opinion: 'Giao tổ Văn phòng tham mưu báo cáo trước ngày 23/11.',
      dueDate: '2026-11-23',
      assignments: [
        { personId: TEACHER.id, name: TEACHER.name, part: 'main' },
        { personId: CLERK.id, name: CLERK.name, part: 'other' },
      ],
    },
    closing: { by: TEACHER.name, at: NOW, result: 'Đã trả lời bằng công văn.' },
    links: [
      {
        id: idOf(7),
        kind: 'outgoing',
        relation: 'answered-by',
        code: '12/CV-THPTVD',
        subject: 'V/v báo cáo số liệu',
        date: '2026-11-20',
      },
    ],
    actions: [],
    ...changes,
  });

export const outgoingRow = (n: number, changes: Partial<OutgoingRow> = {}): OutgoingRow => ({
  id: idOf(n),
  state: 'to-sign',
  kindId: 'CV',
  code: '',
  subject: 'V/v báo cáo số liệu đầu năm học 2026-2027',
  issuedDate: null,
  updatedAt: NOW - n * 3_600_000,
  urgency: n % 3 === 0 ? 'very-urgent' : 'normal',
  dueDate: null,
  drafter: TEACHER.name,
  signer: PRINCIPAL.name,
  recipients: 2,
  arrived: 0,
  verdict: null,
  ...changes,
});

export const delivery = (n: number, changes: Partial<Delivery> = {}): Delivery => ({
  id: idOf(500 + n),
  recipient: { code: `H99.05.${String(n).padStart(3, '0')}`, name: `Trường THPT Ví Dụ ${n}` },
  state: n === 1 ? 'send-failed' : 'arrived',
  updatedAt: NOW - n * 60_000,
  note: '',
  problem: null,
  ...changes,
});

export const deliveryRow = (n: number, changes: Partial<DeliveryRow> = {}): DeliveryRow => ({
  ...delivery(n),
  outgoingId: idOf(n),
  code: `${12 + n}/CV-THPTVD`,
  subject: 'V/v báo cáo số liệu đầu năm học 2026-2027',
  issuedAt: NOW - day,
  ...changes,
});

export const pendingProof = (changes: Partial<PendingProof> = {}): PendingProof => ({
  sha256: letterFile,
  name: 'Cong van.pdf',
  kind: 'timestamp',
  attempts: 2,
  nextAt: NOW + 600_000,
  problem: problem('axis.unreachable', { host: 'truc.example.gov.vn' }),
  ...changes,
});

export const outgoingDetail = (changes: Partial<OutgoingDetail> = {}): OutgoingDetail => ({
  id: idOf(1),
  state: 'to-sign',
  kindId: 'CV',
  code: '',
  documentId: '',
  subject: 'V/v báo cáo số liệu đầu năm học 2026-2027',
  unit: 'VP',
  issuedDate: null,
  updatedAt: NOW,
  urgency: 'urgent',
  dueDate: '2026-11-23',
  drafter: { id: TEACHER.id, name: TEACHER.name },
  signer: { id: PRINCIPAL.id, name: PRINCIPAL.name, title: PRINCIPAL.title },
  attachments: [
    attachment({ name: 'Cong van.pdf', verdict: 'unsigned' }),
    attachment({ sha256: otherFile, name: 'Cong van.docx', role: 'source', mediaType: 'application/msword' }),
  ],
  recipients: [1, 2].map((n) => delivery(n).recipient),
  deliveries: [],
  links: [],
  checks: [
    { rule: 'source-file', result: 'pass', params: {} },
    { rule: 'signer-authority', result: 'ask', params: { signer: PRINCIPAL.name } },
  ],
  returnedReason: null,
  official: null,
  pending: [],
  alarm: null,
  actions: ['sign', 'return', 'cancel'],
  fileActs: [],
  ...changes,
});

export const issuedDocument = (changes: Partial<OutgoingDetail> = {}): OutgoingDetail =>
  outgoingDetail({
    state: 'issued',
    code: '12/CV-THPTVD',
    documentId: 'H99.05.021,2026/11/20,12/CV-THPTVD',
    issuedDate: '2026-11-20',
    official: { verdict: 'original', reasons: [{ code: 'official.both-signed', params: bothSigned }] },
    deliveries: [1, 2, 3].map((n) => delivery(n)),
    pending: [pendingProof()],
    actions: [],
    fileActs: ['copy'],
    ...changes,
  });

const issuer = {
  subject: 'CN=CA phục vụ các cơ quan Nhà nước G2',
  issuer: 'CN=Root CA',
  serial: '0A',
  notBefore: NOW - 900 * day,
  notAfter: NOW + 900 * day,
  fingerprint: '9'.repeat(64),
};

export const signatureReport = (changes: Partial<SignatureReport> = {}): SignatureReport => ({
  field: 'Signature1',
  kind: 'signature',
  subFilter: 'ETSI.CAdES.detached',
  signer: {
    name: DEPARTMENT.director,
    organisation: DEPARTMENT.name,
    units: ['Ban Giám đốc'],
    province: 'Ví Dụ',
    email: 'giamdoc@example.gov.vn',
    kind: 'personal',
    trustClass: 'cong-vu',
    certificate: {
      ...issuer,
      subject: `CN=${DEPARTMENT.director}`,
      fingerprint: '8'.repeat(64),
      serial: '5A01',
    },
    chain: [issuer],
  },
  claimedAt: NOW - 2 * day,
  claimedBy: 'field',
  timestampAt: null,
  coverage: { revision: 1, revisions: 2, wholeFile: false },
  certification: null,
  algorithm: { digest: 'SHA-256', signature: 'RSA', keyBits: 2048 },
  lights: { signer: 'good', integrity: 'good', validity: 'caution' },
  findings: [
    { code: 'signer.trusted', params: { anchor: 'Root CA' }, aspect: 'signer' },
    { code: 'integrity.intact', params: {}, aspect: 'integrity' },
    { code: 'validity.revocation-not-checked', params: { code: 'signature.offline' }, aspect: 'validity' },
    { code: 'time.no-timestamp', params: {}, aspect: 'validity' },
  ],
  changes: [],
  ...changes,
});

export const verification = (changes: Partial<Verification> = {}): Verification => ({
  verdict: 'valid',
  signatures: [
    signatureReport(),
    signatureReport({
      field: 'Signature2',
      coverage: { revision: 2, revisions: 2, wholeFile: true },
      lights: { signer: 'good', integrity: 'good', validity: 'good' },
      timestampAt: NOW - 2 * day,
      findings: [{ code: 'validity.in-force', params: {}, aspect: 'validity' }],
    }),
  ],
  changes: [
    { kind: 'signature-added', revision: 2, allowed: true, params: { field: 'Signature2' } },
    { kind: 'field-filled', revision: 2, allowed: true, params: { field: 'so', from: '', to: '345' } },
  ],
  reasons: [],
  ...changes,
});

export const history = (): HistoryEntry[] => [
  { seq: 3, at: NOW - 2 * day, actor: '', type: 'incoming.received', detail: {} },
  { seq: 4, at: NOW - 2 * day, actor: '', type: 'file.verified', detail: {} },
  { seq: 5, at: NOW - 2 * day, actor: '', type: 'file.read', detail: {} },
  {
    seq: 9,
    at: NOW - day,
    actor: CLERK.name,
    type: 'incoming.registered',
    detail: { arrivalNumber: 1204, arrivalDate: '2026-11-18' },
  },
  {
    seq: 12,
    at: NOW,
    actor: PRINCIPAL.name,
    type: 'incoming.directed',
    detail: { opinion: 'Giao tổ Văn phòng tham mưu.', dueDate: '2026-11-23' },
  },
];

export const token = (subjectName: string, changes: Partial<TokenInfo> = {}): TokenInfo => ({
  id: `token ${subjectName}`,
  driver: 'pkcs11',
  label: 'Token VGCA',
  serial: '0123456789',
  manufacturer: 'Bit4id',
  module: 'libbit4xpki.so',
  present: true,
  pin: {
    minLength: 4,
    maxLength: 16,
    protectedPath: false,
    countLow: false,
    finalTry: false,
    locked: false,
  },
  hidesCertificates: false,
  certificates: [
    {
      sha256: '7'.repeat(64),
      subjectName,
      organisation: SCHOOL.name,
      issuerName: 'CA phục vụ các cơ quan Nhà nước G2',
      serialHex: '5a01',
      notBefore: NOW - 300 * day,
      notAfter: NOW + 25 * day,
      canSign: true,
      expired: false,
    },
  ],
  ...changes,
});

export const placement = (changes: Partial<Placement> = {}): Placement => {
  const box = { page: 1, x: 330, y: 560, width: 160, height: 80 };
  return {
    role: 'personal',
    sha256: letterFile,
    name: 'Cong van.pdf',
    box,
    found: 'title-and-name',
    rule: box,
    image: sealFile,
    lines: [],
    drawing: null,
    recipients: null,
    ...changes,
  };
};

export const signedFile = (n: number, changes: Partial<SignedFile> = {}): SignedFile => ({
  id: idOf(700 + n),
  sha256: letterFile,
  name: `Ke hoach ${n}.pdf`,
  size: 80_000,
  signedAt: NOW - n * day,
  holder: n % 2 === 0 ? 'office' : 'person',
  form: n === 2 ? 'SY' : null,
  verdict: 'valid',
  ...changes,
});

export const hit = (n: number, changes: Partial<Hit> = {}): Hit => ({
  id: idOf(n),
  kind: n % 2 === 0 ? 'incoming' : 'outgoing',
  code: `${12 + n}/CV-THPTVD`,
  subject: 'V/v báo cáo số liệu đầu năm học 2026-2027',
  party: DEPARTMENT.name,
  date: '2026-11-18',
  excerpt: '… đề nghị các trường báo cáo số liệu đầu năm học trước ngày 23/11/2026 …',
  ...changes,
});

export const settings = (changes: Partial<Settings> = {}): Settings => ({
  office: { ...SCHOOL },
  people: [...PEOPLE],
  axis: {
    url: 'https://truc.example.gov.vn/xmlapi',
    systemId: 'H99.05.021',
    allowHttp: false,
    intervalMinutes: 5,
    secretSet: true,
  },
  modules: [{ path: 'C:\\Windows\\System32\\bit4xpki.dll', sha256: '4'.repeat(64) }],
  pkcs12: [{ sha256: '5'.repeat(64), name: 'con-dau.p12' }],
  roots: [
    {
      sha256: '9'.repeat(64),
      subject: 'CN=Root CA, O=Ban Cơ yếu Chính phủ, C=VN',
      notAfter: NOW + 900 * day,
      origin: 'bundled',
      trustClass: 'cong-vu',
      confidence: 'bytes seen',
      trusted: true,
      problem: null,
    },
    {
      sha256: '6'.repeat(64),
      subject: 'CN=Trường thử',
      notAfter: null,
      origin: 'imported',
      trustClass: 'noi-bo',
      confidence: '',
      trusted: true,
      problem: null,
    },
  ],
  services: { tsaUrl: '', timestamps: true, revocation: true, timestampBeforeSending: false },
  signerKinds: [{ fingerprint: '8'.repeat(64), kind: 'agency' }],
  images: { [PRINCIPAL.id]: { sha256: sealFile }, seal: { sha256: sealFile } },
  ...changes,
});
