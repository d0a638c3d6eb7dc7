import type { IncomingState, OutgoingState } from '../../../shared/domain/states.ts';
import type { NumberedKind } from '../../../shared/domain/records.ts';
import type { Tile } from '../../../shared/ipc/today.ts';
import { all, places, type Tables } from '../sql.ts';
import type { SqlValue } from '../sql.ts';
import { tableOf, withUrgency } from './documents.ts';

/** One line of sổ đăng ký văn bản đến, as kept. */
export interface ArrivalLine {
  readonly id: string;
  readonly arrivalDate: string;
  readonly arrivalNumber: number;
  readonly sender: string;
  readonly code: string;
  readonly issuedDate: string | null;
  readonly kindName: string;
  readonly subject: string;
  /** Names of the handlers, the main one first, separated by `; `. */
  readonly handlers: string | null;
  readonly directedAt: number | null;
  readonly duplicateOf: string | null;
}

/** Registered on the days `from` to `to`, both included, in the order of their numbers. */
export function arrivals(tables: Tables, from: string, to: string): ArrivalLine[] {
  return all<ArrivalLine>(
    tables,
    `SELECT i.id, i.arrival_date, i.arrival_number, i.sender_name AS sender, i.code,
       i.issued_date, i.kind_name, i.subject, i.directed_at,
       i.duplicate_of,
       (SELECT group_concat(p.name, '; ' ORDER BY s.part, s.rowid) FROM assignments s
        JOIN people p ON p.id = s.person_id WHERE s.incoming_id = i.id) AS handlers
     FROM incoming i WHERE i.arrival_date BETWEEN ? AND ? ORDER BY i.arrival_year, i.arrival_number`,
    [from, to],
  );
}

/** One line of sổ đăng ký văn bản đi, as kept. */
export interface DepartureLine {
  readonly id: string;
  readonly code: string;
  readonly issuedDate: string;
  readonly kindId: string;
  readonly subject: string;
  readonly signer: string;
  readonly unit: string;
  readonly drafterUnit: string;
  /** Names of the recipients, separated by `; `. */
  readonly recipients: string | null;
  readonly recipientCount: number;
  readonly issuedAt: number | null;
  readonly cancelledReason: string | null;
}

/** Numbered on the days `from` to `to`, in the order of their numbers; a cancelled number keeps its line. */
export function departures(tables: Tables, from: string, to: string): DepartureLine[] {
  return all<DepartureLine>(
    tables,
    `SELECT o.id, o.code, o.issued_date, o.kind_id, o.subject, o.unit,
       o.issued_at, o.cancelled_reason,
       coalesce(s.name, '') AS signer, coalesce(d.unit, '') AS drafter_unit,
       (SELECT group_concat(name, '; ' ORDER BY position) FROM recipients r WHERE r.outgoing_id = o.id) AS recipients,
       (SELECT count(*) FROM recipients r WHERE r.outgoing_id = o.id) AS recipient_count
     FROM outgoing o LEFT JOIN people s ON s.id = o.signer_id LEFT JOIN people d ON d.id = o.drafter_id
     WHERE o.issued_date BETWEEN ? AND ? ORDER BY o.issued_year, o.number`,
    [from, to],
  );
}

export type Waiting = Omit<Tile, 'key'>;
type WaitingDocument = Tile['documents'][number];

const first = 5;
const urgentFirst = 'ORDER BY urgency DESC, due_date IS NULL, due_date, seq';

/** Incoming documents in these states, of one handler or of all, due in a span or whenever. */
export function waitingIncoming(
  tables: Tables,
  filter: {
    readonly states: readonly IncomingState[];
    readonly handlerId?: string;
    readonly dueFrom?: string;
    readonly dueTo?: string;
  },
): Waiting {
  const conditions = [`state IN (${places(filter.states)})`];
  const values: SqlValue[] = [...filter.states];
  if (filter.handlerId !== undefined) {
    conditions.push('id IN (SELECT incoming_id FROM assignments WHERE person_id = ?)');
    values.push(filter.handlerId);
  }
  if (filter.dueFrom !== undefined) {
    conditions.push('due_date >= ?');
    values.push(filter.dueFrom);
  }
  if (filter.dueTo !== undefined) {
    conditions.push('due_date <= ?');
    values.push(filter.dueTo);
  }
  return waiting(tables, 'incoming', conditions, values);
}

/** Outgoing documents in one state, of one signer or of all. */
export function waitingOutgoing(tables: Tables, state: OutgoingState, signerId?: string): Waiting {
  return signerId === undefined
    ? waiting(tables, 'outgoing', ['state = ?'], [state])
    : waiting(tables, 'outgoing', ['state = ?', 'signer_id = ?'], [state, signerId]);
}

/** Issued documents of which some delivery could not be sent. */
export function waitingForSending(tables: Tables): Waiting {
  const unsent = `id IN (SELECT outgoing_id FROM deliveries
    WHERE state IN ('queued', 'sending', 'uncertain', 'send-failed', 'rejected'))`;
  return waiting(tables, 'outgoing', [unsent], []);
}

function waiting(
  tables: Tables,
  kind: NumberedKind,
  conditions: readonly string[],
  values: readonly SqlValue[],
): Waiting {
  const from = `FROM ${tableOf[kind]} WHERE ${conditions.join(' AND ')}`;
  const counted = all<{ count: number }>(tables, `SELECT count(*) AS count ${from}`, values);
  const documents = all<Omit<WaitingDocument, 'urgency'> & { urgency: number }>(
    tables,
    `SELECT id, '${kind}' AS kind, code, subject, urgency, due_date ${from} ${urgentFirst} LIMIT ${first}`,
    values,
  );
  return {
    count: counted[0]!.count,
    documents: documents.map(withUrgency),
  };
}
