import { z } from 'zod';
import { type CellsOf, type Register, registerNames, registers } from '../domain/registers.ts';
import { call, daySchema, idSchema } from './call.ts';

const cellSchemas = {
  text: z.string(),
  day: daySchema.nullable(),
  number: z.number().int(),
  'by-hand': z.null(),
};

function bookOf<R extends Register>(register: R) {
  const columns = registers[register].map(({ key, type }) => [key, cellSchemas[type]] as const);
  return z.strictObject({
    book: z.literal(register),
    from: daySchema,
    to: daySchema,
    rows: z.array(
      z.strictObject({
        id: idSchema,
        // The definition names the columns; TypeScript cannot follow that through the list of them.
        cells: z.strictObject(Object.fromEntries(columns)) as unknown as z.ZodType<CellsOf<R>>,
      }),
    ),
  });
}

export const bookSchema = z.discriminatedUnion('book', [bookOf('incoming'), bookOf('outgoing')]);
export type Book = z.infer<typeof bookSchema>;

export const register = {
  'register.book': call(
    z.strictObject({ book: z.enum(registerNames), from: daySchema, to: daySchema }),
    bookSchema,
  ),
};
