import { createHash } from 'node:crypto';
import type { EventOf, EventType, OfficeEvent } from '../../src/main/store/events/index.ts';
import { NATIONAL_LINE } from '../../src/shared/domain/exchange.ts';
import type { Store } from '../../src/main/store/index.ts';
import { events, program, type Actor } from '../../src/main/store/events/index.ts';

export const clerk: Actor = { actor: 'vt', role: 'clerk' };
export const at = Date.parse('2026-11-20T01:00:00Z');

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const ids = {
  incoming: id(1),
  secret: id(2),
  outgoing: id(3),
  delivery: id(4),
  cancelled: id(5),
  found: id(7),
  signedFile: id(8),
  refused: id(9),
};

const line = NATIONAL_LINE;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const problem = { code: 'axis.unreachable', params: { host: 'truc.example' } };

const attachment = (file: string, role: 'main' | 'source' | 'attached') => ({
  file,
  name: `${role}.pdf`,
  role,
  size: 10,
  mediaType: 'application/pdf',
  problems: [],
});

const derived = (name: string, role: 'annotated' | 'copy' | 'signed', position: number) => ({
  file: sha256(name),
  name: `${name}.pdf`,
  role,
  size: 20,
  mediaType: 'application/pdf',
  problems: [],
  position,
});

const on = <T extends EventType>(type: T, subject: string, data: EventOf<T>['data']) =>
  ({ type, subject, data }) as OfficeEvent;

/**
 * At least one event of every type, in an order that could have happened. The text files they name are put into
 * `store` first: the search index reads them.
 */
