import { createHash } from 'node:crypto';
import type { EventOf } from '../../src/main/store/events/index.ts';
import { openStore, type Tables } from '../../src/main/store/index.ts';
import { localDay } from '../../src/shared/text/dates.ts';
import { foldForSearch } from '../../src/shared/text/fold.ts';

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
          name: 'cong-van.pdf',
          role: 'main',
          size: 100_000,
          mediaType: 'application/pdf',
          problems: [],
        },
      ],
      warnings: [],
      answers: null,
      updates: null,
      arrivedAt: at,
      status: null,
    },
  };
}

type Row = Record<string, string | number | null>;

/** The row of `table` that belongs to the one recorded document, and a statement that inserts its like. */
function template(tables: Tables, table: string): { row: Row; insert: (row: Row) => void } {
  const row = tables.prepare<[], Row>(`SELECT * FROM ${table} LIMIT 1`).get()!;
  const names = Object.keys(row);
  const statement = tables.prepare(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
  );
  return { row, insert: (like) => void statement.run({ ...row, ...like }) };
}

/**
 * Fills an office with `count` incoming documents: one through the journal, as they always come, the others as
 * copies of its rows, each with its own code, subject, text and day. All through the journal would take a minute.
 */
export function fillOffice(dir: string, count: number): void {
  const store = openStore(dir);
  const first = received(0);
  store.record({ actor: 'exchange', role: 'system' }, () => first);
  const { tables } = store;
  const incoming = template(tables, 'incoming');
  const attachment = template(tables, 'attachments');
  const indexed = template(tables, 'search_documents');
  const index = tables.prepare('INSERT INTO search (rowid, text) VALUES (?, ?)');
  tables.transaction(() => {
    for (let n = 1; n < count; n++) {
      const { subject: id, data } = received(n);
      const { code, subject, content, documentId, arrivedAt } = data;
      const seq = n + 1;
      incoming.insert({ id, seq, code, subject, content, document_id: documentId, arrived_at: arrivedAt });
      attachment.insert({ document_id: id, file: data.attachments[0]!.file });
      indexed.insert({ id, seq });
      index.run(seq, foldForSearch([code, subject, content, data.sender.name].join('\n')));
    }
  })();
  store.close();
}
