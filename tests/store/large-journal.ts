import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../src/main/store/canonical.ts';
import { connect, make, officeFile } from '../../src/main/store/database.ts';
import { program, type Actor, type OfficeEvent } from '../../src/main/store/events/index.ts';
import { openFiles } from '../../src/main/store/files.ts';
import { contentHash, entryHash, origin } from '../../src/main/store/journal.ts';
import { NATIONAL_LINE } from '../../src/shared/domain/exchange.ts';
import { localDay } from '../../src/shared/text/dates.ts';
import { CLERK, PEOPLE, PRINCIPAL, SCHOOL, TEACHER } from '../demo/sample.ts';

/** Distinct texts of letters: each is a file of the office, and most letters have their own in life. */
const TEXTS = 1000;
const TEXT_LETTERS = 2000;
/** Of ten documents, so many come and the others go. */
const INCOMING_OF_TEN = 7;
const start = Date.UTC(2020, 0, 2);
const DOCUMENT_MS = 800_000;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const clerk: Actor = { actor: CLERK.id, role: CLERK.role };
const principal: Actor = { actor: PRINCIPAL.id, role: PRINCIPAL.role };
const teacher: Actor = { actor: TEACHER.id, role: TEACHER.role };
type Step = readonly [Actor, OfficeEvent];

const syllables = (
  'báo cáo số liệu học sinh giáo viên nhà trường kế hoạch tổ chức kỳ thi bồi dưỡng chuyên môn đánh giá cơ sở vật ' +
  'chất hướng dẫn tập huấn thống kê phòng chống dịch bệnh năm học tuyển sinh hồ sơ đề nghị thực hiện theo quy định'
).split(' ');

/** Words in no order, but always the same for one `n`. */
function words(n: number, count: number): string {
  let seed = n * 2_654_435_761;
  return Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return syllables[(seed >>> 8) % syllables.length]!;
  }).join(' ');
}

/** A journal as `count` documents leave it, each with all that happens to one, and no tables: those are to be made. */
export function writeJournal(dir: string, count: number): number {
  const files = openFiles(dir);
  const texts = Array.from(
    { length: TEXTS },
    (_, n) => files.put(Buffer.from(words(n, TEXT_LETTERS / 5))).sha256,
  );
  const db = connect(officeFile(dir));
  // Nothing is lost when this is cut off.
  db.pragma('synchronous = OFF');
  make(db, 'of another version');
  const entry = db.prepare('INSERT INTO journal (seq, content, hash) VALUES (?, ?, ?)');
  const bodyOf = db.prepare('INSERT INTO bodies (seq, salt, body) VALUES (?, ?, ?)');
  let seq = 0;
  let before: Buffer = origin;
  const write = (at: number, [who, { type, subject, data }]: Step) => {
    seq += 1;
    const salt = randomBytes(16);
    const body = canonicalJson({ ...who, at, base: [], type, v: 1, subject, data });
    const content = contentHash('office', salt, body);
    before = entryHash('office', before, seq, content);
    entry.run(seq, content, before);
    bodyOf.run(seq, salt, body);
  };
  db.transaction(() => {
    write(start, [program, { type: 'office.saved', subject: 'office', data: SCHOOL }]);
    for (const person of PEOPLE)
      write(start, [program, { type: 'person.saved', subject: person.id, data: person }]);
  })();
  const numbers = { incoming: new Map<number, number>(), outgoing: new Map<number, number>() };
  const next = (series: keyof typeof numbers, at: number) => {
    const year = new Date(at).getUTCFullYear();
    const number = (numbers[series].get(year) ?? 0) + 1;
    numbers[series].set(year, number);
    return number;
  };
  for (let from = 0; from < count; from += 10_000)
    db.transaction(() => {
      for (let n = from; n < Math.min(count, from + 10_000); n += 1) {
        const at = start + n * DOCUMENT_MS;
        const isIncoming = n % 10 < INCOMING_OF_TEN;
        const steps = isIncoming
          ? incomingSteps(n, at, next('incoming', at), texts[n % TEXTS]!)
          : outgoingSteps(n, at, next('outgoing', at), texts[n % TEXTS]!);
        for (const step of steps) write(at, step);
      }
    })();
  db.close();
  return seq;
}

