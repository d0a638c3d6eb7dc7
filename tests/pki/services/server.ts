/** Timestamp, OCSP, CRL and certificate services of a fictional authority on 127.0.0.1, with faults to switch on. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { issue, issueCrl, serialOctets } from '../ca.ts';
import type { CertificateSpec, Identity } from '../ca.ts';
import { ocspAnswer } from './ocsp.ts';
import type { OcspFault } from './ocsp.ts';
import { timestampAnswer } from './tsa.ts';
import type { TimestampFault } from './tsa.ts';

/** What any service can do wrong below its own protocol. */
export type HttpFault =
  | 'silent'
  | 'busy'
  | 'huge'
  | 'endless'
  | 'cut'
  | 'redirect'
  | 'redirect-loop'
  | 'redirect-file'
  | 'redirect-inside';
type Fault = HttpFault | TimestampFault | OcspFault;
export type ServiceName = 'tsa' | 'ocsp' | 'crl' | 'cer';

export interface Services {
  readonly root: Identity;
  readonly issuing: Identity;
  readonly tsa: Identity;
  readonly ocsp: Identity;
  /** Like `http://127.0.0.1:40001/tsa`. */
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** The next requests of a service fail so, one fault a request; the last one stays when `always` is set. */
  fail(service: ServiceName, ...faults: Fault[]): void;
  always(service: ServiceName, fault: Fault | null): void;
  /** Paths asked for, oldest first. */
  readonly asked: string[];
  /** Resolves once the next request has arrived. */
  nextRequest(): Promise<void>;
  revoke(who: Identity, at: number): void;
  /** Another certificate of the issuing authority, with the addresses of these services in it. */
  certify(spec: Partial<CertificateSpec> & Pick<CertificateSpec, 'subject'>): Promise<Identity>;
  /** Settings of the timestamp service. */
  stamping: { authority: Identity; copies: number; at: (() => number) | null };
  close(): Promise<void>;
}

const YEAR = 365 * 86_400_000;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

export async function startServices(): Promise<Services> {
  const faults = new Map<ServiceName, Fault[]>();
  const lasting = new Map<ServiceName, Fault>();
  const revoked = new Map<string, { serial: Uint8Array; at: number }>();
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const urls = {
    tsa: `${base}/tsa`,
    ocsp: `${base}/ocsp`,
    crl: `${base}/crl/issuing.crl`,
    cer: `${base}/cer/issuing.cer`,
  };

  const organisation = ['O', 'Ban Cơ yếu Ví Dụ'] as const;
  const root = await issue(null, {
    profile: 'root',
    subject: [organisation, ['CN', 'RootCA Ví Dụ']],
    notAfter: Date.now() + 20 * YEAR,
  });
  const issuing = await issue(root, {
    profile: 'ca',
    subject: [organisation, ['CN', 'CA Ví Dụ']],
    crlUrl: `${base}/crl/root.crl`,
    issuerUrl: `${base}/cer/root.cer`,
  });
  const links = { crlUrl: urls.crl, ocspUrl: urls.ocsp, issuerUrl: urls.cer };
  const certify: Services['certify'] = (spec) =>
    issue(issuing, { profile: 'signer', notAfter: Date.now() + 5 * YEAR, ...links, ...spec });
  const [tsa, ocsp, stranger] = await Promise.all([
    certify({ profile: 'tsa', subject: [organisation, ['CN', 'TSA Ví Dụ']] }),
    issue(issuing, { profile: 'ocsp', subject: [organisation, ['CN', 'OCSP Ví Dụ']] }),
    issue(root, { profile: 'ocsp', subject: [organisation, ['CN', 'Không ai giao']] }),
  ]);
  const stamping: Services['stamping'] = { authority: tsa, copies: 1, at: null };

  const isRevoked = (serial: string): number | undefined => revoked.get(serial)?.at;

  /** The good answers; a fault of the service's own protocol goes along. */
  function answer(path: string, body: Uint8Array, fault: Fault | undefined): Uint8Array | null {
    const now = Date.now();
    switch (path) {
      case '/tsa':
        return timestampAnswer(body, {
          authority: stamping.authority,
          copies: stamping.copies,
          at: stamping.at?.() ?? now,
          fault: fault as TimestampFault | undefined,
        });
      case '/ocsp':
        return ocspAnswer(body, {
          responder: ocsp,
          stranger,
          now,
          revokedAt: isRevoked,
          fault: fault as OcspFault | undefined,
        });
      case '/crl/root.crl':
        return fault === 'garbage' ? Buffer.from('?') : issueCrl(fault === 'stranger' ? stranger : root);
      case '/crl/issuing.crl':
        return issueCrl(fault === 'stranger' ? root : issuing, {
          revoked: [...revoked.values()],
          ...(fault === 'expired' && { nextUpdate: now - 3_600_000 }),
        });
      case '/cer/root.cer':
        return root.certificate;
      case '/cer/issuing.cer':
        return fault === 'garbage' ? Buffer.from('?') : issuing.certificate;
      default:
        return null;
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0]!;
    const service = path.split('/')[1] as ServiceName;
    const body = await buffer(request);
    asked.push(path);
    for (const arrived of waiting.splice(0)) arrived();
    const isMoved = request.url?.includes('moved') ?? false;
    const fault = isMoved ? undefined : (faults.get(service)?.shift() ?? lasting.get(service));
    if (fault && isHttpFault(fault)) return misbehave(fault, path, response);
    const content = answer(path, body, fault);
    response.writeHead(content ? 200 : 404).end(content ?? undefined);
  }

  return {
    root,
    issuing,
    tsa,
    ocsp,
    urls,
    asked,
    stamping,
    certify,
    nextRequest: () => new Promise((resolve) => waiting.push(resolve)),
    fail: (service, ...list) => void faults.set(service, list),
    always: (service, fault) => void (fault ? lasting.set(service, fault) : lasting.delete(service)),
    revoke(who, at) {
      const serial = serialOctets(who.certificate);
      revoked.set(hex(serial), { serial, at });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const HTTP_FAULTS: ReadonlySet<string> = new Set([
  'silent',
  'busy',
  'huge',
  'endless',
  'cut',
  'redirect',
  'redirect-loop',
  'redirect-file',
  'redirect-inside',
] satisfies HttpFault[]);
const isHttpFault = (fault: Fault): fault is HttpFault => HTTP_FAULTS.has(fault);

function misbehave(fault: HttpFault, path: string, response: ServerResponse): void {
  switch (fault) {
    case 'silent':
      return;
    case 'busy':
      response.writeHead(503).end('busy');
      return;
    case 'huge':
      response.writeHead(200, { 'Content-Length': 10_000_000_000 }).write('x');
      return;
    case 'endless':
      response.writeHead(200);
      // Until the other side hangs up, which ends the pipeline with an error nobody needs.
      pipeline(Readable.from(zeros()), response, () => undefined);
      return;
    case 'cut':
      response.writeHead(200, { 'Content-Length': 1000 });
      response.write('0', () => response.destroy());
      return;
    case 'redirect':
      response.writeHead(307, { Location: `${path}?moved` }).end();
      return;
    case 'redirect-loop':
      response.writeHead(302, { Location: path }).end();
      return;
    case 'redirect-file':
      response.writeHead(302, { Location: 'file:///etc/hosts' }).end();
      return;
    case 'redirect-inside':
      response.writeHead(302, { Location: 'http://169.254.169.254/latest/meta-data' }).end();
  }
}

function* zeros(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(65_536);
}
