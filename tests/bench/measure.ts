import { monitorEventLoopDelay } from 'node:perf_hooks';

/** One line of the report: what the product takes, against the least the same work could take. */
export interface Comparison {
  readonly what: string;
  readonly least: string;
  /** Median milliseconds. */
  readonly oursMs: number;
  readonly leastMs: number;
}

const RESOLUTION_MS = 1;

/** The longest time, in milliseconds, that this thread heard nothing while `work` ran. */
async function longestPause(work: () => unknown): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  await work();
  delays.disable();
  return delays.max / 1e6 - RESOLUTION_MS;
}

/** How deaf `ours` makes this thread, against a rest of the same length. */
export async function comparePauses(what: string, rounds: number, ours: () => unknown): Promise<Comparison> {
  const pauses = { ours: [] as number[], least: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    pauses.ours.push(await longestPause(ours));
    const ms = performance.now() - start;
    pauses.least.push(await longestPause(() => new Promise((resolve) => setTimeout(resolve, ms))));
  }
  const least = 'the same while it only waits as long';
  return { what, least, oursMs: median(pauses.ours), leastMs: median(pauses.least) };
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Runs both in turn, each first every other time, so that whatever else the machine does falls on both, and keeps the
 * medians. One round before counts for nothing: it fills caches and lets the compiler see the code.
 */
export async function compare(
  names: Pick<Comparison, 'what' | 'least'>,
  rounds: number,
  ours: () => unknown,
  least: () => unknown,
): Promise<Comparison> {
  const times = { ours: [] as number[], least: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const [first, second] = round % 2 === 0 ? (['ours', 'least'] as const) : (['least', 'ours'] as const);
    for (const which of [first, second]) {
      const ms = await timed(which === 'ours' ? ours : least);
      if (round > 0) times[which].push(ms);
    }
  }
  return { ...names, oursMs: median(times.ours), leastMs: median(times.least) };
}

const ms = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`.padStart(9);

export function line({ what, least, oursMs, leastMs }: Comparison): string {
  const ratio = `${(oursMs / leastMs).toFixed(2)}×`.padStart(8);
  return `${ratio}  ${ms(oursMs)} : ${ms(leastMs)}  ${what}\n${' '.repeat(33)}against ${least}`;
}
