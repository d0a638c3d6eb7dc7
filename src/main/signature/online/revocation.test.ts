import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pem } from '../../../../tests/pki/ca.ts';
import type { OcspFault } from '../../../../tests/pki/services/ocsp.ts';
import { startServices } from '../../../../tests/pki/services/server.ts';
import type { Services } from '../../../../tests/pki/services/server.ts';
import { readCertificate } from '../../x509/certificate.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { openCache } from './cache.ts';
import { completeChain } from './chain.ts';
import { httpClient } from './http.ts';
import { fetchRevocation } from './revocation.ts';
import type { OnlineServices } from './service.ts';
import type { RevocationAnswer } from './revocation.ts';
import { needs } from '../../../../tests/needs.ts';

let services: Services;
let signer: Certificate;
let issuing: Certificate;
let root: Certificate;
beforeAll(async () => {
  services = await startServices();
  signer = readCertificate((await services.certify({ subject: [['CN', 'Nguyễn Thị Ví Dụ']] })).certificate);
  issuing = readCertificate(services.issuing.certificate);
  root = readCertificate(services.root.certificate);
});
afterAll(() => services.close());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'revocation-'));
  services.asked.length = 0;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const name of ['ocsp', 'crl', 'cer'] as const) services.always(name, null);
});

const online = (more: Partial<OnlineServices> = {}): OnlineServices => ({
  http: httpClient({ trustedHosts: ['127.0.0.1'], maxRedirects: 3 }),
  cache: openCache(join(folder, 'cache')),
  now: Date.now,
  ...more,
});
const openssl = (...args: string[]): string => execFileSync('openssl', args, { stdio: 'pipe' }).toString();

const ask = (
  certificate: Certificate,
  issuer: Certificate,
  using: OnlineServices,
  pool: readonly Certificate[] = [],
): Promise<RevocationAnswer> => fetchRevocation({ certificate, issuer, anchors: [root], pool }, using);

describe('status of a certificate', () => {
  needs('openssl')('by OCSP, in an answer openssl accepts too', async () => {
    const { evidence, failures } = await ask(signer, issuing, online());
    expect(failures).toEqual([]);
    expect(evidence).toMatchObject({
      type: 'OCSP',
      result: 'good',
      revokedAt: null,
      url: services.urls.ocsp,
    });
    expect(evidence?.responder?.fingerprint).toBe(readCertificate(services.ocsp.certificate).fingerprint);
    writeFileSync(join(folder, 'answer'), evidence?.der ?? '');
    writeFileSync(join(folder, 'signer.pem'), pem('CERTIFICATE', signer.der));
    writeFileSync(join(folder, 'issuer.pem'), pem('CERTIFICATE', issuing.der));
    writeFileSync(join(folder, 'root.pem'), pem('CERTIFICATE', root.der));
    const at = (name: string): string => join(folder, name);
    const question = ['-respin', at('answer'), '-issuer', at('issuer.pem'), '-cert', at('signer.pem')];
    const trust = ['-CAfile', at('root.pem'), '-verify_other', at('issuer.pem'), '-no_nonce'];
    const said = openssl('ocsp', ...question, ...trust);
    expect(said).toContain('signer.pem: good');
  });

  it('by the list when OCSP does not answer, telling both', async () => {
    services.always('ocsp', 'busy');
    const { evidence, failures } = await ask(signer, issuing, online());
    expect(evidence).toMatchObject({ type: 'CRL', result: 'good', responder: null });
    expect(failures).toMatchObject([
      { url: services.urls.ocsp, error: { code: 'signature.service-refused' } },
    ]);
  });

  it('revoked, by either, with when', async () => {
    const gone = await services.certify({ subject: [['CN', 'Đã thu hồi']] });
    const at = Math.floor(Date.now() / 1000) * 1000 - 60_000;
    services.revoke(gone, at);
    const certificate = readCertificate(gone.certificate);
    const revoked = { result: 'revoked', revokedAt: at };
    expect((await ask(certificate, issuing, online())).evidence).toMatchObject(revoked);
    services.always('ocsp', 'silent');
    const listed = { ...certificate, extensions: { ...certificate.extensions, ocspUrls: [] } };
    expect((await ask(listed, issuing, online())).evidence).toMatchObject(revoked);
  });

  it.each<[OcspFault, string]>([
    ['garbage', 'signature.ocsp-unusable'],
    ['try-later', 'signature.ocsp-unusable'],
    ['unknown', 'signature.ocsp-unusable'],
    ['nonce', 'signature.ocsp-unusable'],
    ['other-certificate', 'signature.ocsp-unusable'],
    ['expired', 'signature.ocsp-unusable'],
    ['signature', 'signature.ocsp-unusable'],
    ['stranger', 'signature.ocsp-unusable'],
  ])('refuses an OCSP answer with the fault %s', async (fault, code) => {
    services.fail('ocsp', fault);
    const { evidence, failures } = await ask(signer, issuing, online());
    expect(failures).toMatchObject([{ error: { code } }]);
    expect(evidence?.type).toBe('CRL');
  });

  it.each(['gzip', 'page'] as const)('takes nothing from a service that sends %s instead', async (fault) => {
    for (const name of ['ocsp', 'crl', 'cer'] as const) services.always(name, fault);
    const { evidence, failures } = await ask(signer, issuing, online());
    expect(evidence).toBeNull();
    expect(failures.map(({ error }) => error.code)).toEqual([
      'signature.ocsp-unusable',
      'signature.crl-unusable',
    ]);
    const chain = await completeChain(signer, { anchors: [root], pool: [] }, online());
    expect(chain.failures).toMatchObject([{ error: { code: 'signature.trust-unreadable' } }]);
  });

  it('takes an answer signed beforehand, without a nonce', async () => {
    services.fail('ocsp', 'no-nonce');
    expect((await ask(signer, issuing, online())).evidence?.type).toBe('OCSP');
  });

  it.each([
    ['garbage', 'signature.crl-unusable'],
    ['stranger', 'signature.crl-unusable'],
    ['huge', 'signature.service-too-large'],
  ] as const)('has no answer when the list fails as well (%s)', async (fault, code) => {
    services.always('crl', fault);
    const { evidence, failures } = await ask(issuing, root, online());
    expect(evidence).toBeNull();
    expect(failures).toMatchObject([{ error: { code } }]);
  });

  it('refuses a list past its end', async () => {
    services.always('ocsp', 'busy');
    services.always('crl', 'expired');
    const { failures } = await ask(signer, issuing, online());
    expect(failures[1]).toMatchObject({
      error: { code: 'signature.crl-unusable', params: { detail: 'not-current' } },
    });
  });

  it('has neither source nor failure for a certificate that names none', async () => {
    expect(await ask(root, root, online())).toEqual({ evidence: null, failures: [] });
  });

  it('stops when told to, instead of asking the next source', async () => {
    services.always('ocsp', 'silent');
    const stop = new AbortController();
    void services.nextRequest().then(() => stop.abort());
    await expect(ask(signer, issuing, online({ signal: stop.signal }))).rejects.toMatchObject({
      code: 'signature.service-stopped',
    });
    expect(services.asked).toEqual(['/ocsp']);
  });
});

