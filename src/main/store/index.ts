import { Worker } from 'node:worker_threads';
import { DeskError } from '../../shared/errors/index.ts';
import { openCache, type Cache } from './cache.ts';
import { lockFolder, makeFolder, openDatabase, openForLooking } from './database.ts';
import type { Actor, Entry, OfficeEvent, Recorded } from './events/index.ts';
import { storeFailure } from './failures.ts';
import { clearIncomplete, openFiles, type FileStore } from './files.ts';
import { record, verifyJournal, type ChainCheck } from './journal.ts';
import type { RebuildNews, RebuildOrder } from './rebuild-worker.ts';
import type { Rebuilt } from './rebuild.ts';
import { one, type Tables, connectionOf } from './sql.ts';

export type { Tables } from './sql.ts';

export type Progress = (done: number, total: number) => void;

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
   * Records one act; see `journal.ts`. Whoever reads `tables` inside `decide` sees what nobody can change before the
   * act is written.
   */
  record<E extends OfficeEvent | null>(who: Actor, decide: () => E): Recorded<E>;
  verifyJournal(progress: Progress): Promise<ChainCheck>;
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
 * Opens the data folder, making what is not there yet.
 * @throws DeskError store.already-open, store.from-the-future, store.unwritable, store.disk-full, store.corrupt
 */
export function openStore(dir: string, options: StoreOptions = {}): Store {
  makeFolder(dir);
  const { clock: now = Date.now, onRecorded = () => {} } = options;
  try {
    const lock = lockFolder(dir);
    try {
      clearIncomplete(dir);
      const files = openFiles(dir);
      const tables = openDatabase(dir, files);
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
        const entry = record(parts, now, who, decide);
        if (entry) onRecorded(entry);
        return entry;
      } catch (error) {
        throw storeFailure(error, dir);
      }
    },
    verifyJournal: (progress) => verifyJournal(tables, progress),
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
        if (state !== 'whole') result[state].push(last);
        result.files += 1;
        progress(result.files, total);
      }
    },
    async rebuild(progress, signal) {
      if (rebuilding) throw new DeskError('store.busy', { place: dir });
      rebuilding = true;
      try {
        return await rebuildInThread(dir, progress, signal);
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

function rebuildInThread(dir: string, progress: Progress, signal: AbortSignal): Promise<Rebuilt> {
  const order: RebuildOrder = { dir, stop: new SharedArrayBuffer(4) };
  // The built program has the thread's code beside this file as `.js`.
  const code = new URL(
    import.meta.url.endsWith('.ts') ? './rebuild-worker.ts' : './rebuild-worker.js',
    import.meta.url,
  );
  const worker = new Worker(code, { workerData: order });
  const stop = () => Atomics.store(new Int32Array(order.stop), 0, 1);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  return new Promise<Rebuilt>((resolve, reject) => {
    worker.on('message', (news: RebuildNews) => {
      if ('done' in news) progress(news.done, news.total);
      else if ('rebuilt' in news) resolve(news.rebuilt);
      else reject(new DeskError(news.failure.code, news.failure.params));
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('the rebuild thread ended without a result')));
  }).finally(() => signal.removeEventListener('abort', stop));
}
