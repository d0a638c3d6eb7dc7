import { z } from 'zod';
import { call, daySchema, idSchema } from './call.ts';

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

export const register = {
  'register.book': call(
    z.strictObject({ book: z.enum(['incoming', 'outgoing']), from: daySchema, to: daySchema }),
    bookSchema,
  ),
};
