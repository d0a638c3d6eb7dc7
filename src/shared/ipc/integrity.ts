import { z } from 'zod';
import { call, taskIdSchema, timeSchema } from './call.ts';

export const integritySchema = z.strictObject({
  journalEntries: z.number().int(),
  /** First entry whose hash does not fit; null when the chain is whole. */
  brokenAt: z.number().int().nullable(),
  /** Entries whose content was taken away by law; who did it is '' for the program itself. */
  purged: z.array(z.strictObject({ seq: z.number().int(), by: z.string(), at: timeSchema })),
  files: z.number().int(),
  missing: z.array(z.string()),
  damaged: z.array(z.string()),
  checkedAt: timeSchema,
});
export type Integrity = z.infer<typeof integritySchema>;

export const integrity = {
  'integrity.check': call(z.strictObject({ taskId: taskIdSchema }), integritySchema),
  /** Makes every table again from the journal and says whether they came out the same. */
  'integrity.rebuild': call(
    z.strictObject({ taskId: taskIdSchema }),
    z.strictObject({ entries: z.number().int(), identical: z.boolean() }),
  ),
};
