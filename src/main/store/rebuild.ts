import { createHash } from '../crypto/index.ts';
import { canonicalJson } from './canonical.ts';
import { readEntry, rowsAfter } from './journal.ts';
import { applyEntry, createProjections, dropProjections, projectedTables } from './projections/index.ts';
import type { Target } from './projections/projection.ts';
import { one, type Tables, connectionOf } from './sql.ts';

/**
 * Drops every table but the journal and makes them again from it. Belongs inside a transaction of the caller's.
 * @param progress called every few hundred entries; throws to stop
 * @returns how many entries there are
 */
export function replay(target: Target, progress: (done: number, total: number) => void): number {
  const { tables } = target;
  dropProjections(tables);
  createProjections(tables);
  const { total } = one<{ total: number }>(tables, 'SELECT coalesce(max(seq), 0) AS total FROM journal')!;
  let done = 0;
  for (let rows = rowsAfter(tables, 0, 500); rows.length > 0; rows = rowsAfter(tables, done, 500)) {
    for (const row of rows) applyEntry(target, readEntry(row), row.hash);
    done = rows.at(-1)!.seq;
    progress(done, total);
  }
  return done;
}

/**
 * One digest a table over all its rows, to tell whether two builds are the same. The full-text index cannot be read
 * back row by row; the digests of the indexed texts in `search_documents` stand for it.
 */
function tableDigests(tables: Tables): Map<string, string> {
  const digests = new Map<string, string>();
  for (const table of projectedTables) {
    if (table === 'search') continue;
    const columns = connectionOf(tables).pragma(`table_info(${table})`) as { name: string }[];
    const hash = createHash('sha256');
    const order = columns.map(({ name }) => name).join(', ');
    for (const row of connectionOf(tables).prepare(`SELECT * FROM ${table} ORDER BY ${order}`).iterate())
      hash.update(canonicalJson(row)).update('\n');
    digests.set(table, hash.digest('hex'));
  }
  return digests;
}

export interface Rebuilt {
  readonly entries: number;
  /** Whether every table came out as it was. */
  readonly identical: boolean;
}

/** Replays the journal in one transaction and compares. Whatever the tables were, afterwards they follow the journal. */
export function rebuildTables(target: Target, progress: (done: number, total: number) => void): Rebuilt {
  const build = connectionOf(target.tables).transaction(() => {
    const before = tableDigests(target.tables);
    const entries = replay(target, progress);
    const after = tableDigests(target.tables);
    return { entries, identical: [...after].every(([table, digest]) => before.get(table) === digest) };
  });
  return build.immediate();
}
