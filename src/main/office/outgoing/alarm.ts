import type { Person } from '../../../shared/domain/people.ts';
import type { ParsedArgument } from '../../../shared/ipc/index.ts';
import type { Store } from '../../store/index.ts';
import { actorOf, newEvent } from '../common/events.ts';

/** The head answers for sending a document whose signature is in doubt; the reason stays in its history. */
export function allowSending(
  store: Store,
  person: Person,
  { id, reason }: ParsedArgument<'outgoing.allow-sending'>,
): void {
  store.record(actorOf(person), () => newEvent('outgoing.sending-allowed', id, { reason }));
}
