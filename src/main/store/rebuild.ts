import { createHash } from '../crypto/index.ts';
import { entriesWithHash, journalLength, journalNames, purgesIn, readEntry, rowsAfter } from './journal.ts';
import { hasTable, headOf } from './projected.ts';
import {
  applyEntry,
  applyToOwnRows,
  createProjections,
  dropIndexes,
  dropOwnRows,
  dropProjections,
  gatherFiles,
  keepGathered,
  makeIndexes,
  moveHead,
  projectedTables,
  writeVersion,
} from './projections/index.ts';
import type { Target } from './projections/projection.ts';
import { fillIndexInBulk, indexRest, reindex } from './projections/search.ts';
import { connectionOf, one, type Tables } from './sql.ts';

/** Entries, or documents of the index, between two looks at whether to go on. */
const PIECE = 500;
/** Memory a replay may use so that the indexes it fills at random places stay there. */
const CACHE_KIB = 128 * 1024;

/**
 * Makes the tables from the journals, from where they are: after a power cut it goes on. Each step is one piece of
 * work to be done within one transaction; how they are gathered into transactions is the caller's affair.
 * @yields how much is done, of how much: entries, then documents of the index
 */
export function* replay(target: Target): Generator<{ done: number; total: number }> {
  const { tables } = target;
  connectionOf(tables).pragma(`cache_size = -${CACHE_KIB}`);
  const versions = new Map<string, Uint8Array>();
  const later = { ...target, later: { versions } };
  const documents = () =>
    one<{ left: number }>(tables, `SELECT count(*) AS left FROM search_documents WHERE digest = ''`)!.left;
  gatherFiles(tables);
  if (journalNames.every((name) => headOf(tables, name) === undefined)) dropIndexes(tables);
  const entries = journalNames.reduce((sum, name) => sum + journalLength(tables, name), 0);
  let done = 0;
  for (const name of journalNames) {
    const purges = purgesIn(tables, name);
    let last = headOf(tables, name)?.seq ?? 0;
    done += last;
    for (
      let rows = rowsAfter(tables, name, last, PIECE);
      rows.length > 0;
      rows = rowsAfter(tables, name, last, PIECE)
    ) {
      for (const { seq, body: whole, hash } of rows) {
        const body = whole ?? purges.get(seq)?.body;
        if (body !== undefined) applyEntry(later, readEntry({ seq, body }), hash);
      }
      for (const [subject, hash] of versions) writeVersion(tables, subject, hash);
      versions.clear();
      const end = rows.at(-1)!;
      moveHead(tables, name, end.seq, end.hash);
      last = end.seq;
      done += rows.length;
      yield { done, total: entries };
    }
  }
  keepGathered(tables);
  connectionOf(tables).exec('DROP TABLE gathered_files');
  const total = entries + documents();
  done = entries;
  for (const _ of makeIndexes(tables)) yield { done, total };
  fillIndexInBulk(tables, true);
  for (let indexed = indexRest(target, PIECE); indexed > 0; indexed = indexRest(target, PIECE)) {
    done += indexed;
    yield { done, total };
  }
  fillIndexInBulk(tables, false);
}

/**
 * Makes the rows of one subject again, from the entries about it: what a replay of everything would give, in whatever
 * order subjects are taken. Belongs inside a transaction of the caller's.
 */
export function reproject(target: Target, subject: string): void {
  dropOwnRows(target.tables, subject);
  for (const name of journalNames)
    for (const { entry, hash } of entriesWithHash(target.tables, name, subject))
      applyToOwnRows(target, entry, hash);
  reindex(target, subject);
}

/**
 * One digest a table over all its rows, to tell whether two builds are the same. The full-text index cannot be read
 * back row by row; the digests of the indexed texts in `search_documents` stand for it.
 */
export function tableDigests(tables: Tables): Map<string, string> {
  const digests = new Map<string, string>();
  for (const table of projectedTables) {
    // One that somebody has dropped has no digest, and is made again.
    if (table === 'search' || !hasTable(tables, table)) continue;
    const columns = connectionOf(tables).pragma(`table_info(${table})`) as { name: string }[];
    const hash = createHash('sha256');
    const order = columns.map(({ name }) => name).join(', ');
    for (const row of connectionOf(tables)
      .prepare(`SELECT * FROM ${table} ORDER BY ${order}`)
      .raw()
      .iterate())
      hash.update(JSON.stringify(row)).update('\n');
    digests.set(table, hash.digest('hex'));
  }
  return digests;
}

export interface Rebuilt {
  readonly entries: number;
  /** Whether every table came out as it was. */
  readonly identical: boolean;
}

/**
 * Drops every table but the journals, makes them again in one transaction and compares. Whatever they were, afterwards
 * they follow the journals.
 * @param progress throws to stop
 */
export function rebuildTables(target: Target, progress: (done: number, total: number) => void): Rebuilt {
  const { tables } = target;
  const build = connectionOf(tables).transaction(() => {
    const before = tableDigests(tables);
    dropProjections(tables);
    createProjections(tables);
    for (const { done, total } of replay(target)) progress(done, total);
    const after = tableDigests(tables);
    return {
      entries: journalLength(tables) + journalLength(tables, 'local'),
      identical: [...after].every(([table, digest]) => before.get(table) === digest),
    };
  });
  return build.immediate();
}
