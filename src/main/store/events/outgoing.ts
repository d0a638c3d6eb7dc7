import { z } from 'zod';
import { verdictSchema } from '../../../shared/domain/verification.ts';
import { desk, registry } from './definition.ts';
import {
  attachment,
  day,
  file,
  id,
  outgoingMessage,
  party,
  problem,
  replacement,
  signature,
  time,
  urgency,
} from './words.ts';

const fields = z.strictObject({
  kindId: z.string(),
  subject: z.string(),
  unit: z.string(),
  urgency,
  dueDate: day.nullable(),
  signerId: z.string(),
  /** As the signer was called then: what is found by a name must not depend on what else is known of its bearer. */
  signerName: z.string(),
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

/** What verification found of a signature made with another program (TT 15/2025/TT-BKHCN, Điều 6). */
const foundSignature = z.strictObject({
  /** The file as it was handed in, and the whole report on it. */
  file,
  report: z.strictObject({ file }),
  verdict: verdictSchema,
  field: z.string(),
  name: z.string(),
  signer: z.string(),
  issuer: z.string(),
  serial: z.string(),
  certificateSha256: z.string(),
  claimedAt: time.nullable(),
  timestampAt: time.nullable(),
  /** Nobody could tell yet whether the certificate was revoked. */
  unchecked: z.boolean(),
});

const answered = ({ replyToId }: OutgoingFields) => [replyToId];

export const outgoingEvents = {
  'outgoing.drafted': desk.strict(
    fields.extend({ drafterId: z.string(), drafterName: z.string() }),
    answered,
  ),
  'outgoing.changed': desk.strict(fields, answered),
  'outgoing.submitted': desk.strict(
    z.strictObject({
      checks,
      files: z.array(replacement),
      /** The rule knew where the leader signs; if not, it is looked for again. */
      placeFound: z.boolean(),
    }),
  ),
  'outgoing.format-approved': desk.strict(z.strictObject({ checks })),
  /** Format approved, and the signer had signed with another program before. */
  'outgoing.signed-elsewhere': desk.strict(z.strictObject({ checks, signature: foundSignature })),
  'outgoing.returned': desk.strict(z.strictObject({ reason: z.string() })),
  'outgoing.signed': desk.strict(
    z.strictObject({ files: z.array(replacement), signatures: z.array(signature) }),
  ),
  'outgoing.numbered': registry.strict(
    z.strictObject({
      number: z.number().int().min(1),
      notation: z.string(),
      /** As printed: `12/THPTVD-VP`. */
      code: z.string(),
      documentId: z.string(),
      issuedDate: day,
      files: z.array(replacement),
    }),
  ),
  'outgoing.sealed': registry.strict(
    z.strictObject({ files: z.array(replacement), signatures: z.array(signature) }),
  ),
  'outgoing.issued': registry.strict(
    z.strictObject({
      deliveries: z.array(z.strictObject({ id, recipient: party })),
      message: outgoingMessage.nullable(),
    }),
  ),
  /** A certificate turned out to have been revoked before it signed: nothing leaves until the head decides. */
  'outgoing.alarmed': registry.guarded(z.strictObject({ problem })),
  'outgoing.sending-allowed': desk.guarded(z.strictObject({ reason: z.string() })),
  'outgoing.cancelled': desk.strict(z.strictObject({ reason: z.string() })),
};
