import { z } from 'zod';
import { DELIVERY_STATES, type DeliveryState } from '../domain/exchange.ts';
import { officialSchema } from '../domain/official-verdict.ts';
import { personIdSchema } from '../domain/people.ts';
import { outgoingStates } from '../domain/states.ts';
import { verdictSchema } from '../domain/verification.ts';
import { text } from '../text/schemas.ts';
import {
  call,
  daySchema,
  done,
  fileReferenceSchema,
  idSchema,
  organisationSchema,
  pageSchema,
  problemSchema,
  timeSchema,
} from './call.ts';
import { attachmentSchema, linkSchema, pendingProofSchema, urgencySchema } from './documents.ts';

export const outgoingRowSchema = z.strictObject({
  id: idSchema,
  state: z.enum(outgoingStates),
  kindId: z.string(),
  /** Empty until numbered. */
  code: z.string(),
  subject: z.string(),
  issuedDate: daySchema.nullable(),
  updatedAt: timeSchema,
  urgency: urgencySchema,
  dueDate: daySchema.nullable(),
  drafter: z.string(),
  signer: z.string(),
  recipients: z.number().int(),
  /** Recipients that have confirmed arrival (status 01 or later). */
  arrived: z.number().int(),
  verdict: verdictSchema.nullable(),
});
export type OutgoingRow = z.infer<typeof outgoingRowSchema>;

export const checkRowSchema = z.strictObject({
  /** Row of the clerk's checklist, e.g. `source-file`, `signer-authority`. */
  rule: z.string(),
  result: z.enum(['pass', 'warn', 'block', 'ask']),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type CheckRow = z.infer<typeof checkRowSchema>;

export const deliveryStateSchema = z.enum(
  Object.keys(DELIVERY_STATES) as [DeliveryState, ...DeliveryState[]],
);

export const deliverySchema = z.strictObject({
  id: idSchema,
  recipient: organisationSchema,
  state: deliveryStateSchema,
  updatedAt: timeSchema,
  /** What the recipient wrote with its last status. */
  note: z.string(),
  /** Why the last attempt to send did not succeed. */
  problem: problemSchema.nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

const draftFields = z.strictObject({
  kindId: text().min(1),
  subject: text().trim().min(1).max(500),
  /** Drafting unit in the notation of a công văn (`VP`); other kinds ignore it. */
  unit: text().trim().max(20),
  urgency: urgencySchema,
  dueDate: daySchema.nullable(),
  /** Who signs; must hold a signing title. */
  signerId: personIdSchema,
  main: fileReferenceSchema.nullable(),
  source: fileReferenceSchema.nullable(),
  appendices: z.array(fileReferenceSchema).max(20),
  recipients: z.array(organisationSchema).max(500),
  /** The incoming document this one answers. */
  replyToId: idSchema.nullable(),
});
export type DraftFields = z.infer<typeof draftFields>;

/** What is known of a document of the office by itself, whoever asks. */
export const outgoingFactsSchema = outgoingRowSchema
  .omit({ recipients: true, arrived: true, verdict: true })
  .extend({
    documentId: z.string(),
    unit: z.string(),
    drafter: z.strictObject({ id: z.string(), name: z.string() }),
    signer: z.strictObject({ id: z.string(), name: z.string(), title: z.string() }),
    checks: z.array(checkRowSchema),
    returnedReason: z.string().nullable(),
  });
export type OutgoingFacts = z.infer<typeof outgoingFactsSchema>;

export const outgoingDetailSchema = outgoingFactsSchema.extend({
  attachments: z.array(attachmentSchema),
  recipients: z.array(organisationSchema),
  deliveries: z.array(deliverySchema),
  links: z.array(linkSchema),
  /** What the document counts for; null while its main file is not verified. */
  official: officialSchema.nullable(),
  pending: z.array(pendingProofSchema),
  /** A certificate turned out to have been revoked before it signed: nothing is sent until the head decides. */
  alarm: problemSchema.nullable(),
  actions: z.array(
    z.enum([
      'edit',
      'submit',
      'approve-format',
      'return',
      'sign',
      'number',
      'seal',
      'issue',
      'cancel',
      'allow-sending',
    ]),
  ),
  /** What the person at the desk may sign besides. */
  fileActs: z.array(z.enum(['copy'])),
});
export type OutgoingDetail = z.infer<typeof outgoingDetailSchema>;

const byId = z.strictObject({ id: idSchema });

export const outgoing = {
  'outgoing.list': call(
    pageSchema.extend({
      states: z.array(z.enum(outgoingStates)).max(10).default([]),
      text: text().max(200).default(''),
      mineOnly: z.boolean().default(false),
      sort: z.enum(['updated', 'number', 'due']).default('updated'),
      descending: z.boolean().default(true),
    }),
    z.strictObject({ rows: z.array(outgoingRowSchema), total: z.number().int() }),
  ),
  'outgoing.get': call(byId, outgoingDetailSchema),
  'outgoing.create': call(draftFields, byId),
  'outgoing.update': call(draftFields.extend({ id: idSchema }), done),
  /** Drafter to clerk: needs a PDF and its source file. Makes the form fields for number, date and signatures. */
  'outgoing.submit': call(byId, done),
  /** Clerk's format check passed (NĐ 30/2020, Điều 12.2): on to the signer. */
  'outgoing.approve-format': call(byId, done),
  'outgoing.return': call(z.strictObject({ id: idSchema, reason: text().trim().min(5).max(500) }), done),
  /** Takes the next number of the year and writes number and date into the fields made before the first signature. */
  'outgoing.number': call(byId, z.strictObject({ code: z.string(), issuedDate: daySchema })),
  'outgoing.issue': call(byId, done),
  /** The head's decision to send although there is an alarm. */
  'outgoing.allow-sending': call(
    z.strictObject({ id: idSchema, reason: text().trim().min(5).max(500) }),
    done,
  ),
  'outgoing.cancel': call(z.strictObject({ id: idSchema, reason: text().trim().min(5).max(500) }), done),
};
