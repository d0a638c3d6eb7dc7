import type { AxisLineName } from '../../../shared/domain/exchange.ts';
import type { StoredProblem } from '../events/words.ts';
import { all, one, type Tables } from '../sql.ts';

export interface InboxRow {
  readonly line: AxisLineName;
  readonly axisDocId: string;
  readonly kind: 'edoc' | 'status';
  readonly state: 'stored' | 'recorded' | 'quarantined';
  readonly file: string;
  readonly size: number;
  readonly receivedAt: number;
  readonly ackedAt: number | null;
  readonly problem: StoredProblem | null;
}

type RawInbox = Omit<InboxRow, 'problem'> & { problem: string | null };
const inboxRow = (row: RawInbox): InboxRow => ({
  ...row,
  problem: row.problem === null ? null : (JSON.parse(row.problem) as StoredProblem),
});

/** A received message; undefined when its line never brought it. */
export function inboxById(tables: Tables, line: AxisLineName, axisDocId: string): InboxRow | undefined {
  const sql = 'SELECT * FROM inbox WHERE line = ? AND axis_doc_id = ?';
  const row = one<RawInbox>(tables, sql, [line, axisDocId]);
  return row && inboxRow(row);
}

/** Oldest first. */
export function inboxIn(tables: Tables, state: InboxRow['state']): InboxRow[] {
  return all<RawInbox>(tables, 'SELECT * FROM inbox WHERE state = ? ORDER BY seq', [state]).map(inboxRow);
}

export interface OutboxRow {
  readonly id: string;
  readonly kind: 'edoc' | 'status';
  readonly line: AxisLineName;
  readonly state: 'queued' | 'sending' | 'uncertain' | 'sent' | 'failed';
  readonly file: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly documentId: string;
  readonly code: string;
  readonly subject: string;
  readonly attempts: number;
  readonly attemptStartedAt: number | null;
  /** A byte of it may have reached the axis, whatever is said now. */
  readonly mayBeThere: boolean;
  readonly axisDocId: string | null;
  readonly problem: StoredProblem | null;
}

type RawOutbox = Omit<OutboxRow, 'recipients' | 'mayBeThere' | 'problem'> & {
  recipients: string;
  mayBeThere: 0 | 1;
  problem: string | null;
};
const outboxRow = (row: RawOutbox): OutboxRow => ({
  ...row,
  recipients: JSON.parse(row.recipients) as string[],
  mayBeThere: row.mayBeThere === 1,
  problem: row.problem === null ? null : (JSON.parse(row.problem) as StoredProblem),
});

/** A message to be sent or sent; undefined when the id names none. */
export function outboxById(tables: Tables, id: string): OutboxRow | undefined {
  const row = one<RawOutbox>(tables, 'SELECT * FROM outbox WHERE id = ?', [id]);
  return row && outboxRow(row);
}

/** What has yet to be sent or cleared up on any line, in the order in which it was decided. */
export function openOutbox(tables: Tables): OutboxRow[] {
  return all<RawOutbox>(
    tables,
    `SELECT * FROM outbox x WHERE state IN ('queued', 'sending', 'uncertain') AND NOT (state = 'queued' AND EXISTS (
       SELECT 1 FROM deliveries e JOIN outgoing o ON o.id = e.outgoing_id
       WHERE e.message_id = x.id AND o.alarm IS NOT NULL AND o.sending_allowed IS NULL))
     ORDER BY seq`,
  ).map(outboxRow);
}

/** Whether a message on the axis is one that this office sent. */
export function isSubmissionKnown(tables: Tables, line: AxisLineName, axisDocId: string): boolean {
  const sql = 'SELECT 1 FROM outbox WHERE line = ? AND axis_doc_id = ? LIMIT 1';
  return one(tables, sql, [line, axisDocId]) !== undefined;
}

/** How many messages have not gone out, and how many of them carry documents. */
export function waitingMessages(tables: Tables): { waiting: number; documents: number } {
  return one(
    tables,
    `SELECT count(*) AS waiting, coalesce(sum(kind = 'edoc'), 0) AS documents FROM outbox
     WHERE state IN ('queued', 'sending', 'uncertain')`,
  )!;
}

export interface StatusRow {
  readonly statusKey: string;
  readonly sender: string;
  readonly documentId: string;
  readonly code: string;
  readonly description: string;
  readonly at: number | null;
  readonly receivedAt: number;
}

/** A status received before; undefined when it is new. */
export function statusByKey(tables: Tables, key: string): StatusRow | undefined {
  return one<StatusRow>(tables, 'SELECT * FROM statuses WHERE status_key = ?', [key]);
}

/** Statuses that belonged to nothing when they came, oldest first. */
export function orphanStatuses(tables: Tables): StatusRow[] {
  return all<StatusRow>(tables, 'SELECT * FROM statuses WHERE matched = 0 ORDER BY seq');
}

/** The statuses one delivery has had, in the order in which they came. */
export function statusesOfDelivery(tables: Tables, deliveryId: string): StatusRow[] {
  return all<StatusRow>(tables, 'SELECT * FROM statuses WHERE delivery_id = ? ORDER BY seq', [deliveryId]);
}
