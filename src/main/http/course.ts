import { PrivateAddress } from './addresses.ts';

type Reason =
  | 'network'
  | 'certificate'
  | 'timeout'
  | 'too-large'
  | 'aborted'
  | 'private-address'
  | 'bad-redirect'
  | 'redirects';

/** How a call failed below HTTP. */
export class HttpFailure extends Error {
  readonly reason: Reason;
  readonly host: string;
  /**
   * Bytes of the request may have reached the other side, so it may have acted on them; before that it certainly has
   * not.
   */
  readonly connected: boolean;

  constructor(reason: Reason, host: string, connected: boolean, cause?: unknown) {
    super(`${reason}${connected ? ' after connecting' : ''}`, { cause });
    this.reason = reason;
    this.host = host;
    this.connected = connected;
  }
}

/** Where a call is, and what ends it early: its total time, its caller, silence. */
export class Course {
  isConnected = false;
  host: string;
  readonly #stop = new AbortController();
  readonly #end: () => void;

  constructor(host: string, totalMs: number, caller: AbortSignal | undefined) {
    this.host = host;
    const total = setTimeout(() => this.stop('timeout'), totalMs);
    const abort = () => this.stop('aborted');
    caller?.addEventListener('abort', abort, { once: true });
    if (caller?.aborted) abort();
    this.#end = () => {
      clearTimeout(total);
      caller?.removeEventListener('abort', abort);
    };
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Breaks off what is under way; the first reason counts. */
  stop(reason: Reason): void {
    this.#stop.abort(this.failure(reason));
  }

  /** Nothing can end it any more. */
  end(): void {
    this.#end();
  }

  failure(reason: Reason, cause?: unknown): HttpFailure {
    return new HttpFailure(reason, this.host, this.isConnected, cause);
  }

  /** The failure behind what was thrown on the way. */
  named(error: unknown): HttpFailure {
    if (this.signal.aborted) return this.signal.reason as HttpFailure;
    if (error instanceof HttpFailure) return error;
    if (error instanceof PrivateAddress) return this.failure('private-address', error);
    return this.failure(isCertificate(error) ? 'certificate' : 'network', error);
  }
}

/** OpenSSL's names for a server certificate that is not trusted, expired or somebody else's. */
function isCertificate(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /CERT|^UNABLE_TO_/.test(code);
}