const idOf = (n: number, kind = 0) => `0000000${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`;
const attachment = (file: string, name: string) => ({
  file,
  name,
  role: 'main' as const,
  size: 100_000,
  mediaType: 'application/pdf',
  problems: [],
});

function incomingSteps(n: number, at: number, number: number, text: string): Step[] {
  const id = idOf(n);
  const day = localDay(at);
  const code = `${1 + (n % 9000)}/SGDĐT-VP`;
  const documentId = `H99.02,${day},${n}`;
  const subject = `V/v ${words(n, 12)}`;
  const axisDocId = `a-${n}`;
  const file = sha256(`file ${n}`);
  const sender = { code: 'H99.02', name: 'Sở Giáo dục và Đào tạo tỉnh Ví Dụ' };
  const delivery = { line: NATIONAL_LINE, axisDocId };
  const status = (kind: number): Step => [
    program,
    {
      type: 'status.queued',
      subject: id,
      data: {
        message: {
          id: idOf(n, kind),
          kind: 'status',
          line: NATIONAL_LINE,
          file: sha256(`status ${kind} ${n}`),
          from: SCHOOL.code,
          to: [sender.code],
          documentId,
          code,
          subject,
        },
      },
    },
  ];
  return [
    [
      program,
      {
        type: 'inbox.stored',
        subject: 'exchange',
        data: { ...delivery, kind: 'edoc', file: sha256(`message ${n}`), size: 140_000, receivedAt: at },
      },
    ],
    [
      program,
      {
        type: 'incoming.received',
        subject: id,
        data: {
          ...delivery,
          identity: { from: 'H99.02', documentId, businessType: 0, contentHash: sha256(`content ${n}`) },
          sender,
          documentId,
          code,
          subject,
          content: words(n + 1, 30),
          kindName: 'Công văn',
          issuedDate: day,
          signer: { competence: 'KT.', position: 'PHÓ GIÁM ĐỐC', fullName: 'Trần Thị Ví Dụ' },
          urgency: 'normal',
          dueDate: null,
          attachments: [attachment(file, 'cong-van.pdf')],
          warnings: [],
          answers: null,
          updates: null,
          arrivedAt: at,
        },
      },
    ],
    status(1),
    [program, { type: 'inbox.acknowledged', subject: 'exchange', data: { ...delivery, at } }],
    [program, { type: 'file.read', subject: file, data: { file, text: { file: text } } }],
    [clerk, { type: 'incoming.opened', subject: id, data: {} }],
    [
      clerk,
      {
        type: 'incoming.registered',
        subject: id,
        data: { arrivalNumber: number, arrivalDate: day, confirmedDuplicateOf: null },
      },
    ],
    status(3),
    [
      principal,
      {
        type: 'incoming.directed',
        subject: id,
        data: { mainHandlerId: TEACHER.id, otherHandlerIds: [], dueDate: day, opinion: words(n + 2, 10) },
      },
    ],
    [teacher, { type: 'incoming.started', subject: id, data: {} }],
    [teacher, { type: 'incoming.closed', subject: id, data: { result: words(n + 3, 10), replyId: null } }],
  ];
}

