import { z } from 'zod';
import { signingRoles } from '../../../shared/domain/states.ts';
import { attachment, day, file, id, outgoingMessage, party, problem, replacement, urgency } from './words.ts';

const fields = z.strictObject({
  kindId: z.string(),
  subject: z.string(),
  unit: z.string(),
  urgency,
  dueDate: day.nullable(),
  signerId: z.string(),
  attachments: z.array(attachment),
  recipients: z.array(party),
  replyToId: id.nullable(),
});
export type OutgoingFields = z.infer<typeof fields>;

const checks = z.array(
  z.strictObject({
    rule: z.string(),
    result: z.enum(['pass', 'warn', 'block', 'ask']),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
);

/** Evidence of a signature made here (TT 15/2025/TT-BKHCN, Điều 5.7). */
const signature = z.strictObject({
  role: z.enum(signingRoles),
  position: z.number().int(),
  /** The bytes that were signed over: the new file has them as its prefix. */
  before: z.strictObject({ file }),
  signer: z.string(),
  issuer: z.string(),
  serial: z.string(),
  certificateSha256: z.string(),
  tokenLabel: z.string(),
  // Entries of the first version do not have these.
  tokenSerial: z.string().default(''),
  /** SHA-256 of the driver; empty for a key file. */
  module: z.string().default(''),
  /** Nobody could tell whether the certificate was revoked, and the signer went on. */
  unchecked: z.boolean().default(false),
  /** With a timestamp inside the signature. */
  timestamped: z.boolean().default(false),
  /** The file as this signature made it. Entries of earlier versions have neither this nor what follows. */
  after: z.strictObject({ file }).nullable().default(null),
  /** Name of the signature field. */
  field: z.string().default(''),
  /** Where it shows: the page counted from 1, points from the top left corner; null when it does not. */
  shown: z
    .strictObject({
      page: z.number().int().min(1),
      x: z.number(),
      y: z.number(),
      width: z.number(),
      height: z.number(),
    })
    .nullable()
    .default(null),
  algorithm: z
    .strictObject({ digest: z.string(), signature: z.string(), keyBits: z.number().int() })
    .nullable()
    .default(null),
  /** DER of the timestamp inside the signature. */
  timestamp: z.strictObject({ file }).nullable().default(null),
  /** Made with no word from a service, neither of the certificate's status nor of the time. */
  offline: z.boolean().default(false),
});

export const outgoingEvents = {
  'outgoing.drafted': fields.extend({ drafterId: z.string() }),
  'outgoing.changed': fields,
  'outgoing.submitted': z.strictObject({ checks, files: z.array(replacement) }),
  'outgoing.format-approved': z.strictObject({ checks }),
  'outgoing.returned': z.strictObject({ reason: z.string() }),
  'outgoing.signed': z.strictObject({ files: z.array(replacement), signatures: z.array(signature) }),
  'outgoing.numbered': z.strictObject({
    number: z.number().int().min(1),
    notation: z.string(),
    /** As printed: `12/THPTVD-VP`. */
    code: z.string(),
    documentId: z.string(),
    issuedDate: day,
    files: z.array(replacement),
  }),
  'outgoing.sealed': z.strictObject({ files: z.array(replacement), signatures: z.array(signature) }),
  'outgoing.issued': z.strictObject({
    deliveries: z.array(z.strictObject({ id, recipient: party })),
    message: outgoingMessage.nullable(),
  }),
  /** A certificate turned out to have been revoked before it signed: nothing leaves until the head decides. */
  'outgoing.alarmed': z.strictObject({ problem }),
  'outgoing.sending-allowed': z.strictObject({ reason: z.string() }),
  'outgoing.cancelled': z.strictObject({ reason: z.string() }),
};
