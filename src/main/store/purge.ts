import { existsSync } from 'node:fs';
import { clearSync } from '../disk/busy.ts';
import { beforeFile } from './database.ts';
import type { FileStore } from './files.ts';
import { all, connectionOf, one, run, type Tables } from './sql.ts';

/** Files that had to be given up and that nothing has brought back since. */
const gone = (tables: Tables): { file: string }[] =>
  all(tables, 'SELECT file FROM purged_files WHERE file NOT IN (SELECT file FROM stored_files)');

/** Whether the office had to give a file up: it is not missing. */
export const isPurged = (tables: Tables, file: string): boolean =>
  one(tables, 'SELECT 1 FROM purged_files WHERE file = ?', [file]) !== undefined;

/**
 * Takes from the disk what has been purged: the files, the words that the index keeps of removed texts, and the records
 * of the version before, which still have everything. `secure_delete` has overwritten the bodies themselves. What
 * another program holds goes the next time the office is opened.
 */
export function removePurged(dir: string, tables: Tables, files: FileStore): void {
  const left = gone(tables).filter(({ file }) => files.remove(file));
  if (left.length === 0) return;
  if (existsSync(beforeFile(dir))) clearSync(beforeFile(dir));
  run(tables, `INSERT INTO search (search) VALUES ('optimize')`);
  // The write-ahead log still has the pages as they were.
  connectionOf(tables).pragma('wal_checkpoint(TRUNCATE)');
}
