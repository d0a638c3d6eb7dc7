import { beforeAll, describe, expect, it } from 'vitest';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { issue, issueCrl, serialOctets } from '../../../tests/pki/ca.ts';
import { createOfficePki } from '../../../tests/pki/office.ts';
import type { OfficePki } from '../../../tests/pki/office.ts';
import { softSigner } from '../../../tests/pki/soft-signer.ts';
import { DRAFT_FIELDS, fillTextFields, prepareDraft } from '../paper/fields.ts';
import { openPdf } from '../pdf/reader.ts';
import { embedSignature, prepareSignature } from '../pdf/signature-field.ts';
import { memorySource } from '../pdf/source.ts';
import { signedAttributes, signedData } from '../cms/signed-data-write.ts';
import { oids } from '../asn1/oids.ts';
import { signDocument } from './sign.ts';
import type { SigningRequest } from './sign.ts';
import type { Signer } from './signer.ts';
import { importedAnchor } from '../x509/trust.ts';
import { verifySource } from './verify.ts';
import type { VerifyOptions } from './verify.ts';
import { readCertificate } from '../x509/certificate.ts';

/** The name of the issuing authority of the sample certificates. */
const AUTHORITY = [
  ['C', 'VN'],
  ['O', 'Ban Cơ yếu Ví Dụ'],
  ['CN', 'CA Ví Dụ phục vụ các cơ quan Nhà nước'],
] as const;

