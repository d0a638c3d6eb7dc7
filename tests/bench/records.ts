import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { NATIONAL_LINE } from '../../src/shared/domain/exchange.ts';
import { openDesk } from '../../src/main/desk.ts';
import { permissionsOnly, fileVault } from '../../src/main/host/vault.ts';
import { connect } from '../../src/main/store/database.ts';
import type { EventOf } from '../../src/main/store/events/index.ts';
import { openStore, type Tables } from '../../src/main/store/index.ts';
import { localDay } from '../../src/shared/text/dates.ts';
import { foldForSearch } from '../../src/shared/text/fold.ts';
import type { Argument, CallName } from '../../src/shared/ipc/index.ts';
import { listIncoming } from '../../src/main/store/queries/incoming.ts';
import { searchDocuments } from '../../src/main/store/queries/search.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import { CLERK } from '../demo/sample.ts';
import { ratio, type Row } from './measure.ts';
import { connectionOf } from '../../src/main/store/sql.ts';

const subjects = [
  'báo cáo số liệu',
  'kế hoạch năm học',
  'tổ chức kỳ thi',
  'bồi dưỡng giáo viên',
  'phòng chống dịch bệnh',
];
const words = [
  'trường',
  'học sinh',
  'giáo viên',
  'chuyên môn',
  'đánh giá',
  'cơ sở vật chất',
  'hướng dẫn',
  'tập huấn',
  'thống kê',
];
const start = Date.UTC(2020, 0, 2);

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function received(n: number): EventOf<'incoming.received'> {
  const at = start + n * 2_000_000;
  const code = `${1 + (n % 9000)}/SGDĐT-VP`;
  const documentId = `H99.02,${localDay(at)},${n}`;
  const subject = `V/v ${pick(subjects, n)} ${pick(words, n >> 2)} đợt ${n}`;
  return {
    type: 'incoming.received',
    subject: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    data: {
      line: NATIONAL_LINE,
      axisDocId: `a-${n}`,
      identity: { from: 'H99.02', documentId, businessType: 0, contentHash: sha256(String(n)) },
      sender: { code: 'H99.02', name: 'Sở Giáo dục và Đào tạo tỉnh Ví Dụ' },
      documentId,
      code,
      subject,
      content: Array.from({ length: 20 }, (_, i) => pick(words, n * 7 + i * i)).join(' '),
      kindName: 'Công văn',
      issuedDate: localDay(at),
      signer: { competence: 'KT.', position: 'PHÓ GIÁM ĐỐC', fullName: 'Trần Thị Ví Dụ' },
      urgency: 'normal',
      dueDate: null,
      attachments: [
        {
          file: sha256(`file ${n}`),
          name: 'cong-van.docx',
          role: 'main',
          size: 100_000,
          mediaType: 'application/octet-stream',
          problems: [],
        },
      ],
      warnings: [],
      answers: null,
      updates: null,
      arrivedAt: at,
    },
  };
}

type Columns = Record<string, string | number | null>;

/** The row of `table` that belongs to the one recorded document, and a statement that inserts its like. */
function template(tables: Tables, table: string): { row: Columns; insert: (row: Columns) => void } {
  const row = connectionOf(tables).prepare<[], Columns>(`SELECT * FROM ${table} LIMIT 1`).get()!;
  const names = Object.keys(row);
  const statement = connectionOf(tables).prepare(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
  );
  return { row, insert: (like) => void statement.run({ ...row, ...like }) };
}

/**
 * Fills an office with `count` incoming documents: one through the journal, as they always come, the others as
 * copies of its rows, each with its own code, subject, text and day. All through the journal would take a minute.
 */
function fillOffice(dir: string, count: number): void {
  const store = openStore(dir);
  const first = received(0);
  store.record({ actor: 'program', role: 'system' }, () => ({
    type: 'person.saved',
    subject: CLERK.id,
    data: CLERK,
  }));
  store.record({ actor: 'exchange', role: 'system' }, () => first);
  const { tables } = store;
  const incoming = template(tables, 'incoming');
  const attachment = template(tables, 'attachments');
  const indexed = template(tables, 'search_documents');
  const index = connectionOf(tables).prepare('INSERT INTO search (rowid, text) VALUES (?, ?)');
  connectionOf(tables).transaction(() => {
    for (let n = 1; n < count; n++) {
      const { subject: id, data } = received(n);
      const { code, subject, content, documentId, arrivedAt } = data;
      const seq = n + 2;
      incoming.insert({ id, seq, code, subject, content, document_id: documentId, arrived_at: arrivedAt });
      attachment.insert({ document_id: id, file: data.attachments[0]!.file });
      indexed.insert({ id, seq });
      index.run(seq, foldForSearch([code, subject, content, data.sender.name].join('\n')));
    }
  })();
  store.close();
}

const DOCUMENTS = 100_000;
const ROUNDS = 30;

/** What the desk adds to the SQL of a list and of a search: the checks, the permissions, the shape of the answer. */
export async function recordRows(folder: string): Promise<Row[]> {
  const dataDir = join(folder, 'office');
  fillOffice(dataDir, DOCUMENTS);
  const desk = await openDesk({
    dataDir,
    vault: fileVault(join(folder, 'vault.json'), permissionsOnly),
    launchTokenHost: forkHost(),
    log: { info: () => undefined, error: (message) => process.stderr.write(`${message}\n`) },
  });
  const window = { id: 'bench', host: 'browser' } as const;
  async function ask<N extends CallName>(name: N, argument: Argument<N>): Promise<void> {
    const answer = await desk.call(name, argument, window);
    if (!answer.ok) throw new Error(`${name}: ${answer.code}`);
  }
  await ask('session.sit', { personId: CLERK.id });
  const tables = connect(join(dataDir, 'office.sqlite'));
  const page = { offset: 0, limit: 50 };
  const filter = { states: [], text: '', urgentOnly: false, overdueOn: null, handlerId: null } as const;
  const newestFirst = { sort: 'arrived', descending: true } as const;
  const text = 'bao cao so lieu';
  const reader = { personId: CLERK.id, ownOnly: [] };
  try {
    return [
      await ratio(
        {
          what: 'open the list of 100,000 incoming documents through the desk',
          against: 'its SQL alone',
          most: null,
        },
        ROUNDS,
        {
          ours: () => ask('incoming.list', {}),
          least: () => listIncoming(tables, CLERK.id, { ...filter, ...newestFirst, ...page }),
        },
      ),
      await ratio(
        {
          what: `search “${text}” in them (every fifth has it) through the desk`,
          against: 'its SQL alone',
          most: null,
        },
        ROUNDS,
        {
          ours: () => ask('search.find', { text, limit: 30 }),
          least: () => searchDocuments(tables, text, reader, { offset: 0, limit: 30 }),
        },
      ),
    ];
  } finally {
    connectionOf(tables).close();
    await desk.close();
  }
}
