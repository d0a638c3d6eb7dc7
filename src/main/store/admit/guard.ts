import type { Capability } from '../../../shared/domain/permissions.ts';
import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { Actor, EventOf, EventType } from '../events/index.ts';
import { personById } from '../queries/office.ts';
import { may } from '../rights.ts';
import type { Tables } from '../sql.ts';

/**
 * Whether an event may stand, from the tables as they are and from nothing else: no clock, no chance, no network, no
 * file. Every desk that hears of the act must come to the same answer.
 * @throws DeskError why not
 */
export type Guard<T extends EventType> = (tables: Tables, actor: Actor, event: EventOf<T>) => void;

export type Guards<Events extends object> = { readonly [T in keyof Events & EventType]: Guard<T> };

/** @throws DeskError documents.not-found */
export function requireFound<T>(record: T | undefined): T {
  if (record === undefined) throw new DeskError('documents.not-found');
  return record;
}

/** @throws DeskError documents.wrong-state: the act is possible in `states` only */
export function requireState<T extends { readonly state: string }>(record: T, ...states: T['state'][]): T {
  if (!states.includes(record.state)) throw new DeskError('documents.wrong-state');
  return record;
}

/** @throws DeskError documents.no-such-person */
export function atWork(tables: Tables, id: string): Person {
  const person = personById(tables, id);
  if (!person?.active) throw new DeskError('documents.no-such-person');
  return person;
}

/** The person who acts still works here, in the role in which the act was done; the program itself always does. */
export function byAnyone(tables: Tables, { actor, role }: Actor): void {
  if (role === 'system') return;
  if (atWork(tables, actor).role !== role) throw new DeskError('documents.not-allowed', { name: actor });
}

/** @param documentId where the right may be to one's own documents only */
export function requireRight(tables: Tables, who: Actor, capability: Capability, documentId?: string): void {
  byAnyone(tables, who);
  if (who.role === 'system') return;
  const person = atWork(tables, who.actor);
  if (!may(tables, person, capability, documentId))
    throw new DeskError('documents.not-allowed', { name: person.name });
}

/** @throws DeskError documents.not-allowed for a person: only the program records this */
export const byProgram = (_: Tables, { actor, role }: Actor): void => {
  if (role !== 'system') throw new DeskError('documents.not-allowed', { name: actor });
};

/** A guard that asks for a right alone. */
export const byRight =
  (capability: Capability) =>
  (tables: Tables, who: Actor): void =>
    requireRight(tables, who, capability);