function outgoingSteps(n: number, at: number, number: number, text: string): Step[] {
  const id = idOf(n);
  const day = localDay(at);
  const code = `${number}/THPTVD-VP`;
  const documentId = `${SCHOOL.code},${day},${code}`;
  const subject = `V/v ${words(n, 12)}`;
  const file = (step: string) => sha256(`${step} ${n}`);
  const recipient = { code: 'H99.02', name: 'Sở Giáo dục và Đào tạo tỉnh Ví Dụ' };
  const delivery = idOf(n, 4);
  const message = idOf(n, 5);
  const replacement = (step: string) => [{ position: 0, file: file(step), size: 120_000 }];
  const signature = (role: 'personal' | 'agency', before: string, after: string) => ({
    role,
    position: 0,
    before: { file: file(before) },
    signer: 'CN=Nguyễn Văn Ví Dụ, O=Trường THPT Ví Dụ, C=VN',
    issuer: 'CN=CA Ví Dụ, C=VN',
    serial: '5401000a',
    certificateSha256: sha256('certificate'),
    tokenLabel: 'Ví Dụ',
    tokenSerial: '0123456789',
    module: sha256('module'),
    unchecked: false,
    timestamped: true,
    after: { file: file(after) },
    field: 'KY_CA_NHAN',
    shown: { page: 1, x: 300, y: 600, width: 120, height: 60 },
    algorithm: { digest: 'sha256', signature: 'RSA PKCS#1 v1.5', keyBits: 2048 },
    timestamp: { file: file(`timestamp of ${after}`) },
    offline: false,
  });
  return [
    [
      teacher,
      {
        type: 'outgoing.drafted',
        subject: id,
        data: {
          kindId: 'CV',
          subject,
          unit: 'VP',
          urgency: 'normal',
          dueDate: null,
          signerId: PRINCIPAL.id,
          signerName: PRINCIPAL.name,
          attachments: [attachment(file('draft'), 'cong-van.pdf')],
          recipients: [recipient],
          replyToId: null,
          drafterId: TEACHER.id,
          drafterName: TEACHER.name,
        },
      },
    ],
    [
      teacher,
      {
        type: 'outgoing.submitted',
        subject: id,
        data: { checks: [], placeFound: true, files: replacement('prepared') },
      },
    ],
    [
      clerk,
      {
        type: 'outgoing.format-approved',
        subject: id,
        data: { checks: [{ rule: 'source-file', result: 'pass', params: {} }] },
      },
    ],
    [
      principal,
      {
        type: 'outgoing.signed',
        subject: id,
        data: { files: replacement('signed'), signatures: [signature('personal', 'prepared', 'signed')] },
      },
    ],
    [
      clerk,
      {
        type: 'outgoing.numbered',
        subject: id,
        data: {
          number,
          notation: 'THPTVD-VP',
          code,
          documentId,
          issuedDate: day,
          files: replacement('numbered'),
        },
      },
    ],
    [
      clerk,
      {
        type: 'outgoing.sealed',
        subject: id,
        data: { files: replacement('sealed'), signatures: [signature('agency', 'numbered', 'sealed')] },
      },
    ],
    [
      program,
      { type: 'file.read', subject: file('sealed'), data: { file: file('sealed'), text: { file: text } } },
    ],
    [
      clerk,
      {
        type: 'outgoing.issued',
        subject: id,
        data: {
          deliveries: [{ id: delivery, recipient }],
          message: {
            id: message,
            kind: 'edoc',
            line: NATIONAL_LINE,
            file: file('letter'),
            from: SCHOOL.code,
            to: [recipient.code],
            documentId,
            code,
            subject,
          },
        },
      },
    ],
    [program, { type: 'outbox.sending', subject: id, data: { id: message, at } }],
    [program, { type: 'outbox.sent', subject: id, data: { id: message, axisDocId: `s-${n}`, at } }],
    [
      program,
      {
        type: 'status.received',
        subject: id,
        data: {
          line: NATIONAL_LINE,
          axisDocId: `b-${n}`,
          statusKey: sha256(`key ${n}`),
          from: recipient.code,
          documentId,
          code: '03',
          description: `Số đến ${number}`,
          at,
          receivedAt: at,
          effect: { deliveryId: delivery, state: 'accepted', incomingId: null, provesSent: null },
        },
      },
    ],
  ];
}
