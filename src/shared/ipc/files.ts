import { z } from 'zod';
import { repairs } from '../domain/repairs.ts';
import { secret } from '../text/schemas.ts';
import { call, done, fileReferenceSchema, problemSchema, sha256Schema } from './call.ts';

export const fileExaminationSchema = z.strictObject({
  /** What keeps the PDF from being signed as it is; null when nothing does. */
  problem: problemSchema.nullable(),
  /** Written anew, so that every reader sees the same document; null when not needed, or not possible. */
  copy: z
    .strictObject({ sha256: sha256Schema, size: z.number().int(), repairs: z.array(z.enum(repairs)) })
    .nullable(),
  /** Somebody has signed in it. */
  signed: z.boolean(),
});

const byHash = z.strictObject({ sha256: sha256Schema });

export const files = {
  /** What keeps a PDF from being signed, and the copy that could be used in its place. */
  'file.examine': call(fileReferenceSchema, fileExaminationSchema),
  /** The person's word to use the copy in place of the damaged file, which stays stored. */
  'file.take-copy': call(fileReferenceSchema, fileReferenceSchema),
  /** The password of a PDF, kept in the memory of the running program for everything that is done with the file. */
  'file.unlock': call(byHash.extend({ password: secret(1, 256) }), done),
  /** What a file was unlocked with, for the view of it; null when nobody has entered a password. */
  'file.password': call(byHash, z.strictObject({ password: z.string().nullable() })),
};
