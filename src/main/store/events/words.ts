import { z } from 'zod';
import { axisLineSchema } from '../../../shared/domain/exchange.ts';
import { attachmentRoles, signingRoles, urgencies } from '../../../shared/domain/states.ts';

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

/** What came over an axis, as its line calls it. */
export const delivery = { line: axisLineSchema, axisDocId: z.string() };

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

/** A file made by signing, at its place among the files of its document: new there, or over the one before. */
export const derived = attachment.extend({ position: z.number().int().min(0) });
export type Derived = z.infer<typeof derived>;

/** Evidence of a signature made here (TT 15/2025/TT-BKHCN, Điều 5.7). */
export const signature = z.strictObject({
  role: z.enum(signingRoles),
  position: z.number().int(),
  /** The bytes that were signed over: the new file has them as its prefix. */
  before: z.strictObject({ file }),
  signer: z.string(),
  issuer: z.string(),
  serial: z.string(),
  certificateSha256: z.string(),
  tokenLabel: z.string(),
  tokenSerial: z.string(),
  /** SHA-256 of the driver; empty for a key file. */
  module: z.string(),
  /** Nobody could tell whether the certificate was revoked, and the signer went on. */
  unchecked: z.boolean(),
  /** With a timestamp inside the signature. */
  timestamped: z.boolean(),
  /** The file as this signature made it. */
  after: z.strictObject({ file }).nullable(),
  /** Name of the signature field. */
  field: z.string(),
  /** Where it shows: the page counted from 1, points from the top left corner; null when it does not. */
  shown: z
    .strictObject({
      page: z.number().int().min(1),
      x: z.number(),
      y: z.number(),
      width: z.number(),
      height: z.number(),
    })
    .nullable(),
  algorithm: z
    .strictObject({ digest: z.string(), signature: z.string(), keyBits: z.number().int() })
    .nullable(),
  /** DER of the timestamp inside the signature. */
  timestamp: z.strictObject({ file }).nullable(),
  /** Made with no word from a service, neither of the certificate's status nor of the time. */
  offline: z.boolean(),
});
export type Evidence = z.infer<typeof signature>;

/** A message for the axis, decided and written by the act whose event carries it. */
export const outgoingMessage = z.strictObject({
  id,
  kind: z.enum(['edoc', 'status']),
  line: axisLineSchema,
  file,
  from: z.string(),
  to: z.array(z.string()).min(1),
  documentId: z.string(),
  /** `number/notation` and subject, as the axis's list of sent messages shows them. */
  code: z.string(),
  subject: z.string(),
});
export type OutgoingMessage = z.infer<typeof outgoingMessage>;
