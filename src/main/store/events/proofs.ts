import { z } from 'zod';
import { local, registry } from './definition.ts';
import { file, time } from './words.ts';

const kind = z.enum(['timestamp', 'validation-data', 'archive-timestamp']);
const level = z.enum(['B-B', 'B-T', 'B-LT', 'B-LTA']);

/** What makes signatures of ours stand for decades, added to their files after the act (ETSI EN 319 142-1, 6). */
export const proofEvents = {
  /** What a file still lacks for the level the office wants; nothing, until something is added or due. */
  'proof.assessed': registry.free(
    z.strictObject({
      position: z.number().int().min(0),
      file,
      level,
      tasks: z.array(z.strictObject({ kind, dueAt: time })),
    }),
  ),
  /** A revision added. What was sent stays as it was sent: its grown file is kept beside it, as the archive's copy. */
  'proof.added': registry.free(
    z.strictObject({
      position: z.number().int().min(0),
      before: z.strictObject({ file }),
      file,
      size: z.number().int(),
      steps: z.array(kind),
      archive: z.boolean(),
    }),
  ),
  /**
   * A time that is not this computer's own, beside which the entry's own time stands; or this computer's, confirmed by
   * the person who is about to sign. What the office's journal says of time up to its entry `after` counts no more.
   */
  'clock.trusted': local(
    z.strictObject({
      source: z.enum(['timestamp', 'axis', 'person']),
      time,
      after: z.number().int().min(0),
    }),
  ),
};
