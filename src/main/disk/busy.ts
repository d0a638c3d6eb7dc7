import { rename, rm } from 'node:fs/promises';
import { renameSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { DeskError } from '../../shared/errors/index.ts';

/**
 * Files that another program holds. On Windows a virus scanner, a backup or a viewer may have any file open for a
 * moment, and meanwhile it cannot be written, replaced or deleted; elsewhere an open file stands in nobody's way.
 */

/**
 * EBUSY: opened without sharing. EPERM: the target of a rename is open, or a deleted file is mapped. UNKNOWN: a mapped
 * file is written. EACCES: it is being deleted by somebody else. All of these may also mean that it is not allowed.
 */
const HELD = new Set(['EBUSY', 'EPERM', 'EACCES', 'UNKNOWN']);

/** How long a file is waited for, and how often it is tried in that time. */
export const PATIENCE_MS = 10_000;
export const PAUSE_MS = 100;

/** What waiting needs of the world; tests bring their own. */
export interface World {
  readonly platform: NodeJS.Platform;
  pause(ms: number): Promise<void>;
  pauseSync(ms: number): void;
}

const world: World = {
  platform: process.platform,
  pause: (ms) => pause(ms),
  pauseSync: (ms) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
};

/** May the failure mean that another program holds the file? */
export const isHeld = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && HELD.has(String(error.code));

/** @throws what stopped the work, unless it may help to wait; host.file-held once that has been done long enough */
function mustWait(error: unknown, file: string, waitedMs: number, { platform }: World): void {
  if (platform !== 'win32' || !isHeld(error)) throw error;
  if (waitedMs >= PATIENCE_MS) throw new DeskError('host.file-held', { file }, error);
}

/**
 * Does `work`, which changes `file`, and waits while another program holds it.
 * @throws DeskError host.file-held; what `work` throws for any other reason
 */
export async function whenFree<T>(file: string, work: () => Promise<T>, around = world): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    try {
      return await work();
    } catch (error) {
      mustWait(error, file, waitedMs, around);
      await around.pause(PAUSE_MS);
    }
  }
}

/** `whenFree` where nothing else may come between: the whole process waits. */
export function whenFreeSync<T>(file: string, work: () => T, around = world): T {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    try {
      return work();
    } catch (error) {
      mustWait(error, file, waitedMs, around);
      around.pauseSync(PAUSE_MS);
    }
  }
}

/** Gives a file its name, in place of whatever had it. @throws DeskError host.file-held */
export const moveFile = (from: string, to: string): Promise<void> => whenFree(to, () => rename(from, to));
export const moveFileSync = (from: string, to: string): void => whenFreeSync(to, () => renameSync(from, to));

/** Removes a file or a folder with all that is in it; it may be gone already. @throws DeskError host.file-held */
export const remove = (path: string): Promise<void> =>
  whenFree(path, () => rm(path, { recursive: true, force: true }));
export const removeSync = (path: string): void =>
  whenFreeSync(path, () => rmSync(path, { recursive: true, force: true }));

/** Removes what an earlier run left behind, as far as it can: what is held goes the next time. */
export function clearSync(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    if (!isHeld(error)) throw error;
  }
}
