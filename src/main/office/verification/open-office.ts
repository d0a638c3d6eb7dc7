import type { Store } from '../../store/index.ts';
import type { FileThread } from './file-thread.ts';
import type { Passwords } from './passwords.ts';
import type { FileVerification } from './verification.ts';

/** The records of an office with what judges its files; a desk makes it when it opens them, and ends it. */
export interface OpenOffice extends Store {
  readonly passwords: Passwords;
  readonly verification: FileVerification;
  /** For what somebody waits for: what happens by itself has threads of its own. */
  readonly asked: FileThread;
}
