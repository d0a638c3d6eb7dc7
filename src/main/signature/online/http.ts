/**
 * How timestamp, OCSP, CRL and AIA services are asked. Most of their addresses come out of certificates, which are
 * hostile input: a certificate must not make an office's machine talk to the machines around it.
 */
import { Buffer } from 'node:buffer';
import { DeskError } from '../../../shared/errors/index.ts';
import { httpCall, httpUrl } from '../../http/client.ts';
import { HttpFailure } from '../../http/course.ts';

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

/**
 * A client under these rules.
 * @throws DeskError signature.service-url, service-private, service-unreachable, service-timeout, service-refused,
 *   service-too-large, service-redirects, service-stopped
 */
export function httpClient(rules: NetworkRules = DEFAULT_NETWORK): HttpClient {
  return async (request) => {
    try {
      return await bodyOf(request, rules);
    } catch (error) {
      throw error instanceof HttpFailure ? deskError(error, request) : error;
    }
  };
}

async function bodyOf(
  request: HttpRequest,
  { trustedHosts, maxRedirects }: NetworkRules,
): Promise<Uint8Array> {
  const { body, timeoutMs, maxBytes, signal, onProgress } = request;
  const url = httpUrl(request.url);
  if (!url) throw badUrl(request.url);
  const reply = await httpCall({
    method: body ? 'POST' : 'GET',
    url,
    headers: body ? { 'Content-Type': body.type } : {},
    body: body?.bytes ?? null,
    limits: { idleMs: timeoutMs, totalMs: timeoutMs, maxReplyBytes: maxBytes },
    signal,
    maxRedirects,
    mustBePublic: (host) => !trustedHosts.some((trusted) => host === trusted || host.endsWith(`.${trusted}`)),
  });
  const { status, host } = reply;
  if (status !== 200) {
    reply.discard();
    throw new DeskError('signature.service-refused', { host, status });
  }
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of reply.chunks()) {
    chunks.push(chunk);
    onProgress?.((received += chunk.length));
  }
  return Buffer.concat(chunks);
}

const badUrl = (url: string) => new DeskError('signature.service-url', { url: url.slice(0, 200) });

function deskError(failure: HttpFailure, { timeoutMs, maxBytes }: HttpRequest): DeskError {
  const { reason, host } = failure;
  switch (reason) {
    case 'private-address':
      return new DeskError('signature.service-private', { host }, failure);
    case 'aborted':
      return new DeskError('signature.service-stopped', { host }, failure);
    case 'timeout':
      return new DeskError(
        'signature.service-timeout',
        { host, seconds: Math.ceil(timeoutMs / 1000) },
        failure,
      );
    case 'too-large':
      return new DeskError('signature.service-too-large', { host, kilobytes: Math.floor(maxBytes / 1024) });
    case 'redirects':
      return new DeskError('signature.service-redirects', { host });
    case 'bad-redirect':
      return badUrl(String(failure.cause));
    case 'network':
    case 'certificate':
  }
  return new DeskError('signature.service-unreachable', { host }, failure);
}
