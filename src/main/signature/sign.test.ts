import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { rawPdf } from '../../../tests/fixtures/pdf/samples.ts';
import { issue } from '../../../tests/pki/ca.ts';
import { createOfficePki } from '../../../tests/pki/office.ts';
import type { OfficePki } from '../../../tests/pki/office.ts';
import { opensslVerify, pdfsig } from '../../../tests/pki/readers.ts';
import { softSigner } from '../../../tests/pki/soft-signer.ts';
import { localDay, showDay } from '../../shared/text/dates.ts';
import { signPdf } from './sign.ts';
import type { SigningRequest } from './sign.ts';
import type { Signer } from './signer.ts';
import { readCertificate } from '../x509/certificate.ts';
import { needs } from '../../../tests/needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'sign-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (file: string): string => join(folder, file);

const invisible: SigningRequest = { target: { kind: 'new', page: 0 } };
let pki: OfficePki;
beforeAll(async () => {
  pki = await createOfficePki({
    agency: 'Trường Tiểu học Ví Dụ',
    superior: 'Ủy ban nhân dân xã Ví Dụ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
  writeFileSync(at('letter.pdf'), await drawLetter(SAMPLE_LETTER));
});

const sign = (signer: Signer, input = 'letter.pdf', output = 'out.pdf', request = invisible) =>
  signPdf({ input: at(input), output: at(output), request, signer });

describe('signing', () => {
  needs('openssl', 'pdfsig')(
    'three signatures in sequence stand in openssl and pdfsig, the old bytes always a prefix',
    async () => {
      const box = { x: 300, y: 500, width: 150, height: 60 };
      await sign(softSigner(pki.principal), 'letter.pdf', '1.pdf', { target: { kind: 'new', page: 0, box } });
      await sign(softSigner(pki.principalP256), '1.pdf', '2.pdf');
      await sign(softSigner(pki.agency), '2.pdf', '3.pdf');
      const chain = ['letter.pdf', '1.pdf', '2.pdf', '3.pdf'].map((file) => readFileSync(at(file)));
      for (const [before, after] of [chain.slice(0, 2), chain.slice(1, 3), chain.slice(2, 4)])
        expect(after?.subarray(0, before?.length)).toEqual(before);
      expect(opensslVerify(at('3.pdf'), pki.root.certificate)).toBe(3);
      const seen = pdfsig(at('3.pdf'));
      expect(seen.validations).toEqual(Array(3).fill('Signature is Valid.'));
      expect(seen.wholeFile).toEqual([false, false, true]);
    },
  );

  it('leaves no temporary file behind', async () => {
    await sign(softSigner(pki.principal));
    await expect(
      sign({ ...softSigner(pki.principal), signDigest: () => Promise.reject(new Error('gone')) }),
    ).rejects.toThrow('gone');
    expect(readdirSync(folder).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });
});

async function refused(signer: Signer, code: string): Promise<void> {
  await expect(sign(signer, 'letter.pdf', 'refused.pdf')).rejects.toMatchObject({ code });
  expect(existsSync(at('refused.pdf'))).toBe(false);
}

describe('refusing to sign', () => {
  const spec = { profile: 'signer' as const, subject: [['CN', 'Nguyễn Thị Ví Dụ']] as const };

  it('an expired certificate, naming its last day as letters write days', async () => {
    await refused(softSigner(pki.expired), 'signature.certificate-expired');
    await expect(sign(softSigner(pki.expired), 'letter.pdf', 'refused.pdf')).rejects.toMatchObject({
      params: { date: showDay(localDay(readCertificate(pki.expired.certificate).notAfter)) },
    });
  });

  it('a certificate not yet valid', async () =>
    refused(
      softSigner(await issue(pki.issuing, { ...spec, notBefore: Date.now() + 86_400_000 })),
      'signature.certificate-not-yet-valid',
    ));

  it('a certificate for other uses', async () => {
    await refused(softSigner(pki.issuing), 'signature.certificate-usage');
    await refused(
      softSigner(
        await issue(pki.issuing, { ...spec, extensions: { '2.5.29.15': Uint8Array.of(3, 2, 5, 0x20) } }),
      ),
      'signature.certificate-usage',
    );
  });

  it('a key too short or of a kind the state does not use', async () => {
    await refused(
      softSigner(await issue(pki.issuing, { ...spec, keyType: 'rsa-1024' })),
      'signature.key-too-short',
    );
    await refused(
      softSigner(await issue(pki.issuing, { ...spec, keyType: 'ed25519' })),
      'signature.key-unsupported',
    );
  });

  it('a certificate that is none', () =>
    refused(
      { ...softSigner(pki.agency), certificate: Uint8Array.of(48, 0) },
      'signature.certificate-unreadable',
    ));

  it('when the token signs with another key than its certificate says', () =>
    refused(
      { ...softSigner(pki.principal), signDigest: (...args) => softSigner(pki.agency).signDigest(...args) },
      'signature.self-check-failed',
    ));

  it('over the original', async () => {
    await expect(sign(softSigner(pki.agency), 'letter.pdf', 'letter.pdf')).rejects.toMatchObject({
      code: 'signature.output-is-input',
    });
  });

  it('a file that changes meanwhile', async () => {
    writeFileSync(at('moving.pdf'), readFileSync(at('letter.pdf')));
    const honest = softSigner(pki.agency);
    const signer: Signer = {
      ...honest,
      signDigest: (...args) => {
        writeFileSync(at('moving.pdf'), 'longer', { flag: 'a' });
        return honest.signDigest(...args);
      },
    };
    await expect(sign(signer, 'moving.pdf', 'moved.pdf')).rejects.toMatchObject({
      code: 'signature.input-changed',
    });
    expect(existsSync(at('moved.pdf'))).toBe(false);
  });
});

describe('a field for one signer only (ISO 32000-2, 12.7.5.5)', () => {
  needs('pdfsig')('is signed by that one and by nobody else', async () => {
    const field = '/Type /Annot /Subtype /Widget /FT /Sig /F 132 /P 3 0 R /T (KY) /Rect [10 10 90 50]';
    const name = Buffer.from('Nguyễn Thị Ví Dụ', 'utf16le').swap16().toString('hex');
    const bytes = rawPdf([
      { num: 1, body: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>' },
      { num: 2, body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
      { num: 3, body: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>' },
      {
        num: 4,
        body: `<< ${field} /SV << /Cert << /Ff 40 /SubjectDN [<< /CN <feff${name}> >>] /KeyUsage [(X1)] >> >> >>`,
      },
    ]);
    writeFileSync(at('reserved.pdf'), bytes);
    const request: SigningRequest = { target: { kind: 'existing', name: 'KY' } };
    await sign(softSigner(pki.principal), 'reserved.pdf', 'by-her.pdf', request);
    expect(pdfsig(at('by-her.pdf')).validations).toEqual(['Signature is Valid.']);
    await expect(sign(softSigner(pki.agency), 'reserved.pdf', 'by-other.pdf', request)).rejects.toMatchObject(
      {
        code: 'pdf.seed-certificate',
        params: { field: 'KY', what: 'SubjectDN' },
      },
    );
  });
});
