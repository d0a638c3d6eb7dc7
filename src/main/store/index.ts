import { DeskError } from '../../shared/errors/index.ts';
import { openCache, type Cache } from './cache.ts';
import {
  lockFolder,
  makeFolder,
  openDatabase,
  openForLooking,
  settleFiles,
  stateOfRecords,
} from './database.ts';
import type { Act, Actor, Entry, Recorded } from './events/index.ts';
import { storeFailure } from './failures.ts';
import { clearIncomplete, openFiles, type FileStore } from './files.ts';
import { isPurged, removePurged } from './purge.ts';
import type { Rebuilt } from './rebuild.ts';
import { record } from './record.ts';
import { inRecordsThread, type Progress } from './records-thread.ts';
import { connectionOf, one, type Tables } from './sql.ts';
import { verifyJournals, type ChainCheck } from './verify-journal.ts';

export type { Progress } from './records-thread.ts';
export type { Tables } from './sql.ts';

/** The office's records on disk: journal, tables, files. One process at a time has them open. */
export interface Store {
  /** The data folder. */
  readonly folder: string;
  readonly tables: Tables;
  readonly files: FileStore;
  readonly cache: Cache;
  /** UTC milliseconds, as the journal will stamp the next entry. */
  now(): number;
  /**
   * Records one act; see `record.ts`. Whoever reads `tables` inside `decide` sees what nobody can change before the
   * act is written.
   */
  record<E extends Act | null>(who: Actor, decide: () => E): Recorded<E>;
  verifyJournals(progress: Progress): Promise<ChainCheck>;
  /** Checks every file the journal names. */
  verifyFiles(progress: Progress): Promise<{ files: number; missing: string[]; damaged: string[] }>;
  /** Makes all tables again. Until it is done nothing can be recorded (`store.busy`). */
  rebuild(progress: Progress, signal: AbortSignal): Promise<Rebuilt>;
  close(): void;
}

/** The records as whoever only looks at them needs them; a thread opens them for itself. */
export type Records = Pick<Store, 'folder' | 'tables' | 'files' | 'now'>;

/**
 * Runs `look` on the records of a folder that a desk has open, as they are now, with the desk's clock.
 * @param now UTC milliseconds
 */
export async function withRecords<T>(
  folder: string,
  files: FileStore,
  now: number,
  look: (records: Records) => Promise<T>,
): Promise<T> {
  const tables = openForLooking(folder);
  try {
    return await look({ folder, tables, files, now: () => now });
  } finally {
    tables.close();
  }
}

export interface StoreOptions {
  readonly clock?: () => number;
  /** Hears of every entry once it is safely on disk. */
  readonly onRecorded?: (entry: Entry) => void;
}

/**
 * Makes the records of another version ready for this one, where they are not; see `upgrade.ts`. Comes before
 * `openStore`, with time to show how it goes on.
 * @throws DeskError those of `openStore`; host.cancelled
 */
export async function upgradeRecords(
  dir: string,
  progress: Progress,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  makeFolder(dir);
  try {
    const lock = lockFolder(dir);
    try {
      if (stateOfRecords(dir) !== 'stale') return;
      settleFiles(dir);
      await inRecordsThread('upgrade', dir, progress, signal);
    } finally {
      lock.release();
    }
  } catch (error) {
    throw storeFailure(error, dir);
  }
}

/**
 * Opens the data folder, making what is not there yet.
 * @throws DeskError store.already-open, store.from-the-future, store.from-the-past, store.records-missing, store.unwritable, store.disk-full, store.corrupt
 */
export function openStore(dir: string, options: StoreOptions = {}): Store {
  makeFolder(dir);
  const { clock: now = Date.now, onRecorded = () => {} } = options;
  try {
    const lock = lockFolder(dir);
    try {
      stateOfRecords(dir);
      clearIncomplete(dir);
      const files = openFiles(dir);
      const tables = openDatabase(dir);
      removePurged(dir, tables, files);
      const cache = openCache(dir);
      return assemble(dir, { tables, files, cache, now }, onRecorded, () => lock.release());
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    throw storeFailure(error, dir);
  }
}

function assemble(
  dir: string,
  parts: Pick<Store, 'tables' | 'files' | 'cache' | 'now'>,
  onRecorded: (entry: Entry) => void,
  unlock: () => void,
): Store {
  const { tables, files, cache, now } = parts;
  let rebuilding = false;
  return {
    ...parts,
    folder: dir,
    record(who, decide) {
      if (rebuilding) throw new DeskError('store.busy', { place: dir });
      try {
        const entries = record(parts, now, who, decide);
        if (entries.some(({ type }) => type === 'incoming.purged')) removePurged(dir, tables, files);
        for (const entry of entries) onRecorded(entry);
        return (entries[0] ?? null) as Recorded<ReturnType<typeof decide>>;
      } catch (error) {
        throw storeFailure(error, dir);
      }
    },
    verifyJournals: (progress) => verifyJournals(tables, progress),
    async verifyFiles(progress) {
      const total = one<{ count: number }>(tables, 'SELECT count(*) AS count FROM stored_files')!.count;
      const result = { files: 0, missing: [] as string[], damaged: [] as string[] };
      for (let last = ''; ;) {
        const next = one<{ file: string }>(
          tables,
          'SELECT file FROM stored_files WHERE file > ? ORDER BY file LIMIT 1',
          [last],
        );
        if (!next) return result;
        last = next.file;
        const state = await files.check(last);
        if (state !== 'whole' && !isPurged(tables, last)) result[state].push(last);
        result.files += 1;
        progress(result.files, total);
      }
    },
    async rebuild(progress, signal) {
      if (rebuilding) throw new DeskError('store.busy', { place: dir });
      rebuilding = true;
      try {
        return (await inRecordsThread('rebuild', dir, progress, signal))!;
      } catch (error) {
        throw storeFailure(error, dir);
      } finally {
        rebuilding = false;
      }
    },
    close() {
      cache.close();
      connectionOf(tables).close();
      unlock();
    },
  };
}
