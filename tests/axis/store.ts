import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface Unit {
  readonly code: string;
  readonly oldCode?: string;
  readonly name: string;
  readonly systemId: string;
  readonly secret: string;
}

export interface Delivery {
  readonly docId: string;
  readonly senderDocId: string;
  readonly kind: 'edoc' | 'status';
  readonly fromCode: string;
  /** As the message names it; `unitCode` is the unit it belongs to. */
  readonly toCode: string;
  readonly unitCode: string;
  readonly title: string;
  readonly notation: string;
  readonly status: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Parcel {
  readonly kind: 'edoc' | 'status';
  readonly from: string;
  readonly title: string;
  readonly notation: string;
  /** What was sent, and what receivers get. */
  readonly sent: Uint8Array;
  readonly delivered: Uint8Array;
  readonly receivers: readonly { readonly toCode: string; readonly unitCode: string }[];
}

const SCHEMA = `
create table if not exists unit (
  code text primary key collate nocase, old_code text collate nocase, name text not null,
  system_id text not null, secret text not null, locked integer not null default 0
) strict;
create table if not exists submission (doc_id text primary key, unit_code text not null, bytes blob not null) strict;
create table if not exists delivery (
  seq integer primary key, doc_id text not null unique collate nocase, sender_doc_id text not null,
  kind text not null, from_code text not null, to_code text not null, unit_code text not null,
  title text not null, notation text not null, bytes blob not null,
  status text not null default 'initial', created_at integer not null, updated_at integer not null
) strict;
create index if not exists delivery_unit on delivery (unit_code, kind);
`;

const DELIVERY = `doc_id as docId, sender_doc_id as senderDocId, kind, from_code as fromCode, to_code as toCode,
  unit_code as unitCode, title, notation, status, created_at as createdAt, updated_at as updatedAt`;

export type AxisStore = ReturnType<typeof openStore>;

/** What the axis keeps: units, what they sent, and a queue for each receiver. One SQLite file. */
export function openStore(dataDir: string, now: () => number) {
  mkdirSync(dataDir, { recursive: true });
  const db = new Database(join(dataDir, 'axis.sqlite'));
  db.pragma('journal_mode = wal');
  // A test tool: it must survive being stopped, not the power going off.
  db.pragma('synchronous = normal');
  db.exec(SCHEMA);
  const insertDelivery = db.prepare(
    `insert into delivery (doc_id, sender_doc_id, kind, from_code, to_code, unit_code, title, notation, bytes, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  return {
    addUnit(unit: Unit): void {
      db.prepare(
        'insert or replace into unit (code, old_code, name, system_id, secret) values (?, ?, ?, ?, ?)',
      ).run(unit.code, unit.oldCode ?? null, unit.name, unit.systemId, unit.secret);
    },
    lockUnit(code: string, locked: boolean): void {
      db.prepare('update unit set locked = ? where code = ?').run(locked ? 1 : 0, code);
    },
    removeUnit(code: string): void {
      db.prepare('delete from unit where code = ?').run(code);
    },
    units(): (Unit & { locked: number })[] {
      return db
        .prepare<[], Unit & { locked: number }>(
          'select code, old_code as oldCode, name, system_id as systemId, secret, locked from unit order by code',
        )
        .all();
    },

    /** One sender-side id for the submission, one receiver-side id for each receiver; all or nothing. */
    accept: db.transaction((parcel: Parcel): string => {
      const senderDocId = randomBytes(12).toString('hex');
      const at = now();
      db.prepare('insert into submission values (?, ?, ?)').run(senderDocId, parcel.from, parcel.sent);
      for (const { toCode, unitCode } of parcel.receivers)
        insertDelivery.run(
          randomUUID(),
          senderDocId,
          parcel.kind,
          parcel.from,
          toCode,
          unitCode,
          parcel.title,
          parcel.notation,
          parcel.delivered,
          at,
          at,
        );
      return senderDocId;
    }),

    /** What waits for a unit, oldest first; with `done` also what it has acknowledged. */
    waiting(unitCode: string, kind: string, done: boolean): Delivery[] {
      return db
        .prepare<[string, string, number], Delivery>(
          `select ${DELIVERY} from delivery where unit_code = ? and kind = ? and (? or status not in ('done', 'fail')) order by seq`,
        )
        .all(unitCode, kind, done ? 1 : 0);
    },
    sent(fromCode: string, kind: string): Delivery[] {
      return db
        .prepare<[string, string], Delivery>(
          `select ${DELIVERY} from delivery where from_code = ? and kind = ? order by seq`,
        )
        .all(fromCode, kind);
    },
    deliveries(): Delivery[] {
      return db.prepare<[], Delivery>(`select ${DELIVERY} from delivery order by seq`).all();
    },
    received(docId: string, unitCode: string): Buffer | null {
      const row = db
        .prepare<[string, string], { bytes: Buffer }>(
          'select bytes from delivery where doc_id = ? and unit_code = ?',
        )
        .get(docId, unitCode);
      return row?.bytes ?? null;
    },
    submitted(docId: string, unitCode: string): Buffer | null {
      const row = db
        .prepare<[string, string], { bytes: Buffer }>(
          'select bytes from submission where doc_id = ? and unit_code = ?',
        )
        .get(docId, unitCode);
      return row?.bytes ?? null;
    },
    setStatus(docId: string, unitCode: string, status: string): boolean {
      const { changes } = db
        .prepare('update delivery set status = ?, updated_at = ? where doc_id = ? and unit_code = ?')
        .run(status, now(), docId, unitCode);
      return changes > 0;
    },
    /** Forgets all messages; units stay. */
    clear(): void {
      db.exec('delete from delivery; delete from submission');
    },
    close(): void {
      db.close();
    },
  };
}
