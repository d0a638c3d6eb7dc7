import { z } from 'zod';
import { text } from '../text/schemas.ts';
import { call, organisationSchema } from './call.ts';

/** The axis's directory, kept here for whoever chooses a recipient. */
export const agencies = {
  'agencies.find': call(
    z.strictObject({ text: text().max(200), limit: z.number().int().min(1).max(100).default(20) }),
    z.strictObject({ rows: z.array(organisationSchema.extend({ oldCode: z.string().nullable() })) }),
  ),
};
