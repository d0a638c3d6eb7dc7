import { z } from 'zod';
import { repairs } from '../../../shared/domain/repairs.ts';
import { verdictSchema } from '../../../shared/domain/verification.ts';
import { desk, registry } from './definition.ts';
import { file, time } from './words.ts';

/**
 * What reading a stored file found. Text and reports are files themselves, so that a rebuild needs neither a PDF
 * reader nor today's trust settings to come out the same.
 */
export const fileEvents = {
  /** A damaged file written anew on a person's word: both stay. */
  'file.repaired': desk.free(
    z.strictObject({
      file,
      name: z.string(),
      copy: z.strictObject({ file }),
      repairs: z.array(z.enum(repairs)),
    }),
  ),
  'file.read': registry.free(z.strictObject({ file, text: z.strictObject({ file }).nullable() })),
  /** A printed verification: whoever may see the file may see its report. */
  'file.reported': desk.free(z.strictObject({ file, report: z.strictObject({ file }) })),
  'file.verified': registry.free(
    z.strictObject({
      file,
      verdict: verdictSchema,
      report: z.strictObject({ file }),
      /** Revocation could not be settled with what was at hand. */
      unchecked: z.boolean(),
      software: z.string(),
    }),
  ),
  /**
   * What services answered about the certificates of a file: with the report of the judgement it leads to, and the
   * file itself, the evidence of its signatures (TT 15/2025/TT-BKHCN, Điều 5.7).
   */
  'file.evidence': registry.free(
    z.strictObject({
      file,
      answers: z.array(
        z.strictObject({
          certificate: z.string(),
          name: z.string(),
          type: z.enum(['OCSP', 'CRL']),
          answer: z.strictObject({ file }),
          url: z.string(),
          fetchedAt: time,
          thisUpdate: time,
          nextUpdate: time.nullable(),
          result: z.enum(['good', 'revoked']),
          revokedAt: time.nullable(),
        }),
      ),
      certificates: z.array(z.strictObject({ file })),
    }),
  ),
};
