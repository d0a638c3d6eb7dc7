import { monitorEventLoopDelay } from 'node:perf_hooks';

/** One row of the report: what the product takes, against the least the same work could take or by itself. */
export interface Row {
  readonly what: string;
  readonly against: string;
  readonly value: number;
  readonly unit: keyof typeof DIGITS;
  /** What the value is made of. */
  readonly figures: string;
  /** The most that passes; null where the row only informs. */
  readonly most: number | null;
}

const DIGITS = { '×': 2, s: 0, ms: 0, MB: 0 } as const;

type Names = Pick<Row, 'what' | 'against' | 'most'>;
type Work = () => unknown;

/** What is compared, and what is waited for between, uncounted. */
interface Pair {
  readonly ours: Work;
  readonly least: Work;
  readonly between?: Work;
}

async function timed(work: Work): Promise<number> {
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
 * Runs both in turn, each first every other time, so that whatever else the machine does falls on both, and takes the
 * medians. One round before counts for nothing: it fills caches and lets the compiler see the code.
 */
export async function ratio(names: Names, rounds: number, pair: Pair): Promise<Row> {
  const times = { ours: [] as number[], least: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const [first, second] = round % 2 === 0 ? (['ours', 'least'] as const) : (['least', 'ours'] as const);
    for (const which of [first, second]) {
      const ms = await timed(pair[which]);
      await pair.between?.();
      if (round > 0) times[which].push(ms);
    }
  }
  const [oursMs, leastMs] = [median(times.ours), median(times.least)];
  return { ...names, value: oursMs / leastMs, unit: '×', figures: `${ms(oursMs)} : ${ms(leastMs)}` };
}

/** How long `work` takes; the round before counts for nothing. */
export async function duration(names: Names, rounds: number, work: Work): Promise<Row> {
  await work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await timed(work));
  return { ...names, value: median(times), unit: 'ms', figures: '' };
}

/** Processor time of all threads of this process while `work` runs, a `count`th of it. */
export async function processorTime(names: Names, rounds: number, count: number, work: Work): Promise<Row> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000 / count);
  }
  return { ...names, value: median(times), unit: 'ms', figures: '' };
}

const RESOLUTION_MS = 1;

/** The longest that this thread hears nothing while `work` runs. */
export async function longestPause(names: Names, rounds: number, work: Work): Promise<Row> {
  const pauses: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delays.enable();
    // The first turn sets the clock going, the last one sees a pause that went to the very end.
    await nextTurn();
    await work();
    await nextTurn();
    delays.disable();
    pauses.push(delays.max / 1e6 - RESOLUTION_MS);
  }
  return { ...names, value: median(pauses), unit: 'ms', figures: '' };
}

const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 2 * RESOLUTION_MS));

const ms = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

export const isOver = ({ value, most }: Row): boolean => most !== null && value > most;

export function line(row: Row): string {
  const { what, against, value, unit, figures, most } = row;
  const verdict = most === null ? 'info' : isOver(row) ? 'FAIL' : 'pass';
  const limit = most === null ? '' : `at most ${most} ${unit}`;
  const columns = [
    verdict,
    `${value.toFixed(DIGITS[unit])} ${unit}`.padStart(9),
    limit.padEnd(14),
    figures.padEnd(19),
    what,
  ];
  return `${columns.join('  ')}\n${' '.repeat(54)}${against}`;
}
