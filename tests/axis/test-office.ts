import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { applyStatus, deliveryState, NEW_DELIVERY } from '../../src/main/axis/delivery.ts';
import type { Delivery } from '../../src/main/axis/delivery.ts';
import { statusFor } from '../../src/main/axis/edxml-model.ts';
import type { EdocMessage, Organization, StatusMessage } from '../../src/main/axis/edxml-model.ts';
import { writeEdoc, writeStatus } from '../../src/main/axis/edxml-write.ts';
import type { ExchangeOffice, InboxItem, OutboxItem, RecordedEdoc } from '../../src/main/axis/office-port.ts';
import { readDelivery } from '../../src/main/axis/read-delivery.ts';
import { agencyKey } from '../../src/shared/domain/exchange.ts';
import type { DeliveryState } from '../../src/shared/domain/exchange.ts';

const SCHEMA = `
create table if not exists inbox (axis_doc_id text primary key, kind text not null, state text not null,
  bytes blob not null, acked_at integer, problem text) strict;
create table if not exists document (identity text primary key, axis_doc_id text not null, subject text not null) strict;
create table if not exists status_log (key text primary key, axis_doc_id text not null, orphan integer not null,
  code text not null, document_id text not null, from_code text not null, at integer not null) strict;
create table if not exists outbox (id integer primary key, kind text not null, state text not null, bytes blob not null,
  from_code text not null, to_codes text not null, document_id text not null, code text not null, subject text not null,
  attempts integer not null default 0, started_at integer, axis_doc_id text, problem text) strict;
create table if not exists delivery (outbox_id integer not null, document_id text not null, to_code text not null,
  record text not null, primary key (document_id, to_code)) strict;
`;

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export type TestOffice = ReturnType<typeof openTestOffice>;

/**
 * The least that keeps the promises of `ExchangeOffice`: one SQLite file, flushed at each commit. Opening it again
 * after a crash is opening the same file.
 */
