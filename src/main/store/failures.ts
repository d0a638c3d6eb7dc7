import Database from 'better-sqlite3';
import { DeskError } from '../../shared/errors/index.ts';

const systemCodes: Readonly<Record<string, 'store.disk-full' | 'store.unwritable'>> = {
  ENOSPC: 'store.disk-full',
  EDQUOT: 'store.disk-full',
  EFBIG: 'store.disk-full',
  EACCES: 'store.unwritable',
  EPERM: 'store.unwritable',
  EROFS: 'store.unwritable',
  ENOTDIR: 'store.unwritable',
  EEXIST: 'store.unwritable',
  EISDIR: 'store.unwritable',
};

function codeOfSqlite(code: string) {
  if (code === 'SQLITE_FULL') return 'store.disk-full';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM')
    return 'store.unwritable';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'store.corrupt';
  if (code.startsWith('SQLITE_IOERR')) return 'store.disk-failing';
  if (code.startsWith('SQLITE_BUSY')) return 'store.busy';
  return undefined;
}

/**
 * A failure of SQLite or of the file system as the person at the desk should hear it; anything else comes back
 * unchanged. `place` is the folder or file concerned.
 * Source of the codes: sqlite.org/rescode.html, errno(3).
 */
export function storeFailure(error: unknown, place: string): unknown {
  if (error instanceof Database.SqliteError) {
    const code = codeOfSqlite(error.code);
    return code ? new DeskError(code, { place }, error) : error;
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const code = systemCodes[error.code];
    return code ? new DeskError(code, { place }, error) : error;
  }
  return error;
}
