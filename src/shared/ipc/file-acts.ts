import { z } from 'zod';
import { copyForms } from '../domain/copies.ts';
import { holderKinds, type Holder } from '../domain/holder.ts';
import { personIdSchema } from '../domain/people.ts';
import type { Capability } from '../domain/permissions.ts';
import { verdictSchema } from '../domain/verification.ts';
import { text } from '../text/schemas.ts';
import {
  call,
  fileReferenceSchema,
  idSchema,
  pageSchema,
  problemSchema,
  sha256Schema,
  timeSchema,
} from './call.ts';
import { boxesSchema, login, placementSchema } from './signing.ts';

export const copyFormSchema = z.enum(copyForms);

/** What signing does to one file, besides approving and sealing a document of the office's own. */
export const fileActSchema = z.discriminatedUnion('kind', [
  /** The ĐẾN stamp of a registered document, signed with the agency's certificate (NĐ 30/2020, Phụ lục IV.V). */
  z.strictObject({
    kind: z.literal('incoming'),
    id: idSchema,
    forwardTo: text().trim().max(100).default(''),
    fileCode: text().trim().max(50).default(''),
  }),
  /** Bút phê: the leader's opinion, signed with the personal certificate. */
  z.strictObject({
    kind: z.literal('comment'),
    id: idSchema,
    text: text().trim().min(1).max(2000),
  }),
  /** A copy, signed with the agency's certificate. Its source is a file just added, or one of the document's own. */
  z.strictObject({
    kind: z.literal('copy'),
    /** The document it is kept with; null for a paper that has no record here. */
    id: idSchema.nullable(),
    file: fileReferenceSchema,
    form: copyFormSchema,
    /** The head decides on copies (NĐ 30/2020, Điều 27). */
    orderedById: personIdSchema,
  }),
  /** Any file from disk. */
  z.strictObject({
    kind: z.literal('general'),
    file: fileReferenceSchema,
    holder: z.enum(holderKinds),
  }),
]);
export type FileAct = z.infer<typeof fileActSchema>;
export type FileActKind = FileAct['kind'];

/** Whose certificate an act takes. */
export function holderKindOf(act: FileAct): Holder['kind'] {
  if (act.kind === 'general') return act.holder;
  return act.kind === 'comment' ? 'person' : 'office';
}

/** The right that an act on a file takes. */
export function fileActCapability(act: FileAct): Capability {
  if (act.kind === 'general') return act.holder === 'person' ? 'file.sign' : 'file.seal';
  return ({ incoming: 'incoming.stamp', comment: 'incoming.comment', copy: 'copy.sign' } as const)[act.kind];
}

export const fileActOutcomeSchema = z.strictObject({
  outcome: z.enum(['signed', 'failed', 'not-tried']),
  problem: problemSchema.nullable(),
  /** Null where nothing was signed. */
  signedAt: timeSchema.nullable(),
  /** The new file; null where none was made. */
  file: fileReferenceSchema.nullable(),
  /** Why the signature has no timestamp although one was wanted: it stands, and the timestamp comes later. */
  notes: z.array(problemSchema),
});
export type FileActOutcome = z.infer<typeof fileActOutcomeSchema>;

export const signedFileSchema = z.strictObject({
  id: idSchema,
  sha256: sha256Schema,
  name: z.string(),
  size: z.number().int(),
  signedAt: timeSchema,
  holder: z.enum(holderKinds),
  /** Null for a file that is no copy. */
  form: copyFormSchema.nullable(),
  verdict: verdictSchema.nullable(),
});
export type SignedFile = z.infer<typeof signedFileSchema>;

export const fileActs = {
  /** What would be signed, and where. Refuses a file that must not be signed before anybody is asked for a PIN. */
  'file-act.plan': call(
    z.strictObject({ act: fileActSchema }),
    z.strictObject({ placements: z.array(placementSchema) }),
  ),
  /**
   * Signs files one after another with one login, all by the same act. What is wrong with one stops only that one; a
   * token that is gone, or `task.cancel` between two files, ends it, and what is signed stays signed.
   */
  'file-act.sign': call(
    z.strictObject({
      items: z
        .array(z.strictObject({ act: fileActSchema, boxes: boxesSchema }))
        .min(1)
        .max(100)
        .refine((items) => new Set(items.map(({ act }) => fileActCapability(act))).size === 1),
      ...login,
    }),
    z.strictObject({
      /** In the order of the items. */
      items: z.array(fileActOutcomeSchema),
      /** Why the rest was not tried; null when every file had its turn. */
      stopped: problemSchema.nullable(),
    }),
  ),
  /** Files the person at the desk has signed that belong to no document, newest first. */
  'file-act.list': call(
    pageSchema,
    z.strictObject({ rows: z.array(signedFileSchema), total: z.number().int() }),
  ),
};
