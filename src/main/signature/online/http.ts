/**
 * The bounded HTTP client of timestamp, OCSP, CRL and AIA services. Most of its addresses come out of certificates,
 * which are hostile input: a certificate must not make an office's machine talk to the machines around it.
 */
import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { DeskError } from '../../../shared/errors/index.ts';

export interface NetworkRules {
  /**
   * Hosts, with all below them, whose address is not looked at: on the state's own network its names lead to private
   * addresses, and what the administrator typed is meant. Any other host must have a public address.
   */
  readonly trustedHosts: readonly string[];
  readonly maxRedirects: number;
}

export const DEFAULT_NETWORK: NetworkRules = { trustedHosts: ['gov.vn'], maxRedirects: 3 };

/** The default rules, and the hosts of these addresses trusted: those a person entered, never one from a file. */
export function trusting(urls: readonly string[]): NetworkRules {
  const hosts = urls.flatMap((url) => URL.parse(url)?.hostname ?? []);
  return { ...DEFAULT_NETWORK, trustedHosts: [...DEFAULT_NETWORK.trustedHosts, ...hosts] };
}

export interface HttpRequest {
  readonly url: string;
  /** Makes it a POST. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  /** For all of it, redirects included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
  /** Bytes received so far. */
  readonly onProgress?: (received: number) => void;
}

/** Sends one request and gives the body of a 200 answer. */
export type HttpClient = (request: HttpRequest) => Promise<Uint8Array>;

const PRIVATE = privateAddresses();

function privateAddresses(): BlockList {
  const list = new BlockList();
  const ranges4 =
    '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 ' +
    '198.18.0.0/15 224.0.0.0/4 240.0.0.0/4';
  // 64:ff9b::/96 and 2002::/16 carry IPv4 addresses inside.
  const ranges6 = '::/128 ::1/128 64:ff9b::/96 2002::/16 fc00::/7 fe80::/10 ff00::/8';
  const add = (ranges: string, family: 'ipv4' | 'ipv6'): void => {
    for (const range of ranges.split(' ')) {
      const [address = '', bits] = range.split('/');
      list.addSubnet(address, Number(bits), family);
    }
  };
  add(ranges4, 'ipv4');
  add(ranges6, 'ipv6');
  return list;
}

/** Is this address of the machine itself or of a network that is not the Internet (RFC 6890)? */
export const isPrivateAddress = (address: string): boolean =>
  PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

class PrivateAddress extends Error {}

/** Resolves as the connection itself does, so that a name cannot change its address between check and use. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) callback(error ?? new Error('no address'), '', 0);
    else if (addresses.some(({ address }) => isPrivateAddress(address)))
      callback(new PrivateAddress(), '', 0);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/**
 * A client under these rules. It throws signature.service-url, service-private, service-unreachable,
 * service-timeout, service-refused, service-too-large, service-redirects, service-stopped.
 */
export function httpClient(rules: NetworkRules = DEFAULT_NETWORK): HttpClient {
  return async (request) => {
    const timeout = AbortSignal.timeout(request.timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    let url = readUrl(request.url);
    let { body } = request;
    for (let redirects = 0; ; redirects++) {
      const { hostname } = url;
      try {
        const answer = await exchange(url, body, { ...request, signal }, rules);
        if (answer.body) return answer.body;
        if (redirects >= rules.maxRedirects)
          throw new DeskError('signature.service-redirects', { host: hostname });
        url = readUrl(answer.location, url);
        if (answer.status === 303) body = undefined;
      } catch (error) {
        throw named(error, hostname, request, timeout);
      }
    }
  };
}

/** http and https only, and no credentials: the address may stand in anybody's certificate. */
function readUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username || url.password)
    throw new DeskError('signature.service-url', { url: text.slice(0, 200) });
  return url;
}

function isTrustedHost(host: string, { trustedHosts }: NetworkRules): boolean {
  return trustedHosts.some((trusted) => host === trusted || host.endsWith(`.${trusted}`));
}

type Answer =
  { readonly body: Uint8Array } | { readonly body: null; readonly status: number; readonly location: string };

interface Exchange extends HttpRequest {
  readonly signal: AbortSignal;
}

/** One request on a connection of its own; nothing is kept of it, cookies included. */
async function exchange(
  url: URL,
  body: HttpRequest['body'],
  request: Exchange,
  rules: NetworkRules,
): Promise<Answer> {
  request.signal.throwIfAborted();
  const isTrusted = isTrustedHost(url.hostname, rules);
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (!isTrusted && isIP(literal) !== 0 && isPrivateAddress(literal)) throw new PrivateAddress();
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const call = (url.protocol === 'https:' ? https : http).request(url, {
      method: body ? 'POST' : 'GET',
      headers: body ? { 'Content-Type': body.type, 'Content-Length': body.bytes.length } : {},
      agent: false,
      signal: request.signal,
      ...(!isTrusted && { lookup: publicLookup }),
    });
    call.once('response', resolve);
    call.once('error', reject);
    call.end(body?.bytes);
  });
  try {
    return await readAnswer(response, url.hostname, request);
  } finally {
    response.destroy();
  }
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

async function readAnswer(
  response: http.IncomingMessage,
  host: string,
  { maxBytes, onProgress }: HttpRequest,
): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  if (REDIRECTS.has(status) && headers.location) return { body: null, status, location: headers.location };
  if (status !== 200) throw new DeskError('signature.service-refused', { host, status });
  const chunks: Uint8Array[] = [];
  let received = 0;
  const checkSize = (size: number): void => {
    if (size > maxBytes)
      throw new DeskError('signature.service-too-large', { host, kilobytes: Math.floor(maxBytes / 1024) });
  };
  checkSize(Number(headers['content-length'] ?? 0));
  for await (const chunk of response as AsyncIterable<Buffer>) {
    received += chunk.length;
    checkSize(received);
    chunks.push(chunk);
    onProgress?.(received);
  }
  if (!response.complete) throw new Error('answer cut off');
  return { body: Buffer.concat(chunks) };
}

function named(error: unknown, host: string, request: HttpRequest, timeout: AbortSignal): DeskError {
  if (error instanceof DeskError) return error;
  if (error instanceof PrivateAddress) return new DeskError('signature.service-private', { host }, error);
  if (request.signal?.aborted) return new DeskError('signature.service-stopped', { host }, error);
  if (timeout.aborted) {
    const seconds = Math.ceil(request.timeoutMs / 1000);
    return new DeskError('signature.service-timeout', { host, seconds }, error);
  }
  return new DeskError('signature.service-unreachable', { host }, error);
}
