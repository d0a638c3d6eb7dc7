/** Timestamp, OCSP, CRL and certificate services of a fictional authority on 127.0.0.1, with faults to switch on. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { issue, issueCrl, serialOctets } from '../ca.ts';
import type { CertificateSpec, Identity } from '../ca.ts';
import { authorityLinks, createAuthority } from '../office.ts';
import type { Authority } from '../office.ts';
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
  | 'drip'
  | 'gzip'
  | 'page'
  | 'redirect'
  | 'redirect-loop'
  | 'redirect-file'
  | 'redirect-inside';
/** The authority's clock is ahead: its list comes from some minutes later. */
type CrlFault = 'early';
/** `late`: the right answer, three seconds after it was asked for. */
type Fault = HttpFault | TimestampFault | OcspFault | CrlFault | 'late';
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
  /** The clock of all services; null: this computer's. */
  readonly clock: { now: (() => number) | null };
  /** Nobody is reached until `goOnline`. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  close(): Promise<void>;
}

const YEAR = 365 * 86_400_000;
const DAY = 86_400_000;
const period = (now: number) => ({ thisUpdate: now - DAY, nextUpdate: now + 7 * DAY });
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

export interface ServiceOptions {
  /** Default: any free one. */
  readonly port?: number;
  /** Makes or finds the certificates of an authority that answers at `base`. */
  readonly authority?: (base: string) => Promise<Authority>;
}

/** @throws when the port is taken */
export async function startServices({
  port = 0,
  authority = createAuthority,
}: ServiceOptions = {}): Promise<Services> {
  const faults = new Map<ServiceName, Fault[]>();
  const lasting = new Map<ServiceName, Fault>();
  const revoked = new Map<string, { serial: Uint8Array; at: number }>();
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  const listen = async (on: number): Promise<number> => {
    server.listen(on, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const stop = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const here = await listen(port);
  const base = `http://127.0.0.1:${here}`;
  const urls = {
    tsa: `${base}/tsa`,
    ocsp: `${base}/ocsp`,
    crl: `${base}/crl/issuing.crl`,
    cer: `${base}/cer/issuing.cer`,
  };

  const { root, issuing, tsa, ocsp } = await authority(base);
  const stranger = await issue(root, { profile: 'ocsp', subject: [['CN', 'Không ai giao']] });
  const certify: Services['certify'] = (spec) =>
    issue(issuing, {
      profile: 'signer',
      notAfter: Date.now() + 5 * YEAR,
      ...authorityLinks(base),
      ...spec,
    });
  const stamping: Services['stamping'] = { authority: tsa, copies: 1, at: null };
  const clock: Services['clock'] = { now: null };

  const isRevoked = (serial: string): number | undefined => revoked.get(serial)?.at;

  /** The good answers; a fault of the service's own protocol goes along. */
  function answer(path: string, body: Uint8Array, fault: Fault | undefined): Uint8Array | null {
    const now = clock.now?.() ?? Date.now();
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
        return fault === 'garbage'
          ? Buffer.from('?')
          : issueCrl(fault === 'stranger' ? stranger : root, period(now));
      case '/crl/issuing.crl':
        return issueCrl(fault === 'stranger' ? root : issuing, {
          ...period(now),
          revoked: [...revoked.values()],
          ...(fault === 'expired' && { nextUpdate: now - 3_600_000 }),
          ...(fault === 'early' && { thisUpdate: now + 3 * 60_000 }),
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
    if (fault === 'late') await setTimeout(3000);
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
    clock,
    certify,
    nextRequest: () => new Promise((resolve) => waiting.push(resolve)),
    fail: (service, ...list) => void faults.set(service, list),
    always: (service, fault) => void (fault ? lasting.set(service, fault) : lasting.delete(service)),
    revoke(who, at) {
      const serial = serialOctets(who.certificate);
      revoked.set(hex(serial), { serial, at });
    },
    goOffline: async () => {
      if (server.listening) await stop();
    },
    goOnline: async () => {
      if (!server.listening) await listen(here);
    },
    close: async () => {
      if (server.listening) await stop();
    },
  };
}

const HTTP_FAULTS: ReadonlySet<string> = new Set([
  'silent',
  'busy',
  'huge',
  'endless',
  'cut',
  'drip',
  'gzip',
  'page',
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
    case 'drip':
      response.writeHead(200);
      pipeline(Readable.from(drops()), response, () => undefined);
      return;
    case 'gzip':
      // A megabyte that would unpack to a thousand.
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb());
      return;
    case 'page':
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Đăng nhập mạng</html>');
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

/** Made when it is first asked for. */
const bomb = (): Buffer => (packed ??= gzipSync(Buffer.alloc(200 * 1024 * 1024)));
let packed: Buffer | undefined;

/** One byte now and then, for ever. */
async function* drops(): AsyncGenerator<Buffer> {
  for (;;) {
    yield Buffer.of(0x30);
    await setTimeout(20);
  }
}
