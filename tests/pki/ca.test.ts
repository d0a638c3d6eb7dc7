import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributeValues, nameText } from '../../src/main/x509/names.ts';
import { oids } from '../../src/main/asn1/oids.ts';
import { readCertificate, serialText } from '../../src/main/x509/certificate.ts';
import { issueCrl, pem } from './ca.ts';
import { createOfficePki } from './office.ts';
import type { OfficePki } from './office.ts';
import { needs } from '../needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'pki-'));
afterAll(() => rmSync(folder, { recursive: true }));
const put = (file: string, ...pems: string[]): string => {
  writeFileSync(join(folder, file), pems.join(''));
  return join(folder, file);
};
const openssl = (...args: string[]): string => execFileSync('openssl', args, { stdio: 'pipe' }).toString();

let pki: OfficePki;
beforeAll(async () => {
  pki = await createOfficePki({
    agency: 'Trường Tiểu học Ví Dụ',
    superior: 'Ủy ban nhân dân xã Ví Dụ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
    crlUrl: 'http://127.0.0.1:9/cp.crl',
    ocspUrl: 'http://127.0.0.1:9/ocsp',
  });
});

describe('test certification authority', () => {
  needs('openssl')('issues chains openssl accepts, with revocation lists', () => {
    const { root, issuing } = pki.crls();
    const trust = put('trust.pem', pem('CERTIFICATE', pki.root.certificate));
    const between = put('between.pem', pem('CERTIFICATE', pki.issuing.certificate));
    const crls = put('crls.pem', pem('X509 CRL', root), pem('X509 CRL', issuing));
    for (const [who, purpose] of [
      [pki.principal, 'any'],
      [pki.agency, 'any'],
      [pki.principalP256, 'any'],
      [pki.tsa, 'timestampsign'],
      [pki.ocsp, 'ocsphelper'],
    ] as const) {
      const leaf = put('leaf.pem', pem('CERTIFICATE', who.certificate));
      expect(
        openssl(
          'verify',
          '-x509_strict',
          '-crl_check_all',
          '-purpose',
          purpose,
          '-CAfile',
          trust,
          '-untrusted',
          between,
          '-CRLfile',
          crls,
          leaf,
        ),
      ).toContain('OK');
    }
  });

  needs('openssl')('makes expired and revoked certificates that openssl refuses for that reason', () => {
    const { root, issuing } = pki.crls([pki.agency]);
    const trust = put('trust.pem', pem('CERTIFICATE', pki.root.certificate));
    const between = put('between.pem', pem('CERTIFICATE', pki.issuing.certificate));
    const crls = put('crls.pem', pem('X509 CRL', root), pem('X509 CRL', issuing));
    const check = (certificate: Uint8Array) => () =>
      openssl(
        'verify',
        '-crl_check_all',
        '-CAfile',
        trust,
        '-untrusted',
        between,
        '-CRLfile',
        crls,
        put('leaf.pem', pem('CERTIFICATE', certificate)),
      );
    expect(check(pki.expired.certificate)).toThrow(/expired/);
    expect(check(pki.agency.certificate)).toThrow(/revoked/);
    expect(check(pki.principal.certificate)()).toContain('OK');
  });

  it('writes a CRL of 200,000 entries', () => {
    const revoked = Array.from({ length: 200_000 }, (_, n) => ({
      serial: Uint8Array.of(1, n >> 16, n >> 8, n),
      at: 0,
    }));
    const crl = issueCrl(pki.issuing, { revoked });
    expect(crl.length).toBeGreaterThan(4_000_000);
  });
});

describe('reading certificates', () => {
  it('agrees with node:crypto', () => {
    for (const { certificate } of [pki.root, pki.issuing, pki.principal, pki.agency, pki.principalP256]) {
      const ours = readCertificate(certificate);
      const theirs = new X509Certificate(certificate);
      expect(serialText(ours)).toBe(theirs.serialNumber);
      expect(ours.notBefore).toBe(theirs.validFromDate.getTime());
      expect(ours.notAfter).toBe(theirs.validToDate.getTime());
      expect(ours.extensions.basicConstraints?.ca ?? false).toBe(theirs.ca);
      expect(ours.fingerprint).toBe(theirs.fingerprint256.replaceAll(':', '').toLowerCase());
    }
  });

  it('reads subjects as the state writes them', () => {
    const { subject, issuer, extensions } = readCertificate(pki.principal.certificate);
    expect(nameText(subject)).toBe(
      'E=vidu@vidu.example.vn, CN=Nguyễn Thị Ví Dụ, OU=TRƯỜNG TIỂU HỌC VÍ DỤ, O=Ủy ban nhân dân xã Ví Dụ, L=Tỉnh Ví Dụ, C=VN',
    );
    expect(attributeValues(issuer, oids.commonName)).toEqual(['CA Ví Dụ phục vụ các cơ quan Nhà nước']);
    expect([...(extensions.keyUsage ?? [])]).toEqual(['digitalSignature', 'nonRepudiation']);
    expect(extensions.ocspUrls).toEqual(['http://127.0.0.1:9/ocsp']);
    expect(extensions.crlDistributionPoints).toHaveLength(1);
  });

  it.each([
    ['truncated', (der: Uint8Array) => der.subarray(0, -1)],
    ['with bytes behind it', (der: Uint8Array) => Buffer.concat([der, Uint8Array.of(0)])],
    ['with a second algorithm', (der: Uint8Array) => swap(der)],
  ])('refuses a certificate %s', (_, damage) => {
    expect(() => readCertificate(damage(pki.principal.certificate))).toThrow();
  });
});

/** Changes the outer signature algorithm only: sha256WithRSA to sha384WithRSA. */
function swap(der: Uint8Array): Uint8Array {
  const copy = Buffer.from(der);
  const at = copy.lastIndexOf(Buffer.from('2a864886f70d01010b', 'hex'));
  copy[at + 8] = 0x0c;
  return copy;
}
