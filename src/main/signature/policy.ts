/** What each finding means for its light: the policy of verification, as data (TT 15/2025/TT-BKHCN, Phụ lục II). */
import type { Change, FindingCode, Light } from '../../shared/domain/verification.ts';

export const LIGHT_OF: Readonly<Record<FindingCode, Light>> = {
  'signer.trusted': 'good',
  'signer.untrusted-root': 'unknown',
  'signer.chain-not-checked': 'unknown',
  'signer.bad-chain': 'bad',
  'signer.chain-unsupported': 'unknown',
  'signer.certificate-missing': 'unknown',
  'signer.wrong-usage': 'bad',
  'integrity.intact': 'good',
  'integrity.allowed-changes': 'caution',
  'integrity.look-unproven': 'unknown',
  'integrity.cover-unproven': 'unknown',
  'integrity.modified': 'bad',
  'integrity.forbidden-changes': 'bad',
  'integrity.bad-signature': 'bad',
  'integrity.bad-format': 'bad',
  'integrity.byte-range': 'bad',
  // Inside /Contents, which no signature covers and nobody is shown.
  'integrity.bytes-behind-cms': 'good',
  'integrity.field-name-twice': 'unknown',
  'integrity.unsupported': 'unknown',
  'validity.in-force': 'good',
  'validity.expired': 'bad',
  'validity.not-yet-valid': 'bad',
  'validity.revoked': 'bad',
  'validity.ca-revoked': 'bad',
  'validity.revoked-later': 'caution',
  'validity.crl-unusable': 'unknown',
  'validity.revocation-not-checked': 'unknown',
  'validity.revocation-not-asked': 'caution',
  'validity.no-revocation-source': 'caution',
  'validity.ocsp-unknown': 'unknown',
  'validity.not-judged': 'unknown',
  'validity.no-time': 'caution',
  // Lacking a timestamp is a note: the claimed time counts, and revocation is then asked as of today.
  'time.no-timestamp': 'good',
  'time.timestamp-good': 'good',
  // Anybody can add an unsigned attribute: a bad one is dropped, and the signature judged without it.
  'time.timestamp-invalid': 'caution',
  'time.timestamp-untrusted': 'caution',
  'time.timestamp-unsupported': 'caution',
  // Whoever wants it settled raises the file to B-LT, which asks about the authority as well.
  'time.authority-not-checked': 'good',
  'time.local-as-utc': 'caution',
  'time.clock-differs': 'caution',
  'algorithm.weak-digest': 'unknown',
  'algorithm.short-key': 'unknown',
  'algorithm.good-then': 'caution',
  'document.unsigned': 'unknown',
  'document.signature-removed': 'bad',
  'document.unreadable': 'unknown',
};

const EXPECTED: ReadonlySet<Change['kind']> = new Set([
  'signature-added',
  'timestamp-added',
  'validation-data-added',
  'signature-field-added',
]);

/** More signatures, and what proves them, are what a signed document is for; any other change is worth a note. */
export const isNoted = ({ kind }: Change): boolean => !EXPECTED.has(kind);