describe('answers kept from before', () => {
  it('serve without network until their nextUpdate', async () => {
    const first = await ask(signer, issuing, online());
    await ask(issuing, root, online());
    services.always('ocsp', 'busy');
    services.always('crl', 'busy');
    const kept = await ask(signer, issuing, online());
    expect(kept.evidence?.fetchedAt).toBe(first.evidence?.fetchedAt);
    expect((await ask(issuing, root, online())).evidence?.type).toBe('CRL');
    const later = online({ now: () => Date.now() + 8 * 86_400_000 });
    expect((await ask(issuing, root, later)).evidence).toBeNull();
  });

  it('are asked anew when they must be fresher', async () => {
    await ask(signer, issuing, online());
    await ask(signer, issuing, online());
    expect(services.asked).toEqual(['/ocsp']);
    await ask(signer, issuing, online({ freshAfter: Date.now() - 30_000 }));
    expect(services.asked).toEqual(['/ocsp', '/ocsp']);
  });

  it('are checked as if they came over the network', async () => {
    const services1 = online();
    await services1.cache.put(
      `CRL ${services.urls.crl.replace('issuing', 'root')}`,
      { bytes: Buffer.from('forged'), fetchedAt: 0, expiresAt: Number.MAX_SAFE_INTEGER },
      0,
    );
    expect((await ask(issuing, root, services1)).evidence?.result).toBe('good');
  });
});

describe('chains completed from the addresses in certificates', () => {
  const none = { anchors: [], pool: [] };

  it('reach the root, then come from the cache', async () => {
    const chain = await completeChain(signer, none, online());
    expect(chain.isComplete).toBe(true);
    expect(chain.certificates.map(({ fingerprint }) => fingerprint)).toEqual(
      [signer, issuing, root].map(({ fingerprint }) => fingerprint),
    );
    await completeChain(signer, none, online());
    expect(services.asked).toEqual(['/cer/issuing.cer', '/cer/root.cer']);
  });

  it('end at an anchor, and need no network when all is at hand', async () => {
    const chain = await completeChain(signer, { anchors: [issuing], pool: [] }, online());
    expect(chain).toMatchObject({ isComplete: true, failures: [] });
    expect((await completeChain(signer, { anchors: [], pool: [root, issuing] }, online())).isComplete).toBe(
      true,
    );
    expect(services.asked).toEqual([]);
  });

  it('tell where they break', async () => {
    services.always('cer', 'garbage');
    const chain = await completeChain(signer, none, online());
    expect(chain).toMatchObject({
      isComplete: false,
      failures: [{ error: { code: 'signature.trust-unreadable' } }],
    });
    services.always('cer', null);
    const misled = { ...signer, extensions: { ...signer.extensions, issuerUrls: [services.urls.crl] } };
    expect((await completeChain(misled, none, online())).isComplete).toBe(false);
  });
});
