import { expect, it } from 'vitest';
import { CHECK_RESULTS, checkFlags, checkResult } from './check-result.ts';
import { type FindingCode, findingCodeSchema, type SignatureReport } from './verification.ts';

const report = (...codes: FindingCode[]) => ({
  signer: {} as SignatureReport['signer'],
  kind: 'signature' as SignatureReport['kind'],
  findings: codes.map((code): SignatureReport['findings'][number] => ({
    code,
    params: {},
    aspect: 'validity',
  })),
  coverage: { revision: 1, revisions: 1, wholeFile: true },
});

it('a result is one word, the gravest first', () => {
  expect(checkResult(report('signer.trusted', 'validity.in-force'))).toBe('Ok');
  expect(checkResult(report('validity.revocation-not-checked'))).toBe('OnlineCheckingCertDisabled');
  expect(checkResult(report('validity.crl-unusable'))).toBe('CouldnotDownloadCrl');
  expect(checkResult(report('validity.revocation-not-checked', 'validity.revoked'))).toBe('CertIsRevoked');
  expect(checkResult({ ...report(), signer: null })).toBeNull();
});

it('every result of the tools has a finding that gives it, and its number', () => {
  const given = findingCodeSchema.options.map((code) => checkResult(report(code)));
  const refused = report('validity.crl-unusable');
  refused.findings[0]!.params = { code: 'signature.crl-unusable' };
  given.push(checkResult(refused));
  expect(new Set(given)).toEqual(new Set(Object.keys(CHECK_RESULTS)));
  expect(Object.values(CHECK_RESULTS)).toEqual([...Array(12).keys()]);
});

it('flags say what is wrong, and that something follows the signature', () => {
  expect(checkFlags(report('integrity.intact', 'time.no-timestamp'))).toEqual(['NotTimestamped']);
  expect(checkFlags(report('integrity.modified', 'validity.revoked'))).toEqual([
    'DocumentModified',
    'InvalidSigningCertificate',
  ]);
  expect(checkFlags(report('time.authority-not-checked'))).toEqual(['NonCheckingRevokedTSACert']);
  const covered = { ...report(), coverage: { revision: 1, revisions: 2, wholeFile: false } };
  expect(checkFlags(covered)).toEqual(['NonCoversWholeDocument']);
});

it('the flags of a document timestamp are about its authority', () => {
  const flags = (code: FindingCode) => checkFlags({ ...report(code), kind: 'timestamp' });
  expect(flags('validity.revoked')).toEqual(['InvalidTSACertificate']);
  expect(flags('validity.ocsp-unknown')).toEqual(['ErrorCheckingTSACertificate']);
  expect(flags('validity.revocation-not-checked')).toEqual(['NonCheckingRevokedTSACert']);
});
