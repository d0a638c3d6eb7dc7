import { z } from 'zod';
import { officeSchema, personIdSchema, personSchema } from '../domain/people.ts';
import { detectedModulesSchema, moduleDiagnosisSchema } from '../domain/token.ts';
import { trustClassSchema } from '../domain/verification.ts';
import { named, secret, text } from '../text/schemas.ts';
import { call, done, fileReferenceSchema, nothing, problemSchema, sha256Schema, timeSchema } from './call.ts';

export const axisSettingsSchema = z.strictObject({
  url: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  systemId: text().trim().max(100),
  /** Plain HTTP is refused unless somebody decided so (state networks without TLS). */
  allowHttp: z.boolean(),
  intervalMinutes: z.number().int().min(1).max(60),
});

export const trustRootSchema = z.strictObject({
  sha256: sha256Schema,
  subject: z.string(),
  /** Null when only the fingerprint is known, the certificate itself not yet seen. */
  notAfter: timeSchema.nullable(),
  /** `bundled`: known by the program; `imported`: added by somebody of this office. */
  origin: z.enum(['bundled', 'imported']),
  trustClass: trustClassSchema,
  /** How the fingerprint of a bundled one was confirmed; empty for an imported one. */
  confidence: z.string(),
  /** Whether signatures under it are trusted; a bundled one that is not can be imported. */
  trusted: z.boolean(),
  /** Why an imported one cannot be used: its file is missing, say. */
  problem: problemSchema.nullable(),
});

/** What is asked over the network about signatures. */
export const signingServicesSchema = z.strictObject({
  /** RFC 3161 service; empty: the state's own. */
  tsaUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  timestamps: z.boolean(),
  revocation: z.boolean(),
  /** Nothing is sent without a timestamp; what was decided before there was the question does not say. */
  timestampBeforeSending: z.boolean().default(false),
});
export type SigningServices = z.infer<typeof signingServicesSchema>;

/** An administrator's word on whose a certificate is, against the program's guess. */
export const signerKindSchema = z.strictObject({
  fingerprint: sha256Schema,
  kind: z.enum(['personal', 'agency']),
});

export const settingsSchema = z.strictObject({
  office: officeSchema.nullable(),
  people: z.array(personSchema),
  axis: axisSettingsSchema.extend({ secretSet: z.boolean() }),
  modules: z.array(z.strictObject({ path: z.string(), sha256: sha256Schema })),
  pkcs12: z.array(fileReferenceSchema),
  roots: z.array(trustRootSchema),
  services: signingServicesSchema,
  signerKinds: z.array(signerKindSchema),
  /** Images of handwritten signatures by person id, and of the seal under `seal`. */
  images: z.record(z.string(), z.strictObject({ sha256: sha256Schema })),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settings = {
  'settings.get': call(nothing, settingsSchema),
  'settings.save-office': call(officeSchema, done),
  'settings.save-person': call(personSchema, done),
  /** An empty secret keeps the one already held. */
  'settings.save-axis': call(axisSettingsSchema.extend({ secret: secret(0, 500) }), done),
  'settings.test-axis': call(nothing, z.strictObject({ agencies: z.number().int() })),
  'settings.detect-modules': call(nothing, detectedModulesSchema),
  'settings.diagnose-module': call(z.strictObject({ path: named(1000) }), moduleDiagnosisSchema),
  'settings.add-module': call(z.strictObject({ path: named(1000) }), done),
  'settings.remove-module': call(z.strictObject({ path: named(1000) }), done),
  /** The PIN is used once, to learn the certificates that the file may hide, and forgotten. */
  'settings.add-pkcs12': call(fileReferenceSchema.extend({ pin: secret(0, 256) }), done),
  'settings.remove-pkcs12': call(z.strictObject({ sha256: sha256Schema }), done),
  'settings.add-roots': call(fileReferenceSchema, z.strictObject({ added: z.number().int() })),
  'settings.remove-root': call(z.strictObject({ sha256: sha256Schema }), done),
  'settings.save-services': call(signingServicesSchema, done),
  'settings.save-signer-kind': call(signerKindSchema, done),
  /** `owner`: a person's id, or `seal`. */
  'settings.save-image': call(z.strictObject({ owner: personIdSchema, file: fileReferenceSchema }), done),
};
