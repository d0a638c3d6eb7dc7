import type { Person } from '../../../shared/domain/people.ts';
import type { Capability, Grant } from '../../../shared/domain/permissions.ts';
import type { Topic } from '../../../shared/domain/topics.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { CallName, ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { WindowSession } from '../../host/desk-port.ts';
import type { EventType } from '../../store/events/index.ts';
import type { Tables } from '../../store/index.ts';

/** What the desk knows of one window while it is open. */
export interface DeskWindow {
  readonly host: WindowSession['host'];
  /** Who sits there; null when nobody does. */
  personId: string | null;
  /**
   * Media types, by hash, of the files that the person who sits here has added: they can be shown before any document
   * has them, and not to the next person.
   */
  readonly added: Map<string, string>;
}

/** What a call needs: nothing, somebody who sits there, or a right, which may depend on the document or the act. */
export type Need<N extends CallName> =
  'anyone' | 'seated' | Capability | ((tables: Tables, argument: ParsedArgument<N>) => Capability);

/** One admitted call. */
export interface AdmittedCall<N extends CallName> {
  readonly argument: ParsedArgument<N>;
  /** Null only while an office without people is being set up, and for calls that anyone may make. */
  readonly person: Person | null;
  readonly grant: Grant;
  readonly window: DeskWindow;
}

/** A call of the contract as its feature answers it, with those services of the desk that it takes. */
export interface OfficeCall<N extends CallName, Services> {
  readonly need: Need<N>;
  readonly answer: (services: Services, call: AdmittedCall<N>) => Result<N> | Promise<Result<N>>;
}

/** Every call of a feature, whose name is the first word of theirs. */
export type CallsOf<Feature extends string, Services> = {
  readonly [N in Extract<CallName, `${Feature}.${string}`>]: OfficeCall<N, Services>;
};

/** What events are about: the first word of their types. */
export type EventKind = EventType extends `${infer Kind}.${string}` ? Kind : never;

/** What a window shows that each event of a kind may have changed: a forgotten event does not compile. */
export type TopicsOf<Kind extends EventKind> = Readonly<
  Record<Extract<EventType, `${Kind}.${string}`>, readonly Topic[]>
>;

/** @throws DeskError documents.nobody-sits */
export function requirePerson(person: Person | null): Person {
  if (!person) throw new DeskError('documents.nobody-sits');
  return person;
}

/** The answer of an act of a person that has no result. */
export function answerOfAct<S, N extends CallName>(
  act: (store: S, person: Person, argument: ParsedArgument<N>) => void | Promise<void>,
): (services: { readonly store: S }, call: AdmittedCall<N>) => Promise<Record<string, never>> {
  return async ({ store }, { argument, person }) => {
    await act(store, requirePerson(person), argument);
    return {};
  };
}
