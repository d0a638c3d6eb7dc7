import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServices } from '../../../../tests/pki/services/server.ts';
import type { HttpFault, Services } from '../../../../tests/pki/services/server.ts';
import { DEFAULT_NETWORK, httpClient } from './http.ts';
import type { HttpRequest } from './http.ts';

let services: Services;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.close());

const http = httpClient({ trustedHosts: ['127.0.0.1'], maxRedirects: 3 });
const get = (request: Partial<HttpRequest> = {}) =>
  http({ url: services.urls.cer, timeoutMs: 60_000, maxBytes: 1 << 20, ...request });

describe('bounded HTTP client', () => {
  it('gives the body and tells how much came', async () => {
    let received = 0;
    const body = await get({ onProgress: (bytes) => (received = bytes) });
    expect(Buffer.from(body)).toEqual(Buffer.from(services.issuing.certificate));
    expect(received).toBe(body.length);
  });

  it('follows a redirect with its body', async () => {
    services.fail('cer', 'redirect');
    expect((await get()).length).toBe(services.issuing.certificate.length);
  });

  it.each<[string, HttpFault, string, Partial<HttpRequest>]>([
    ['does not answer', 'silent', 'signature.service-timeout', { timeoutMs: 150 }],
    ['sends a byte now and then', 'drip', 'signature.service-timeout', { timeoutMs: 400 }],
    ['is busy', 'busy', 'signature.service-refused', {}],
    ['announces ten gigabytes', 'huge', 'signature.service-too-large', {}],
    ['never stops sending', 'endless', 'signature.service-too-large', {}],
    ['hangs up in the middle', 'cut', 'signature.service-unreachable', {}],
    ['sends us to a file', 'redirect-file', 'signature.service-url', {}],
    ['sends us to a machine inside the network', 'redirect-inside', 'signature.service-private', {}],
  ])('names a server that %s', async (_, fault, code, request) => {
    services.fail('cer', fault);
    await expect(get(request)).rejects.toMatchObject({ code });
  });

  it('unpacks nothing: a body is what came over the network', async () => {
    services.fail('cer', 'gzip');
    const body = await get();
    expect(body.length).toBeLessThan(1 << 20);
    expect(Buffer.from(body.subarray(0, 2)).toString('hex')).toBe('1f8b');
  });

  it('names a server that redirects in a circle, after four requests', async () => {
    services.always('cer', 'redirect-loop');
    const before = services.asked.length;
    await expect(get()).rejects.toMatchObject({ code: 'signature.service-redirects' });
    services.always('cer', null);
    expect(services.asked.length - before).toBe(4);
  });

  it('stops when told to', async () => {
    services.fail('cer', 'silent');
    const stop = new AbortController();
    void services.nextRequest().then(() => stop.abort());
    await expect(get({ signal: stop.signal })).rejects.toMatchObject({ code: 'signature.service-stopped' });
    await expect(get({ signal: stop.signal })).rejects.toMatchObject({ code: 'signature.service-stopped' });
  });

  it.each(['ldap://127.0.0.1/cn=ca', 'file:///etc/hosts', 'ca.gov.vn', 'http://user:secret@127.0.0.1/'])(
    'refuses the address %s',
    async (url) => {
      await expect(get({ url })).rejects.toMatchObject({ code: 'signature.service-url' });
    },
  );

  it('names a closed port', async () => {
    await expect(get({ url: 'http://127.0.0.1:9/' })).rejects.toMatchObject({
      code: 'signature.service-unreachable',
      params: { host: '127.0.0.1' },
    });
  });
});

describe('guard against addresses inside the network', () => {
  const guarded = httpClient(DEFAULT_NETWORK);

  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])(
    'does not talk to %s',
    async (host) => {
      const before = services.asked.length;
      const url = `http://${host}:${new URL(services.urls.cer).port}/cer/issuing.cer`;
      await expect(guarded({ url, timeoutMs: 2000, maxBytes: 1000 })).rejects.toMatchObject({
        code: 'signature.service-private',
      });
      expect(services.asked.length).toBe(before);
    },
  );
});