let pki: OfficePki;
let letter: Uint8Array;
let trusting: VerifyOptions;
beforeAll(async () => {
  pki = await createOfficePki({
    agency: 'Trường Tiểu học Ví Dụ',
    superior: 'Ủy ban nhân dân xã Ví Dụ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
  letter = await drawLetter(SAMPLE_LETTER);
  const { root, issuing } = pki.crls();
  trusting = { anchors: [importedAnchor(readCertificate(pki.root.certificate))], crls: [root, issuing] };
});

async function sign(
  bytes: Uint8Array,
  signer: Signer,
  request: SigningRequest = { target: { kind: 'new', page: 0 } },
  now?: number,
) {
  const { tail } = await signDocument(openPdf(memorySource(bytes)), request, signer, now);
  return Buffer.concat([bytes, tail]);
}
const verify = (bytes: Uint8Array, options: VerifyOptions = trusting) =>
  verifySource(memorySource(bytes), options);
const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

const append = (bytes: Uint8Array, tail: Uint8Array) => Buffer.concat([bytes, tail]);
const open = (bytes: Uint8Array) => openPdf(memorySource(bytes));
const place = (y: number) => ({ page: 0, box: { x: 300, y, width: 120, height: 40 } });

describe('a signed letter', () => {
  it('is valid when its signer is trusted and not revoked', async () => {
    const result = await verify(await sign(letter, softSigner(pki.principal)));
    expect(result).toMatchObject({ verdict: 'valid', changes: [], reasons: [] });
    expect(result.signatures[0]).toMatchObject({
      lights: { signer: 'good', integrity: 'good', validity: 'good' },
      signer: {
        name: 'Nguyễn Thị Ví Dụ',
        kind: 'personal',
        trustClass: 'noi-bo',
        units: ['TRƯỜNG TIỂU HỌC VÍ DỤ'],
      },
      coverage: { revision: 2, revisions: 2, wholeFile: true },
      algorithm: { digest: 'sha256', signature: 'RSA PKCS#1 v1.5', keyBits: 2048 },
    });
    expect(codes(result.signatures[0]?.findings ?? [])).toContain('time.no-timestamp');
  });

  it('tells an agency from a person', async () => {
    const { signatures } = await verify(await sign(letter, softSigner(pki.agency)));
    expect(signatures[0]?.signer?.kind).toBe('agency');
    const kindOf = async (name: string) => {
      const signer = await issue(null, { profile: 'signer', subject: [['CN', name]] });
      return (await verify(await sign(letter, softSigner(signer)))).signatures[0]?.signer?.kind;
    };
    expect(await kindOf('Đoàn Thị Ví Dụ')).toBe('personal');
    expect(await kindOf('ĐOÀN THANH NIÊN XÃ VÍ DỤ')).toBe('agency');
  });

  it('is invalid when its certificate is not for signing documents', async () => {
    const usage = { [oids.keyUsage]: Uint8Array.of(3, 2, 5, 0x20) };
    const spec = { profile: 'signer', subject: [['CN', 'Chỉ để mã hóa']], extensions: usage } as const;
    const { certificate: der, ...signer } = softSigner(await issue(pki.issuing, spec));
    const certificate = readCertificate(der);
    const prepared = prepareSignature(open(letter), {
      target: { kind: 'new', page: 0 },
      subFilter: 'ETSI.CAdES.detached',
      contentsBytes: 8192,
    });
    const { attributes, digest } = signedAttributes(certificate, prepared.digest);
    const signature = await signer.signDigest('SHA-256', digest, attributes);
    const cms = signedData({ certificate, chain: signer.chain, attributes, signature, unsigned: [] });
    const result = await verify(append(letter, embedSignature(prepared, cms)));
    expect(result.verdict).toBe('invalid');
    expect(codes(result.reasons)).toEqual(['signer.wrong-usage']);
  });

  it('is never green when revocation was asked about and not answered', async () => {
    const { principal } = await createOfficePki({
      agency: 'Trường Tiểu học Ví Dụ',
      superior: 'Ủy ban nhân dân xã Ví Dụ',
      province: 'Tỉnh Ví Dụ',
      principal: 'Nguyễn Thị Ví Dụ',
      authority: pki,
      crlUrl: 'http://127.0.0.1:9/ca.crl',
    });
    const bytes = await sign(letter, softSigner(principal));
    const asked = await verify(bytes, { ...trusting, crls: [] });
    expect(asked.verdict).toBe('indeterminate');
    expect(codes(asked.reasons)).toEqual(['validity.revocation-not-checked']);
    const unasked = await verify(bytes, { ...trusting, crls: [], checkRevocation: false });
    expect(unasked.verdict).toBe('valid');
    expect(codes(unasked.reasons)).toContain('validity.revocation-not-asked');
  });

  it('says so when the certificates name no place to ask about revocation', async () => {
    const result = await verify(await sign(letter, softSigner(pki.principalP256)), { ...trusting, crls: [] });
    expect(result.verdict).toBe('valid');
    expect(result.signatures[0]?.lights.validity).toBe('caution');
    expect(codes(result.reasons)).toContain('validity.no-revocation-source');
  });

  it('is not concluded when nobody knows the root, and says nothing of chains when told so', async () => {
    const bytes = await sign(letter, softSigner(pki.principal));
    const unknown = await verify(bytes, {});
    expect(unknown.verdict).toBe('indeterminate');
    expect(codes(unknown.reasons)).toEqual(['signer.untrusted-root', 'validity.not-judged']);
    expect(unknown.signatures[0]?.signer?.trustClass).toBe('la');
    expect((await verify(bytes, { checkChain: false })).verdict).toBe('valid');
  });

  it('is invalid once the signer is revoked', async () => {
    const { root, issuing } = pki.crls([pki.principal]);
    const result = await verify(await sign(letter, softSigner(pki.principal)), {
      ...trusting,
      crls: [root, issuing],
    });
    expect(result.verdict).toBe('invalid');
    expect(codes(result.reasons)).toEqual(['validity.revoked']);
  });

  it('is judged up to the root where the issuing authority is trusted by itself as well', async () => {
    const { root, issuing } = pki;
    const anchors = [issuing, root].map(({ certificate }) => importedAnchor(readCertificate(certificate)));
    const revoked = [{ serial: serialOctets(issuing.certificate), at: Date.now() - 60_000 }];
    const crls = [issueCrl(root, { revoked }), pki.crls().issuing];
    const result = await verify(await sign(letter, softSigner(pki.principal)), { anchors, crls });
    expect(codes(result.reasons)).toEqual(['validity.ca-revoked']);
  });

  it('is invalid when signed outside the certificate period', async () => {
    const when = Date.now() - 3 * 365 * 86_400_000;
    const bytes = await sign(
      letter,
      softSigner(pki.expired),
      { target: { kind: 'new', page: 0 }, signingTime: new Date() },
      when,
    );
    const result = await verify(bytes);
    expect(result.verdict).toBe('invalid');
    expect(codes(result.reasons)).toEqual(['validity.expired']);
    expect(codes(result.signatures[0]!.findings)).toContain('signer.trusted');
  });

  it('does not say who signed when a certificate of the past was never issued by whom it names', async () => {
    const { notBefore, notAfter } = readCertificate(pki.expired.certificate);
    const impostor = await issue(null, { profile: 'ca', subject: AUTHORITY });
    const subject = [['CN', 'Người Ký Giả']] as const;
    const forged = await issue(impostor, { profile: 'signer', subject, notBefore, notAfter });
    const chain = [pki.issuing.certificate];
    const when = Date.now() - 3 * 365 * 86_400_000;
    const target = { kind: 'new', page: 0 } as const;
    const bytes = await sign(
      letter,
      softSigner({ ...forged, chain }),
      { target, signingTime: new Date() },
      when,
    );
    const { signatures } = await verify(bytes);
    expect(signatures[0]!.lights.signer).toBe('bad');
    expect(codes(signatures[0]!.findings)).toContain('signer.bad-chain');
  });

  it('is invalid when one signed byte changes', async () => {
    const bytes = await sign(letter, softSigner(pki.principal));
    // The last digit of the seconds in /M.
    const at = bytes.lastIndexOf('/M (D:') + 19;
    bytes[at] = bytes[at]! ^ 1;
    const result = await verify(bytes);
    expect(result.verdict).toBe('invalid');
    expect(codes(result.reasons)).toEqual(['integrity.modified']);
  });
});

describe('several signatures', () => {
  it('in sequence stay valid, each listed as a change after those before it', async () => {
    const box = { x: 300, y: 500, width: 150, height: 60 };
    const one = await sign(letter, softSigner(pki.principal), { target: { kind: 'new', page: 0, box } });
    const two = await sign(one, softSigner(pki.principalP256));
    const result = await verify(await sign(two, softSigner(pki.agency)));
    expect(result.verdict).toBe('valid');
    expect(result.signatures.map(({ changes }) => changes.map(({ kind }) => kind))).toEqual([
      ['signature-added', 'signature-added'],
      ['signature-added'],
      [],
    ]);
    expect(result.signatures.map(({ coverage }) => coverage.wholeFile)).toEqual([false, false, true]);
  });

  it.each([undefined, 2 as const])(
    'number and date filled in between are a note (DocMDP %s)',
    async (docMdp) => {
      const draft = append(
        letter,
        await prepareDraft(open(letter), {
          number: place(80),
          date: place(120),
          personal: place(500),
          agency: place(560),
        }),
      );
      const first = await sign(draft, softSigner(pki.principal), {
        target: { kind: 'existing', name: DRAFT_FIELDS.personal },
        ...(docMdp && { docMdp }),
      });
      const filled = append(
        first,
        await fillTextFields(open(first), { [DRAFT_FIELDS.number]: '12', [DRAFT_FIELDS.date]: '20' }),
      );
      const result = await verify(
        await sign(filled, softSigner(pki.agency), {
          target: { kind: 'existing', name: DRAFT_FIELDS.agency },
        }),
      );
      expect(result.verdict).toBe('valid-with-changes');
      expect(result.changes.map(({ kind, params, allowed }) => [kind, params.to, allowed])).toEqual([
        ['field-filled', '12', true],
        ['field-filled', '20', true],
        ['signature-added', undefined, true],
      ]);
    },
  );
});

describe('other files', () => {
  it('an unsigned one says so', async () => {
    expect(await verify(letter)).toMatchObject({
      verdict: 'unsigned',
      reasons: [{ code: 'document.unsigned' }],
    });
  });

  it('one that is no PDF is unreadable, with the reason', async () => {
    expect(await verify(Buffer.from('xin chào'))).toMatchObject({
      verdict: 'unreadable',
      reasons: [{ code: 'document.unreadable', params: { code: 'pdf.not-a-pdf' } }],
    });
  });
});
