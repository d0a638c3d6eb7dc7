import { z } from 'zod';

/**
 * What a document with its signatures counts for (NĐ 30/2020/NĐ-CP, Điều 5.1, 25 to 27), told to people as a verdict
 * and its reasons. The sentences stand in `sentences/official.ts`.
 */
export const officialVerdictSchema = z.enum([
  'original',
  'copy',
  'incomplete',
  'not-valid',
  'not-concluded',
  'unsigned',
]);
export type OfficialVerdict = z.infer<typeof officialVerdictSchema>;

export const officialReasonCodeSchema = z.enum([
  'official.both-signed',
  'official.agency-only',
  'official.person-missing',
  'official.person-other',
  'official.agency-missing',
  'official.agency-other',
  'official.signature-broken',
  'official.not-settled',
  'official.no-signature',
]);
export type OfficialReasonCode = z.infer<typeof officialReasonCodeSchema>;

export const officialSchema = z.strictObject({
  verdict: officialVerdictSchema,
  reasons: z.array(
    z.strictObject({ code: officialReasonCodeSchema, params: z.record(z.string(), z.string()) }),
  ),
});
export type Official = z.infer<typeof officialSchema>;
