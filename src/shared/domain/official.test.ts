import { describe, expect, it } from 'vitest';
import { officialStanding } from './official.ts';
import type { Light, SignatureReport, Verification } from './verification.ts';

const certificate = { subject: '', issuer: '', serial: '', notBefore: 0, notAfter: 0, fingerprint: '' };
const signature = (kind: 'personal' | 'agency', name: string, light: Light = 'good'): SignatureReport => ({
  field: name,
  kind: 'signature',
  subFilter: 'ETSI.CAdES.detached',
  signer: {
    name,
    organisation: '',
    units: [],
    province: '',
    email: '',
    kind,
    trustClass: 'cong-vu',
    certificate,
    chain: [],
  },
  claimedAt: null,
  claimedBy: null,
  timestampAt: null,
  coverage: { revision: 1, revisions: 1, wholeFile: true },
  certification: null,
  algorithm: { digest: 'sha256', signature: 'RSA PKCS#1 v1.5', keyBits: 2048 },
  lights: { signer: light, integrity: 'good', validity: 'good' },
  findings: [],
  changes: [],
});
const file = (verdict: Verification['verdict'], ...signatures: SignatureReport[]): Verification => ({
  verdict,
  signatures,
  changes: [],
  reasons: [],
});
const leader = signature('personal', 'Nguyễn Thị Ví Dụ');
const seal = signature('agency', 'TRƯỜNG TIỂU HỌC VÍ DỤ');
const expected = { person: 'Nguyễn Thị Ví Dụ', agency: 'Trường Tiểu học Ví Dụ' };

describe('standing of an official document', () => {
  it.each([
    ['original', file('valid', leader, seal)],
    ['original', file('valid-with-changes', leader, seal)],
    ['copy', file('valid', seal)],
    ['incomplete', file('valid', leader)],
    ['incomplete', file('valid', signature('personal', 'Lê Văn Khác'), seal)],
    ['incomplete', file('valid', leader, signature('agency', 'Trường Tiểu học Khác'))],
    ['not-valid', file('indeterminate', leader, signature('agency', seal.field, 'unknown'))],
    ['not-valid', file('invalid', leader, seal)],
    ['unsigned', file('unsigned')],
  ])('%s', (standing, verification) => {
    expect(officialStanding(verification, expected).standing).toBe(standing);
  });

  it('knows an agency with the authority above it in front', () => {
    const long = signature('agency', 'UBND xã Ví Dụ - Trường Tiểu học Ví Dụ');
    expect(officialStanding(file('valid', leader, long), expected).standing).toBe('original');
  });

  it('names whom it found when nobody is expected', () => {
    expect(officialStanding(file('valid', leader, seal))).toMatchObject({
      standing: 'original',
      persons: ['Nguyễn Thị Ví Dụ'],
      agencies: ['TRƯỜNG TIỂU HỌC VÍ DỤ'],
    });
  });
});
