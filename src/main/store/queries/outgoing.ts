import type { DeliveryState } from '../../../shared/domain/exchange.ts';
import type { OutgoingState } from '../../../shared/domain/states.ts';
import type { Verdict } from '../../../shared/domain/verification.ts';
import type { StoredProblem } from '../events/words.ts';
import { all, one, places, type Tables } from '../sql.ts';
import { pageOf, Where, type Page } from './page.ts';

export interface OutgoingListRow {
  readonly id: string;
  readonly state: OutgoingState;
  readonly kindId: string;
  readonly code: string;
  readonly subject: string;
  readonly issuedDate: string | null;
  readonly updatedAt: number;
  readonly urgency: number;
  readonly dueDate: string | null;
  readonly drafter: string;
  readonly signer: string;
  readonly recipients: number;
  readonly arrived: number;
  readonly verdict: Verdict | null;
}

export interface StoredCheck {
  readonly rule: string;
  readonly result: 'pass' | 'warn' | 'block' | 'ask';
  readonly params: Readonly<Record<string, string | number>>;
}

/** Everything of one outgoing document but its attachments, recipients, deliveries and links. */
export interface OutgoingRecord {
  readonly id: string;
  readonly seq: number;
  readonly state: OutgoingState;
  readonly kindId: string;
  readonly subject: string;
  readonly unit: string;
  readonly urgency: number;
  readonly dueDate: string | null;
  readonly drafterId: string;
  readonly drafter: string;
  readonly signerId: string;
  readonly signer: string;
  readonly signerTitle: string;
  readonly checks: readonly StoredCheck[];
  readonly returnedReason: string | null;
  readonly signedAt: number | null;
  readonly number: number | null;
  readonly notation: string | null;
  readonly issuedDate: string | null;
  readonly code: string;
  readonly documentId: string;
  readonly issuedAt: number | null;
  readonly cancelledReason: string | null;
  /** Why nothing of this document may leave; null when nothing speaks against it. */
  readonly alarm: StoredProblem | null;
  /** The head's reason to send it all the same. */
  readonly sendingAllowed: string | null;
  readonly updatedAt: number;
}

export interface OutgoingFilter extends Page {
  readonly states: readonly OutgoingState[];
  readonly text: string;
  /** Only documents this person drafted or signs. */
  readonly personId: string | null;
  readonly sort: 'updated' | 'number' | 'due';
  readonly descending: boolean;
}

const orders = {
  updated: (way: string) => `o.updated_at ${way}, o.seq ${way}`,
  number: (way: string) => `o.issued_year ${way}, o.number ${way}, o.seq ${way}`,
  due: (way: string) => `o.due_date IS NULL, o.due_date ${way}, o.seq ${way}`,
};

const names = `LEFT JOIN people d ON d.id = o.drafter_id LEFT JOIN people s ON s.id = o.signer_id`;

export function listOutgoing(
  tables: Tables,
  filter: OutgoingFilter,
): { rows: OutgoingListRow[]; total: number } {
  const where = new Where().matches('o.seq', filter.text);
  if (filter.states.length > 0) where.add(`o.state IN (${places(filter.states)})`, ...filter.states);
  if (filter.personId) where.add('(o.drafter_id = ? OR o.signer_id = ?)', filter.personId, filter.personId);
  return pageOf<OutgoingListRow>(tables, {
    from: 'outgoing o',
    joins: `${names} LEFT JOIN attachments a ON a.document_id = o.id AND a.role = 'main'
      LEFT JOIN verifications v ON v.file = a.file`,
    columns: `o.*, coalesce(d.name, '') AS drafter, coalesce(s.name, '') AS signer, v.verdict,
      (SELECT count(*) FROM recipients r WHERE r.outgoing_id = o.id) AS recipients,
      (SELECT count(*) FROM deliveries e WHERE e.outgoing_id = o.id
        AND e.state IN ('arrived', 'accepted', 'assigned', 'processing', 'finished')) AS arrived`,
    where,
    order: orders[filter.sort](filter.descending ? 'DESC' : 'ASC'),
    offset: filter.offset,
    limit: filter.limit,
  });
}

const record = `
  SELECT o.*, coalesce(d.name, '') AS drafter, coalesce(s.name, '') AS signer,
    coalesce(s.title, '') AS signer_title FROM outgoing o ${names}`;

