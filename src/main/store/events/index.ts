import { z } from 'zod';
import { exchangeEvents } from './exchange.ts';
import { fileActEvents } from './file-acts.ts';
import { fileEvents } from './files.ts';
import { incomingEvents } from './incoming.ts';
import { officeEvents } from './office.ts';
import { outgoingEvents } from './outgoing.ts';
import { proofEvents } from './proofs.ts';

/** Every event of the journal: its type and the schema of its data, checked when it is written and when it is replayed. */
export const eventSchemas = {
  ...officeEvents,
  ...incomingEvents,
  ...outgoingEvents,
  ...exchangeEvents,
  ...fileEvents,
  ...fileActEvents,
  ...proofEvents,
};
export type EventType = keyof typeof eventSchemas;

/** `subject` is what the event is about: a document's id, a person's id, `office`, `exchange`, a file's hash. */
export interface EventOf<T extends EventType> {
  readonly type: T;
  readonly subject: string;
  readonly data: z.infer<(typeof eventSchemas)[T]>;
}
export type OfficeEvent = { [T in EventType]: EventOf<T> }[EventType];

/** Who acted: a person in a role, or the program itself (`system`). */
export const actorSchema = z.object({
  actor: z.string().min(1),
  role: z.enum(['clerk', 'principal', 'teacher', 'system']),
});
export type Actor = z.infer<typeof actorSchema>;
export const program: Actor = { actor: 'program', role: 'system' };

/** An event in its place in the journal. */
export type EntryOf<T extends EventType> = EventOf<T> & Actor & { readonly seq: number; readonly at: number };
/** What recording an event gives back; null stays null. */
export type Recorded<E extends OfficeEvent | null> = E extends { readonly type: infer T extends EventType }
  ? EntryOf<T>
  : null;
export type Entry = { [T in EventType]: EntryOf<T> }[EventType];
