import type { Person } from '../../../shared/domain/people.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { Store } from '../../store/index.ts';
import { inboxById, inboxIn, outboxById } from '../../store/queries/exchange.ts';
import { deliveryById, listDeliveries } from '../../store/queries/outgoing.ts';
import { actorOf, event, found, inState } from '../common/acts.ts';

export function deliveries(
  store: Store,
  argument: ParsedArgument<'exchange.deliveries'>,
): Result<'exchange.deliveries'> {
  return listDeliveries(store.tables, argument);
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
    rows: inboxIn(store.tables, 'quarantined').map(({ line, axisDocId, receivedAt, size, problem }) => ({
      line,
      axisDocId,
      receivedAt,
      size,
      problem: problem!,
    })),
  };
}

export function quarantinedKind(
  store: Store,
  { line, axisDocId }: ParsedArgument<'exchange.reread'>,
): 'edoc' | 'status' {
  return inState(found(inboxById(store.tables, line, axisDocId)), 'quarantined').kind;
}