type Raw = Omit<OutgoingRecord, 'checks' | 'alarm'> & { checks: string; alarm: string | null };

export function outgoingById(tables: Tables, id: string): OutgoingRecord | undefined {
  const row = one<Raw>(tables, `${record} WHERE o.id = ?`, [id]);
  return (
    row && {
      ...row,
      checks: JSON.parse(row.checks) as StoredCheck[],
      alarm: row.alarm === null ? null : (JSON.parse(row.alarm) as StoredProblem),
    }
  );
}

export function outgoingIdByDocumentId(tables: Tables, documentId: string): string | undefined {
  return one<{ id: string }>(
    tables,
    `SELECT id FROM outgoing WHERE document_id = ? AND document_id <> '' ORDER BY seq DESC LIMIT 1`,
    [documentId],
  )?.id;
}

export function recipientsOf(tables: Tables, outgoingId: string): { code: string; name: string }[] {
  return all(tables, 'SELECT code, name FROM recipients WHERE outgoing_id = ? ORDER BY position', [
    outgoingId,
  ]);
}

export interface DeliveryRow {
  readonly id: string;
  readonly outgoingId: string;
  readonly messageId: string;
  readonly code: string;
  readonly key: string;
  readonly name: string;
  readonly state: DeliveryState;
  readonly note: string;
  /** Why the last attempt to send did not succeed. */
  readonly problem: StoredProblem | null;
  readonly updatedAt: number;
  /** The document has an alarm, and the head has not let it go. */
  readonly blocked: 0 | 1;
}

const blocked = 'o.alarm IS NOT NULL AND o.sending_allowed IS NULL AS blocked';

type Unparsed<Row extends DeliveryRow> = Omit<Row, 'problem'> & { problem: string | null };

function withProblem<Row extends { problem: string | null }>(row: Row) {
  return { ...row, problem: row.problem === null ? null : (JSON.parse(row.problem) as StoredProblem) };
}

export function deliveriesOf(tables: Tables, outgoingId: string): DeliveryRow[] {
  return all<Unparsed<DeliveryRow>>(
    tables,
    `SELECT e.*, ${blocked} FROM deliveries e JOIN outgoing o ON o.id = e.outgoing_id
     WHERE e.outgoing_id = ? ORDER BY e.rowid`,
    [outgoingId],
  ).map(withProblem);
}

export function deliveryById(tables: Tables, id: string): DeliveryRow | undefined {
  const row = one<Unparsed<DeliveryRow>>(
    tables,
    `SELECT e.*, ${blocked} FROM deliveries e JOIN outgoing o ON o.id = e.outgoing_id WHERE e.id = ?`,
    [id],
  );
  return row && withProblem(row);
}

/** The document whose deliveries a message makes; undefined for statuses. */
export function outgoingIdOfMessage(tables: Tables, messageId: string): string | undefined {
  return one<{ id: string }>(
    tables,
    'SELECT outgoing_id AS id FROM deliveries WHERE message_id = ? LIMIT 1',
    [messageId],
  )?.id;
}

export interface DeliveryListRow extends DeliveryRow {
  readonly documentCode: string;
  readonly subject: string;
  readonly issuedAt: number;
}

/** Deliveries of all documents, newest first; `openOnly`: those that still wait for something. */
export function listDeliveries(
  tables: Tables,
  filter: Page & { openOnly: boolean; text: string },
): { rows: DeliveryListRow[]; total: number } {
  const where = new Where().matches('(SELECT t.seq FROM outgoing t WHERE t.id = e.outgoing_id)', filter.text);
  if (filter.openOnly) where.add(`e.state NOT IN ('accepted', 'assigned', 'processing', 'finished')`);
  const { rows, total } = pageOf<Unparsed<DeliveryListRow>>(tables, {
    from: 'deliveries e',
    joins: 'JOIN outgoing o ON o.id = e.outgoing_id',
    columns: `e.*, ${blocked}, o.code AS document_code, o.subject, o.issued_at`,
    where,
    order: 'e.seq DESC, e.rowid',
    offset: filter.offset,
    limit: filter.limit,
  });
  return { rows: rows.map(withProblem), total };
}
