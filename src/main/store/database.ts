import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DeskError } from '../../shared/errors/index.ts';
import { moveFileSync, removeSync } from '../disk/busy.ts';
import { requireOfficePlace, sqlitePath } from '../disk/place.ts';
import { vocabulary } from './events/index.ts';
import { storeFailure } from './failures.ts';
import { hasStoredFiles } from './files.ts';
import { fromTheFuture } from './journal.ts';
import { migrations, oldestVersion } from './migrations/index.ts';
import { hasAllTables } from './projected.ts';
import { createProjections, tablesId } from './projections/index.ts';
import { one, run, type Connection } from './sql.ts';

/** The office's records in the data folder, and those being made for a new version of the program. */
export const officeFile = (dir: string): string => join(dir, 'office.sqlite');
export const nextFile = (dir: string): string => join(dir, 'office-next.sqlite');
/** Those, whole, about to become the office's records. */
const madeFile = (dir: string): string => join(dir, 'office-made.sqlite');
export const beforeFile = (dir: string): string => join(dir, 'office-before.sqlite');

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
  // For its owner only; the files that SQLite keeps beside it take its rights.
  closeSync(openSync(path, 'a', 0o600));
  const tables = new Database(sqlitePath(path), { timeout: 5000 }) as Connection;
  try {
    tables.pragma('journal_mode = WAL');
    // NORMAL may lose the last commits of a WAL at a power cut: a number already written on paper would be given again.
    tables.pragma('synchronous = FULL');
    tables.pragma('foreign_keys = ON');
    // What is deleted is overwritten: a purged body must not stay in a free page.
    tables.pragma('secure_delete = ON');
    tables.pragma('trusted_schema = OFF');
    return tables;
  } catch (error) {
    // Windows lets nobody put aside or repair a file that stays open.
    tables.close();
    throw error;
  }
}

/** A connection beside the desk's own that can change nothing. */
export const openForLooking = (dir: string): Connection => connectReadOnly(officeFile(dir));

function connectReadOnly(path: string): Connection {
  const tables = new Database(sqlitePath(path), { readonly: true, timeout: 5000 }) as Connection;
  tables.pragma('trusted_schema = OFF');
  return tables;
}

/**
 * Opens `office.sqlite` in `dir`; a new file is made.
 * @throws DeskError store.from-the-future, store.from-the-past, store.corrupt, store.unwritable, store.disk-full
 * @throws Error when its tables are of another version of the program: `upgradeRecords` comes first
 */
export function openDatabase(dir: string): Connection {
  settleFiles(dir);
  const tables = connect(officeFile(dir));
  try {
    if (stateOf(tables) === 'new') make(tables, tablesId);
    if (stateOf(tables) === 'stale') throw new Error('the records have not been upgraded');
    run(tables, 'UPDATE form SET vocabulary = ? WHERE vocabulary < ?', [vocabulary, vocabulary]);
    return tables;
  } catch (error) {
    tables.close();
    throw error;
  }
}

/**
 * What this program can do with the records in `dir`, before it touches anything there. Only who holds the
 * folder's lock may ask: a look through SQLite makes or rewrites files beside the database, which are put back as they
 * were.
 * @throws DeskError store.from-the-future, store.from-the-past, store.records-missing
 */
export function stateOfRecords(dir: string): 'new' | 'current' | 'stale' {
  const path = [officeFile(dir), madeFile(dir)].find((file) => existsSync(file));
  if (path === undefined || statSync(path).size === 0) return newIn(dir);
  const [log, index] = [`${path}-wal`, `${path}-shm`];
  const isClean = !existsSync(log);
  const indexBefore = existsSync(index) ? readFileSync(index) : null;
  const tables = connectReadOnly(path);
  try {
    const state = stateOf(tables);
    return state === 'new' ? newIn(dir) : state;
  } finally {
    tables.close();
    if (isClean && existsSync(log) && statSync(log).size === 0) removeSync(log);
    if (indexBefore) writeFileSync(index, indexBefore);
    else removeSync(index);
  }
}

/** Files are stored for what the records name: where there are any, an office has lost its records. */
function newIn(dir: string): 'new' {
  if (hasStoredFiles(dir)) throw new DeskError('store.records-missing', { place: dir });
  return 'new';
}

/**
 * What this program can do with a database: `stale` has tables of another version, or not all of them.
 * @throws DeskError store.from-the-future, store.from-the-past
 */
export function stateOf(tables: Connection): 'new' | 'current' | 'stale' {
  const version = tables.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) throw fromTheFuture(`v${version}`);
  if (version === 0) return 'new';
  if (version < oldestVersion) throw new DeskError('store.from-the-past', { found: version });
  const form = one<{ vocabulary: number; tables: string }>(tables, 'SELECT vocabulary, tables FROM form')!;
  if (form.vocabulary > vocabulary) throw fromTheFuture(form.vocabulary);
  return form.tables === tablesId && hasAllTables(tables) ? 'current' : 'stale';
}

/** Makes empty journals and tables. @param of the version of the tables, or what they are until they are whole */
export function make(tables: Connection, of: string): void {
  tables
    .transaction(() => {
      for (const step of migrations) tables.exec(step);
      createProjections(tables);
      run(tables, 'INSERT INTO form (one, vocabulary, tables) VALUES (1, ?, ?)', [vocabulary, of]);
      tables.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
}

/**
 * Puts the records that have been made for this version in place of those of the version before, which stay beside
 * them. All are closed. Wherever this is cut off, `settleFiles` or the next upgrade ends it.
 */
export function replaceRecords(dir: string): void {
  moveFileSync(nextFile(dir), madeFile(dir));
  removeSync(beforeFile(dir));
  moveFileSync(officeFile(dir), beforeFile(dir));
  settleFiles(dir);
}

/** Ends what a crash has left of replacing the records. */
export function settleFiles(dir: string): void {
  if (!existsSync(madeFile(dir))) return;
  moveFileSync(madeFile(dir), existsSync(officeFile(dir)) ? nextFile(dir) : officeFile(dir));
}

/** Makes the data folder, for its owner only (on Windows the setup program sees to that), or says why it cannot be used. @throws DeskError store.on-a-share, host.bad-file-name */
export function makeFolder(dir: string): void {
  requireOfficePlace(dir);
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storeFailure(error, dir);
  }
}
