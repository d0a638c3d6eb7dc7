import { z } from 'zod';
import {
  attachment,
  day,
  id,
  outgoingMessage,
  party,
  problem,
  replacement,
  signature,
  urgency,
} from './words.ts';

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
