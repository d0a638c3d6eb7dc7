import type { Entry } from '../events/index.ts';
import { readEntry, type JournalRow } from '../journal.ts';
import { all, one, type Tables } from '../sql.ts';

/** Every act on one subject, oldest first. */
export function entriesAbout(tables: Tables, subject: string): Entry[] {
  return all<JournalRow>(tables, 'SELECT * FROM journal WHERE subject = ? ORDER BY seq', [subject]).map(
    readEntry,
  );
}

export function journalLength(tables: Tables): number {
  return one<{ length: number }>(tables, 'SELECT coalesce(max(seq), 0) AS length FROM journal')!.length;
}
