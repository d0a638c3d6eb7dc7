import type { AxisLineName } from '../../../shared/domain/exchange.ts';
import type { IncomingState } from '../../../shared/domain/states.ts';
import type { IncomingFacts, IncomingRow } from '../../../shared/ipc/incoming.ts';
import type { StoredProblem } from '../events/words.ts';
import { all, one, type Tables } from '../sql.ts';
import { urgencyOf } from './documents.ts';
import { documentOrder, pageOf, whereDocuments, type DocumentFilter } from './page.ts';

/** Everything of one incoming document but its attachments, handlers and links. */
export interface IncomingRecord extends Readonly<IncomingFacts> {
  readonly seq: number;
  readonly line: AxisLineName;
  readonly axisDocId: string;
  readonly senderKey: string;
  readonly codeKey: string;
  readonly warnings: readonly StoredProblem[];
  readonly updates: string | null;
  readonly duplicateOf: string | null;
  /** When the signed arrival stamp was put on; null while there is none. */
  readonly stampedAt: number | null;
  readonly directedBy: string | null;
  readonly directedAt: number | null;
  readonly opinion: string | null;
  readonly mainHandlerId: string | null;
  readonly closedBy: string | null;
  readonly closedAt: number | null;
  readonly result: string | null;
  readonly refusedBy: string | null;
  readonly refusedAt: number | null;
  readonly purgedAt: number | null;
  readonly refusal: string | null;
}

export interface IncomingFilter extends DocumentFilter<IncomingState, 'arrived' | 'due' | 'number'> {
  readonly urgentOnly: boolean;
  /** Calendar day before which an open document is overdue; null: do not ask. */
  readonly overdueOn: string | null;
  /** Only documents this person handles. */
  readonly handlerId: string | null;
}

const sorted = { arrived: ['arrived_at'], due: ['due_date'], number: ['arrival_year', 'arrival_number'] };

const handled = 'i.id IN (SELECT incoming_id FROM assignments WHERE person_id = ?)';
const open = `i.state NOT IN ('closed', 'refused')`;

type ListRow = Unshaped<Omit<IncomingRow, 'unread'>> & { readonly unread: 0 | 1 };

/** One page of the received documents. @param readerId who has or has not opened each */
export function listIncoming(
  tables: Tables,
  readerId: string,
  filter: IncomingFilter,
): { rows: IncomingRow[]; total: number } {
  const where = whereDocuments('i', filter);
  if (filter.urgentOnly) where.add('i.urgency > 0');
  if (filter.overdueOn) where.add(`i.due_date < ? AND ${open}`, filter.overdueOn);
  if (filter.handlerId) where.add(handled, filter.handlerId);
  const { rows, total } = pageOf<ListRow>(tables, {
    from: 'incoming i',
    joins: `LEFT JOIN people h ON h.id = i.main_handler_id
      LEFT JOIN attachments a ON a.document_id = i.id AND a.position = 0
      LEFT JOIN verifications v ON v.file = a.file`,
    columns: `i.id, i.state, i.sender_code, i.sender_name, i.code, i.subject, i.kind_name, i.issued_date,
      i.arrived_at, i.arrival_number, i.urgency, i.due_date, h.name AS main_handler, v.verdict,
      (SELECT count(*) FROM attachments n WHERE n.document_id = i.id) AS attachments,
      NOT EXISTS (SELECT 1 FROM openings o WHERE o.document_id = i.id AND o.person_id = ?) AS unread`,
    columnValues: [readerId],
    where,
    order: documentOrder('i', sorted, filter),
    offset: filter.offset,
    limit: filter.limit,
  });
  return { total, rows: rows.map(listed) };
}

function listed({ unread, ...row }: ListRow): IncomingRow {
  return { ...shaped(row), unread: unread === 1 };
}

/** A row as its columns hold it. */
type Unshaped<Row> = Omit<Row, 'sender' | 'urgency'> & {
  readonly senderCode: string;
  readonly senderName: string;
  readonly urgency: number;
};

