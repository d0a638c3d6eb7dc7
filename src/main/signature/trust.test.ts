import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issue, pem } from '../../../tests/pki/ca.ts';
import type { Identity } from '../../../tests/pki/ca.ts';
import { importedAnchor, knownAuthorities, readTrustFile, recognisedAnchors } from './trust.ts';
import { readCertificate } from './x509.ts';

const folder = mkdtempSync(join(tmpdir(), 'trust-'));
afterAll(() => rmSync(folder, { recursive: true }));

let root: Identity;
let issuing: Identity;
beforeAll(async () => {
  // A name of the state's own: it must not help.
  root = await issue(null, { profile: 'root', subject: [['CN', 'RootCA chuyên dùng Chính phủ G2']] });
  issuing = await issue(root, { profile: 'ca', subject: [['CN', 'CA Ví Dụ']] });
});

describe('trust files', () => {
  it('are read as DER, as PEM with several blocks, and as .p7b', () => {
    const both = pem('CERTIFICATE', root.certificate) + pem('CERTIFICATE', issuing.certificate);
    writeFileSync(join(folder, 'both.pem'), both);
    const p7b = (form: 'DER' | 'PEM'): Uint8Array => {
      const out = join(folder, `out.${form}`);
      const files = ['-certfile', join(folder, 'both.pem'), '-out', out];
      execFileSync('openssl', ['crl2pkcs7', '-nocrl', '-outform', form, ...files]);
      return readFileSync(out);
    };
    expect(readTrustFile(root.certificate, 'root.cer')).toHaveLength(1);
    for (const bytes of [Buffer.from(both), p7b('DER'), p7b('PEM')]) {
      const found = readTrustFile(bytes, 'both').map(({ fingerprint }) => fingerprint);
      const expected = [root, issuing].map(({ certificate }) => readCertificate(certificate).fingerprint);
      expect(found.toSorted()).toEqual(expected.toSorted());
    }
  });

  it.each([
    ['nothing', ''],
    ['text', 'Trường Tiểu học Ví Dụ'],
    ['a key', pem('PRIVATE KEY', Uint8Array.of(48, 0))],
  ])('that hold %s are refused by name, without their folder', (_, text) => {
    expect(() => readTrustFile(Buffer.from(text), '/home/ai/do/x.pem')).toThrow(
      expect.objectContaining({ code: 'signature.trust-unreadable', params: { file: 'x.pem' } }),
    );
  });
});

describe('known authorities', () => {
  it('are trusted only where their bytes were seen or two sources agree', () => {
    const untrusted = [...knownAuthorities.values()].filter(({ trusted }) => !trusted);
    expect(knownAuthorities.size).toBe(20);
    expect(untrusted.map(({ confidence }) => confidence)).toEqual(['one source', 'one source']);
  });

  it('are known by fingerprint: a name proves nothing', () => {
    const certificate = readCertificate(root.certificate);
    expect(recognisedAnchors([certificate])).toEqual([]);
    expect(importedAnchor(certificate).trustClass).toBe('noi-bo');
  });
});
