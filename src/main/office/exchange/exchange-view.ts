import type { Person } from '../../../shared/domain/people.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { Store } from '../../store/index.ts';
import { inboxById, inboxIn, outboxById } from '../../store/queries/exchange.ts';
import { deliveryById, listDeliveries } from '../../store/queries/outgoing.ts';
import { requireFound, requireState } from '../../store/admit/guard.ts';
import { actorOf, newEvent } from '../common/events.ts';

/** The deliveries of all documents, newest first. */
export function deliveries(
  store: Store,
  argument: ParsedArgument<'exchange.deliveries'>,
): Result<'exchange.deliveries'> {
  return listDeliveries(store.tables, argument);
}

/** Puts a message that was refused for good into the queue again. */
export function retry(store: Store, person: Person, { deliveryId }: ParsedArgument<'exchange.retry'>): void {
  store.record(actorOf(person), () => {
    const delivery = requireFound(deliveryById(store.tables, deliveryId));
    const { id } = requireState(requireFound(outboxById(store.tables, delivery.messageId)), 'failed');
    return newEvent('outbox.queued', delivery.outgoingId, { id, problem: null, at: store.now() });
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

/**
 * What a message in quarantine is.
 * @throws DeskError documents.not-found, documents.wrong-state when it is not in quarantine
 */
export function quarantinedKind(
  store: Store,
  { line, axisDocId }: ParsedArgument<'exchange.reread'>,
): 'edoc' | 'status' {
  return requireState(requireFound(inboxById(store.tables, line, axisDocId)), 'quarantined').kind;
}
