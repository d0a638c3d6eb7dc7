import { z } from 'zod';
import { desk, registry } from './definition.ts';
import {
  attachment,
  day,
  delivery,
  derived,
  file as fileHash,
  id,
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
  'incoming.received': registry.strict(
    z.strictObject({
      ...delivery,
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
    }),
    ({ answers }) => [answers],
  ),
  /** The axis delivered a document again (a resend, a second alias of ours). */
  'incoming.redelivered': registry.free(z.strictObject(delivery)),
  /** A document with a secrecy mark: only what the return to its sender needs is kept (Luật 117/2025/QH15). */
  'incoming.secret-returned': registry.strict(
    z.strictObject({
      ...delivery,
      identity,
      sender: party,
      documentId: z.string(),
      code: z.string(),
      issuedDate: day.nullable(),
      reason: z.string(),
      arrivedAt: time,
    }),
  ),
  /** A stamp found on a page after arrival: the document is returned and its content no longer shown. */
  'incoming.secret-found': registry.guarded(z.strictObject({ reason: z.string() })),
  /**
   * The letter that had to be returned is taken out of the office: bodies of its entries, and files. The journal keeps
   * their hashes; what stands here of an entry is all that is left to be read of it.
   */
  'incoming.purged': registry.guarded(
    z.strictObject({
      entries: z.array(
        z.strictObject({
          seq: z.number().int().min(1),
          at: time,
          actor: z.string(),
          role: z.string(),
          type: z.string(),
          v: z.number().int().min(1),
          data: z.record(z.string(), z.unknown()),
        }),
      ),
      files: z.array(fileHash),
    }),
  ),
  'incoming.opened': desk.free(z.strictObject({})),
  'incoming.registered': registry.strict(
    z.strictObject({
      arrivalNumber: z.number().int().min(1),
      arrivalDate: day,
      confirmedDuplicateOf: id.nullable(),
    }),
  ),
  'incoming.refused': desk.strict(z.strictObject({ reason: z.string() })),
  'incoming.directed': desk.strict(
    z.strictObject({
      mainHandlerId: z.string(),
      otherHandlerIds: z.array(z.string()),
      dueDate: day.nullable(),
      opinion: z.string(),
    }),
  ),
  /** The ĐẾN stamp on a file derived from the one received, whose own bytes stay as they came. */
  'incoming.stamped': registry.guarded(
    z.strictObject({
      forwardTo: z.string(),
      fileCode: z.string(),
      attachment: derived,
      signature,
    }),
  ),
  /** Bút phê, on the same derived file. */
  'incoming.commented': desk.guarded(z.strictObject({ text: z.string(), attachment: derived, signature })),
  'incoming.started': desk.strict(z.strictObject({})),
  'incoming.closed': desk.strict(
    z.strictObject({
      result: z.string(),
      replyId: id.nullable(),
    }),
    ({ replyId }) => [replyId],
  ),
};
