import { join } from 'node:path';
import Database from 'better-sqlite3';
import { foldForSearch } from '../../shared/text/fold.ts';
import { moveFileSync, removeSync } from '../disk/busy.ts';
import { sqlitePath } from '../disk/place.ts';
import { ftsQuery } from './search-query.ts';
import { all, one, run, type Connection } from './sql.ts';

/** An agency as the axis lists it. */
export interface CachedAgency {
  readonly code: string;
  readonly oldCode: string | null;
  readonly name: string;
}

/** What may be thrown away at any time, kept apart: it can be fetched again, or counts what begins anew. */
export interface Cache {
  /** Replaces the whole directory once all of it has come; until then the old one answers. */
  setAgencies(agencies: AsyncIterable<CachedAgency> | Iterable<CachedAgency>): Promise<number>;
  /** By the beginning of words of the name, or of a code, old or new; exact codes first. */
  findAgencies(text: string, limit: number): CachedAgency[];
  agencyByCode(code: string): CachedAgency | undefined;
  /**
   * Counts a reading of a stored file by this version of the program, before it begins.
   * @returns how often it has been begun and not ended, this time included
   */
  beginReading(file: string, program: string): number;
  endReading(file: string): void;
  close(): void;
}

const version = 2;
const ddl = `
  CREATE TABLE agencies (rowid INTEGER PRIMARY KEY, code TEXT NOT NULL, old_code TEXT, name TEXT NOT NULL) STRICT;
  CREATE INDEX agencies_code ON agencies (code COLLATE NOCASE);
  CREATE INDEX agencies_old_code ON agencies (old_code COLLATE NOCASE);
  CREATE VIRTUAL TABLE agency_search USING fts5 (
    text, content = '', tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3'
  );
  CREATE TABLE readings (file TEXT PRIMARY KEY, program TEXT NOT NULL, begun INTEGER NOT NULL) STRICT;
`;
const columns = 'code, old_code AS oldCode, name';
/** Rows between two pauses for other work: a country's directory is over 100,000. */
const batch = 1000;

/** Opens `cache.sqlite` in `dir`; one that is damaged or of another form is started anew. */
export function openCache(dir: string): Cache {
  const path = join(dir, 'cache.sqlite');
  let tables = connect(path) ?? anew(path);
  return {
    async setAgencies(agencies) {
      const next = `${path}.next`;
      const building = anew(next);
      let count: number;
      try {
        count = await fill(building, agencies);
        for (const reading of all<Reading>(tables, 'SELECT file, program, begun FROM readings'))
          run(building, 'INSERT INTO readings VALUES (@file, @program, @begun)', reading);
      } finally {
        building.close();
      }
      tables.close();
      remove(path);
      moveFileSync(next, path);
      tables = connect(path) ?? anew(path);
      return count;
    },
    findAgencies(text, limit) {
      const query = ftsQuery(text);
      if (!query) return [];
      const exact = this.agencyByCode(text.trim());
      const found = all<CachedAgency>(
        tables,
        `SELECT ${columns} FROM agency_search JOIN agencies ON agencies.rowid = agency_search.rowid
         WHERE agency_search MATCH ? ORDER BY agency_search.rowid LIMIT ?`,
        [query, limit],
      );
      return exact ? [exact, ...found.filter(({ code }) => code !== exact.code)].slice(0, limit) : found;
    },
    agencyByCode(code) {
      return one<CachedAgency>(
        tables,
        `SELECT ${columns} FROM agencies WHERE code = @code COLLATE NOCASE OR old_code = @code COLLATE NOCASE LIMIT 1`,
        { code },
      );
    },
    beginReading(file, program) {
      const { begun } = one<Pick<Reading, 'begun'>>(
        tables,
        `INSERT INTO readings VALUES (@file, @program, 1) ON CONFLICT (file) DO UPDATE SET
           begun = CASE program WHEN @program THEN begun + 1 ELSE 1 END, program = @program
         RETURNING begun`,
        { file, program },
      )!;
      return begun;
    },
    endReading: (file) => void run(tables, 'DELETE FROM readings WHERE file = ?', [file]),
    close: () => void tables.close(),
  };
}

type Reading = { readonly file: string; readonly program: string; readonly begun: number };

async function fill(
  tables: Connection,
  agencies: AsyncIterable<CachedAgency> | Iterable<CachedAgency>,
): Promise<number> {
  let count = 0;
  const rows: CachedAgency[] = [];
  const flush = tables.transaction(() => {
    for (const { code, oldCode, name } of rows.splice(0)) {
      count += 1;
      run(tables, 'INSERT INTO agencies (rowid, code, old_code, name) VALUES (?, ?, ?, ?)', [
        count,
        code,
        oldCode,
        name,
      ]);
      run(tables, 'INSERT INTO agency_search (rowid, text) VALUES (?, ?)', [
        count,
        foldForSearch([name, code, oldCode ?? ''].join(' ')),
      ]);
    }
  });
  for await (const agency of agencies) {
    if (rows.push(agency) < batch) continue;
    flush();
    await new Promise(setImmediate);
  }
  flush();
  return count;
}

function connect(path: string): Connection | undefined {
  const tables = new Database(sqlitePath(path)) as Connection;
  try {
    // Lost commits cost one download.
    tables.pragma('synchronous = OFF');
    const found = tables.pragma('user_version', { simple: true }) as number;
    if (found === version) return tables;
    if (found === 0 && one(tables, 'SELECT 1 FROM sqlite_schema LIMIT 1') === undefined) {
      tables.exec(ddl);
      tables.pragma(`user_version = ${version}`);
      return tables;
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    // Not a database any more: made anew by the caller, nothing in it is worth a message.
  }
  tables.close();
  return undefined;
}

function anew(path: string): Connection {
  remove(path);
  const tables = connect(path);
  if (!tables) throw new Error(`cannot make ${path}`);
  return tables;
}

function remove(path: string): void {
  for (const suffix of ['', '-journal']) removeSync(path + suffix);
}
