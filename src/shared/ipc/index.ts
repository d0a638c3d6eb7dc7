import { z } from 'zod';
import { topics } from '../domain/topics.ts';
import { agencies } from './agencies.ts';
import { type Call, problemSchema } from './call.ts';
import { exchange } from './exchange.ts';
import { fileActs } from './file-acts.ts';
import { files } from './files.ts';
import { history } from './history.ts';
import { incoming } from './incoming.ts';
import { integrity } from './integrity.ts';
import { outgoing } from './outgoing.ts';
import { register } from './register.ts';
import { search } from './search.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { signing } from './signing.ts';
import { tasks } from './tasks.ts';
import { today } from './today.ts';
import { verification } from './verification.ts';

/** Every call of the product: the hosts, the renderer's bridge and the tests' doubles derive from it. */
export const ipc = {
  ...session,
  ...today,
  ...incoming,
  ...outgoing,
  ...files,
  ...signing,
  ...fileActs,
  ...verification,
  ...exchange,
  ...agencies,
  ...register,
  ...search,
  ...history,
  ...integrity,
  ...settings,
  ...tasks,
};
export type Ipc = typeof ipc;
export type CallName = keyof Ipc;
/** What a caller writes: defaults may be left out. */
export type Argument<N extends CallName> = Ipc[N] extends Call<infer A> ? z.input<A> : never;
/** What the desk gets after parsing. */
export type ParsedArgument<N extends CallName> = Ipc[N] extends Call<infer A> ? z.output<A> : never;
export type Result<N extends CallName> = Ipc[N] extends Call<z.ZodType, infer R> ? z.output<R> : never;

/** What crosses the border back: never a message text or a stack. */
export const answerSchema = z.union([
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  problemSchema.extend({ ok: z.literal(false) }),
]);
export type Answer = z.infer<typeof answerSchema>;

/** The desk says *that* something changed; whoever shows it asks again. */
export const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('changed'),
    topic: z.enum(topics),
  }),
  z.strictObject({
    type: z.literal('progress'),
    taskId: z.uuid(),
    done: z.number().int(),
    total: z.number().int(),
    /** Name of what is being worked on, e.g. a file. */
    label: z.string(),
  }),
]);
export type DeskEvent = z.infer<typeof eventSchema>;

/** What a window offers the renderer, whichever host it runs in. */
export interface DeskBridge {
  call(name: CallName, argument: unknown): Promise<Answer>;
  /** Stores a file and names it by its hash; the limit is 50 MB. */
  addFile(name: string, bytes: Uint8Array): Promise<Answer>;
  /** Where the bytes of a stored file can be fetched by the page, with range requests. */
  fileUrl(sha256: string): string;
  /** Returns the function that ends the subscription. */
  onEvent(listener: (event: DeskEvent) => void): () => void;
}
export const addFileResultSchema = z.strictObject({ sha256: z.string(), size: z.number().int() });
