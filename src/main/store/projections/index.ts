import { createHash } from '../../crypto/index.ts';
import { events, type Entry, type EventType } from '../events/index.ts';
import type { JournalName } from '../journal.ts';
import { connectionOf, run, type Tables } from '../sql.ts';
import { documentTables } from './documents.ts';
import { exchangeTables } from './exchange.ts';
import { fileTables } from './files.ts';
import { incomingTables } from './incoming.ts';
import { numberTables } from './numbers.ts';
import { officeTables } from './office.ts';
import { outgoingTables } from './outgoing.ts';
import { pcTables } from './pc.ts';
import { proofTables } from './proofs.ts';
import type { Projection, Target } from './projection.ts';
import { searchTables } from './search.ts';
import { signedFileTables } from './signed-files.ts';

/** Which files the office must have and which it had to give up, and how far each journal had come. */
const journalTables: Projection = {
  name: 'journals',
  version: 3,
  tables: { head: null, stored_files: null, purged_files: null },
  ddl: `
    CREATE TABLE head (journal TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
    CREATE TABLE stored_files (file TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE purged_files (file TEXT PRIMARY KEY) STRICT;
  `,
  on: {
    'incoming.purged'({ tables, later }, { data }) {
      if (later) keepGathered(tables);
      for (const file of data.files) {
        run(tables, 'DELETE FROM stored_files WHERE file = ?', [file]);
        run(tables, 'INSERT OR IGNORE INTO purged_files (file) VALUES (?)', [file]);
      }
    },
  },
};

/** The hash of each subject's last strict entry: what an act decided on that subject expects to find. */
const versionTables: Projection = {
  name: 'versions',
  version: 3,
  tables: { versions: 'subject' },
  ddl: 'CREATE TABLE versions (subject TEXT PRIMARY KEY, hash BLOB NOT NULL) STRICT, WITHOUT ROWID;',
  on: {},
};

/** In the order in which an entry is applied: the search index reads what the others wrote. */
export const projections: readonly Projection[] = [
  journalTables,
  versionTables,
  officeTables,
  pcTables,
  documentTables,
  numberTables,
  incomingTables,
  outgoingTables,
  exchangeTables,
  fileTables,
  proofTables,
  signedFileTables,
  searchTables,
];

export const projectedTables: readonly string[] = projections.flatMap(({ tables }) => Object.keys(tables));

/** Changes whenever the tables or their meaning do: those of another version of the program are made again. */
export const tablesId: string = createHash('sha256')
  .update(JSON.stringify(projections.map(({ name, version, ddl }) => [name, version, ddl])))
  .digest('hex');

export function createProjections(tables: Tables): void {
  for (const { ddl } of projections) connectionOf(tables).exec(ddl);
}

/** Indexes by which handlers find rows; the others serve queries only. */
const usedByHandlers = new Set([
  'links_said_by',
  'attachment_files_document',
  'deliveries_outgoing',
  'search_documents_left',
]);

const forQueries = projections
  .flatMap(({ ddl }) => [...ddl.matchAll(/CREATE INDEX (\w+) ON [^;]+;/g)])
  .map(([sql, name]) => ({ sql, name: name! }))
  .filter(({ name }) => !usedByHandlers.has(name));

/** A replay fills the tables first: an index is made much faster of full tables than with every row. */
export function dropIndexes(tables: Tables): void {
  for (const { name } of forQueries) connectionOf(tables).exec(`DROP INDEX IF EXISTS ${name}`);
}

/** Makes those that are not there, one after another. */
export function* makeIndexes(tables: Tables): Generator<void> {
  for (const { sql } of forQueries) {
    connectionOf(tables).exec(sql.replace('CREATE INDEX', 'CREATE INDEX IF NOT EXISTS'));
    yield;
  }
}

export function dropProjections(tables: Tables): void {
  for (const table of projectedTables.toReversed())
    connectionOf(tables).exec(`DROP TABLE IF EXISTS ${table}`);
}

/** Whether some table changes with this type of event; the others are kept for the history only. */
export function isProjected(type: EventType): boolean {
  return projections.some(({ on }) => Object.hasOwn(on, type));
}

type Handler = (target: Target, entry: Entry) => void;

function handlersOf(some: readonly Projection[]): ReadonlyMap<EventType, readonly Handler[]> {
  const handlers = new Map<EventType, Handler[]>();
  for (const { on } of some)
    // The key of `on` fixes the type of its handler's entry; TypeScript cannot follow that through a union.
    for (const [type, handler] of Object.entries(on) as [EventType, Handler][])
      handlers.set(type, [...(handlers.get(type) ?? []), handler]);
  return handlers;
}

const handlers = handlersOf(projections);
const ownHandlers = handlersOf(projections.filter(isOwned));

/** Brings every table up to an entry that has just been written or is being replayed; its head is moved apart. */
export function applyEntry(target: Target, entry: Entry, hash: Uint8Array): void {
  keepFiles(target, entry.data);
  for (const handler of handlers.get(entry.type) ?? []) handler(target, entry);
  moveVersion(target, entry, hash);
}

/** The journal has come so far in the tables. */
export function moveHead(tables: Tables, journal: JournalName, seq: number, hash: Uint8Array): void {
  run(tables, 'INSERT OR REPLACE INTO head (journal, seq, hash) VALUES (?, ?, ?)', [journal, seq, hash]);
}

/** Rows of one subject follow from the entries about it alone; the tables that subjects share are left as they are. */
export function dropOwnRows(tables: Tables, subject: string): void {
  for (const { tables: own } of projections.filter(isOwned).toReversed())
    for (const [table, column] of Object.entries(own).toReversed())
      run(tables, `DELETE FROM ${table} WHERE ${column} = ?`, [subject]);
}

/** The part of `applyEntry` that makes the rows of the entry's own subject. */
export function applyToOwnRows(target: Target, entry: Entry, hash: Uint8Array): void {
  for (const handler of ownHandlers.get(entry.type) ?? []) handler(target, entry);
  moveVersion(target, entry, hash);
}

function isOwned({ tables }: Projection): boolean {
  return Object.values(tables).every((column) => column !== null);
}

function moveVersion({ tables, later }: Target, { type, subject }: Entry, hash: Uint8Array): void {
  if (events[type].concurrency !== 'strict') return;
  if (later) later.versions.set(subject, hash);
  else writeVersion(tables, subject, hash);
}

export function writeVersion(tables: Tables, subject: string, hash: Uint8Array): void {
  run(tables, 'INSERT OR REPLACE INTO versions (subject, hash) VALUES (?, ?)', [subject, hash]);
}

/** Every string under a key `file`, however deep (see `events/words.ts`). */
function keepFiles(target: Target, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const sql = target.later
    ? 'INSERT INTO gathered_files (file) VALUES (?)'
    : 'INSERT OR IGNORE INTO stored_files (file) VALUES (?)';
  for (const [key, member] of Object.entries(value))
    if (key === 'file' && typeof member === 'string') run(target.tables, sql, [member]);
    else keepFiles(target, member);
}

/** Where a replay gathers the names of files, a power cut between. */
export function gatherFiles(tables: Tables): void {
  connectionOf(tables).exec('CREATE TABLE IF NOT EXISTS gathered_files (file TEXT NOT NULL) STRICT');
}

/** Brings what is gathered to its place, in order. */
export function keepGathered(tables: Tables): void {
  run(tables, 'INSERT OR IGNORE INTO stored_files (file) SELECT file FROM gathered_files ORDER BY file');
  run(tables, 'DELETE FROM gathered_files');
}
