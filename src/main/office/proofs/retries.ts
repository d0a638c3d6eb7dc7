import type { Problem } from '../../../shared/ipc/call.ts';

export interface Tried {
  readonly attempts: number;
  /** UTC milliseconds. */
  readonly nextAt: number;
  readonly problem: Problem | null;
}

/** When what failed is tried again: each time later, up to every few hours. Kept in memory only. */
export interface Retries {
  isDue(key: string): boolean;
  failed(key: string, problem: Problem): void;
  forget(key: string): void;
  clear(): void;
  of(key: string): Tried;
  /** The next turn of anything; Infinity when nothing waits. */
  nextAt(): number;
}

const FIRST_MS = 60_000;
const LONGEST_MS = 4 * 3_600_000;

/** When what did not succeed is tried again: later each time. @param now UTC milliseconds */
export function createRetries(now: () => number): Retries {
  const known = new Map<string, Tried>();
  const of = (key: string): Tried => known.get(key) ?? { attempts: 0, nextAt: now(), problem: null };
  return {
    of,
    isDue: (key) => of(key).nextAt <= now(),
    failed(key, problem) {
      const attempts = of(key).attempts + 1;
      const wait = Math.min(FIRST_MS * 2 ** (attempts - 1), LONGEST_MS);
      known.set(key, { attempts, nextAt: now() + wait, problem });
    },
    forget: (key) => void known.delete(key),
    clear: () => known.clear(),
    nextAt: () => Math.min(...[...known.values()].map(({ nextAt }) => nextAt)),
  };
}
