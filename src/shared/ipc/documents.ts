import { z } from 'zod';
import { numberedKinds } from '../domain/records.ts';
import { attachmentRoles, urgencies } from '../domain/states.ts';
import { verdictSchema } from '../domain/verification.ts';
import { daySchema, idSchema, problemSchema, sha256Schema, timeSchema } from './call.ts';

/** What incoming and outgoing documents have in common on screen. */
export const urgencySchema = z.enum(urgencies);

export const attachmentSchema = z.strictObject({
  sha256: sha256Schema,
  name: z.string(),
  role: z.enum(attachmentRoles),
  size: z.number().int(),
  mediaType: z.string(),
  /** What is wrong with the file itself, e.g. that it could not be decoded. */
  problems: z.array(problemSchema),
  /** Signature verdict of a PDF; null for other files and while it is being verified. */
  verdict: verdictSchema.nullable(),
  /** The file as it was sent with proofs added since, for the archive; null while there are none. */
  archive: sha256Schema.nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const linkSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(numberedKinds),
  /** `replies-to`: this document answers that one; `answered-by`: the other way round. */
  relation: z.enum(['replies-to', 'answered-by']),
  code: z.string(),
  subject: z.string(),
  date: daySchema.nullable(),
});

/** What still has to be proved about the signatures of an attachment, and is worked on by itself. */
export const pendingProofSchema = z.strictObject({
  sha256: sha256Schema,
  name: z.string(),
  /** `revocation`: only asked for; the others add a revision to the file (ETSI EN 319 142-1, 6). */
  kind: z.enum(['revocation', 'timestamp', 'validation-data', 'archive-timestamp']),
  attempts: z.number().int(),
  nextAt: timeSchema,
  /** Why the last attempt did not succeed. */
  problem: problemSchema.nullable(),
});
export type PendingProof = z.infer<typeof pendingProofSchema>;
