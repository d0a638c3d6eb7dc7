/** What was good enough once is named, and still judged (RFC 6194; TT 15/2025/TT-BKHCN, Phụ lục I). */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { classicTable } from '../../../tests/fixtures/pdf/samples.ts';
import { issue, pem } from '../../../tests/pki/ca.ts';
import type { KeyType } from '../../../tests/pki/ca.ts';
import { softSigner } from '../../../tests/pki/soft-signer.ts';
import { openPdf } from '../pdf/reader.ts';
import { embedSignature, prepareSignature } from '../pdf/signature-field.ts';
import { memorySource } from '../pdf/source.ts';
import { readCertificate } from '../x509/certificate.ts';
import { importedAnchor } from '../x509/trust.ts';
import { signDocument } from './sign.ts';
import { verifySource } from './verify.ts';
import { needs } from '../../../tests/needs.ts';

needs('openssl');

const folder = mkdtempSync(join(tmpdir(), 'weak-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Form {
  readonly subFilter?: string;
  /** What goes into the CMS; nothing when left out. */
  readonly carried?: (range: Buffer) => Buffer;
}

/** A letter signed by openssl, which has no scruples. */
async function signedWith(
  keyType: KeyType,
  digest: string,
  { subFilter = 'ETSI.CAdES.detached', carried }: Form = {},
): Promise<Buffer> {
  const who = await issue(null, { profile: 'signer', subject: [['CN', 'Ai Đó']], keyType });
  const before = classicTable();
  const prepared = prepareSignature(openPdf(memorySource(before)), {
    target: { kind: 'new', page: 0 },
    subFilter: 'ETSI.CAdES.detached',
    contentsBytes: 8192,
  });
  const { tail, holeOffset, holeSize } = prepared;
  const put = (name: string, data: string | Uint8Array): string => {
    writeFileSync(join(folder, name), data);
    return join(folder, name);
  };
  const named = '/SubFilter /ETSI.CAdES.detached';
  Buffer.from(`/SubFilter /${subFilter}`.padEnd(named.length)).copy(tail, Buffer.from(tail).indexOf(named));
  const content = [before, tail.subarray(0, holeOffset - 1), tail.subarray(holeOffset + holeSize + 1)];
  const range = Buffer.concat(content);
  const files = [
    ...(carried ? ['-nodetach'] : []),
    '-in',
    put('content', carried?.(range) ?? range),
    '-signer',
    put('signer.pem', pem('CERTIFICATE', who.certificate)),
    '-inkey',
    put('key.pem', pem('PRIVATE KEY', who.pkcs8)),
  ];
  const options = ['-sign', '-binary', '-outform', 'DER', '-md', digest, ...files];
  const cms = execFileSync('openssl', ['cms', ...options], { stdio: 'pipe' });
  return Buffer.concat([before, embedSignature(prepared, cms)]);
}

it.each([
  ['rsa-2048', 'sha1', ['algorithm.weak-digest'], 'unknown'],
  ['rsa-1024', 'sha256', ['algorithm.short-key'], 'unknown'],
  ['rsa-1024', 'sha1', ['algorithm.weak-digest', 'algorithm.short-key'], 'unknown'],
  ['rsa-2048', 'sha256', [], 'good'],
] as const)('%s with %s: %j', async (keyType, digest, weak, light) => {
  const file = memorySource(await signedWith(keyType, digest));
  const { verdict, signatures } = await verifySource(file, { checkChain: false });
  const codes = signatures[0]?.findings.map(({ code }) => code) ?? [];
  expect(codes.filter((code) => code.startsWith('algorithm.'))).toEqual(weak);
  expect(signatures[0]?.lights.integrity).toBe(light);
  expect(verdict).toBe(light === 'good' ? 'valid' : 'indeterminate');
});

/** The oldest format: the CMS carries the SHA-1 of the range (ISO 32000-1, 12.8.3.3). */
it.each([
  ['of the range', (range: Buffer) => range, 'indeterminate', 'unknown'],
  ['of something else', () => Buffer.from('PAY 9000000'), 'invalid', 'bad'],
] as const)('a CMS that carries the SHA-1 %s', async (_, of, expected, light) => {
  const carried = (range: Buffer): Buffer => createHash('sha1').update(of(range)).digest();
  const bytes = await signedWith('rsa-2048', 'sha1', { subFilter: 'adbe.pkcs7.sha1', carried });
  const { verdict, signatures } = await verifySource(memorySource(bytes), { checkChain: false });
  expect([verdict, signatures[0]?.lights.integrity]).toEqual([expected, light]);
});

it.each([
  ['the range', (range: Buffer) => range],
  ['something else', () => Buffer.from('PAY 9000000')],
] as const)('a detached signature whose CMS carries %s is a bad format', async (_, carried) => {
  const bytes = await signedWith('rsa-2048', 'sha256', { carried });
  const { verdict, reasons } = await verifySource(memorySource(bytes), { checkChain: false });
  expect(verdict).toBe('invalid');
  expect(reasons[0]).toMatchObject({ params: { detail: 'content-not-detached' } });
});

/** Electron could not check them, whatever Node can do: neither right nor wrong, and said by name. */
it.each([
  ['secp256k1', 'sha256', 'secp256k1'],
  ['brainpoolP256r1', 'sha256', 'brainpoolP256r1'],
  ['rsa-2048', 'sha3-256', 'SHA3-256'],
  ['rsa-2048', 'sha512-256', 'SHA-512/256'],
  ['rsa-2048', 'md5', 'MD5'],
] as const)('%s with %s is not judged: %s is not supported', async (keyType, digest, algorithm) => {
  const bytes = await signedWith(keyType, digest);
  const { verdict, reasons, signatures } = await verifySource(memorySource(bytes), { checkChain: false });
  expect(verdict).toBe('indeterminate');
  expect(reasons).toContainEqual({ code: 'integrity.unsupported', params: { algorithm } });
  expect(signatures[0]?.lights.integrity).toBe('unknown');
});

it('a file changed after a signature that cannot be checked has been changed', async () => {
  const bytes = await signedWith('secp256k1', 'sha256');
  bytes.write('6', bytes.indexOf('595', bytes.indexOf('/MediaBox')));
  const { verdict, reasons } = await verifySource(memorySource(bytes), { checkChain: false });
  expect([verdict, reasons[0]?.code]).toEqual(['invalid', 'integrity.modified']);
});

it.each([
  ['ed448', 'Ed448'],
  ['secp256k1', 'secp256k1'],
  ['brainpoolP256r1', 'brainpoolP256r1'],
] as const)('an authority with a key of %s is neither trusted nor wrong', async (keyType, algorithm) => {
  const root = await issue(null, { profile: 'root', subject: [['CN', 'RootCA Ví Dụ']], keyType });
  const signer = await issue(root, { profile: 'signer', subject: [['CN', 'Ai Đó']] });
  const before = classicTable();
  const request = { target: { kind: 'new', page: 0 } } as const;
  const { tail } = await signDocument(openPdf(memorySource(before)), request, softSigner(signer));
  const { verdict, signatures } = await verifySource(memorySource(Buffer.concat([before, tail])), {
    anchors: [importedAnchor(readCertificate(root.certificate))],
  });
  expect(verdict).toBe('indeterminate');
  expect(signatures[0]?.findings).toContainEqual(
    expect.objectContaining({ code: 'signer.chain-unsupported', params: { algorithm } }),
  );
  expect(signatures[0]?.lights).toMatchObject({ integrity: 'good', signer: 'unknown' });
});

it('a format of somebody else is not judged', async () => {
  const bytes = await signedWith('rsa-2048', 'sha256', { subFilter: 'Example.Own' });
  const { verdict, reasons } = await verifySource(memorySource(bytes), { checkChain: false });
  expect(verdict).toBe('indeterminate');
  expect(reasons[0]).toEqual({ code: 'integrity.unsupported', params: { algorithm: 'Example.Own' } });
});
