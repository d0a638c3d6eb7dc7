import type { SignatureEvidence } from './evidence.ts';
import type { Finding, FindingCode, SignatureReport } from './verification.ts';

/** What the state's own checking tools call the result of looking at a certificate; the numbers are theirs. */
export const CHECK_RESULTS = {
  Ok: 0,
  CertExpired: 1,
  CertNotYetValid: 2,
  InvalidCertChain: 3,
  UntrustedRoot: 4,
  InvalidCrlDistPoints: 5,
  CouldnotDownloadCrl: 6,
  OnlineCheckingCertDisabled: 7,
  CertIsRevoked: 8,
  CaCertIsRevoked: 9,
  InvalidCrl: 10,
  OcspRespUnknown: 11,
} as const;
export type CheckResult = keyof typeof CHECK_RESULTS;

/** The gravest first: a result is one word. */
const resultOf: readonly (readonly [FindingCode, CheckResult])[] = [
  ['validity.revoked', 'CertIsRevoked'],
  ['validity.ca-revoked', 'CaCertIsRevoked'],
  ['validity.expired', 'CertExpired'],
  ['validity.not-yet-valid', 'CertNotYetValid'],
  ['signer.bad-chain', 'InvalidCertChain'],
  ['signer.chain-unsupported', 'UntrustedRoot'],
  ['signer.untrusted-root', 'UntrustedRoot'],
  ['validity.ocsp-unknown', 'OcspRespUnknown'],
  ['validity.crl-unusable', 'CouldnotDownloadCrl'],
  ['validity.revocation-not-checked', 'OnlineCheckingCertDisabled'],
  ['validity.revocation-not-asked', 'OnlineCheckingCertDisabled'],
  ['validity.no-revocation-source', 'InvalidCrlDistPoints'],
];

/** Null when the signature does not even say whose it is. */
export function checkResult({
  signer,
  findings,
}: Pick<SignatureReport, 'signer' | 'findings'>): CheckResult | null {
  if (!signer) return null;
  const result = resultOf.find(([code]) => findings.some((finding) => finding.code === code))?.[1] ?? 'Ok';
  return result === 'CouldnotDownloadCrl' && findings.some(isListRefused) ? 'InvalidCrl' : result;
}

/** It came, and was not what it should be. */
const isListRefused = ({ params }: Finding): boolean => params['code'] === 'signature.crl-unusable';

/** Flags of the same tools, each with the findings that raise it. */
const raisedBy = {
  DocumentModified: ['integrity.modified', 'integrity.forbidden-changes'],
  NotTimestamped: ['time.no-timestamp'],
  InvalidTimestampImprint: ['time.timestamp-invalid'],
  InvalidTSACertificate: ['time.timestamp-untrusted', 'time.timestamp-unsupported'],
  InvalidSigningCertificate: [
    'validity.expired',
    'validity.not-yet-valid',
    'validity.revoked',
    'validity.ca-revoked',
    'signer.bad-chain',
    'signer.untrusted-root',
    'signer.wrong-usage',
  ],
  NonCheckingRevokedTSACert: ['time.authority-not-checked'],
  ErrorCheckingSigningCertificate: [
    'validity.ocsp-unknown',
    'validity.crl-unusable',
    'signer.chain-unsupported',
  ],
  NonCheckingRevokedSigningCert: [
    'validity.revocation-not-checked',
    'validity.revocation-not-asked',
    'validity.no-revocation-source',
  ],
  ErrorCheckingSignature: [
    'integrity.bad-signature',
    'integrity.unsupported',
    'integrity.look-unproven',
    'integrity.cover-unproven',
    'signer.certificate-missing',
  ],
  FatalError: ['integrity.bad-format', 'integrity.byte-range'],
} as const satisfies Record<string, readonly FindingCode[]>;
/** A document timestamp's own certificate is the authority's. */
const OF_AUTHORITY = {
  InvalidSigningCertificate: 'InvalidTSACertificate',
  ErrorCheckingSigningCertificate: 'ErrorCheckingTSACertificate',
  NonCheckingRevokedSigningCert: 'NonCheckingRevokedTSACert',
} as const;
type Raised = keyof typeof raisedBy;
export type CheckFlag = Raised | 'NonCoversWholeDocument' | (typeof OF_AUTHORITY)[keyof typeof OF_AUTHORITY];

export function checkFlags({
  kind,
  findings,
  coverage,
}: Pick<SignatureReport, 'kind' | 'findings' | 'coverage'>): CheckFlag[] {
  const found = (Object.keys(raisedBy) as Raised[]).filter((flag) =>
    findings.some(({ code }) => (raisedBy[flag] as readonly FindingCode[]).includes(code)),
  );
  const ofAuthority: Partial<Record<Raised, CheckFlag>> = kind === 'timestamp' ? OF_AUTHORITY : {};
  const raised = found.map((flag) => ofAuthority[flag] ?? flag);
  return coverage.wholeFile ? raised : [...raised, 'NonCoversWholeDocument'];
}

/** What the tools' words say of one signature, as its evidence keeps it. */
export function checkOf(
  report: SignatureReport,
): Pick<SignatureEvidence, 'field' | 'kind' | 'checkCode' | 'flags'> {
  const { field, kind } = report;
  const result = checkResult(report);
  return { field, kind, checkCode: result && CHECK_RESULTS[result], flags: checkFlags(report) };
}
