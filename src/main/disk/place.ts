import { toNamespacedPath, win32 } from 'node:path';
import { DeskError } from '../../shared/errors/index.ts';
import { isFileName } from '../../shared/text/file-name.ts';

/** What a path may be: Windows has rules that no other system knows. */

/**
 * A folder of another computer: `\\server\share`, also written out in full; `\\?\C:\…` is a local one. A drive letter
 * that stands for a share is not seen.
 */
const SHARE = /^[\\/]{2}(?:(?![?.][\\/])|[?.][\\/]UNC[\\/])/i;

/** @throws DeskError host.bad-file-name: a part of `path` is no name for a file or folder on Windows */
export function requireFileNames(path: string, platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'win32') return;
  const whole = win32.resolve(path);
  const parts = whole.slice(win32.parse(whole).root.length).split(win32.sep);
  const bad = parts.find((part) => part !== '' && !isFileName(part));
  if (bad !== undefined) throw new DeskError('host.bad-file-name', { name: bad });
}

/**
 * May an office's records lie in `dir`? SQLite's write-ahead log is shared memory: it needs one computer
 * (sqlite.org/wal.html).
 * @throws DeskError store.on-a-share, host.bad-file-name
 */
export function requireOfficePlace(dir: string, platform: NodeJS.Platform = process.platform): void {
  if (platform === 'win32' && SHARE.test(dir)) throw new DeskError('store.on-a-share', { place: dir });
  requireFileNames(dir, platform);
}

/** As SQLite takes it: Node writes out long paths by itself (over 260 letters on Windows), SQLite does not. */
export const sqlitePath = (path: string): string => toNamespacedPath(path);
