/** One login at a token, from its PIN to its end: closed, idle too long, or a signature that failed. */
import { DeskError } from '../../shared/errors/index.ts';
import type { Signer } from '../signature/signer.ts';

export interface SigningSession extends Signer {
  readonly tokenId: string;
  /** Ends the login. Later signatures fail with `token.session-ended`; closing twice is fine. */
  close(): Promise<void>;
}

/** A key that its token has unlocked; made by a driver. */
export interface OpenKey extends Signer {
  /** Locks it again. */
  end(): Promise<void>;
}

/** Milliseconds without a signature after which a login ends by itself. */
export const IDLE_MS = 5 * 60_000;

interface LoginOptions {
  readonly tokenId: string;
  readonly key: OpenKey;
  readonly idleMs: number;
  readonly onEnd: () => void;
}

export class Login implements SigningSession {
  readonly tokenId: string;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly #options: LoginOptions;
  #idle: NodeJS.Timeout | undefined;
  #isOpen = true;

  constructor(options: LoginOptions) {
    this.#options = options;
    this.tokenId = options.tokenId;
    this.certificate = options.key.certificate;
    this.chain = options.key.chain;
    this.#waitIdle();
  }

  async signDigest(algorithm: 'SHA-256', digest: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
    if (!this.#isOpen) throw new DeskError('token.session-ended');
    clearTimeout(this.#idle);
    try {
      const signature = await this.#options.key.signDigest(algorithm, digest, message);
      if (this.#isOpen) this.#waitIdle();
      return signature;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    clearTimeout(this.#idle);
    this.#options.onEnd();
    await this.#options.key.end();
  }

  #waitIdle(): void {
    clearTimeout(this.#idle);
    // Of a token that is gone there is no login left to end.
    this.#idle = setTimeout(() => {
      this.close().catch(() => undefined);
    }, this.#options.idleMs).unref();
  }
}
