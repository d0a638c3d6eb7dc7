import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pem } from '../../../../tests/pki/ca.ts';
import type { Identity } from '../../../../tests/pki/ca.ts';
import { startServices } from '../../../../tests/pki/services/server.ts';
import type { Services } from '../../../../tests/pki/services/server.ts';
import { OTHER_POLICY, TEST_POLICY } from '../../../../tests/pki/services/tsa.ts';
import type { TimestampFault } from '../../../../tests/pki/services/tsa.ts';
import { oid, sequence } from '../../asn1/der-write.ts';
import { oids } from '../../asn1/oids.ts';
import { importedAnchor } from '../../x509/trust.ts';
import { readCertificate } from '../../x509/certificate.ts';
import { httpClient } from './http.ts';
import { isTimestampAuthority } from '../../x509/certificate-use.ts';
import { requestTimestamp, STATE_TSA } from './tsa.ts';
import type { TimestampService, TimestampSettings } from './tsa.ts';
import { needs } from '../../../../tests/needs.ts';

let services: Services;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.close());

const digest = createHash('sha256').update('nội dung').digest();
const http = httpClient({ trustedHosts: ['127.0.0.1'], maxRedirects: 3 });
const service = (settings: Partial<TimestampSettings> = {}, more: Partial<TimestampService> = {}) => ({
  settings: { urls: [services.urls.tsa], timeoutMs: 5000, tries: 1, pauseMs: 1, ...settings },
  http,
  ...more,
});
const code = (code: string, params: object = {}): object => ({
  code,
  params: expect.objectContaining(params) as object,
});

async function stampedBy(authority: Identity): Promise<unknown> {
  const { stamping, tsa } = services;
  stamping.authority = authority;
  return await requestTimestamp(digest, service()).finally(() => (stamping.authority = tsa));
}

