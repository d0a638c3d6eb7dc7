import type { Person } from '../../../shared/domain/people.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import { localDay } from '../../../shared/text/dates.ts';
import { atWork } from '../../store/admit/guard.ts';
import { takeNumber } from '../../store/admit/numbers.ts';
import type { Store } from '../../store/index.ts';
import { incomingById, registeredTwin } from '../../store/queries/incoming.ts';
import { outgoingById } from '../../store/queries/outgoing.ts';
import { requireFound } from '../../store/admit/guard.ts';
import { requireClock } from '../common/clock.ts';
import { actorOf, newEvent, followedBy } from '../common/events.ts';
import { statusTo } from '../messages/status.ts';

/** Gives the arrival number of the day (NĐ 30/2020, Điều 22.2: one series a year) and tells the sender (03). */
export function register(
  store: Store,
  person: Person,
  { id, confirmDuplicate }: ParsedArgument<'incoming.register'>,
): Result<'incoming.register'> {
  requireClock(store, false);
  const { data } = store.record(actorOf(person), () => {
    const incoming = requireFound(incomingById(store.tables, id));
    const twin = confirmDuplicate ? registeredTwin(store.tables, incoming) : undefined;
    const arrivalDate = localDay(store.now());
    const arrivalNumber = takeNumber(store.tables, 'incoming', arrivalDate);
    return followedBy(
      newEvent('incoming.registered', id, {
        arrivalNumber,
        arrivalDate,
        confirmedDuplicateOf: twin?.id ?? null,
      }),
      statusTo(store, person, id, incoming, '03', `Số đến ${arrivalNumber}`),
    );
  });
  return { arrivalNumber: data.arrivalNumber, arrivalDate: data.arrivalDate };
}

/** Returns a document to its sender with the reason (NĐ 30/2020, Điều 21.2b; status 02). */
export function refuse(
  store: Store,
  person: Person,
  { id, reason }: ParsedArgument<'incoming.refuse'>,
): void {
  store.record(actorOf(person), () =>
    followedBy(
      newEvent('incoming.refused', id, { reason }),
      statusTo(store, person, id, requireFound(incomingById(store.tables, id)), '02', reason),
    ),
  );
}

/** One main handler, others, a deadline, an opinion (NĐ 30/2020, Điều 23.2; status 04). */
export function direct(store: Store, person: Person, argument: ParsedArgument<'incoming.direct'>): void {
  const { id, mainHandlerId, otherHandlerIds, dueDate, opinion } = argument;
  store.record(actorOf(person), () => {
    const incoming = requireFound(incomingById(store.tables, id));
    const others = [...new Set(otherHandlerIds)].filter((other) => other !== mainHandlerId);
    const main = atWork(store.tables, mainHandlerId);
    return followedBy(
      newEvent('incoming.directed', id, { mainHandlerId, otherHandlerIds: others, dueDate, opinion }),
      statusTo(store, person, id, incoming, '04', `Chủ trì: ${main.unit || main.name}`),
    );
  });
}

/** The main handler begins (status 05). */
export function start(store: Store, person: Person, { id }: ParsedArgument<'incoming.start'>): void {
  store.record(actorOf(person), () =>
    followedBy(
      newEvent('incoming.started', id, {}),
      statusTo(store, person, id, requireFound(incomingById(store.tables, id)), '05', ''),
    ),
  );
}

/** The main handler finishes with a result, linked to the reply if there is one (status 06). */
export function close(store: Store, person: Person, argument: ParsedArgument<'incoming.close'>): void {
  const { id, result, replyId } = argument;
  store.record(actorOf(person), () => {
    const incoming = requireFound(incomingById(store.tables, id));
    const reply = replyId === null ? undefined : outgoingById(store.tables, replyId);
    const description = reply ? `Văn bản trả lời số ${reply.code}` : '';
    return followedBy(
      newEvent('incoming.closed', id, { result, replyId }),
      statusTo(store, person, id, incoming, '06', description),
    );
  });
}
