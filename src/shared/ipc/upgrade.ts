import { z } from 'zod';

/** Where the page asks, in both hosts, how far the records have been made ready for this version of the program. */
export const UPGRADE_PATH = '/upgrade';

/** Entries of the journal, then documents of the index; the total is known better on the way. */
export const upgradeStateSchema = z.strictObject({
  isOpen: z.boolean(),
  done: z.number().int(),
  total: z.number().int(),
});
export type UpgradeState = z.infer<typeof upgradeStateSchema>;