export function sampleEvents(store: Pick<Store, 'files'>): OfficeEvent[] {
  const letter = store.files.put(Buffer.from('Kính gửi: Trường THPT Vườn Đào')).sha256;
  const text = { file: store.files.put(Buffer.from('Đề nghị báo cáo số liệu đầu năm học')).sha256 };
  const other = { file: sha256('other') };
  const status = (n: number) => ({
    id: id(100 + n),
    kind: 'status' as const,
    line,
    file: sha256(`status ${n}`),
    from: 'H99.02.01',
    to: ['H99.02'],
    documentId: 'H99.02,2026/11/18,345/SGDĐT-VP',
    code: '345/SGDĐT-VP',
    subject: 'V/v báo cáo số liệu đầu năm học',
  });
  const identity = (n: number) => ({
    from: 'H99.02',
    documentId: 'H99.02,2026/11/18,345/SGDĐT-VP',
    businessType: 0,
    contentHash: sha256(`content ${n}`),
  });
  const fields = {
    kindId: 'CV',
    subject: 'V/v nộp báo cáo số liệu',
    unit: 'VP',
    urgency: 'normal' as const,
    dueDate: '2026-11-30',
    signerId: 'ht',
    signerName: 'Nguyễn Văn Mẫu',
    attachments: [attachment(sha256('draft'), 'main'), attachment(sha256('docx'), 'source')],
    recipients: [
      { code: 'H99.02', name: 'Sở GD&ĐT tỉnh Hoa Sen' },
      { code: '000.00.07.H99', name: 'UBND phường Vườn Đào' },
    ],
    replyToId: ids.incoming,
  };
  const signature = {
    role: 'personal' as const,
    position: 0,
    before: { file: sha256('prepared') },
    signer: 'CN=Nguyễn Văn Mẫu',
    issuer: 'CN=CA thử',
    serial: '01',
    certificateSha256: sha256('certificate'),
    tokenLabel: 'Thử',
    tokenSerial: '01',
    module: '',
    unchecked: false,
    timestamped: true,
    after: { file: sha256('signed') },
    field: 'KY_CA_NHAN',
    shown: { page: 1, x: 300, y: 600, width: 120, height: 60 },
    algorithm: { digest: 'sha256', signature: 'RSA PKCS#1 v1.5', keyBits: 2048 },
    timestamp: { file: sha256('timestamp') },
    offline: false,
  };
  const effect = {
    deliveryId: ids.delivery,
    state: 'arrived' as const,
    incomingId: null,
    provesSent: id(110),
  };
  const found: EventOf<'incoming.received'>['data'] = {
    line,
    axisDocId: 'a-6',
    identity: identity(3),
    sender: { code: 'H99.02', name: 'Sở' },
    documentId: 'd-3',
    code: '2/A',
    subject: 'V/v tuyển sinh',
    content: 'Nội dung kín',
    kindName: 'Công văn',
    issuedDate: null,
    signer: { competence: '', position: '', fullName: '' },
    urgency: 'normal',
    dueDate: null,
    attachments: [attachment(sha256('found'), 'main')],
    warnings: [],
    answers: null,
    updates: null,
    arrivedAt: at,
  };
  const whole = { seq: 0, at, actor: program.actor, role: program.role, v: 1 };
  return inOrder([
    on('office.saved', 'office', {
      name: 'Trường THPT Vườn Đào',
      superior: 'SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH HOA SEN',
      code: 'H99.02.01',
      oldCodes: ['000.01.02.H99'],
      abbreviation: 'THPTVD',
      place: 'Hoa Sen',
      address: '',
      email: '',
      phone: '',
      sealDiameterMm: 36,
      markTime: 'ISO',
      copyCase: 'sentence',
    }),
    on('person.saved', 'ht', {
      id: 'ht',
      name: 'Nguyễn Văn Mẫu',
      role: 'principal',
      title: 'HIỆU TRƯỞNG',
      unit: '',
      active: true,
    }),
    on('person.saved', 'gv', {
      id: 'gv',
      name: 'Lê Thị Dạy',
      role: 'teacher',
      title: '',
      unit: 'Tổ Văn phòng',
      active: true,
    }),
    on('person.saved', 'vt', {
      id: 'vt',
      name: 'Trần Văn Thư',
      role: 'clerk',
      title: '',
      unit: '',
      active: true,
    }),
    on('person.sat-down', 'vt', {}),
    on('access.denied', 'gv', { call: 'outgoing.number', capability: 'outgoing.number' }),
    on('axis.saved', 'axis', {
      url: 'https://truc.example',
      systemId: 's',
      allowHttp: false,
      intervalMinutes: 5,
    }),
    on('module.added', '/opt/a.so', { path: '/opt/a.so', sha256: sha256('a.so') }),
    on('module.removed', '/opt/a.so', { path: '/opt/a.so' }),
    on('pkcs12.added', sha256('p12'), {
      file: sha256('p12'),
      name: 'mau.p12',
      certificates: [{ file: sha256('certificate') }],
    }),
    on('pkcs12.removed', sha256('p12'), { file: sha256('p12') }),
    on('token.learned', 'token', {
      label: 'Con dấu',
      serial: '0123',
      certificates: [{ file: sha256('certificate') }],
    }),
    on('root.added', sha256('root'), {
      sha256: sha256('root'),
      subject: 'CN=Gốc',
      notAfter: at,
      file: sha256('root'),
    }),
    on('root.removed', sha256('root'), { sha256: sha256('root') }),
    on('authority.met', sha256('authority'), { file: sha256('authority') }),
    on('services.saved', 'signing', {
      tsaUrl: 'http://tsa.example',
      timestamps: true,
      revocation: true,
      timestampBeforeSending: true,
    }),
    on('signer-kind.saved', sha256('certificate'), { fingerprint: sha256('certificate'), kind: 'agency' }),
    on('image.saved', 'ht', { owner: 'ht', file: sha256('image') }),
    on('inbox.stored', 'exchange', {
      line,
      axisDocId: 'a-1',
      kind: 'edoc',
      file: letter,
      size: 3,
      receivedAt: at,
    }),
    on('inbox.quarantined', 'exchange', { line, axisDocId: 'a-1', problem, at }),
    on('incoming.received', ids.incoming, {
      line,
      axisDocId: 'a-1',
      identity: identity(1),
      sender: { code: 'H99.02', name: 'Sở Giáo dục và Đào tạo tỉnh Hoa Sen' },
      documentId: 'H99.02,2026/11/18,345/SGDĐT-VP',
      code: '345/SGDĐT-VP',
      subject: 'V/v báo cáo số liệu đầu năm học',
      content: '',
      kindName: 'Công văn',
      issuedDate: '2026-11-18',
      signer: { competence: 'KT.', position: 'PHÓ GIÁM ĐỐC', fullName: 'Trần Thị Thử' },
      urgency: 'urgent',
      dueDate: '2026-11-30',
      attachments: [attachment(letter, 'main')],
      warnings: [problem],
      answers: null,
      updates: null,
      arrivedAt: at,
    }),
    on('status.queued', ids.incoming, { message: status(1) }),
    on('incoming.redelivered', ids.incoming, { line, axisDocId: 'a-1' }),
    on('inbox.acknowledged', 'exchange', { line, axisDocId: 'a-1', at }),
    on('incoming.secret-returned', ids.secret, {
      line,
      axisDocId: 'a-2',
      identity: identity(2),
      sender: { code: 'H99.02', name: 'Sở' },
      documentId: 'd-2',
      code: '1/A',
      issuedDate: null,
      reason: 'MẬT',
      arrivedAt: at,
    }),
    on('incoming.received', ids.found, found),
    on('status.queued', ids.found, { message: { ...status(4), subject: found.subject } }),
    on('incoming.secret-found', ids.found, { reason: 'MẬT' }),
    on('incoming.purged', ids.found, {
      entries: [
        {
          ...whole,
          type: 'incoming.received',
          data: { ...found, subject: '', content: '', attachments: [] },
        },
        { ...whole, type: 'status.queued', data: { message: { ...status(4), subject: '' } } },
      ],
      files: [sha256('found')],
    }),
    on('file.repaired', sha256('damaged'), {
      file: sha256('damaged'),
      name: 'phu-luc.pdf',
      copy: { file: sha256('copy') },
      repairs: ['cross-reference'],
    }),
    on('file.read', letter, { file: letter, text }),
    on('file.reported', letter, { file: letter, report: { file: sha256('report') } }),
    on('file.verified', letter, {
      file: letter,
      verdict: 'indeterminate',
      report: other,
      unchecked: true,
      software: 'Thử 1',
    }),
    on('file.evidence', letter, {
      file: letter,
      answers: [
        {
          certificate: sha256('certificate'),
          name: 'Nguyễn Văn Mẫu',
          type: 'OCSP',
          answer: { file: sha256('ocsp') },
          url: 'http://ocsp.example',
          fetchedAt: at,
          thisUpdate: at,
          nextUpdate: null,
          result: 'good',
          revokedAt: null,
        },
      ],
      certificates: [{ file: sha256('issuing') }],
    }),
    on('incoming.opened', ids.incoming, {}),
    on('incoming.registered', ids.incoming, {
      arrivalNumber: 1,
      arrivalDate: '2026-11-20',
      confirmedDuplicateOf: null,
    }),
    on('status.queued', ids.incoming, { message: status(3) }),
    on('incoming.directed', ids.incoming, {
      mainHandlerId: 'gv',
      otherHandlerIds: ['vt'],
      dueDate: '2026-11-25',
      opinion: 'Giao tổ Văn phòng tham mưu trả lời',
    }),
    on('incoming.started', ids.incoming, {}),
    on('outgoing.drafted', ids.outgoing, { ...fields, drafterId: 'gv', drafterName: 'Lê Thị Dạy' }),
    on('outgoing.changed', ids.outgoing, fields),
    on('outgoing.submitted', ids.outgoing, {
      checks: [],
      placeFound: true,
      files: [{ position: 0, file: sha256('prepared'), size: 20 }],
    }),
    on('outgoing.returned', ids.outgoing, { reason: 'Thiếu nơi nhận' }),
    on('outgoing.submitted', ids.outgoing, {
      checks: [],
      placeFound: true,
      files: [{ position: 0, file: sha256('prepared'), size: 20 }],
    }),
    on('outgoing.format-approved', ids.outgoing, {
      checks: [{ rule: 'source-file', result: 'pass', params: { n: 1 } }],
    }),
    on('outgoing.signed', ids.outgoing, {
      files: [{ position: 0, file: sha256('signed'), size: 30 }],
      signatures: [signature],
    }),
    on('outgoing.numbered', ids.outgoing, {
      number: 1,
      notation: 'THPTVD-VP',
      code: '01/THPTVD-VP',
      documentId: 'H99.02.01,2026/11/20,01/THPTVD-VP',
      issuedDate: '2026-11-20',
      files: [{ position: 0, file: sha256('numbered'), size: 40 }],
    }),
    on('outgoing.sealed', ids.outgoing, {
      files: [{ position: 0, file: sha256('sealed'), size: 50 }],
      signatures: [{ ...signature, role: 'agency' }],
    }),
    on('outgoing.issued', ids.outgoing, {
      deliveries: [
        { id: ids.delivery, recipient: fields.recipients[0]! },
        { id: id(6), recipient: fields.recipients[1]! },
      ],
      message: { ...status(10), kind: 'edoc', to: ['H99.02', '000.00.07.H99'] },
    }),
    on('proof.assessed', ids.outgoing, {
      position: 0,
      file: sha256('sealed'),
      level: 'B-LT',
      tasks: [{ kind: 'timestamp', dueAt: at }],
    }),
    on('proof.added', ids.outgoing, {
      position: 0,
      before: { file: sha256('sealed') },
      file: sha256('archived'),
      size: 20,
      steps: ['timestamp'],
      archive: true,
    }),
    on('outbox.rewritten', ids.outgoing, {
      id: id(110),
      message: { file: sha256('rewritten') },
      files: [{ position: 0, before: { file: sha256('sealed') }, file: sha256('stamped'), size: 60 }],
    }),
    on('clock.trusted', 'clock', { source: 'timestamp', time: at, after: 40 }),
    on('outgoing.alarmed', ids.outgoing, { problem }),
    on('outgoing.sending-allowed', ids.outgoing, { reason: 'Thủ trưởng quyết định gửi' }),
    on('outbox.sending', ids.outgoing, { id: id(110), at }),
    on('outbox.uncertain', ids.outgoing, { id: id(110), problem, at }),
    on('outbox.queued', ids.outgoing, { id: id(110), problem: null, at }),
    on('status.received', ids.outgoing, {
      line,
      axisDocId: 'a-3',
      statusKey: 's-1',
      from: 'H99.02',
      documentId: 'H99.02.01,2026/11/20,01/THPTVD-VP',
      code: '01',
      description: 'Đã đến',
      at,
      receivedAt: at,
      effect,
    }),
    on('status.received', 'exchange', {
      line,
      axisDocId: 'a-4',
      statusKey: 's-2',
      from: 'H99.07',
      documentId: 'unknown',
      code: '03',
      description: '',
      at: null,
      receivedAt: at,
      effect: null,
    }),
    on('status.redelivered', 'exchange', { line, axisDocId: 'a-5', statusKey: 's-1' }),
    on('status.matched', ids.outgoing, {
      statusKey: 's-2',
      description: 'Đã tiếp nhận',
      effect: { deliveryId: id(6), state: 'accepted', incomingId: null, provesSent: null },
    }),
    on('outbox.sent', 'exchange', { id: id(101), axisDocId: 'x-1', at }),
    on('outbox.failed', 'exchange', { id: id(103), problem, at }),
    on('incoming.closed', ids.incoming, { result: 'Đã trả lời', replyId: ids.outgoing }),
    on('incoming.stamped', ids.incoming, {
      forwardTo: 'Tổ Văn phòng',
      fileCode: '01.VP',
      attachment: derived('stamped', 'annotated', 1),
      signature: { ...signature, role: 'incoming', position: 1 },
    }),
    on('incoming.commented', ids.incoming, {
      text: 'Văn phòng theo dõi',
      attachment: derived('commented', 'annotated', 1),
      signature: { ...signature, role: 'comment', position: 1 },
    }),
    on('copy.made', ids.incoming, {
      form: 'SY',
      orderedById: 'ht',
      attachment: derived('copy', 'copy', 2),
      signature: { ...signature, role: 'copy', position: 2 },
    }),
    on('signed-file.made', ids.signedFile, {
      holder: 'person',
      copy: null,
      attachment: derived('signed', 'signed', 0),
      signature: { ...signature, role: 'general' },
    }),
    on('incoming.received', ids.refused, {
      line,
      axisDocId: 'a-7',
      identity: identity(4),
      sender: { code: 'H99.02', name: 'Sở' },
      documentId: 'd-4',
      code: '3/A',
      subject: 'V/v mời họp',
      content: '',
      kindName: 'Giấy mời',
      issuedDate: null,
      signer: { competence: '', position: '', fullName: '' },
      urgency: 'normal',
      dueDate: null,
      attachments: [],
      warnings: [],
      answers: null,
      updates: null,
      arrivedAt: at,
    }),
    on('incoming.refused', ids.refused, { reason: 'Gửi nhầm' }),
    on('outgoing.drafted', ids.cancelled, {
      ...fields,
      replyToId: null,
      drafterId: 'gv',
      drafterName: 'Lê Thị Dạy',
    }),
    on('outgoing.submitted', ids.cancelled, { checks: [], placeFound: true, files: [] }),
    on('outgoing.signed-elsewhere', ids.cancelled, {
      checks: [{ rule: 'signed-elsewhere', result: 'pass', params: { signer: 'Nguyễn Văn Mẫu' } }],
      signature: {
        file: sha256('draft'),
        report: { file: sha256('report elsewhere') },
        verdict: 'valid',
        field: 'Signature1',
        name: 'Nguyễn Văn Mẫu',
        signer: 'CN=Nguyễn Văn Mẫu',
        issuer: 'CN=CA thử',
        serial: '02',
        certificateSha256: sha256('certificate'),
        claimedAt: 1_790_000_000_000,
        timestampAt: null,
        unchecked: false,
      },
    }),
    on('outgoing.cancelled', ids.cancelled, { reason: 'Không cần nữa' }),
    on('integrity.checked', 'office', { entries: 1, brokenAt: null, files: 1, missing: [], damaged: [] }),
  ]);
}

/** Gives what is purged the numbers that its entries get when all are recorded into an empty office. */
function inOrder(list: readonly OfficeEvent[]): OfficeEvent[] {
  const office = list.filter(({ type }) => events[type].sort !== 'local');
  return list.map((event) => {
    if (event.type !== 'incoming.purged') return event;
    const entries = event.data.entries.map((entry) => ({
      ...entry,
      seq: 1 + office.findIndex(({ type, subject }) => type === entry.type && subject === event.subject),
    }));
    return { ...event, data: { ...event.data, entries } };
  });
}

export function recordSamples(store: Store): void {
  for (const event of sampleEvents(store)) store.record(program, () => event);
}
