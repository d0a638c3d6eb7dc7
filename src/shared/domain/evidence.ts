import { z } from 'zod';
import { signingRoles } from './states.ts';

/** What a service answered about a certificate, kept as a file of the office. Times are UTC milliseconds. */
export const keptAnswerSchema = z.strictObject({
  certificate: z.string(),
  type: z.enum(['OCSP', 'CRL']),
  result: z.enum(['good', 'revoked']),
  url: z.string(),
  thisUpdate: z.number(),
  /** Null when the answer names no end. */
  nextUpdate: z.number().nullable(),
  fetchedAt: z.number(),
  sha256: z.string(),
});
export type KeptAnswer = z.infer<typeof keptAnswerSchema>;

/** How a signature was made here. */
const makingSchema = z.strictObject({
  role: z.enum(signingRoles),
  at: z.number(),
  tokenLabel: z.string(),
  tokenSerial: z.string(),
  /** SHA-256 of the driver; empty for a key file. */
  module: z.string(),
  before: z.string(),
  /** Null in entries of earlier versions. */
  after: z.string().nullable(),
  shown: z
    .strictObject({ page: z.number(), x: z.number(), y: z.number(), width: z.number(), height: z.number() })
    .nullable(),
  /** SHA-256 of the timestamp token that lies in the signature. */
  timestamp: z.string().nullable(),
  offline: z.boolean(),
});

/**
 * The evidence that is kept of one signature besides what its verification says (TT 15/2025/TT-BKHCN, Điều 5.7): the
 * file itself has chain, signature and timestamp in it.
 */
export const signatureEvidenceSchema = z.strictObject({
  field: z.string(),
  kind: z.enum(['signature', 'timestamp']),
  /** Number of `CHECK_RESULTS`; null when nobody can tell whose certificate it is. */
  checkCode: z.number().int().nullable(),
  /** Of `checkFlags`. */
  flags: z.array(z.string()),
  answers: z.array(keptAnswerSchema),
  made: makingSchema.nullable(),
});
export type SignatureEvidence = z.infer<typeof signatureEvidenceSchema>;

export const evidenceSchema = z.strictObject({
  sha256: z.string(),
  /** When the file was last judged, and by which program. */
  checkedAt: z.number(),
  software: z.string(),
  signatures: z.array(signatureEvidenceSchema),
});
export type Evidence = z.infer<typeof evidenceSchema>;