function shaped<Row extends Unshaped<object>>({ senderCode, senderName, urgency, ...row }: Row) {
  return { ...row, sender: { code: senderCode, name: senderName }, urgency: urgencyOf(urgency) };
}

const record = `
  SELECT i.*, h.name AS main_handler, v.verdict, coalesce(x.file, '') AS message FROM incoming i
  LEFT JOIN people h ON h.id = i.main_handler_id
  LEFT JOIN attachments a ON a.document_id = i.id AND a.position = 0
  LEFT JOIN verifications v ON v.file = a.file
  LEFT JOIN inbox x ON x.line = i.line AND x.axis_doc_id = i.axis_doc_id`;

type Raw = Unshaped<Omit<IncomingRecord, 'signer' | 'warnings'>> & { signer: string; warnings: string };

function parsed(row: Raw | undefined): IncomingRecord | undefined {
  return (
    row && {
      ...shaped(row),
      signer: JSON.parse(row.signer) as IncomingRecord['signer'],
      warnings: JSON.parse(row.warnings) as StoredProblem[],
    }
  );
}

/** A received document; undefined when the id names none. */
export function incomingById(tables: Tables, id: string): IncomingRecord | undefined {
  return parsed(one<Raw>(tables, `${record} WHERE i.id = ?`, [id]));
}

/** The newest document that this sender sent under this DocumentId. */
export function incomingByDocumentId(
  tables: Tables,
  senderKey: string,
  documentId: string,
): IncomingRecord | undefined {
  return parsed(
    one<Raw>(tables, `${record} WHERE i.sender_key = ? AND i.document_id = ? ORDER BY i.seq DESC LIMIT 1`, [
      senderKey,
      documentId,
    ]),
  );
}

export interface Handler {
  readonly personId: string;
  readonly name: string;
  readonly part: 'main' | 'other';
}

/** Who handles a document, the main one first. */
export function handlersOf(tables: Tables, incomingId: string): Handler[] {
  return all<Handler>(
    tables,
    `SELECT s.person_id, coalesce(p.name, s.person_id) AS name, s.part FROM assignments s
     LEFT JOIN people p ON p.id = s.person_id WHERE s.incoming_id = ? ORDER BY s.part, s.rowid`,
    [incomingId],
  );
}

/** Whether a person is among the handlers of a document. */
export function handles(tables: Tables, personId: string, incomingId: string): boolean {
  return (
    one(tables, 'SELECT 1 FROM assignments WHERE incoming_id = ? AND person_id = ?', [
      incomingId,
      personId,
    ]) !== undefined
  );
}

/**
 * A registered document that looks like this one: same DocumentId, or same code from the same sender; documents
 * without a number are never compared (NĐ 30/2020, Phụ lục VI, Phần I, III.1h).
 */
export function registeredTwin(
  tables: Tables,
  { id, senderKey: sender, documentId, codeKey: code }: IncomingRecord,
): { id: string; arrivalNumber: number } | undefined {
  return one(
    tables,
    `SELECT id, arrival_number AS arrivalNumber FROM incoming
     WHERE sender_key = @sender AND id <> @id AND arrival_number IS NOT NULL
       AND ((document_id = @documentId AND @documentId <> '') OR (code_key = @code AND @code GLOB '[0-9]*/*'))
     ORDER BY seq LIMIT 1`,
    { id, sender, documentId, code },
  );
}

/** Whether a person has opened a document before. */
export function hasOpened(tables: Tables, documentId: string, personId: string): boolean {
  return (
    one(tables, 'SELECT 1 FROM openings WHERE document_id = ? AND person_id = ?', [documentId, personId]) !==
    undefined
  );
}

/** The document recorded for this message, whichever delivery brought it. */
export function incomingByIdentity(
  tables: Tables,
  identity: { from: string; documentId: string; businessType: number; contentHash: string },
): string | undefined {
  return one<{ incomingId: string }>(
    tables,
    `SELECT incoming_id FROM identities
     WHERE from_key = @from AND document_id = @documentId AND business_type = @businessType
       AND content_hash = @contentHash`,
    { ...identity },
  )?.incomingId;
}
