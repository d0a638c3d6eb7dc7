import { expect, it } from 'vitest';
import { CHECK_RESULTS, checkFlags, checkResult } from './check-result.ts';
import { type FindingCode, findingCodeSchema, type SignatureReport } from './verification.ts';

const report = (...codes: FindingCode[]) => ({
  signer: {} as SignatureReport['signer'],
  findings: codes.map((code) => ({ code, params: {}, aspect: 'validity' as const })),
  coverage: { revision: 1, revisions: 1, wholeFile: true },
});

it('a result is one word, the gravest first', () => {
  expect(checkResult(report('signer.trusted', 'validity.in-force'))).toBe('Ok');
  expect(checkResult(report('validity.revocation-not-checked'))).toBe('CouldnotDownloadCrl');
  expect(checkResult(report('validity.revocation-not-checked', 'validity.revoked'))).toBe('CertIsRevoked');
  expect(checkResult({ ...report(), signer: null })).toBeNull();
});

it('every result of the tools has a finding that gives it, and its number', () => {
  const given = findingCodeSchema.options.map((code) => checkResult(report(code)));
  expect(new Set(given)).toEqual(new Set(Object.keys(CHECK_RESULTS)));
  expect(Object.values(CHECK_RESULTS)).toEqual([...Array(12).keys()]);
});

it('flags say what is wrong, and that something follows the signature', () => {
  expect(checkFlags(report('integrity.intact', 'time.no-timestamp'))).toEqual(['NotTimestamped']);
  expect(checkFlags(report('integrity.modified', 'validity.revoked'))).toEqual([
    'DocumentModified',
    'InvalidSigningCertificate',
  ]);
  const covered = { ...report(), coverage: { revision: 1, revisions: 2, wholeFile: false } };
  expect(checkFlags(covered)).toEqual(['NonCoversWholeDocument']);
});
