import { z } from 'zod';
import { text } from '../text/schemas.ts';

/** One call between the renderer and the desk: both sides parse with the same schemas. */
export interface Call<A extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly argument: A;
  readonly result: R;
}

/** One call of the contract, typed by its two schemas. */
export function call<A extends z.ZodType, R extends z.ZodType>(argument: A, result: R): Call<A, R> {
  return { argument, result };
}

export const nothing = z.strictObject({});
export const done = z.strictObject({});

export const idSchema = z.uuid();
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
/** A calendar day in Vietnam, `2026-11-20`. */
export const daySchema = z.iso.date();
/** UTC milliseconds. */
export const timeSchema = z.number().int();
/** Made by the renderer for work that reports progress and can be cancelled. */
export const taskIdSchema = z.uuid();

export const pageSchema = z.strictObject({
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(200).default(50),
});

/** A code of the error catalogue with what fills its sentence. */
export const problemSchema = z.strictObject({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Problem = z.infer<typeof problemSchema>;

export const organisationSchema = z.strictObject({
  code: text().min(1).max(35),
  name: text().min(1).max(200),
});
export type Organisation = z.infer<typeof organisationSchema>;

export const fileReferenceSchema = z.strictObject({
  sha256: sha256Schema,
  name: text().min(1).max(255),
});
export type FileReference = z.infer<typeof fileReferenceSchema>;
