import type { z } from 'zod';

/**
 * Whose event it is when an office has several desks (the design of which is kept in the journal's format already):
 * - `registry`: only the desk that orders the journal makes it: numbers, the seal, the exchange, the office itself, and
 *   what is derived from files;
 * - `desk`: any desk may do it, also while it is cut off; the registry judges and orders it;
 * - `local`: about this PC alone (drivers, key files, its clock). It stands in a second journal that never travels.
 */
export type Sort = 'registry' | 'desk' | 'local';

/**
 * What an act expects of the subjects it was decided on:
 * - `strict`: nothing strict has happened to them since; see `versions`;
 * - `guarded`: only what its guard in `admit/` asks;
 * - `free`: nothing, it is true whatever else happened.
 */
export type Concurrency = 'strict' | 'guarded' | 'free';

export interface EventDefinition<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly sort: Sort;
  readonly concurrency: Concurrency;
  /** Subjects, besides the event's own, that it says something about. */
  readonly touches: (data: z.infer<Schema>) => readonly (string | null)[];
}

const none = () => [];

function definer(sort: Sort, concurrency: Concurrency) {
  return <Schema extends z.ZodType>(
    schema: Schema,
    touches: (data: z.infer<Schema>) => readonly (string | null)[] = none,
  ): EventDefinition<Schema> => ({ schema, sort, concurrency, touches });
}

/** How each file of this folder defines its events: by sort and concurrency. */
export const registry = {
  strict: definer('registry', 'strict'),
  guarded: definer('registry', 'guarded'),
  free: definer('registry', 'free'),
};
export const desk = {
  strict: definer('desk', 'strict'),
  guarded: definer('desk', 'guarded'),
  free: definer('desk', 'free'),
};
export const local = definer('local', 'free');