export function openTestOffice(folder: string, me: Organization, now: () => number) {
  const db = new Database(join(folder, 'office.sqlite'));
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full');
  db.exec(SCHEMA);
  const setInbox = (id: string, state: InboxItem['state'], problem: string | null = null) =>
    db.prepare('update inbox set state = ?, problem = ? where axis_doc_id = ?').run(state, problem, id);
  const setOutbox = (id: string, state: string, problem: unknown = null) => {
    db.prepare('update outbox set state = ?, problem = ? where id = ?').run(
      state,
      problem && JSON.stringify(problem),
      id,
    );
    eachDelivery('outbox_id = ?', [id], (delivery) =>
      state === 'failed'
        ? { ...delivery, sending: 'send-failed' }
        : { ...delivery, sending: state as Delivery['sending'] },
    );
  };

  function eachDelivery(where: string, values: unknown[], update: (delivery: Delivery) => Delivery): number {
    const rows = db
      .prepare<unknown[], { document_id: string; to_code: string; record: string }>(
        `select document_id, to_code, record from delivery where ${where}`,
      )
      .all(...values);
    for (const row of rows)
      db.prepare('update delivery set record = ? where document_id = ? and to_code = ?').run(
        JSON.stringify(update(JSON.parse(row.record) as Delivery)),
        row.document_id,
        row.to_code,
      );
    return rows.length;
  }

  function applyTo(documentId: string, fromCode: string, code: StatusMessage['code'], at: number): boolean {
    const where = 'document_id = ? and upper(to_code) = ?';
    const matched = eachDelivery(where, [documentId, agencyKey(fromCode)], (delivery) =>
      applyStatus(delivery, code, at),
    );
    const proved = db
      .prepare<unknown[], string>(
        `select outbox.id from outbox join delivery on delivery.outbox_id = outbox.id
         where outbox.state in ('sending', 'uncertain') and delivery.document_id = ? and upper(to_code) = ?`,
      )
      .pluck()
      .all(documentId, agencyKey(fromCode));
    for (const id of proved) setOutbox(id, 'sent');
    return matched > 0;
  }

  const enqueue = (
    kind: 'edoc' | 'status',
    bytes: Uint8Array,
    to: string[],
    documentId: string,
    code: string,
    subject: string,
  ) =>
    db
      .prepare(
        `insert into outbox (kind, state, bytes, from_code, to_codes, document_id, code, subject)
         values (?, 'queued', ?, ?, ?, ?, ?, ?)`,
      )
      .run(kind, bytes, me.organId, JSON.stringify(to), documentId, code, subject).lastInsertRowid;

  const port: ExchangeOffice = {
    inboxItem(axisDocId) {
      const row = db
        .prepare<[string], { state: InboxItem['state']; acked_at: number | null }>(
          'select state, acked_at from inbox where axis_doc_id = ?',
        )
        .get(axisDocId);
      return row ? { state: row.state, acked: row.acked_at !== null } : null;
    },
    async storeRaw({ axisDocId, kind, bytes }) {
      db.prepare(
        `insert into inbox (axis_doc_id, kind, state, bytes) values (?, ?, 'stored', ?)
         on conflict do update set bytes = excluded.bytes, state = 'stored' where state in ('quarantined', 'stored')`,
      ).run(axisDocId, kind, bytes);
    },
    beginReading: () => true,
    async readDelivery(axisDocId, listedAs) {
      const bytes = db
        .prepare<[string], Buffer>('select bytes from inbox where axis_doc_id = ?')
        .pluck()
        .get(axisDocId)!;
      return readDelivery(bytes, listedAs);
    },
    storedItems() {
      return db
        .prepare<[], { axisDocId: string; kind: 'edoc' | 'status' }>(
          "select axis_doc_id as axisDocId, kind from inbox where state = 'stored' order by rowid",
        )
        .all();
    },
    recordEdoc: db.transaction(({ axisDocId, read, identity }: RecordedEdoc) => {
      const { changes } = db
        .prepare('insert or ignore into document values (?, ?, ?)')
        .run(JSON.stringify(identity), axisDocId, read.message.subject);
      setInbox(axisDocId, 'recorded');
      if (changes === 0) return 'duplicate';
      const status = statusFor(read.message, me, { code: '01', description: '', at: now(), staff: null });
      if (status) {
        const { organId, documentId, code } = status.responseFor;
        enqueue('status', writeStatus(status), [organId], documentId, code, '');
      }
      return 'new';
    }),
    recordStatus: db.transaction(({ axisDocId, read, statusKey, at }) => {
      const { from, responseFor, code, at: happened } = read.message;
      setInbox(axisDocId, 'recorded');
      const known = db.prepare('select 1 from status_log where key = ?').get(statusKey);
      if (known) return 'duplicate';
      const matched = applyTo(responseFor.documentId, from.organId, code, happened ?? at);
      db.prepare('insert into status_log values (?, ?, ?, ?, ?, ?, ?)').run(
        statusKey,
        axisDocId,
        matched ? 0 : 1,
        code,
        responseFor.documentId,
        from.organId,
        happened ?? at,
      );
      return matched ? 'matched' : 'orphan';
    }),
    matchOrphans: db.transaction(() => {
      const orphans = db
        .prepare<
          [],
          { key: string; code: StatusMessage['code']; document_id: string; from_code: string; at: number }
        >('select * from status_log where orphan = 1 order by rowid')
        .all();
      const matched = orphans.filter(({ document_id, from_code, code, at }) =>
        applyTo(document_id, from_code, code, at),
      );
      for (const { key } of matched) db.prepare('update status_log set orphan = 0 where key = ?').run(key);
      return matched.length;
    }),
    quarantine: (axisDocId, problem) => void setInbox(axisDocId, 'quarantined', problem.code),
    markAcked: (axisDocId, at) =>
      void db.prepare('update inbox set acked_at = ? where axis_doc_id = ?').run(at, axisDocId),

    pendingOutbox() {
      return db
        .prepare<[], Omit<OutboxItem, 'id' | 'to'> & { id: number; to: string }>(
          `select id, kind, state, from_code as "from", to_codes as "to", document_id as documentId, code, subject,
             started_at as attemptStartedAt from outbox where state in ('queued', 'sending', 'uncertain') order by id`,
        )
        .all()
        .map(({ id, to, ...row }) => Object.assign(row, { id: String(id), to: JSON.parse(to) as string[] }));
    },
    prepare: () => Promise.resolve(true),
    async readOutbox(id) {
      return db.prepare<[string], Buffer>('select bytes from outbox where id = ?').pluck().get(id)!;
    },
    markSending: db.transaction((id: string, at: number) => {
      db.prepare('update outbox set started_at = ?, attempts = attempts + 1 where id = ?').run(at, id);
      setOutbox(id, 'sending');
    }),
    markSent: db.transaction((id: string, axisDocId: string | null) => {
      db.prepare('update outbox set axis_doc_id = ? where id = ?').run(axisDocId, id);
      setOutbox(id, 'sent');
    }),
    markUncertain: db.transaction((id, problem) => setOutbox(id, 'uncertain', problem)),
    markQueued: db.transaction((id, problem) => setOutbox(id, 'queued', problem)),
    markFailed: db.transaction((id, problem) => setOutbox(id, 'failed', problem)),
    isSubmissionKnown: (axisDocId) =>
      db.prepare('select 1 from outbox where axis_doc_id = ?').get(axisDocId) !== undefined,
  };

  return {
    port,
    /** What the office does when a document is issued. */
    issue: db.transaction((message: EdocMessage) => {
      const to = message.to.map(({ organId }) => organId);
      const code = `${message.number}/${message.notation}`;
      const bytes = writeEdoc(message, { now: now(), secrecy: '' });
      const id = enqueue('edoc', bytes, to, message.documentId, code, message.subject);
      for (const organId of to)
        db.prepare('insert into delivery values (?, ?, ?, ?)').run(
          id,
          message.documentId,
          organId,
          JSON.stringify(NEW_DELIVERY),
        );
    }),
    discard: (axisDocId: string) => setInbox(axisDocId, 'discarded'),
    documents: () => db.prepare<[], string>('select subject from document order by rowid').pluck().all(),
    states: (): DeliveryState[] =>
      db
        .prepare<[], string>('select record from delivery order by rowid')
        .pluck()
        .all()
        .map((record) => deliveryState(JSON.parse(record) as Delivery)),
    inbox: () =>
      db
        .prepare<[], { kind: string; state: string; acked: number; problem: string | null; sha256: string }>(
          'select kind, state, acked_at is not null as acked, problem, bytes as sha256 from inbox order by rowid',
        )
        .all()
        .map((row) => Object.assign(row, { sha256: sha256(row.sha256 as unknown as Buffer) })),
    outbox: () =>
      db
        .prepare<[], { kind: string; state: string; attempts: number; problem: string | null }>(
          'select kind, state, attempts, problem from outbox order by id',
        )
        .all(),
    orphans: () => db.prepare<[], number>('select count(*) from status_log where orphan = 1').pluck().get(),
    close: () => db.close(),
  };
}
