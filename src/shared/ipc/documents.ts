import { z } from 'zod';
import { repairs } from '../domain/repairs.ts';
import { attachmentRoles, urgencies } from '../domain/states.ts';
import { verdictSchema } from '../domain/verification.ts';
import { secret } from '../text/schemas.ts';
import {
  call,
  daySchema,
  done,
  fileReferenceSchema,
  idSchema,
  problemSchema,
  sha256Schema,
  timeSchema,
} from './call.ts';

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
  direction: z.enum(['incoming', 'outgoing']),
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

export const historyEntrySchema = z.strictObject({
  seq: z.number().int(),
  at: timeSchema,
  actor: z.string(),
  /** Journal event type, e.g. `incoming.registered`: its words are in the renderer's texts. */
  type: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

export const fileLookSchema = z.strictObject({
  /** What keeps the PDF from being signed as it is; null when nothing does. */
  problem: problemSchema.nullable(),
  /** Written anew, so that every reader sees the same document; null when not needed, or not possible. */
  copy: z
    .strictObject({ sha256: sha256Schema, size: z.number().int(), repairs: z.array(z.enum(repairs)) })
    .nullable(),
  /** Somebody has signed in it. */
  signed: z.boolean(),
});

const byHash = z.strictObject({ sha256: sha256Schema });

export const documents = {
  /** What keeps a PDF from being signed, and the copy that could be used in its place. */
  'file.look': call(fileReferenceSchema, fileLookSchema),
  /** The person's word to use the copy in place of the damaged file, which stays stored. */
  'file.take-copy': call(fileReferenceSchema, fileReferenceSchema),
  /** The password of a PDF, kept in the memory of the running program for everything that is done with the file. */
  'file.unlock': call(byHash.extend({ password: secret(1, 256) }), done),
  /** What a file was unlocked with, for the view of it; null when nobody has entered a password. */
  'file.password': call(byHash, z.strictObject({ password: z.string().nullable() })),
};