describe('asking for a timestamp', () => {
  needs('openssl')('gets a token that openssl accepts over the same digest', async () => {
    const { token, at, authority, policy } = await requestTimestamp(digest, service());
    expect(Math.abs(at - Date.now())).toBeLessThan(5000);
    expect(Buffer.from(authority.der)).toEqual(Buffer.from(services.tsa.certificate));
    expect(policy).toBe(TEST_POLICY);
    const folder = mkdtempSync(join(tmpdir(), 'tsa-'));
    try {
      writeFileSync(join(folder, 'token'), token);
      writeFileSync(join(folder, 'root.pem'), pem('CERTIFICATE', services.root.certificate));
      const files = ['-in', join(folder, 'token'), '-CAfile', join(folder, 'root.pem')];
      const out = execFileSync(
        'openssl',
        ['ts', '-verify', '-token_in', '-digest', digest.toString('hex'), ...files],
        { stdio: 'pipe' },
      );
      expect(out.toString()).toContain('Verification: OK');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('takes an answer in indefinite lengths, as DER', async () => {
    services.fail('tsa', 'indefinite');
    const { token } = await requestTimestamp(digest, service());
    expect(token[1]).not.toBe(0x80);
  });

  it.each<[TimestampFault, string]>([
    ['imprint', 'imprint'],
    ['nonce', 'nonce'],
    ['signature', 'bad-signature'],
    ['no-certificate', 'certificate-missing'],
    ['garbage', 'value runs past its container'],
    ['bytes-behind', 'bytes behind the answer'],
    ['no-token', 'field missing'],
    ['unbound', 'signing-certificate'],
    ['other-binding', 'bad-format: signing-certificate'],
  ])('refuses an answer with the fault %s', async (fault, detail) => {
    services.fail('tsa', fault);
    const before = services.asked.length;
    const asked = requestTimestamp(digest, service({ tries: 3 }));
    await expect(asked).rejects.toMatchObject(code('signature.tsa-wrong-answer', { detail }));
    expect(services.asked.length - before).toBe(1);
  });

  it('takes a token granted with changes, and none beside a refusal', async () => {
    services.fail('tsa', 'granted-with-mods');
    expect((await requestTimestamp(digest, service())).policy).toBe(TEST_POLICY);
    services.fail('tsa', 'token-refused');
    await expect(requestTimestamp(digest, service())).rejects.toMatchObject(
      code('signature.tsa-rejected', { detail: 'status 3' }),
    );
  });

  it('tells what the server said when it refuses', async () => {
    services.fail('tsa', 'status');
    await expect(requestTimestamp(digest, service())).rejects.toMatchObject(
      code('signature.tsa-rejected', { detail: 'status 2, systemFailure, Dịch vụ tạm dừng' }),
    );
  });

  it('takes only the policy it asked for', async () => {
    await requestTimestamp(digest, service({ policy: TEST_POLICY }));
    await expect(requestTimestamp(digest, service({ policy: OTHER_POLICY }))).rejects.toMatchObject(
      code('signature.tsa-wrong-answer', { detail: 'policy' }),
    );
  });

  it('refuses a certificate that may not stamp, or not then', async () => {
    const subject = [['CN', 'TSA lạ']] as const;
    const signer = await services.certify({ subject });
    const two = await services.certify({
      subject,
      profile: 'tsa',
      extensions: { [oids.extendedKeyUsage]: sequence(oid(oids.timeStamping), oid(oids.emailProtection)) },
    });
    for (const wrong of [signer, two])
      await expect(stampedBy(wrong)).rejects.toMatchObject(
        code('signature.tsa-wrong-answer', { detail: 'certificate-usage' }),
      );
    const over = await services.certify({ subject, profile: 'tsa', notAfter: Date.now() - 60_000 });
    await expect(stampedBy(over)).rejects.toMatchObject(
      code('signature.tsa-wrong-answer', { detail: 'certificate-period' }),
    );
  });

  it('wants the usage critical (RFC 3161, 2.3)', async () => {
    expect(isTimestampAuthority(readCertificate(services.tsa.certificate))).toBe(true);
    const relaxed = await services.certify({
      subject: [['CN', 'TSA dễ dãi']],
      profile: 'signer',
      extensions: { [oids.extendedKeyUsage]: sequence(oid(oids.timeStamping)) },
    });
    await expect(stampedBy(relaxed)).rejects.toMatchObject({ params: { detail: 'certificate-usage' } });
  });

  it('follows the chain of the authority when anchors are given', async () => {
    const root = importedAnchor(readCertificate(services.root.certificate));
    await requestTimestamp(digest, service({}, { anchors: [root] }));
    const stranger = importedAnchor(readCertificate(services.ocsp.certificate));
    await expect(requestTimestamp(digest, service({}, { anchors: [stranger] }))).rejects.toMatchObject(
      code('signature.tsa-untrusted', { name: 'TSA Ví Dụ' }),
    );
  });
});

describe('a slow or failing server', () => {
  it('is asked again, at the next address, as often as the settings say', async () => {
    services.fail('tsa', 'busy', 'silent');
    const attempts: number[] = [];
    const onAttempt = (attempt: number) => void attempts.push(attempt);
    await requestTimestamp(digest, service({ tries: 3, timeoutMs: 200 }, { onAttempt }));
    expect(attempts).toEqual([1, 2, 3]);
    const urls = ['http://127.0.0.1:9/', services.urls.tsa];
    await requestTimestamp(digest, service({ tries: 2, urls }));
  });

  it('is given up after the last try, with its failure', async () => {
    services.fail('tsa', 'silent', 'silent');
    await expect(requestTimestamp(digest, service({ tries: 2, timeoutMs: 100 }))).rejects.toMatchObject(
      code('signature.service-timeout', { seconds: 1 }),
    );
  });

  it('can be left, while waiting for it and between two tries', async () => {
    for (const fault of ['silent', 'busy'] as const) {
      services.fail('tsa', fault);
      const stop = new AbortController();
      // The busy answer is on its way then, and the pause for the next try begun or about to.
      void services.nextRequest().then(() => setTimeout(() => stop.abort(), 60));
      await expect(
        requestTimestamp(digest, service({ tries: 3, pauseMs: 60_000 }, { signal: stop.signal })),
      ).rejects.toMatchObject(code('signature.service-stopped'));
    }
  });

  it('is not asked at all when none is set up', async () => {
    await expect(requestTimestamp(digest, service({ urls: [] }))).rejects.toMatchObject(
      code('signature.tsa-missing'),
    );
  });

  it('gets the three minutes the state service is known to need', () => {
    expect(STATE_TSA.timeoutMs).toBeGreaterThan(131_000);
    expect(STATE_TSA.tries).toBe(3);
  });
});
