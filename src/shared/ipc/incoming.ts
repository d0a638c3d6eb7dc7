import { z } from 'zod';
import { personIdSchema } from '../domain/people.ts';
import { incomingStates } from '../domain/states.ts';
import {
  call,
  daySchema,
  done,
  idSchema,
  organisationSchema,
  pageSchema,
  problemSchema,
  sha256Schema,
  timeSchema,
} from './call.ts';
import { attachmentSchema, linkSchema, urgencySchema } from './documents.ts';
import { officialSchema } from '../domain/official-verdict.ts';
import { verdictSchema } from '../domain/verification.ts';
import { text } from '../text/schemas.ts';

export const incomingRowSchema = z.strictObject({
  id: idSchema,
  state: z.enum(incomingStates),
  sender: organisationSchema,
  code: z.string(),
  subject: z.string(),
  kindName: z.string(),
  issuedDate: daySchema.nullable(),
  arrivedAt: timeSchema,
  arrivalNumber: z.number().int().nullable(),
  urgency: urgencySchema,
  dueDate: daySchema.nullable(),
  mainHandler: z.string().nullable(),
  attachments: z.number().int(),
  verdict: verdictSchema.nullable(),
  /** True until the person at the desk has opened it. */
  unread: z.boolean(),
});
export type IncomingRow = z.infer<typeof incomingRowSchema>;

export const assignmentSchema = z.strictObject({
  personId: z.string(),
  name: z.string(),
  part: z.enum(['main', 'other']),
});

/** What is known of a received document by itself, whoever asks. */
export const incomingFactsSchema = incomingRowSchema.omit({ attachments: true, unread: true }).extend({
  documentId: z.string(),
  content: z.string(),
  signer: z.strictObject({ competence: z.string(), position: z.string(), fullName: z.string() }),
  arrivalDate: daySchema.nullable(),
  /** The exact message as received. */
  message: sha256Schema,
});
export type IncomingFacts = z.infer<typeof incomingFactsSchema>;

export const incomingDetailSchema = incomingFactsSchema.extend({
  attachments: z.array(attachmentSchema),
  direction: z
    .strictObject({
      by: z.string(),
      at: timeSchema,
      opinion: z.string(),
      dueDate: daySchema.nullable(),
      assignments: z.array(assignmentSchema),
    })
    .nullable(),
  closing: z.strictObject({ by: z.string(), at: timeSchema, result: z.string() }).nullable(),
  refusal: z.strictObject({ by: z.string(), at: timeSchema, reason: z.string() }).nullable(),
  links: z.array(linkSchema),
  /** What the reader of the message had to guess or drop. */
  warnings: z.array(problemSchema),
  duplicateOf: z.strictObject({ id: idSchema, arrivalNumber: z.number().int().nullable() }).nullable(),
  /** What the document counts for; null while its main file is not verified, and for one that is no PDF. */
  official: officialSchema.nullable(),
  /** What the person at the desk may do now, in the order of the work: the first is the blue button. */
  actions: z.array(z.enum(['register', 'refuse', 'direct', 'start', 'close', 'reply'])),
  /** What the person at the desk may sign on the document's files besides. */
  fileActs: z.array(z.enum(['incoming', 'comment', 'copy'])),
});
export type IncomingDetail = z.infer<typeof incomingDetailSchema>;

export const incoming = {
  'incoming.list': call(
    pageSchema.extend({
      states: z.array(z.enum(incomingStates)).max(10).default([]),
      text: text().max(200).default(''),
      urgentOnly: z.boolean().default(false),
      overdueOnly: z.boolean().default(false),
      mineOnly: z.boolean().default(false),
      sort: z.enum(['arrived', 'due', 'number']).default('arrived'),
      descending: z.boolean().default(true),
    }),
    z.strictObject({ rows: z.array(incomingRowSchema), total: z.number().int() }),
  ),
  /** Also marks the document as read by the person at the desk. */
  'incoming.get': call(z.strictObject({ id: idSchema }), incomingDetailSchema),
  'incoming.register': call(
    z.strictObject({
      id: idSchema,
      /** Must be true when the document looks like one already registered (NĐ 30/2020, Phụ lục VI, III.1h). */
      confirmDuplicate: z.boolean().default(false),
    }),
    z.strictObject({ arrivalNumber: z.number().int(), arrivalDate: daySchema }),
  ),
  'incoming.refuse': call(z.strictObject({ id: idSchema, reason: text().trim().min(5).max(500) }), done),
  'incoming.direct': call(
    z.strictObject({
      id: idSchema,
      mainHandlerId: personIdSchema,
      otherHandlerIds: z.array(personIdSchema).max(50),
      dueDate: daySchema.nullable(),
      opinion: text().trim().min(1).max(2000),
    }),
    done,
  ),
  'incoming.start': call(z.strictObject({ id: idSchema }), done),
  'incoming.close': call(
    z.strictObject({
      id: idSchema,
      result: text().trim().min(2).max(2000),
      replyId: idSchema.nullable(),
    }),
    done,
  ),
};
