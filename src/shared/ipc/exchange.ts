import { z } from 'zod';
import { axisLineSchema } from '../domain/exchange.ts';
import { named, text } from '../text/schemas.ts';
import { call, done, idSchema, nothing, pageSchema, problemSchema, timeSchema } from './call.ts';
import { deliverySchema } from './outgoing.ts';

export const exchangeStateSchema = z.strictObject({
  configured: z.boolean(),
  /** `halted`: stopped by a refusal (wrong secret, unregistered sender) that only a person can clear. */
  phase: z.enum(['stopped', 'idle', 'syncing', 'halted']),
  /** Null before the first attempt. */
  online: z.boolean().nullable(),
  lastSyncAt: timeSchema.nullable(),
  nextSyncAt: timeSchema.nullable(),
  /** Messages waiting to go out (documents and statuses). */
  waiting: z.number().int(),
  /** Documents among them. */
  waitingDocuments: z.number().int(),
  /** Why the last attempt did not succeed. */
  problem: problemSchema.nullable(),
});
export type ExchangeState = z.infer<typeof exchangeStateSchema>;

export const deliveryRowSchema = deliverySchema.extend({
  outgoingId: idSchema,
  code: z.string(),
  subject: z.string(),
  issuedAt: timeSchema,
});
export type DeliveryRow = z.infer<typeof deliveryRowSchema>;

export const quarantineRowSchema = z.strictObject({
  line: axisLineSchema,
  axisDocId: z.string(),
  receivedAt: timeSchema,
  size: z.number().int(),
  problem: problemSchema,
});
export type QuarantineRow = z.infer<typeof quarantineRowSchema>;

export const exchange = {
  'exchange.state': call(nothing, exchangeStateSchema),
  'exchange.sync': call(nothing, exchangeStateSchema),
  'exchange.deliveries': call(
    pageSchema.extend({ openOnly: z.boolean().default(false), text: text().max(200).default('') }),
    z.strictObject({ rows: z.array(deliveryRowSchema), total: z.number().int() }),
  ),
  'exchange.retry': call(z.strictObject({ deliveryId: idSchema }), done),
  'exchange.quarantine': call(nothing, z.strictObject({ rows: z.array(quarantineRowSchema) })),
  /** Reads quarantined messages again (after a program update or a fixed sender). */
  'exchange.reread': call(z.strictObject({ line: axisLineSchema, axisDocId: named(1000) }), done),
};
