/** What was wrong with a damaged PDF, and is set right in a copy written anew. */
export const repairs = [
  'junk-before-header',
  'trailing-bytes',
  'cross-reference',
  'stream-length',
  /** An object stood in the file more than once: the last one counts, as in an update. */
  'repeated-object',
  /** A dictionary had a key twice: the last one counts. */
  'repeated-key',
] as const;
export type Repair = (typeof repairs)[number];
