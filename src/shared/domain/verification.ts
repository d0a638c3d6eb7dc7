import { z } from 'zod';

/**
 * What checking a signed file found, as the screens, the command line and the stored evidence all see it.
 * Findings and changes are codes with parameters; their sentences stand in `sentences/verification.ts`.
 * Times are UTC milliseconds; a parameter whose name ends in `At` is a time.
 */

/** A light is never `good` for something that could not be checked: that is `unknown`. */
export const lightSchema = z.enum(['good', 'caution', 'unknown', 'bad']);
export type Light = z.infer<typeof lightSchema>;

/** signer: whose certificate, and who vouches for it. integrity: are these the signed bytes. validity: at that time. */
export const aspectSchema = z.enum(['signer', 'integrity', 'validity']);
export type Aspect = z.infer<typeof aspectSchema>;

export const verdictSchema = z.enum([
  'valid',
  'valid-with-changes',
  'invalid',
  'indeterminate',
  'unsigned',
  'unreadable',
]);
export type Verdict = z.infer<typeof verdictSchema>;

/** Whose hierarchy issued the certificate: state service, licensed public CA, the office's own, none known. */
export const trustClassSchema = z.enum(['cong-vu', 'cong-cong', 'noi-bo', 'la']);
export type TrustClass = z.infer<typeof trustClassSchema>;

const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

export const findingCodeSchema = z.enum([
  'signer.trusted',
  'signer.untrusted-root',
  'signer.chain-not-checked',
  'signer.bad-chain',
  'signer.chain-unsupported',
  'signer.certificate-missing',
  'signer.wrong-usage',
  'integrity.intact',
  'integrity.allowed-changes',
  'integrity.look-unproven',
  'integrity.cover-unproven',
  'integrity.modified',
  'integrity.forbidden-changes',
  'integrity.bad-signature',
  'integrity.bad-format',
  'integrity.byte-range',
  'integrity.bytes-behind-cms',
  'integrity.field-name-twice',
  'integrity.unsupported',
  'validity.in-force',
  'validity.expired',
  'validity.not-yet-valid',
  'validity.revoked',
  'validity.ca-revoked',
  'validity.revoked-later',
  'validity.crl-unusable',
  'validity.revocation-not-checked',
  'validity.revocation-not-asked',
  'validity.no-revocation-source',
  'validity.ocsp-unknown',
  'validity.not-judged',
  'validity.no-time',
  'time.no-timestamp',
  'time.timestamp-good',
  'time.timestamp-invalid',
  'time.timestamp-untrusted',
  'time.timestamp-unsupported',
  'time.authority-not-checked',
  'time.local-as-utc',
  'time.clock-differs',
  'algorithm.weak-digest',
  'algorithm.short-key',
  'algorithm.good-then',
  'document.unsigned',
  'document.signature-removed',
  'document.unreadable',
]);
export type FindingCode = z.infer<typeof findingCodeSchema>;

export const findingSchema = z.object({ code: findingCodeSchema, params: paramsSchema });
export type Finding = z.infer<typeof findingSchema>;

/** Why a certification path does not hold: the `detail` of `signer.bad-chain`. */
export const PATH_FAULTS = [
  'no-path',
  'bad-signature',
  'unsupported-algorithm',
  'wrong-issuer',
  'not-yet-valid',
  'expired',
  'not-a-ca',
  'path-too-long',
  'no-cert-sign',
  'unknown-critical',
  'name-constraints',
  'policy',
] as const;
export type PathFault = (typeof PATH_FAULTS)[number];

export const changeKindSchema = z.enum([
  'timestamp-added',
  'validation-data-added',
  'field-filled',
  'field-added',
  'signature-field-added',
  'signature-added',
  'annotation',
  'metadata',
  'appearance-differs',
  'appearance-unproven',
  'text-covered',
  'cover-unproven',
  'page-content',
  'structure',
  'unexplained-bytes',
]);
export type ChangeKind = z.infer<typeof changeKindSchema>;

/** One difference between the signed revision and a later one. */
export const changeSchema = z.object({
  kind: changeKindSchema,
  /** The revision that brought it, counted from 1. */
  revision: z.number().int(),
  /** Whether every signature it comes after permits it. */
  allowed: z.boolean(),
  /** field, from, to, page, subtype, object, path, offset, length: as far as the kind has them. */
  params: paramsSchema,
});
export type Change = z.infer<typeof changeSchema>;

export const certificateSummarySchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** Upper-case hexadecimal. */
  serial: z.string(),
  notBefore: z.number(),
  notAfter: z.number(),
  /** SHA-256 of the DER, lower-case hexadecimal as everywhere in the store. */
  fingerprint: z.string(),
});
export type CertificateSummary = z.infer<typeof certificateSummarySchema>;

export const signerSchema = z.object({
  /** Subject common name. */
  name: z.string(),
  organisation: z.string(),
  /** Organisational units, outermost first. */
  units: z.array(z.string()),
  province: z.string(),
  email: z.string(),
  /** An agency signs with its own name as common name; a first guess, correctable by serial number. */
  kind: z.enum(['personal', 'agency']),
  trustClass: trustClassSchema,
  certificate: certificateSummarySchema,
  /** From the certificate's issuer up to the trust anchor or as far as known. */
  chain: z.array(certificateSummarySchema),
});
export type SignerSummary = z.infer<typeof signerSchema>;

export const signatureReportSchema = z.object({
  /** Fully qualified field name. */
  field: z.string(),
  kind: z.enum(['signature', 'timestamp']),
  subFilter: z.string(),
  /** Null when the CMS does not name a certificate it contains. */
  signer: signerSchema.nullable(),
  /** What the signer's machine said: the field's /M, else the CMS signing-time. */
  claimedAt: z.number().nullable(),
  claimedBy: z.enum(['field', 'cms']).nullable(),
  /** What a timestamp over this signature proves. */
  timestampAt: z.number().nullable(),
  coverage: z.object({
    /** The revision this signature closes, counted from 1; null when its bytes end no revision. */
    revision: z.number().int().nullable(),
    revisions: z.number().int(),
    wholeFile: z.boolean(),
  }),
  /** Certification level (DocMDP P) this signature gives the document, if it certifies it. */
  certification: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
  algorithm: z.object({
    digest: z.string(),
    signature: z.string(),
    keyBits: z.number().int(),
  }),
  lights: z.record(aspectSchema, lightSchema),
  findings: z.array(findingSchema.extend({ aspect: aspectSchema })),
  changes: z.array(changeSchema),
});
export type SignatureReport = z.infer<typeof signatureReportSchema>;

export const verificationSchema = z.object({
  verdict: verdictSchema,
  signatures: z.array(signatureReportSchema),
  /** All changes after the first signature, each once. */
  changes: z.array(changeSchema),
  reasons: z.array(findingSchema),
});
export type Verification = z.infer<typeof verificationSchema>;

const SEVERITY: Record<Light, number> = { good: 0, caution: 1, unknown: 2, bad: 3 };

/** The most serious of several lights; `good` when there are none. */
export function worstLight(lights: readonly Light[]): Light {
  return lights.reduce((worst, light) => (SEVERITY[light] > SEVERITY[worst] ? light : worst), 'good');
}
