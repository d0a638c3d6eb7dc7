import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { vxpTransport } from '../../src/main/axis/vxp.ts';
import type { DeskError } from '../../src/shared/errors/index.ts';
import { needs } from '../needs.ts';

needs('openssl');

const never = new AbortController().signal;
const submission = { kind: 'edoc', bytes: Buffer.from('x'), from: 'H99', to: ['H99.05'] } as const;
const folder = mkdtempSync(join(tmpdir(), 'tls-'));
const defaults = tls.getCACertificates('default');
let server: Server;
let requests = 0;
let answer = '{"status":"OK","ErrorCode":"0","data":[]}';

const transport = (host = 'localhost') => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return vxpTransport({ url: `${host}:${port}`, allowHttp: false, systemId: 'a', secret: 'b' });
};
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: DeskError) => error.code,
  );

beforeAll(async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      ...subject,
      '-keyout',
      key,
      '-out',
      cert,
    ],
    { stdio: 'ignore' },
  );
  server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    requests += 1;
    request.resume().on('end', () => (answer === '' ? response.destroy() : response.end(answer)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  tls.setDefaultCACertificates(defaults);
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

it('sends nothing to a server whose certificate it does not trust', async () => {
  expect(await codeOf(transport().listIncoming('edoc', never))).toBe('axis.certificate');
  expect(await codeOf(transport().send(submission, never))).toBe('axis.certificate');
  expect(requests).toBe(0);
});

it('uses https where no scheme is given, and the outcome of a send is unknown once it has connected', async () => {
  tls.setDefaultCACertificates([...defaults, readFileSync(join(folder, 'cert.pem'), 'utf8')]);
  expect(await codeOf(transport().listIncoming('edoc', never))).toBe('none');
  expect(await codeOf(transport('127.0.0.1').listIncoming('edoc', never))).toBe('axis.certificate');
  answer = '';
  expect(await codeOf(transport().send(submission, never))).toBe('axis.unknown-outcome');
  expect(requests).toBe(2);
});
