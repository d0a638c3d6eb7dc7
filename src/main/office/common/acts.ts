import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import { showDay, type IsoDay } from '../../../shared/text/dates.ts';
import { program, type Actor, type EventOf, type EventType } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import { nextNumber } from '../../store/queries/documents.ts';

/** Who stands behind an act in the journal. Nobody sits at the desk only while an office is being set up. */
export function actorOf(person: Person | null): Actor {
  return person ? { actor: person.id, role: person.role } : program;
}

/** An event, its data checked against its type by the compiler. */
export function event<T extends EventType>(type: T, subject: string, data: EventOf<T>['data']): EventOf<T> {
  return { type, subject, data };
}

export function found<T>(record: T | undefined): T {
  if (record === undefined) throw new DeskError('documents.not-found');
  return record;
}

/** The act is possible in these states only. */
export function inState<T extends { readonly state: string }>(record: T, ...states: T['state'][]): T {
  if (!states.includes(record.state)) throw new DeskError('documents.wrong-state');
  return record;
}

/**
 * The next number of the year of `day`. Numbers follow the order of time (NĐ 30/2020, Điều 15.1): a clock set back
 * gives none.
 */
export function takeNumber(store: Store, series: 'incoming' | 'outgoing', day: IsoDay): number {
  const { number, lastDate } = nextNumber(store.tables, series, Number(day.slice(0, 4)));
  if (lastDate !== null && day < lastDate)
    throw new DeskError('documents.clock-behind', { date: showDay(lastDate) });
  return number;
}
