import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { issue, pem } from '../../../tests/pki/ca.ts';
import type { Identity } from '../../../tests/pki/ca.ts';
import { createOfficePki } from '../../../tests/pki/office.ts';
import type { OfficePki } from '../../../tests/pki/office.ts';
import { softSigner } from '../../../tests/pki/soft-signer.ts';
import { openPdf } from '../pdf/reader.ts';
import { memorySource } from '../pdf/source.ts';
import { storeUpdate } from '../pdf/dss.ts';
import { signDocument } from '../signature/sign.ts';
import { importedAnchor, knownAuthorities, recognisedAnchors } from './trust.ts';
import { readTrustFile } from '../cms/trust-file.ts';
import type { KnownAuthority } from './trust.ts';
import { verifySource } from '../signature/verify.ts';
import type { VerifyOptions } from '../signature/verify.ts';
import { readCertificate } from './certificate.ts';
import { needs } from '../../../tests/needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'trust-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Lies beside the project, as the path validation suite does. */
const list = fileURLToPath(new URL('../../../../shared/data/trust-anchors.csv', import.meta.url));

let root: Identity;
let issuing: Identity;
beforeAll(async () => {
  // A name of the state's own: it must not help.
  root = await issue(null, { profile: 'root', subject: [['CN', 'RootCA chuyên dùng Chính phủ G2']] });
  issuing = await issue(root, { profile: 'ca', subject: [['CN', 'CA Ví Dụ']] });
});

describe('trust files', () => {
  needs('openssl')('are read as DER, as PEM with several blocks, and as .p7b', () => {
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

  it('are read as Windows writes PEM: with CRLF, a byte order mark and words before it', () => {
    const text = pem('CERTIFICATE', root.certificate) + pem('CERTIFICATE', issuing.certificate);
    const written = `\ufeffTên: gốc\n${text}`.replaceAll('\n', '\r\n');
    expect(readTrustFile(Buffer.from(written), 'both.pem')).toHaveLength(2);
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

  it.skipIf(!existsSync(list))('are those of the list they were taken from, row by row', () => {
    const [head = '', ...rows] = readFileSync(list, 'utf8').trim().split(/\r?\n/);
    const columns = head.split(',');
    const cell = (row: string, column: string): string => row.split(',')[columns.indexOf(column)] ?? '';
    const listed = rows.map((row) => ({
      sha256: cell(row, 'sha256').toLowerCase(),
      trustClass: cell(row, 'class').replace(/-g\d$/, ''),
      role: cell(row, 'role'),
      subject: cell(row, 'subject_cn'),
      confidence: cell(row, 'confidence'),
      trusted: /^bytes seen|two (independent )?sources/.test(cell(row, 'confidence')),
    }));
    expect([...knownAuthorities.values()]).toEqual(listed);
  });

  it('are known by fingerprint: a name proves nothing', () => {
    const certificate = readCertificate(root.certificate);
    expect(recognisedAnchors([certificate])).toEqual([]);
    expect(importedAnchor(certificate).trustClass).toBe('noi-bo');
  });

  describe('are recognised wherever their certificate comes from', () => {
    let pki: OfficePki;
    let letter: Uint8Array;
    const certificate = () => readCertificate(pki.root.certificate);
    /** The office's root taken for one of the list's: the bytes of the real ones are nobody's to publish. */
    function pretend(authority: Pick<KnownAuthority, 'trustClass' | 'trusted'>): void {
      const entry = { sha256: certificate().fingerprint, role: 'root', subject: '', confidence: '' } as const;
      (knownAuthorities as Map<string, KnownAuthority>).set(entry.sha256, { ...entry, ...authority });
    }
    beforeAll(async () => {
      pki = await createOfficePki({
        agency: 'Trường Tiểu học Ví Dụ',
        superior: 'Ủy ban nhân dân xã Ví Dụ',
        province: 'Tỉnh Ví Dụ',
        principal: 'Nguyễn Thị Ví Dụ',
      });
      letter = await drawLetter(SAMPLE_LETTER);
    });
    afterEach(() => (knownAuthorities as Map<string, KnownAuthority>).delete(certificate().fingerprint));

    async function judge(
      chain: readonly Uint8Array[],
      options: VerifyOptions = {},
      stored: Uint8Array[] = [],
    ) {
      const { tail } = await signDocument(
        openPdf(memorySource(letter)),
        { target: { kind: 'new', page: 0 } },
        softSigner({ ...pki.principal, chain }),
      );
      let bytes = Buffer.concat([letter, tail]);
      if (stored.length > 0) {
        const proof = { contents: new Uint8Array(8), Certs: stored, OCSPs: [], CRLs: [] };
        bytes = Buffer.concat([
          bytes,
          storeUpdate(openPdf(memorySource(bytes)), [proof]) ?? new Uint8Array(),
        ]);
      }
      const { signatures } = await verifySource(memorySource(bytes), { checkRevocation: false, ...options });
      return [signatures[0]?.signer?.trustClass, signatures[0]?.lights.signer];
    }
    const issuing = () => [pki.issuing.certificate];
    const whole = () => [...issuing(), pki.root.certificate];

    it('in the signature', async () => {
      expect(await judge(whole())).toEqual(['la', 'unknown']);
      pretend({ trustClass: 'cong-vu', trusted: true });
      expect(await judge(whole())).toEqual(['cong-vu', 'good']);
      expect(await judge(issuing())).toEqual(['la', 'unknown']);
    });

    it('in the document security store', async () => {
      pretend({ trustClass: 'cong-cong', trusted: true });
      expect(await judge(issuing(), {}, [pki.root.certificate])).toEqual(['cong-cong', 'good']);
    });

    it('fetched from where a certificate points (AIA), or read from a token', async () => {
      pretend({ trustClass: 'cong-vu', trusted: true });
      expect(await judge(issuing(), { certificates: [certificate()] })).toEqual(['cong-vu', 'good']);
    });

    it('in a file the administrator imports, which is what an unsure one needs', async () => {
      pretend({ trustClass: 'cong-vu', trusted: false });
      expect(await judge(whole())).toEqual(['la', 'unknown']);
      const anchors = [importedAnchor(certificate())];
      expect(await judge(whole(), { anchors })).toEqual(['cong-vu', 'good']);
    });
  });
});
