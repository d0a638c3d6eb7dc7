import { z } from 'zod';
import { deliveryStateSchema } from '../../../shared/ipc/outgoing.ts';
import { registry } from './definition.ts';
import { delivery, file, id, outgoingMessage, problem, replacement, time } from './words.ts';

const statusCode = z.enum(['01', '02', '03', '04', '05', '06', '13', '15', '16']);

/** What a status did: to one delivery of ours, or to a document we received. */
const effect = z.strictObject({
  deliveryId: id.nullable(),
  state: deliveryStateSchema.nullable(),
  incomingId: id.nullable(),
  /** Outbox row that the status proves was sent. */
  provesSent: id.nullable(),
});
export type StatusEffect = z.infer<typeof effect>;

/** What came from the axis and what went to it, step by step: a crash finds here where it was. */
export const exchangeEvents = {
  'inbox.stored': registry.free(
    z.strictObject({
      ...delivery,
      kind: z.enum(['edoc', 'status']),
      file,
      size: z.number().int(),
      receivedAt: time,
    }),
  ),
  'inbox.quarantined': registry.free(z.strictObject({ ...delivery, problem, at: time })),
  'inbox.acknowledged': registry.free(z.strictObject({ ...delivery, at: time })),
  /** What the sender is told of its document, by the program: it follows the act that decided it. */
  'status.queued': registry.free(z.strictObject({ message: outgoingMessage })),
  'status.received': registry.free(
    z.strictObject({
      ...delivery,
      statusKey: z.string(),
      from: z.string(),
      documentId: z.string(),
      code: statusCode,
      description: z.string(),
      at: time.nullable(),
      receivedAt: time,
      /** Null: nothing it could belong to yet. */
      effect: effect.nullable(),
    }),
  ),
  /** A status that is known already came in another delivery. */
  'status.redelivered': registry.free(z.strictObject({ ...delivery, statusKey: z.string() })),
  'status.matched': registry.free(z.strictObject({ statusKey: z.string(), description: z.string(), effect })),
  'outbox.sending': registry.free(z.strictObject({ id, at: time })),
  'outbox.sent': registry.free(z.strictObject({ id, axisDocId: z.string().nullable(), at: time })),
  'outbox.uncertain': registry.free(z.strictObject({ id, problem, at: time })),
  'outbox.queued': registry.free(z.strictObject({ id, problem: problem.nullable(), at: time })),
  /** A document of ours got timestamps right before it was sent: its message was written anew with the grown files. */
  'outbox.rewritten': registry.free(
    z.strictObject({
      id,
      message: z.strictObject({ file }),
      files: z.array(replacement.extend({ before: z.strictObject({ file }) })),
    }),
  ),
  'outbox.failed': registry.free(z.strictObject({ id, problem, at: time })),
};
