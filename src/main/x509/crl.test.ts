import { beforeAll, describe, expect, it } from 'vitest';
import { extension, issue, issueCrl, serialOctets } from '../../../tests/pki/ca.ts';
import type { Identity } from '../../../tests/pki/ca.ts';
import { findRevocation, isCrlSignedBy, readCrl } from './crl.ts';
import { DerError } from '../asn1/der.ts';
import { nullValue } from '../asn1/der-write.ts';
import { findPath, pathRevocation } from './path-build.ts';
import { readCertificate } from './certificate.ts';

let root: Identity;
let leaf: Identity;
let other: Identity;
beforeAll(async () => {
  root = await issue(null, { profile: 'root', subject: [['CN', 'RootCA Ví Dụ']] });
  leaf = await issue(root, { profile: 'signer', subject: [['CN', 'Nguyễn Ví Dụ']] });
  other = await issue(null, { profile: 'root', subject: [['CN', 'RootCA Ví Dụ']] });
});

const statusWith = (...crls: Uint8Array[]): string => {
  const found = findPath(
    readCertificate(leaf.certificate),
    [],
    [readCertificate(root.certificate)],
    Date.now(),
  );
  if (!found.ok) throw new Error(found.problem.fault);
  const [first] = pathRevocation(found, {
    crls: crls.map(readCrl),
    pool: [],
    at: Date.now(),
    now: Date.now(),
  });
  return first?.status ?? 'none';
};

describe('revocation lists', () => {
  it('finds one certificate among 200,000', () => {
    const many = Array.from({ length: 200_000 }, (_, n) => ({
      serial: Uint8Array.of(1, n >> 16, n >> 8, n),
      at: Date.UTC(2026, 0, 1),
      ...(n % 2 === 0 && { reason: 4 }),
    }));
    const der = issueCrl(root, {
      revoked: [...many, { serial: serialOctets(leaf.certificate), at: Date.UTC(2026, 5, 1) }],
    });
    const issuer = readCertificate(root.certificate);
    const { serial } = readCertificate(leaf.certificate);
    const crl = readCrl(der);
    expect(isCrlSignedBy(crl, issuer)).toBe(true);
    expect(findRevocation(crl, serial, issuer.subject)).toEqual({ at: Date.UTC(2026, 5, 1), reason: 0 });
  });

  it('say good, revoked or nothing', () => {
    expect(statusWith()).toBe('unknown');
    expect(statusWith(issueCrl(root))).toBe('good');
    const entry = { serial: serialOctets(leaf.certificate), at: Date.now() - 1000, reason: 1 };
    expect(statusWith(issueCrl(root, { revoked: [entry] }))).toBe('revoked');
  });

  it('are no proof when out of date, from the future, or signed by another of the same name', () => {
    const now = Date.now();
    expect(statusWith(issueCrl(root, { nextUpdate: now - 1000 }))).toBe('unknown');
    expect(statusWith(issueCrl(root, { thisUpdate: now + 3_600_000 }))).toBe('unknown');
    expect(statusWith(issueCrl(other))).toBe('unknown');
    expect(statusWith(issueCrl(root, { extensions: [extension('1.2.3.4', nullValue(), true)] }))).toBe(
      'unknown',
    );
    expect(statusWith(issueCrl(root, { extensions: [extension('1.2.3.4', nullValue(), false)] }))).toBe(
      'good',
    );
  });

  it.each([
    ['nothing', () => new Uint8Array()],
    ['a certificate', () => leaf.certificate],
    ['a truncated list', () => issueCrl(root).subarray(0, -1)],
  ])('%s is refused', (_, bytes) => {
    expect(() => readCrl(bytes())).toThrow(DerError);
  });
});
