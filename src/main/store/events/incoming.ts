import { z } from 'zod';
import {
  attachment,
  day,
  derived,
  id,
  outgoingMessage,
  party,
  problem,
  signature,
  time,
  urgency,
} from './words.ts';

const identity = z.strictObject({
  from: z.string(),
  documentId: z.string(),
  businessType: z.number().int(),
  contentHash: z.string(),
});

export const incomingEvents = {
  'incoming.received': z.strictObject({
    axisDocId: z.string(),
    identity,
    sender: party,
    documentId: z.string(),
    code: z.string(),
    subject: z.string(),
    content: z.string(),
    kindName: z.string(),
    issuedDate: day.nullable(),
    signer: z.strictObject({ competence: z.string(), position: z.string(), fullName: z.string() }),
    urgency,
    /** Reply deadline the sender asked for. */
    dueDate: day.nullable(),
    attachments: z.array(attachment),
    warnings: z.array(problem),
    /** Document of ours that this one answers. */
    answers: id.nullable(),
    /** Same sender and DocumentId as this earlier document, with other content. */
    updates: id.nullable(),
    arrivedAt: time,
    status: outgoingMessage.nullable(),
  }),
  /** The axis delivered a document again (a resend, a second alias of ours). */
  'incoming.redelivered': z.strictObject({ axisDocId: z.string() }),
  /** A document with a secrecy mark: only what the return to its sender needs is kept (Luật 117/2025/QH15). */
  'incoming.secret-returned': z.strictObject({
    axisDocId: z.string(),
    identity,
    sender: party,
    documentId: z.string(),
    code: z.string(),
    issuedDate: day.nullable(),
    reason: z.string(),
    arrivedAt: time,
    status: outgoingMessage.nullable(),
  }),
  /** A stamp found on a page after arrival: the document is returned and its content no longer shown. */
  'incoming.secret-found': z.strictObject({ reason: z.string(), status: outgoingMessage.nullable() }),
  'incoming.opened': z.strictObject({}),
  'incoming.registered': z.strictObject({
    arrivalNumber: z.number().int().min(1),
    arrivalDate: day,
    confirmedDuplicateOf: id.nullable(),
    status: outgoingMessage.nullable(),
  }),
  'incoming.refused': z.strictObject({ reason: z.string(), status: outgoingMessage.nullable() }),
  'incoming.directed': z.strictObject({
    mainHandlerId: z.string(),
    otherHandlerIds: z.array(z.string()),
    dueDate: day.nullable(),
    opinion: z.string(),
    status: outgoingMessage.nullable(),
  }),
  /** The ĐẾN stamp on a file derived from the one received, whose own bytes stay as they came. */
  'incoming.stamped': z.strictObject({
    forwardTo: z.string(),
    fileCode: z.string(),
    attachment: derived,
    signature,
  }),
  /** Bút phê, on the same derived file. */
  'incoming.commented': z.strictObject({ text: z.string(), attachment: derived, signature }),
  'incoming.started': z.strictObject({ status: outgoingMessage.nullable() }),
  'incoming.closed': z.strictObject({
    result: z.string(),
    replyId: id.nullable(),
    status: outgoingMessage.nullable(),
  }),
};
