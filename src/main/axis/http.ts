import { Buffer } from 'node:buffer';
import http from 'node:http';
import https from 'node:https';

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly limits: HttpLimits;
  readonly signal: AbortSignal;
}

export interface HttpLimits {
  /** Longest silence, and longest call altogether. */
  readonly idleMs: number;
  readonly totalMs: number;
  readonly maxReplyBytes: number;
}

/**
 * How a call failed below HTTP. `connected`: bytes of the request may have reached the other side, so it may have
 * acted on them; before that it certainly has not.
 */
export class HttpFailure extends Error {
  readonly reason: 'network' | 'certificate' | 'timeout' | 'too-large' | 'aborted';
  readonly connected: boolean;

  constructor(reason: HttpFailure['reason'], connected: boolean, cause?: unknown) {
    super(`${reason}${connected ? ' after connecting' : ''}`, { cause });
    this.reason = reason;
    this.connected = connected;
  }
}

export interface HttpReply {
  readonly status: number;
  /** What the other side's clock says, to the second (RFC 9110, 6.6.1); UTC milliseconds. */
  readonly date: number | null;
  /** The body, bounded by the limits; throws `HttpFailure`. */
  chunks(): AsyncGenerator<Buffer>;
  /** Ends a call whose body nobody wants. */
  discard(): void;
}

/**
 * One call over a connection of its own (a reused one that dies cannot tell whether the request arrived), without
 * redirects: signed headers must not travel to another address.
 */
export async function httpCall(call: HttpCall): Promise<HttpReply> {
  const { url, limits, signal } = call;
  if (signal.aborted) throw new HttpFailure('aborted', false);
  const secure = url.protocol === 'https:';
  let connected = false;
  let failure: HttpFailure | null = null;
  const request = (secure ? https : http).request(url, {
    method: call.method,
    headers: { ...call.headers, 'Content-Length': String(call.body?.length ?? 0) },
    agent: false,
    // As an option it also bounds connecting, which `request.setTimeout` does not.
    timeout: limits.idleMs,
  });
  const fail = (reason: HttpFailure['reason']) => {
    failure ??= new HttpFailure(reason, connected);
    request.destroy(failure);
  };
  const failed = (cause: unknown) =>
    failure ?? new HttpFailure(isCertificate(cause) ? 'certificate' : 'network', connected, cause);
  const abort = () => fail('aborted');
  signal.addEventListener('abort', abort, { once: true });
  const total = setTimeout(() => fail('timeout'), limits.totalMs);
  const release = () => {
    clearTimeout(total);
    signal.removeEventListener('abort', abort);
    request.destroy();
  };
  request.on('socket', (socket) =>
    socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true)),
  );
  request.on('timeout', () => fail('timeout'));

  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', (error) => {
      release();
      reject(failed(error));
    });
    request.end(call.body ?? undefined);
  });

  return {
    status: response.statusCode ?? 0,
    date: dateOf(response.headers.date),
    discard: release,
    async *chunks() {
      let size = 0;
      try {
        for await (const chunk of response as AsyncIterable<Buffer>) {
          size += chunk.length;
          if (size > limits.maxReplyBytes) fail('too-large');
          if (failure) throw failure;
          yield chunk;
        }
        if (!response.complete) throw new HttpFailure('network', true);
      } catch (error) {
        throw failed(error);
      } finally {
        release();
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

/** OpenSSL's names for a server certificate that is not trusted, expired or somebody else's. */
function isCertificate(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /CERT|^UNABLE_TO_/.test(code);
}
