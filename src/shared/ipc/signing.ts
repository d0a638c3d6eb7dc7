import { z } from 'zod';
import { signingRoles } from '../domain/states.ts';
import { tokenInfoSchema } from '../domain/token.ts';
import { verificationSchema } from '../domain/verification.ts';
import { named, secret } from '../text/schemas.ts';
import { call, done, idSchema, problemSchema, sha256Schema, taskIdSchema, timeSchema } from './call.ts';

/** Box on a page as displayed: points, from the top left corner of the visible page. */
export const boxSchema = z.strictObject({
  page: z.number().int().min(1),
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
});
export type Box = z.infer<typeof boxSchema>;

export const placementSchema = z.strictObject({
  role: z.enum(signingRoles),
  sha256: sha256Schema,
  name: z.string(),
  box: boxSchema,
  /**
   * How the box was found; `manual` means it was not and the person places it, `field` that it is a signature field of
   * the file and cannot be moved.
   */
  found: z.enum([
    'field',
    'title-and-name',
    'title-only',
    'beside-signature',
    'blank',
    'corner',
    'free',
    'manual',
  ]),
  /** The rule's own box: the guides are drawn from it, and moving away is shown in millimetres. */
  rule: boxSchema,
  /** Image drawn in the box; null for text-only marks. */
  image: sha256Schema.nullable(),
  /** Text lines of a text-only mark. */
  lines: z.array(z.string()),
  /** A mark of text as it will be drawn: a PDF of one page, of the size of the box. */
  drawing: z.base64().nullable(),
  /**
   * The lines of the file's block *Nơi nhận*, and the share of them that a mark may cover before the person is warned;
   * null where the file has none.
   */
  recipients: z
    .strictObject({ lines: z.array(boxSchema).min(1), mostCovered: z.number().min(0).max(1) })
    .nullable(),
});
export type Placement = z.infer<typeof placementSchema>;

/** What a PIN is asked for: approve = the leader's personal signature; seal = agency signature and every appendix. */
export const signingActs = ['approve', 'seal'] as const;

/** One entry of a token's PIN, which is used once and forgotten. */
const pinEntry = {
  tokenId: named(100),
  pin: secret(0, 256),
  /** The person was told that one more wrong PIN locks the token, and goes on. */
  acceptFinalTry: z.boolean().default(false),
};

/** How a signer gets at the key, whatever is signed with it. */
export const login = {
  ...pinEntry,
  certificateSha256: sha256Schema,
  /** The person was warned that revocation cannot be checked now, and goes on (TT 15/2025, Phụ lục II). */
  acceptUnchecked: z.boolean().default(false),
  /** The person was told that this computer's clock is doubtful, and confirms the time. */
  acceptClock: z.boolean().default(false),
  taskId: taskIdSchema,
};
/** Where the person wants what was proposed, in the same order; what is left out stays where the rule puts it. */
export const boxesSchema = z.array(boxSchema).max(25);

export const batchItemSchema = z.strictObject({
  id: idSchema,
  outcome: z.enum(['signed', 'failed', 'not-tried']),
  problem: problemSchema.nullable(),
});
export type BatchItem = z.infer<typeof batchItemSchema>;

export const signing = {
  'signing.tokens': call(
    z.strictObject({ includeExpired: z.boolean().optional() }),
    z.strictObject({
      tokens: z.array(tokenInfoSchema),
      /** Drivers and key files, by their path, that could not be looked at. */
      problems: z.array(problemSchema.extend({ path: z.string() })),
    }),
  ),
  /** Reads the certificates of a token that hides them without its PIN, and remembers them: they are public. */
  'signing.learn': call(z.strictObject(pinEntry), done),
  'signing.placements': call(
    z.strictObject({ id: idSchema, act: z.enum(signingActs) }),
    z.strictObject({ placements: z.array(placementSchema) }),
  ),
  /**
   * Signs one document with one login. The PIN is used once and forgotten.
   * `boxes` may move what `signing.placements` proposed (same order).
   */
  'signing.sign': call(
    z.strictObject({
      id: idSchema,
      act: z.enum(signingActs),
      ...login,
      boxes: boxesSchema,
    }),
    z.strictObject({
      signedAt: timeSchema,
      verification: verificationSchema,
      /**
       * Why a signature has no timestamp although one was wanted: it stands, and the timestamp comes later. Or that
       * the timestamp says another time than this computer.
       */
      notes: z.array(problemSchema),
    }),
  ),
  /**
   * Signs documents one after another with one login. What is wrong with one document stops only that one; a PIN, a
   * token that is gone, or `task.cancel` between two documents ends the batch, and what is signed stays signed.
   */
  'signing.sign-batch': call(
    z.strictObject({
      items: z
        .array(z.strictObject({ id: idSchema, boxes: boxesSchema }))
        .min(1)
        .max(100),
      act: z.enum(signingActs),
      ...login,
    }),
    z.strictObject({
      items: z.array(batchItemSchema),
      /** Why the rest was not tried; null when every document had its turn. */
      stopped: problemSchema.nullable(),
    }),
  ),
};
