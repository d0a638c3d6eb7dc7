import type { EntryOf, EventType } from '../events/index.ts';
import type { FileStore } from '../files.ts';
import type { Tables } from '../sql.ts';

/** What a handler may use besides its entry: the tables, and files for text that is indexed but not kept in a table. */
export interface Target {
  readonly tables: Tables;
  readonly files: Pick<FileStore, 'read'>;
}

/**
 * A group of tables made from the journal and from nothing else: no clock, no randomness, no network, so that
 * replaying the journal gives the same rows.
 */
export interface Projection {
  /** Table names, in the order in which they can be created; dropped the other way round. */
  readonly tables: readonly string[];
  readonly ddl: string;
  readonly on: { readonly [T in EventType]?: (target: Target, entry: EntryOf<T>) => void };
}
