import type { JournalName } from './journal.ts';
import { projectedTables } from './projections/index.ts';
import { one, type Tables } from './sql.ts';

/** How far a journal has come in the tables; undefined before its first entry. */
export const headOf = (tables: Tables, journal: JournalName): { seq: number; hash: Buffer } | undefined =>
  one(tables, 'SELECT seq, hash FROM head WHERE journal = ?', [journal]);

export const hasTable = (tables: Tables, name: string): boolean =>
  one(tables, 'SELECT 1 FROM sqlite_schema WHERE name = ?', [name]) !== undefined;

/** Whether every table is there: one that somebody has dropped can be made again. */
export const hasAllTables = (tables: Tables): boolean =>
  projectedTables.every((name) => hasTable(tables, name));
