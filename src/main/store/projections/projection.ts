import type { EntryOf, EventType } from '../events/index.ts';
import type { FileStore } from '../files.ts';
import type { Tables } from '../sql.ts';

/** What a handler may use besides its entry: the tables, and files for text that is indexed but not kept in a table. */
export interface Target {
  readonly tables: Tables;
  readonly files: Pick<FileStore, 'read'>;
  /** Given by a replay: what it writes when a piece, or all, is done, and not with every entry. */
  readonly later?: Later;
}

/**
 * Files wait in a table of their own to be sorted into `stored_files` once (`keepGathered`), for at their random places
 * each costs a page. The search index is filled when every document is as it is now (`indexRest`).
 */
export interface Later {
  /** The rows of `versions` that the piece has changed. */
  readonly versions: Map<string, Uint8Array>;
}

/**
 * A group of tables made from the journals and from nothing else: no clock, no randomness, no network, so that
 * replaying the journals gives the same rows.
 */
export interface Projection {
  readonly name: string;
  /**
   * Raised whenever a handler gives other rows than before: offices that are upgraded then get theirs made again. A
   * test holds version and source together.
   */
  readonly version: number;
  /**
   * Table names, in the order in which they can be created; dropped the other way round. Each with the column that
   * says whose row it is: a subject's rows follow from the entries about it and from no others, so they can be made
   * again alone. Null for what subjects share; a projection has tables of one sort only.
   */
  readonly tables: Readonly<Record<string, string | null>>;
  readonly ddl: string;
  readonly on: { readonly [T in EventType]?: (target: Target, entry: EntryOf<T>) => void };
}
