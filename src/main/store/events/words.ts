import { z } from 'zod';
import { attachmentRoles, urgencies } from '../../../shared/domain/states.ts';

/**
 * Words the event schemas share. Every stored file that an event names stands under a key called `file`: that is how
 * the store knows which files the office must still have (see `projections/files.ts`).
 */
export const file = z.string().regex(/^[0-9a-f]{64}$/);
export const id = z.uuid();
export const day = z.iso.date();
export const time = z.number().int();
export const urgency = z.enum(urgencies);

/** A code of the error catalogue with what fills its sentence, or of a warning about a message. */
export const problem = z.strictObject({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type StoredProblem = z.infer<typeof problem>;

export const party = z.strictObject({ code: z.string(), name: z.string() });

export const attachment = z.strictObject({
  file,
  name: z.string(),
  role: z.enum(attachmentRoles),
  size: z.number().int(),
  mediaType: z.string(),
  problems: z.array(problem),
});
export type StoredAttachment = z.infer<typeof attachment>;

/** A new file that takes the place of an attachment: the old bytes stay in the store, and in the new ones. */
export const replacement = z.strictObject({
  position: z.number().int().min(0),
  file,
  size: z.number().int(),
});
export type Replacement = z.infer<typeof replacement>;

/** A message for the axis, decided and written by the act whose event carries it. */
export const outgoingMessage = z.strictObject({
  id,
  kind: z.enum(['edoc', 'status']),
  file,
  from: z.string(),
  to: z.array(z.string()).min(1),
  documentId: z.string(),
  /** `number/notation` and subject, as the axis's list of sent messages shows them. */
  code: z.string(),
  subject: z.string(),
});
export type OutgoingMessage = z.infer<typeof outgoingMessage>;
