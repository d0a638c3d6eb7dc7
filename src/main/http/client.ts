/**
 * The one HTTP client of the desk. Everything that comes back is hostile input: size and time are bounded, nothing is
 * unpacked, no cookie is kept. Each request has a connection of its own: when a connection that is used again dies,
 * nobody can tell whether the request arrived. No proxy is used.
 */
import { Buffer } from 'node:buffer';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress, PrivateAddress, publicLookup } from './addresses.ts';
import { Course } from './course.ts';

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly limits: HttpLimits;
  readonly signal: AbortSignal | undefined;
  /** Null: a redirect is an answer like any other, because signed headers must not travel to another address. */
  readonly maxRedirects: number | null;
  /** Must this host have a public address? Asked for the host of every redirect too. */
  readonly mustBePublic: (host: string) => boolean;
}

export interface HttpLimits {
  /** Longest silence, and longest call altogether, redirects included. */
  readonly idleMs: number;
  readonly totalMs: number;
  readonly maxReplyBytes: number;
}

export interface HttpReply {
  readonly status: number;
  /** Who answered, after all redirects. */
  readonly host: string;
  /** What the other side's clock says, to the second (RFC 9110, 6.6.1); UTC milliseconds. */
  readonly date: number | null;
  /**
   * The body, bounded by the limits.
   * @throws HttpFailure
   */
  chunks(): AsyncGenerator<Buffer>;
  /** Ends a call whose body nobody wants. */
  discard(): void;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * One call, until the headers of its answer are there.
 * @throws HttpFailure
 */
export async function httpCall(call: HttpCall): Promise<HttpReply> {
  const course = new Course(call.url.hostname, call.limits.totalMs, call.signal);
  try {
    const asked: { -readonly [Key in keyof HttpCall]: HttpCall[Key] } = { ...call };
    for (let redirects = 0; ; redirects++) {
      const response = await responseTo(asked, course);
      const { statusCode: status = 0, headers } = response;
      if (call.maxRedirects === null || !REDIRECTS.has(status) || !headers.location)
        return replyOf(response, call.limits, course);
      response.destroy();
      if (redirects >= call.maxRedirects) throw course.failure('redirects');
      const url = httpUrl(headers.location, asked.url);
      if (!url) throw course.failure('bad-redirect', headers.location);
      asked.url = url;
      if (status === 303) [asked.method, asked.body] = ['GET', null];
    }
  } catch (error) {
    course.end();
    throw course.named(error);
  }
}

/** The address if it is one of http or https and carries no credentials. */
export function httpUrl(text: string, base?: URL): URL | null {
  const url = URL.parse(text, base?.href);
  const isUsable = url && /^https?:$/.test(url.protocol) && `${url.username}${url.password}` === '';
  return isUsable ? url : null;
}

async function responseTo(call: HttpCall, course: Course): Promise<http.IncomingMessage> {
  const { url, method, body, limits } = call;
  course.host = url.hostname;
  course.signal.throwIfAborted();
  const mustBePublic = call.mustBePublic(url.hostname);
  // A literal address is never looked up.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (mustBePublic && isIP(literal) !== 0 && !isPublicAddress(literal)) throw new PrivateAddress();
  const isSecure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (isSecure ? https : http).request(url, {
      method,
      headers: { ...call.headers, ...(method === 'POST' && { 'Content-Length': body?.length ?? 0 }) },
      agent: false,
      signal: course.signal,
      // As an option it also bounds connecting, which `request.setTimeout` does not.
      timeout: limits.idleMs,
      ...(mustBePublic && { lookup: publicLookup }),
    });
    request.on('socket', (socket) =>
      socket.once(isSecure ? 'secureConnect' : 'connect', () => (course.isConnected = true)),
    );
    request.on('timeout', () => course.stop('timeout'));
    request.once('response', resolve);
    request.on('error', reject);
    request.end(body ?? undefined);
  });
}

function replyOf(response: http.IncomingMessage, { maxReplyBytes }: HttpLimits, course: Course): HttpReply {
  const discard = () => {
    course.end();
    response.destroy();
  };
  const checkSize = (bytes: number) => {
    if (bytes > maxReplyBytes) throw course.failure('too-large');
  };
  return {
    status: response.statusCode ?? 0,
    host: course.host,
    date: dateOf(response.headers.date),
    discard,
    async *chunks() {
      let size = 0;
      try {
        checkSize(Number(response.headers['content-length'] ?? 0));
        for await (const chunk of response as AsyncIterable<Buffer>) {
          size += chunk.length;
          checkSize(size);
          yield chunk;
        }
        if (!response.complete) throw course.failure('network');
      } catch (error) {
        throw course.named(error);
      } finally {
        discard();
      }
    },
  };
}

export async function readAll(reply: HttpReply): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of reply.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function dateOf(header: string | undefined): number | null {
  const at = Date.parse(header ?? '');
  return Number.isNaN(at) ? null : at;
}
