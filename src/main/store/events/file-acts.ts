import { z } from 'zod';
import { holderKinds } from '../../../shared/domain/holder.ts';
import { copyFormSchema } from '../../../shared/ipc/file-acts.ts';
import { desk, registry } from './definition.ts';
import { derived, signature } from './words.ts';

const copy = z.strictObject({ form: copyFormSchema, orderedById: z.string() });

/** Files signed here that are not documents of the office. */
export const fileActEvents = {
  /** Kept with the document that was copied. */
  'copy.made': registry.guarded(copy.extend({ attachment: derived, signature })),
  /** Belongs to no document: its subject is an id of its own. */
  'signed-file.made': desk.guarded(
    z.strictObject({
      holder: z.enum(holderKinds),
      copy: copy.nullable(),
      attachment: derived,
      signature,
    }),
  ),
};
