import type { OutgoingState } from '../../../shared/domain/states.ts';
import type { DeliveryRow } from '../../../shared/ipc/exchange.ts';
import type { CheckRow, Delivery, OutgoingFacts, OutgoingRow } from '../../../shared/ipc/outgoing.ts';
import type { StoredProblem } from '../events/words.ts';
import { all, one, type Tables } from '../sql.ts';
import { urgencyOf, withUrgency } from './documents.ts';
import { documentOrder, pageOf, Where, whereDocuments, type DocumentFilter, type Page } from './page.ts';

/** Everything of one outgoing document but its attachments, recipients, deliveries and links. */
export interface OutgoingRecord extends Readonly<OutgoingFacts> {
  readonly seq: number;
  readonly signedAt: number | null;
  readonly number: number | null;
  readonly notation: string | null;
  readonly issuedAt: number | null;
  readonly cancelledReason: string | null;
  /** Why nothing of this document may leave; null when nothing speaks against it. */
  readonly alarm: StoredProblem | null;
  /** The head's reason to send it all the same. */
  readonly sendingAllowed: string | null;
}

export interface OutgoingFilter extends DocumentFilter<OutgoingState, 'updated' | 'number' | 'due'> {
  /** Only documents this person drafted or signs. */
  readonly personId: string | null;
}

const sorted = { updated: ['updated_at'], number: ['issued_year', 'number'], due: ['due_date'] };

const names = `LEFT JOIN people d ON d.id = o.drafter_id LEFT JOIN people s ON s.id = o.signer_id`;

/** One page of the office's own documents. */
export function listOutgoing(tables: Tables, filter: OutgoingFilter): { rows: OutgoingRow[]; total: number } {
  const where = whereDocuments('o', filter);
  if (filter.personId) where.add('(o.drafter_id = ? OR o.signer_id = ?)', filter.personId, filter.personId);
  const { rows, total } = pageOf<Omit<OutgoingRow, 'urgency'> & { urgency: number }>(tables, {
    from: 'outgoing o',
    joins: `${names} LEFT JOIN attachments a ON a.document_id = o.id AND a.role = 'main'
      LEFT JOIN verifications v ON v.file = a.file`,
    columns: `o.id, o.state, o.kind_id, o.code, o.subject, o.issued_date, o.updated_at, o.urgency, o.due_date,
      coalesce(d.name, '') AS drafter, coalesce(s.name, '') AS signer, v.verdict,
      (SELECT count(*) FROM recipients r WHERE r.outgoing_id = o.id) AS recipients,
      (SELECT count(*) FROM deliveries e WHERE e.outgoing_id = o.id
        AND e.state IN ('arrived', 'accepted', 'assigned', 'processing', 'finished')) AS arrived`,
    where,
    order: documentOrder('o', sorted, filter),
    offset: filter.offset,
    limit: filter.limit,
  });
  return { total, rows: rows.map(withUrgency) };
}

const record = `
  SELECT o.*, coalesce(d.name, '') AS drafter, coalesce(s.name, '') AS signer,
    coalesce(s.title, '') AS signer_title FROM outgoing o ${names}`;

type Raw = Omit<OutgoingRecord, 'urgency' | 'checks' | 'alarm' | 'drafter' | 'signer'> & {
  urgency: number;
  checks: string;
  alarm: string | null;
  drafterId: string;
  drafter: string;
  signerId: string;
  signer: string;
  signerTitle: string;
};

/** A document of the office; undefined when the id names none. */
export function outgoingById(tables: Tables, id: string): OutgoingRecord | undefined {
  const row = one<Raw>(tables, `${record} WHERE o.id = ?`, [id]);
  if (!row) return undefined;
  const { drafterId, drafter, signerId, signer, signerTitle, ...rest } = row;
  return {
    ...rest,
    urgency: urgencyOf(row.urgency),
    drafter: { id: drafterId, name: drafter },
    signer: { id: signerId, name: signer, title: signerTitle },
    checks: JSON.parse(row.checks) as CheckRow[],
    alarm: row.alarm === null ? null : (JSON.parse(row.alarm) as StoredProblem),
  };
}

