import type { Person } from '../../../shared/domain/people.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { Store } from '../../store/index.ts';
import { inboxById, inboxIn, outboxById } from '../../store/queries/exchange.ts';
import { deliveryById, listDeliveries, type DeliveryListRow } from '../../store/queries/outgoing.ts';
import { actorOf, event, found, inState } from '../common/acts.ts';
import { shownDelivery } from '../outgoing/outgoing-view.ts';

export function deliveries(
  store: Store,
  argument: ParsedArgument<'exchange.deliveries'>,
): Result<'exchange.deliveries'> {
  const { rows, total } = listDeliveries(store.tables, argument);
  return { total, rows: rows.map(shownRow) };
}

function shownRow(row: DeliveryListRow): Result<'exchange.deliveries'>['rows'][number] {
  return {
    ...shownDelivery(row),
    outgoingId: row.outgoingId,
    code: row.documentCode,
    subject: row.subject,
    issuedAt: row.issuedAt,
  };
}

/** Puts a message that was refused for good into the queue again. */
export function retry(store: Store, person: Person, { deliveryId }: ParsedArgument<'exchange.retry'>): void {
  store.record(actorOf(person), () => {
    const delivery = found(deliveryById(store.tables, deliveryId));
    const { id } = inState(found(outboxById(store.tables, delivery.messageId)), 'failed');
    return event('outbox.queued', delivery.outgoingId, { id, problem: null, at: store.now() });
  });
}

/** Messages that could not be read: kept as they came, not acknowledged. */
export function quarantine(store: Store): Result<'exchange.quarantine'> {
  return {
    rows: inboxIn(store.tables, 'quarantined').map((row) => ({
      line: row.line,
      axisDocId: row.axisDocId,
      receivedAt: row.receivedAt,
      size: row.size,
      problem: row.problem!,
    })),
  };
}

export function quarantinedKind(
  store: Store,
  { line, axisDocId }: ParsedArgument<'exchange.reread'>,
): 'edoc' | 'status' {
  return inState(found(inboxById(store.tables, line, axisDocId)), 'quarantined').kind;
}
