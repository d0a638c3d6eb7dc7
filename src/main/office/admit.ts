import type { Person } from '../../shared/domain/people.ts';
import { grantOf, type Grant } from '../../shared/domain/permissions.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { CallName, ParsedArgument } from '../../shared/ipc/index.ts';
import type { Store } from '../store/index.ts';
import { people } from '../store/queries/office.ts';
import { calls } from './calls.ts';
import { actorOf, newEvent } from './common/events.ts';
import type { Need } from './common/calls.ts';
import { hasOwner, may } from '../store/rights.ts';

/**
 * Lets a call through or records that it was refused.
 * @returns how far the person's right goes: `own` means that lists must leave out other people's documents
 * @throws DeskError documents.nobody-sits, documents.not-allowed
 */
export function admit<N extends CallName>(
  store: Store,
  name: N,
  argument: ParsedArgument<N>,
  person: Person | null,
): Grant {
  const need: Need<N> = calls[name].need;
  const capability = typeof need === 'function' ? need(store.tables, argument) : need;
  if (capability === 'anyone') return 'all';
  if (!person) {
    // Before the office has any people, somebody has to be able to enter them.
    const settingUp = capability === 'seated' || capability.startsWith('settings.');
    if (settingUp && people(store.tables).length === 0) return 'all';
    throw new DeskError('documents.nobody-sits');
  }
  if (capability === 'seated') return 'all';
  const { id } = argument as { id?: string };
  if (may(store.tables, person, capability, typeof id === 'string' && hasOwner(capability) ? id : undefined))
    return grantOf(person.role, capability)!;
  store.record(actorOf(person), () => newEvent('access.denied', person.id, { call: name, capability }));
  throw new DeskError('documents.not-allowed', { name: person.name });
}