/** The newest document sent under this DocumentId. */
export function outgoingIdByDocumentId(tables: Tables, documentId: string): string | undefined {
  return one<{ id: string }>(
    tables,
    `SELECT id FROM outgoing WHERE document_id = ? AND document_id <> '' ORDER BY seq DESC LIMIT 1`,
    [documentId],
  )?.id;
}

/** To whom a document goes, in their order. */
export function recipientsOf(tables: Tables, outgoingId: string): { code: string; name: string }[] {
  return all(tables, 'SELECT code, name FROM recipients WHERE outgoing_id = ? ORDER BY position', [
    outgoingId,
  ]);
}

/** A delivery as the contract shows it, and what the desk knows of it besides. */
export interface DeliveryRecord extends Delivery {
  readonly outgoingId: string;
  readonly messageId: string;
  /** The recipient's code as it is compared. */
  readonly key: string;
}

interface RawDelivery extends Omit<Delivery, 'recipient' | 'problem'> {
  readonly code: string;
  readonly name: string;
  readonly problem: string | null;
  /** The document has an alarm, and the head has not let it go. */
  readonly blocked: 0 | 1;
}

const delivered = `e.id, e.code, e.name, e.state, e.updated_at, e.note, e.problem,
  o.alarm IS NOT NULL AND o.sending_allowed IS NULL AS blocked`;

function delivery<Row extends RawDelivery>({ code, name, problem, blocked: isBlocked, ...row }: Row) {
  const stopped =
    isBlocked === 1 && row.state === 'queued' ? { code: 'documents.sending-blocked', params: {} } : null;
  const failed = problem === null ? null : (JSON.parse(problem) as StoredProblem);
  return { ...row, recipient: { code, name }, problem: stopped ?? failed };
}

type RawRecord = RawDelivery & Pick<DeliveryRecord, 'outgoingId' | 'messageId' | 'key'>;

const deliveries = `SELECT ${delivered}, e.outgoing_id, e.message_id, e.key
  FROM deliveries e JOIN outgoing o ON o.id = e.outgoing_id`;

/** How far a document has come with each recipient. */
export function deliveriesOf(tables: Tables, outgoingId: string): DeliveryRecord[] {
  const rows = all<RawRecord>(tables, `${deliveries} WHERE e.outgoing_id = ? ORDER BY e.rowid`, [outgoingId]);
  return rows.map(delivery);
}

/** One delivery; undefined when the id names none. */
export function deliveryById(tables: Tables, id: string): DeliveryRecord | undefined {
  const row = one<RawRecord>(tables, `${deliveries} WHERE e.id = ?`, [id]);
  return row && delivery(row);
}

/** The document whose deliveries a message makes; undefined for statuses. */
export function outgoingIdOfMessage(tables: Tables, messageId: string): string | undefined {
  return one<{ id: string }>(
    tables,
    'SELECT outgoing_id AS id FROM deliveries WHERE message_id = ? LIMIT 1',
    [messageId],
  )?.id;
}

type Listed = RawDelivery & Omit<DeliveryRow, keyof Delivery | 'code'> & { readonly documentCode: string };

function listed({ documentCode: code, ...row }: Listed): DeliveryRow {
  return { ...delivery(row), code };
}

/** Deliveries of all documents, newest first; `openOnly`: those that still wait for something. */
export function listDeliveries(
  tables: Tables,
  filter: Page & { openOnly: boolean; text: string },
): { rows: DeliveryRow[]; total: number } {
  const where = new Where().matches('(SELECT t.seq FROM outgoing t WHERE t.id = e.outgoing_id)', filter.text);
  if (filter.openOnly) where.add(`e.state NOT IN ('accepted', 'assigned', 'processing', 'finished')`);
  const { rows, total } = pageOf<Listed>(tables, {
    from: 'deliveries e',
    joins: 'JOIN outgoing o ON o.id = e.outgoing_id',
    columns: `${delivered}, e.outgoing_id, o.code AS document_code, o.subject, o.issued_at`,
    where,
    order: 'e.seq DESC, e.rowid',
    offset: filter.offset,
    limit: filter.limit,
  });
  return { total, rows: rows.map(listed) };
}
