import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { ParsedArgument } from '../../../shared/ipc/index.ts';
import type { Store } from '../../store/index.ts';
import { outgoingById, type OutgoingRecord } from '../../store/queries/outgoing.ts';
import { actorOf, event, found } from '../common/acts.ts';

/** There is an alarm and the head has not decided to send all the same. */
export function isBlocked({ alarm, sending_allowed: allowed }: OutgoingRecord): boolean {
  return alarm !== null && allowed === null;
}

/** @throws DeskError documents.sending-blocked */
export function requireUnblocked(record: OutgoingRecord): void {
  if (isBlocked(record)) throw new DeskError('documents.sending-blocked');
}

/** The head answers for sending a document whose signature is in doubt; the reason stays in its history. */
export function allowSending(
  store: Store,
  person: Person,
  { id, reason }: ParsedArgument<'outgoing.allow-sending'>,
): void {
  store.record(actorOf(person), () => {
    if (!isBlocked(found(outgoingById(store.tables, id)))) throw new DeskError('documents.wrong-state');
    return event('outgoing.sending-allowed', id, { reason });
  });
}
