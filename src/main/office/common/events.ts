import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import { program, type Act, type Actor, type EventOf, type EventType } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';

/** Who stands behind an act in the journal. Nobody sits at the desk only while an office is being set up. */
export function actorOf(person: Person | null): Actor {
  return person ? { actor: person.id, role: person.role } : program;
}

/** An event, its data checked against its type by the compiler. */
export function newEvent<T extends EventType>(
  type: T,
  subject: string,
  data: EventOf<T>['data'],
): EventOf<T> {
  return { type, subject, data };
}

/** An act and what the program adds to it, each an entry of its own: the act's own data stays as it was made. */
export function followedBy<E extends Act>(act: E, ...followers: (EventOf<EventType> | null)[]): E {
  return { ...act, followers: followers.filter((one) => one !== null) };
}

/**
 * Records what is good to know but holds nobody up: a journal that has lost its end takes nothing more, and whoever
 * looks into that must get as far as the integrity check.
 */
export function recordUnlessBroken(store: Pick<Store, 'record'>, who: Actor, event: Act): void {
  try {
    store.record(who, () => event);
  } catch (error) {
    if (!(error instanceof DeskError && error.code === 'store.journal-broken')) throw error;
  }
}
