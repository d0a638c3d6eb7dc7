import { z } from 'zod';
import { evidenceSchema } from '../domain/evidence.ts';
import { verificationSchema } from '../domain/verification.ts';
import { call, done, fileReferenceSchema, sha256Schema, taskIdSchema } from './call.ts';

export const verification = {
  /** What is known about the signatures of a file; judged now when nothing is, once for all who ask meanwhile. */
  'verification.of': call(z.strictObject({ sha256: sha256Schema }), verificationSchema),
  /**
   * Ends the judgement a file is waiting for, with nothing kept: `verification.of` is refused with host.cancelled,
   * then and later, until `verification.again`.
   */
  'verification.stop': call(z.strictObject({ sha256: sha256Schema }), done),
  'verification.again': call(z.strictObject({ sha256: sha256Schema }), done),
  /** What is kept to prove the signatures of a file; judged now when nobody has yet. */
  'verification.evidence': call(z.strictObject({ sha256: sha256Schema }), evidenceSchema),
  /** A ZIP of all that proves the signatures of a file: the file, certificates, answers, timestamps, what was found. */
  'verification.export-evidence': call(z.strictObject({ sha256: sha256Schema }), fileReferenceSchema),
  /** The verification report of a stored file as a PDF for printing (TT 15/2025/TT-BKHCN, Điều 6). */
  'verification.report': call(
    z.strictObject({ sha256: sha256Schema, taskId: taskIdSchema }),
    fileReferenceSchema,
  ),
};
