/**
 * What the desk and the token host say to each other, checked on both sides: the host runs vendor code that may
 * have scribbled over its memory. Messages travel by structured clone; bytes are Uint8Array.
 */
import { z } from 'zod';
import { tokenPinSchema } from '../../shared/domain/token.ts';

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= 1 << 20);
const textSchema = z.string().max(256);
const empty = z.strictObject({});

/** Which token in which slot: the slot alone may hold another device a moment later. */
const tokenAddressSchema = z.strictObject({
  /** CK_SLOT_ID as the module's own bytes, in hex. */
  slot: z.string().regex(/^(?:[0-9a-f]{2}){4,8}$/),
  serial: textSchema,
  label: textSchema,
});
export type TokenAddress = z.infer<typeof tokenAddressSchema>;

const certificatesSchema = z.strictObject({
  /** DER, in no order. */
  certificates: z.array(bytesSchema).max(100),
});

const pinEntry = {
  token: tokenAddressSchema,
  /** Empty for a token with its own PIN pad. */
  pin: z.string().max(1024),
  acceptFinalTry: z.boolean(),
};

const slotTokenSchema = z.strictObject({
  ...tokenAddressSchema.shape,
  manufacturer: textSchema,
  pin: tokenPinSchema,
});
export type SlotToken = z.infer<typeof slotTokenSchema>;

export const operations = {
  load: { args: z.strictObject({ path: z.string().min(1) }), result: empty },
  /** Starts the module anew when no session is open: some see a new reader or token only then. */
  restart: { args: empty, result: empty },
  list: {
    args: empty,
    result: z.strictObject({
      tokens: z.array(slotTokenSchema).max(64),
      /** Readers, with a token in them or not; most drivers have one slot a reader. */
      readers: z.number().int().min(0),
      /** Devices that are plugged in but were never initialised. */
      uninitialised: z.number().int().min(0),
    }),
  },
  /** What a token shows before login. A module may hang at the question, so it is asked apart from the list. */
  certificates: { args: z.strictObject({ token: tokenAddressSchema }), result: certificatesSchema },
  /** Cheap enough for every second: which tokens are plugged in. */
  poll: {
    args: empty,
    result: z.strictObject({ present: z.array(tokenAddressSchema).max(64) }),
  },
  open: {
    args: z.strictObject({
      ...pinEntry,
      certificateSha256: z.string().regex(/^[0-9a-f]{64}$/),
      /** The token shows no certificate before login, or hangs when it is asked for one. */
      hidesCertificates: z.boolean(),
    }),
    result: z.strictObject({
      session: z.uuid(),
      certificate: bytesSchema,
      /** The other certificates of the token, in no order. */
      others: z.array(bytesSchema).max(100),
      keyType: z.enum(['rsa', 'ec']),
    }),
  },
  /** One login, only to read the certificates that are hidden without it. */
  learn: { args: z.strictObject(pinEntry), result: certificatesSchema },
  sign: {
    args: z.strictObject({
      session: z.uuid(),
      digest: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 32),
      /** What was hashed, for a token that only signs what it hashes itself. */
      message: bytesSchema,
    }),
    /** As the token gives it: RSA as is, EC as r and s of equal length. */
    result: z.strictObject({ signature: bytesSchema }),
  },
  close: { args: z.strictObject({ session: z.uuid() }), result: empty },
  finalize: { args: empty, result: empty },
} as const;

export type Operation = keyof typeof operations;
export type Args<O extends Operation> = z.infer<(typeof operations)[O]['args']>;
export type Result<O extends Operation> = z.infer<(typeof operations)[O]['result']>;

export const requestSchema = z.strictObject({
  id: z.number().int(),
  op: z.enum(Object.keys(operations) as [Operation, ...Operation[]]),
  args: z.unknown(),
});
export type Request = z.infer<typeof requestSchema>;

const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

export const replySchema = z.union([
  z.strictObject({ id: z.number().int(), result: z.unknown() }),
  z.strictObject({
    id: z.number().int(),
    error: z.strictObject({
      code: z.string(),
      params: paramsSchema,
      /** For the log: the module's return value or the loader's words; never what a person typed. */
      detail: z.string().max(1000),
    }),
  }),
]);
export type Reply = z.infer<typeof replySchema>;
