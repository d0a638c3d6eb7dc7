import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isHeld } from '../disk/busy.ts';
import type { HostLog } from './desk-port.ts';

const LIMIT = 5 * 1024 * 1024;

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** An error with its causes, the outermost first. */
function told(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause === undefined ? '' : `\n  caused by ${told(cause.cause)}`;
  return `${cause.stack ?? cause.message}${inner}`;
}

/** Where there is a terminal that reads. */
function onTerminal(text: string): void {
  if (process.stderr.listenerCount('error') === 0) process.stderr.on('error', () => undefined);
  process.stderr.write(text);
}

/**
 * A log in `folder`, which is made: `desk.log`, and the one before it as `desk.old.log`, 5 MB each. Lines are written at
 * once, so that those before a crash are there. Nothing fails because it cannot be noted.
 */
export function fileLog(folder: string, now: () => number = Date.now): HostLog {
  const path = join(folder, 'desk.log');
  /** While somebody reads one of the two files on Windows it stays as it is. */
  function startAnew(): void {
    try {
      renameSync(path, join(folder, 'desk.old.log'));
    } catch (error) {
      if (!isHeld(error)) throw error;
    }
  }
  function line(text: string): void {
    try {
      mkdirSync(folder, { recursive: true });
      if (sizeOf(path) > LIMIT) startAnew();
      appendFileSync(path, `${new Date(now()).toISOString()} ${text}\n`);
    } catch (error) {
      onTerminal(`${text}\n  not in ${path}: ${told(error)}\n`);
    }
  }
  return {
    info: (message) => line(message),
    error: (message, cause) => line(cause === undefined ? message : `${message}: ${told(cause)}`),
  };
}
