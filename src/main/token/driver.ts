/** What the room asks of every kind of token; a certificate file is a token like any other. */
import { createHash } from '../crypto/index.ts';
import type { TokenInfo } from '../../shared/domain/token.ts';
import type { OpenKey } from './login.ts';

export interface PinEntry {
  readonly tokenId: string;
  readonly pin: string;
  /** Somebody has confirmed to use the token's last PIN try. */
  readonly acceptFinalTry: boolean;
}

export interface OpenRequest extends PinEntry {
  readonly certificateSha256: string;
}

/** What a token that hides its certificates showed when its PIN was last entered for that: DER, by token id. */
export type Learned = (tokenId: string) => readonly Uint8Array[];

export interface TokenDriver {
  /** Path of the module or file, for naming it in a problem. */
  readonly path: string;
  /**
   * Tokens there now, with every certificate that belongs to a person or an office.
   * @param refresh look anew for devices the driver may not have noticed; slower
   */
  list(now: number, refresh: boolean): Promise<TokenInfo[]>;
  /** The ids of tokens plugged in; cheap. */
  present(): Promise<string[]>;
  open(request: OpenRequest): Promise<OpenKey>;
  /** Reads with the PIN the certificates that are hidden without it; DER, all there are. */
  learn(entry: PinEntry): Promise<Uint8Array[]>;
  stop(): Promise<void>;
}

/** Stable, and saying nothing: it goes through screens and settings. */
export function tokenId(...identity: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 22);
}
