import { z } from 'zod';
import { verdictSchema } from '../../../shared/domain/verification.ts';
import { file } from './words.ts';

/**
 * What reading a stored file found. Text and reports are files themselves, so that a rebuild needs neither a PDF
 * reader nor today's trust settings to come out the same.
 */
export const fileEvents = {
  'file.read': z.strictObject({ file, text: z.strictObject({ file }).nullable() }),
  /** A printed verification: whoever may see the file may see its report. */
  'file.reported': z.strictObject({ file, report: z.strictObject({ file }) }),
  'file.verified': z.strictObject({ file, verdict: verdictSchema, report: z.strictObject({ file }) }),
};
