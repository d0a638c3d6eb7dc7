import { z } from 'zod';
import { text } from '../text/schemas.ts';
import { call, daySchema, idSchema, nothing, taskIdSchema, timeSchema } from './call.ts';
import { historyEntrySchema, urgencySchema } from './documents.ts';

/**
 * The two registers with exactly the ten columns of NĐ 30/2020, Phụ lục IV, as text in the order printed.
 */
export const bookSchema = z.strictObject({
  book: z.enum(['incoming', 'outgoing']),
  from: daySchema,
  to: daySchema,
  rows: z.array(z.strictObject({ id: idSchema, cells: z.array(z.string()).length(10) })),
});
export type Book = z.infer<typeof bookSchema>;

export const hitSchema = z.strictObject({
  id: idSchema,
  direction: z.enum(['incoming', 'outgoing']),
  code: z.string(),
  subject: z.string(),
  party: z.string(),
  date: daySchema.nullable(),
  /** Text around the match, as found in the fields or the PDF. */
  excerpt: z.string(),
});
export type Hit = z.infer<typeof hitSchema>;

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
        direction: z.enum(['incoming', 'outgoing']),
        code: z.string(),
        subject: z.string(),
        urgency: urgencySchema,
        dueDate: daySchema.nullable(),
      }),
    )
    .max(5),
});
export type Tile = z.infer<typeof tileSchema>;

export const integritySchema = z.strictObject({
  journalEntries: z.number().int(),
  /** First entry whose hash does not fit; null when the chain is whole. */
  brokenAt: z.number().int().nullable(),
  files: z.number().int(),
  missing: z.array(z.string()),
  damaged: z.array(z.string()),
  checkedAt: timeSchema,
});
export type Integrity = z.infer<typeof integritySchema>;

export const registers = {
  'today.tiles': call(nothing, z.strictObject({ tiles: z.array(tileSchema) })),
  'register.book': call(
    z.strictObject({ book: z.enum(['incoming', 'outgoing']), from: daySchema, to: daySchema }),
    bookSchema,
  ),
  'search.find': call(
    z.strictObject({
      text: text().trim().min(1).max(200),
      limit: z.number().int().min(1).max(100).default(30),
      offset: z.number().int().min(0).default(0),
    }),
    z.strictObject({ hits: z.array(hitSchema), total: z.number().int() }),
  ),
  'history.of': call(
    z.strictObject({ id: idSchema }),
    z.strictObject({ entries: z.array(historyEntrySchema) }),
  ),
  'integrity.check': call(z.strictObject({ taskId: taskIdSchema }), integritySchema),
  /** Makes every table again from the journal and says whether they came out the same. */
  'integrity.rebuild': call(
    z.strictObject({ taskId: taskIdSchema }),
    z.strictObject({ entries: z.number().int(), identical: z.boolean() }),
  ),
};
