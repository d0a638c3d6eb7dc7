import { z } from 'zod';
import { numberedKinds } from '../domain/records.ts';
import { text } from '../text/schemas.ts';
import { call, daySchema, idSchema } from './call.ts';

export const hitSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(numberedKinds),
  code: z.string(),
  subject: z.string(),
  party: z.string(),
  date: daySchema.nullable(),
  /** Text around the match, as found in the fields or the PDF. */
  excerpt: z.string(),
});
export type Hit = z.infer<typeof hitSchema>;

export const search = {
  'search.find': call(
    z.strictObject({
      text: text().trim().min(1).max(200),
      limit: z.number().int().min(1).max(100).default(30),
      offset: z.number().int().min(0).default(0),
    }),
    z.strictObject({ hits: z.array(hitSchema), total: z.number().int() }),
  ),
};
