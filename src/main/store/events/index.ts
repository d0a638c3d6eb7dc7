import { z } from 'zod';
import { roles } from '../../../shared/domain/people.ts';
import { exchangeEvents } from './exchange.ts';
import { fileActEvents } from './file-acts.ts';
import { fileEvents } from './files.ts';
import { incomingEvents } from './incoming.ts';
import { officeEvents } from './office.ts';
import { outgoingEvents } from './outgoing.ts';
import { proofEvents } from './proofs.ts';

/**
 * What the journals can say. The number is stored with them and rises with every change of a definition below, so that
 * a program that knows less says so in words before it touches anything; a test holds number and definitions together.
 */
export const vocabulary = 1;

/** Every event: its data is checked when it is written and again when it is read. */
export const events = {
  ...officeEvents,
  ...incomingEvents,
  ...outgoingEvents,
  ...exchangeEvents,
  ...fileEvents,
  ...fileActEvents,
  ...proofEvents,
};
export type EventType = keyof typeof events;
export const isEventType = (type: string): type is EventType => Object.hasOwn(events, type);

/** The last thing known of a subject when an act was decided: the hash of its last strict entry, or null. */
export const baseSchema = z.array(
  z.strictObject({
    subject: z.string(),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
  }),
);
export type Base = z.infer<typeof baseSchema>;

/** `subject` is what the event is about: a document's id, a person's id, `office`, `exchange`, a file's hash. */
export interface EventOf<T extends EventType> {
  readonly type: T;
  readonly subject: string;
  readonly data: z.infer<(typeof events)[T]['schema']>;
}
export type OfficeEvent = { [T in EventType]: EventOf<T> }[EventType];

/** What an act is, besides its event. */
export interface ActParts {
  /** What it was decided on, where that was some time ago: refused when something strict has happened since. */
  readonly base?: Base;
  /** What the program adds to it, each an entry of its own that follows: the act's own data stays as it was made. */
  readonly followers?: readonly OfficeEvent[];
}
export type Act = OfficeEvent & ActParts;

/** Who acted: a person in a role, or the program itself (`system`). */
export const actorSchema = z.object({
  actor: z.string().min(1),
  role: z.enum([...roles, 'system']),
});
export type Actor = z.infer<typeof actorSchema>;
export const program: Actor = { actor: 'program', role: 'system' };

/** An event in its place in its journal. */
export type EntryOf<T extends EventType> = EventOf<T> & Actor & { readonly seq: number; readonly at: number };
/** What recording an event gives back; null stays null. */
export type Recorded<E extends Act | null> = E extends { readonly type: infer T extends EventType }
  ? EntryOf<T>
  : null;
export type Entry = { [T in EventType]: EntryOf<T> }[EventType];

/** The event's own subject and the others it says something about. */
export function subjectsOf({ type, subject, data }: OfficeEvent): string[] {
  // The type fixes the data; TypeScript cannot follow that through a union.
  const touches = events[type].touches as (data: unknown) => readonly (string | null)[];
  return [...new Set([subject, ...touches(data)])].filter((one) => one !== null);
}
