import { createHash } from '../../crypto/index.ts';
import type { Entry, EventType } from '../events/index.ts';
import { run, type Tables, connectionOf } from '../sql.ts';
import { documentTables } from './documents.ts';
import { exchangeTables } from './exchange.ts';
import { fileTables } from './files.ts';
import { incomingTables } from './incoming.ts';
import { officeTables } from './office.ts';
import { outgoingTables } from './outgoing.ts';
import { proofTables } from './proofs.ts';
import type { Projection, Target } from './projection.ts';
import { searchTables } from './search.ts';
import { signedFileTables } from './signed-files.ts';

/** Which files the office must have, and how far the journal had come: both follow from any entry alike. */
const journalTables: Projection = {
  tables: ['head', 'stored_files'],
  ddl: `
    CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
    CREATE TABLE stored_files (file TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
  `,
  on: {},
};

/** In the order in which an entry is applied: the search index reads what the others wrote. */
const projections: readonly Projection[] = [
  journalTables,
  officeTables,
  documentTables,
  incomingTables,
  outgoingTables,
  exchangeTables,
  fileTables,
  proofTables,
  signedFileTables,
  searchTables,
];

export const projectedTables: readonly string[] = projections.flatMap(({ tables }) => tables);

/** Changes whenever the tables do: those of another version of the program are made again. A positive 31-bit number. */
export const tablesId: number =
  createHash('sha256')
    .update(projections.map(({ ddl }) => ddl).join(''))
    .digest()
    .readUInt32BE() >>> 1;

export function createProjections(tables: Tables): void {
  for (const { ddl } of projections) connectionOf(tables).exec(ddl);
}

export function dropProjections(tables: Tables): void {
  for (const table of projectedTables.toReversed())
    connectionOf(tables).exec(`DROP TABLE IF EXISTS ${table}`);
}

/** Whether some table changes with this type of event; the others are kept for the history only. */
export function isProjected(type: EventType): boolean {
  return projections.some(({ on }) => Object.hasOwn(on, type));
}

/** Brings every table up to an entry that has just been written or is being replayed. */
export function applyEntry(target: Target, entry: Entry, hash: string): void {
  for (const { on } of projections)
    // The key of `on` fixes the type of its handler's entry; TypeScript cannot follow that through a union.
    (on[entry.type] as ((target: Target, entry: Entry) => void) | undefined)?.(target, entry);
  for (const file of filesNamedIn(entry.data))
    run(target.tables, 'INSERT OR IGNORE INTO stored_files (file, seq) VALUES (?, ?)', [file, entry.seq]);
  run(target.tables, 'INSERT OR REPLACE INTO head (one, seq, hash) VALUES (1, ?, ?)', [entry.seq, hash]);
}

/** Every string under a key `file`, however deep (see `events/words.ts`). */
function filesNamedIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(filesNamedIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'file' && typeof member === 'string' ? [member] : filesNamedIn(member),
  );
}
