import { z } from 'zod';
import { historyTypes } from '../domain/history.ts';
import { call, idSchema, timeSchema } from './call.ts';

export const historyEntrySchema = z.strictObject({
  seq: z.number().int(),
  at: timeSchema,
  actor: z.string(),
  /** Its words are in the renderer's texts. */
  type: z.enum(historyTypes),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

export const history = {
  'history.of': call(
    z.strictObject({ id: idSchema }),
    z.strictObject({ entries: z.array(historyEntrySchema) }),
  ),
};
