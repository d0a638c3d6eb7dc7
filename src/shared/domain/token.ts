import { z } from 'zod';

/** Tokens as the screens see them. No PIN and no key ever stands in these types. Times are UTC milliseconds. */

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

export const tokenCertificateSchema = z.strictObject({
  /** SHA-256 of the certificate's DER: the only way a certificate is chosen. */
  sha256: sha256Schema,
  /** Common name of the subject, a person or an office; never blank. */
  subjectName: z.string(),
  /** Organisation of the subject; empty when the certificate names none. */
  organisation: z.string(),
  issuerName: z.string(),
  serialHex: z.string(),
  notBefore: z.number().int(),
  notAfter: z.number().int(),
  /** Key usage and extended key usage allow signing documents (RFC 5280, 4.2.1.3 and 4.2.1.12). */
  canSign: z.boolean(),
  expired: z.boolean(),
});
export type TokenCertificate = z.infer<typeof tokenCertificateSchema>;

/** What the token says about its PIN before anybody is asked for it (PKCS#11 v2.40, CK_TOKEN_INFO). */
export const tokenPinSchema = z.strictObject({
  minLength: z.number().int().min(0),
  maxLength: z.number().int().min(0),
  /** The PIN is typed on the device itself (a PIN pad); the screen asks for nothing. */
  protectedPath: z.boolean(),
  /** A wrong PIN was entered since the last right one. */
  countLow: z.boolean(),
  /** One more wrong PIN locks the token. */
  finalTry: z.boolean(),
  locked: z.boolean(),
});
export type TokenPin = z.infer<typeof tokenPinSchema>;

export const tokenInfoSchema = z.strictObject({
  /** Stable for the same device behind the same driver, across restarts and slots. */
  id: z.string().min(1),
  driver: z.enum(['pkcs11', 'pkcs12']),
  label: z.string(),
  serial: z.string(),
  manufacturer: z.string(),
  /** File name of the PKCS#11 module or of the PKCS#12 file. */
  module: z.string(),
  /** False for a PKCS#12 file that is no longer where it was. */
  present: z.boolean(),
  pin: tokenPinSchema,
  /** Shows no certificate before its PIN is entered; those listed were learned when it last was. */
  hidesCertificates: z.boolean(),
  /** Certificates a person may sign with. */
  certificates: z.array(tokenCertificateSchema),
});
export type TokenInfo = z.infer<typeof tokenInfoSchema>;

const saidSchema = z.strictObject({
  /** In the error catalogue. */
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

const detectedModuleSchema = z.strictObject({
  path: z.string(),
  /** Vendor or service the driver is known by; empty for one only the registry names. */
  family: z.string(),
  /** Whose certificates Windows holds with this driver's provider: most likely their token's driver. */
  holders: z.array(z.string()),
  /** Why it cannot be loaded here: of another machine, mostly 32-bit. */
  problem: saidSchema.nullable(),
});
export type DetectedModule = z.infer<typeof detectedModuleSchema>;

export const detectedModulesSchema = z.strictObject({
  modules: z.array(detectedModuleSchema),
  /** What could not be looked at. */
  problem: saidSchema.nullable(),
});
export type DetectedModules = z.infer<typeof detectedModulesSchema>;

/** The questions a diagnosis asks, in order; it stops at the first that later ones depend on. */
export const diagnosisSteps = [
  'file',
  'machine',
  'exports',
  'accepted',
  'loadable',
  'slots',
  'token',
  'certificate',
  'issuer',
  'holder',
  'expiry',
  'pin',
] as const;

export const diagnosisStepSchema = z.strictObject({
  step: z.enum(diagnosisSteps),
  outcome: z.enum(['good', 'caution', 'bad']),
  /** Sentence in `sentences/token.ts` (good) or in the error catalogue (caution and bad). */
  ...saidSchema.shape,
});
export type DiagnosisStep = z.infer<typeof diagnosisStepSchema>;

export const moduleDiagnosisSchema = z.strictObject({
  path: z.string(),
  /** SHA-256 of the file that was looked at; empty when it could not be read. */
  sha256: z.union([z.literal(''), sha256Schema]),
  steps: z.array(diagnosisStepSchema),
});
export type ModuleDiagnosis = z.infer<typeof moduleDiagnosisSchema>;
