import { z } from 'zod';
import { numberedKinds } from '../domain/records.ts';
import { call, daySchema, idSchema, nothing } from './call.ts';
import { urgencySchema } from './documents.ts';

export const tileSchema = z.strictObject({
  key: z.enum([
    'to-register',
    'to-direct',
    'to-handle',
    'to-check',
    'to-sign',
    'to-number',
    'to-seal',
    'to-issue',
    'not-sent',
    'due-soon',
    'overdue',
    'quarantined',
  ]),
  count: z.number().int(),
  /** The first few, for the tile itself. */
  documents: z
    .array(
      z.strictObject({
        id: idSchema,
        kind: z.enum(numberedKinds),
        code: z.string(),
        subject: z.string(),
        urgency: urgencySchema,
        dueDate: daySchema.nullable(),
      }),
    )
    .max(5),
});
export type Tile = z.infer<typeof tileSchema>;

export const today = {
  'today.tiles': call(nothing, z.strictObject({ tiles: z.array(tileSchema) })),
};
