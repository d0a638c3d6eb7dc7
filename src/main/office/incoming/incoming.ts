import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import { localDay } from '../../../shared/text/dates.ts';
import type { Store } from '../../store/index.ts';
import { incomingById, registeredTwin } from '../../store/queries/incoming.ts';
import { personById } from '../../store/queries/office.ts';
import { outgoingById } from '../../store/queries/outgoing.ts';
import { actorOf, event, found, inState, takeNumber } from '../common/acts.ts';
import { statusOf } from '../messages/status.ts';

/** Gives the arrival number of the day (NĐ 30/2020, Điều 22.2: one series a year) and tells the sender (03). */
export function register(
  store: Store,
  person: Person,
  { id, confirmDuplicate }: ParsedArgument<'incoming.register'>,
): Result<'incoming.register'> {
  const { data } = store.record(actorOf(person), () => {
    const incoming = inState(found(incomingById(store.tables, id)), 'arrived');
    const twin = registeredTwin(store.tables, incoming);
    if (twin && !confirmDuplicate) throw new DeskError('documents.duplicate', { number: twin.arrivalNumber });
    const arrivalDate = localDay(store.now());
    const arrivalNumber = takeNumber(store, 'incoming', arrivalDate);
    return event('incoming.registered', id, {
      arrivalNumber,
      arrivalDate,
      confirmedDuplicateOf: twin?.id ?? null,
      status: statusOf(store, person, incoming, '03', `Số đến ${arrivalNumber}`),
    });
  });
  return { arrivalNumber: data.arrivalNumber, arrivalDate: data.arrivalDate };
}

/** Returns a document to its sender with the reason (NĐ 30/2020, Điều 21.2b; status 02). */
export function refuse(
  store: Store,
  person: Person,
  { id, reason }: ParsedArgument<'incoming.refuse'>,
): void {
  store.record(actorOf(person), () => {
    const incoming = inState(found(incomingById(store.tables, id)), 'arrived');
    return event('incoming.refused', id, { reason, status: statusOf(store, person, incoming, '02', reason) });
  });
}

/** One main handler, others, a deadline, an opinion (NĐ 30/2020, Điều 23.2; status 04). */
export function direct(store: Store, person: Person, argument: ParsedArgument<'incoming.direct'>): void {
  const { id, mainHandlerId, otherHandlerIds, dueDate, opinion } = argument;
  store.record(actorOf(person), () => {
    const incoming = inState(found(incomingById(store.tables, id)), 'registered');
    const others = [...new Set(otherHandlerIds)].filter((other) => other !== mainHandlerId);
    const main = atWork(store, mainHandlerId);
    for (const other of others) atWork(store, other);
    return event('incoming.directed', id, {
      mainHandlerId,
      otherHandlerIds: others,
      dueDate,
      opinion,
      status: statusOf(store, person, incoming, '04', `Chủ trì: ${main.unit || main.name}`),
    });
  });
}

/** The main handler begins (status 05). */
export function start(store: Store, person: Person, { id }: ParsedArgument<'incoming.start'>): void {
  store.record(actorOf(person), () => {
    const incoming = inState(found(incomingById(store.tables, id)), 'directed');
    return event('incoming.started', id, { status: statusOf(store, person, incoming, '05', '') });
  });
}

/** The main handler finishes with a result, linked to the reply if there is one (status 06). */
export function close(store: Store, person: Person, argument: ParsedArgument<'incoming.close'>): void {
  const { id, result, replyId } = argument;
  store.record(actorOf(person), () => {
    const incoming = inState(found(incomingById(store.tables, id)), 'processing');
    const reply = replyId === null ? undefined : outgoingById(store.tables, replyId);
    if (replyId !== null && (!reply?.code || reply.state === 'cancelled'))
      throw new DeskError('documents.reply-missing');
    const description = reply ? `Văn bản trả lời số ${reply.code}` : '';
    return event('incoming.closed', id, {
      result,
      replyId,
      status: statusOf(store, person, incoming, '06', description),
    });
  });
}

function atWork(store: Store, id: string): Person {
  const person = personById(store.tables, id);
  if (!person?.active) throw new DeskError('documents.no-such-person');
  return person;
}
