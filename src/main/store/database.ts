import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DeskError } from '../../shared/errors/index.ts';
import { removeSync } from '../disk/busy.ts';
import { requireOfficePlace, sqlitePath } from '../disk/place.ts';
import { storeFailure } from './failures.ts';
import type { FileStore } from './files.ts';
import { migrations } from './migrations/index.ts';
import { tablesId } from './projections/index.ts';
import { replay } from './rebuild.ts';
import type { Connection } from './sql.ts';

/**
 * Keeps every other instance of the program out of `dir`, until `release`. The lock is SQLite's exclusive lock on a
 * side file: the operating system drops it when the process ends, however it ends, so no stale lock can be left.
 */
export function lockFolder(dir: string): { release(): void } {
  const lock = new Database(sqlitePath(join(dir, 'lock.sqlite')), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new DeskError('store.already-open', { place: dir }, error);
    throw error;
  }
  return { release: () => lock.close() };
}

/** A connection as every part of the store opens it. */
export function connect(path: string): Connection {
  const tables = new Database(sqlitePath(path), { timeout: 5000 }) as Connection;
  try {
    tables.pragma('journal_mode = WAL');
    // NORMAL may lose the last commits of a WAL at a power cut: a number already written on paper would be given again.
    tables.pragma('synchronous = FULL');
    tables.pragma('foreign_keys = ON');
    tables.pragma('trusted_schema = OFF');
    return tables;
  } catch (error) {
    // Windows lets nobody put aside or repair a file that stays open.
    tables.close();
    throw error;
  }
}

/**
 * Opens `office.sqlite` in `dir` at the schema of this program: a new file is made, an older one, or one whose tables
 * another version made, is copied to `before-vN.sqlite` and upgraded in one transaction, a newer one is refused.
 * @throws DeskError store.from-the-future, store.corrupt, store.unwritable, store.disk-full
 */
export function openDatabase(dir: string, files: FileStore, steps = migrations): Connection {
  const tables = connect(join(dir, 'office.sqlite'));
  try {
    migrate(tables, dir, files, steps);
    return tables;
  } catch (error) {
    tables.close();
    throw error;
  }
}

/** A connection beside the desk's own that can change nothing. */
export function openForLooking(dir: string): Connection {
  const tables = new Database(sqlitePath(join(dir, 'office.sqlite')), {
    readonly: true,
    timeout: 5000,
  }) as Connection;
  tables.pragma('trusted_schema = OFF');
  return tables;
}

function migrate(tables: Connection, dir: string, files: FileStore, steps: readonly string[]): void {
  const version = tables.pragma('user_version', { simple: true }) as number;
  if (version > steps.length)
    throw new DeskError('store.from-the-future', { found: version, known: steps.length });
  const tablesFound = tables.pragma('application_id', { simple: true }) as number;
  if (version === steps.length && tablesFound === tablesId) return;
  if (version > 0) copyBefore(tables, join(dir, `before-v${steps.length}.sqlite`));
  tables
    .transaction(() => {
      for (const step of steps.slice(version)) tables.exec(step);
      replay({ tables, files }, () => {});
      tables.pragma(`user_version = ${steps.length}`);
      tables.pragma(`application_id = ${tablesId}`);
    })
    .immediate();
}

function copyBefore(tables: Connection, copy: string): void {
  // A copy cut short by a crash stands in the way of the next.
  removeSync(copy);
  tables.prepare('VACUUM INTO ?').run(sqlitePath(copy));
}

/** Makes the data folder, or says why it cannot be used. @throws DeskError store.on-a-share, host.bad-file-name */
export function makeFolder(dir: string): void {
  requireOfficePlace(dir);
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw storeFailure(error, dir);
  }
}
