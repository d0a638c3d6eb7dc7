import type { Answer, CallName, DeskEvent } from '../../shared/ipc/index.ts';

/** One window that shows the desk: who sits there is asked of this object, so two windows are two people. */
export interface WindowSession {
  readonly id: string;
  readonly host: 'electron' | 'browser';
}

/** A stored file as a host sends it: bytes `0..size-1` of `path`. */
export interface StoredFile {
  readonly path: string;
  readonly size: number;
  readonly mediaType: string;
}

/** What a host needs of the desk, and nothing else. */
export interface HostedDesk {
  call(name: CallName, argument: unknown, session: WindowSession): Promise<Answer>;
  addFile(name: string, bytes: Uint8Array, session: WindowSession): Promise<Answer>;
  /** Throws a `DeskError` when there is no such file or the person may not see it. */
  openFile(sha256: string, session: WindowSession): Promise<StoredFile>;
  /** Returns the function that ends the subscription. */
  on(listener: (event: DeskEvent) => void): () => void;
}

/** Where causes go; never a PIN, a secret or document text. */
export interface HostLog {
  info(message: string): void;
  error(message: string, cause?: unknown): void;
}
