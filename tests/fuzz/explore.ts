/** The coverage-guided loop: an input that makes new code run is kept and changed further. */
import type { Meter } from './coverage.ts';
import { mutated, randomFrom } from './mutate.ts';
import type { Mutation } from './mutate.ts';

export interface Target {
  readonly name: string;
  readonly seeds: readonly Uint8Array[];
  /** How its inputs are changed, besides bytes at random. */
  readonly mutations?: readonly Mutation[];
  /** Throws when the program does with this input what it must never do. */
  readonly run: (bytes: Buffer) => unknown;
}

export interface Finding {
  readonly target: string;
  /** The error with its stack, or `slow`. */
  readonly what: string;
  readonly input: Buffer;
}

export interface Explored {
  readonly executions: number;
  /** Inputs kept because they reached something new, the seeds not counted. */
  readonly kept: number;
  readonly findings: readonly Finding[];
}

export interface ExploreOptions {
  readonly seed: number;
  /** Stops after this time, or after so many executions. */
  readonly ms: number;
  readonly executions?: number;
  /** Told every input before it runs: whoever watches can name the one that never ends. */
  readonly before?: (bytes: Buffer) => void;
}

/** Looking costs as much as running some dozens of inputs. */
const BATCH = 32;
const MAX_INPUT = 512 * 1024;
const MAX_CORPUS = 2000;
const MAX_FINDINGS = 20;
/** Of the processor, for one input: the product's limit with room for a slower machine. */
const SLOW_MS = 2500;

export async function explore(
  target: Target,
  meter: Meter,
  { seed, ms, executions: most = Infinity, before }: ExploreOptions,
): Promise<Explored> {
  const random = randomFrom(seed);
  const corpus: Uint8Array[] = [...target.seeds];
  const findings = new Map<string, Finding>();
  const end = performance.now() + ms;
  let executions = 0;

  const run = async (input: Buffer): Promise<void> => {
    before?.(input);
    const cpu = process.threadCpuUsage();
    executions++;
    try {
      await target.run(input);
    } catch (error) {
      note(error instanceof Error ? (error.stack ?? error.message) : String(error), input);
    }
    if (process.threadCpuUsage(cpu).user > SLOW_MS * 1000) note('slow', input);
  };
  const note = (what: string, input: Buffer): void => {
    // One finding a place in the program.
    const place = what.split('\n').slice(0, 3).join('\n').replace(/\d+/g, '0');
    if (!findings.has(place)) findings.set(place, { target: target.name, what, input: Buffer.from(input) });
  };

  /** Runs them again, half by half, to find which of them reach something new. */
  const sift = async (inputs: readonly Buffer[]): Promise<void> => {
    const middle = Math.ceil(inputs.length / 2);
    for (const half of [inputs.slice(0, middle), inputs.slice(middle)]) {
      for (const input of half) await run(input);
      const look = await meter.look();
      if (look.fresh === 0) continue;
      if (half.length > 1) await sift(half);
      else {
        look.keep();
        if (corpus.length < MAX_CORPUS) corpus.push(half[0]!);
      }
    }
  };

  for (const sample of target.seeds) await run(Buffer.from(sample));
  (await meter.look()).keep();
  const isOver = (): boolean =>
    performance.now() >= end || executions >= most || findings.size >= MAX_FINDINGS;
  while (!isOver()) {
    const batch = Array.from({ length: BATCH }, () =>
      mutated(corpus, random, target.mutations).subarray(0, MAX_INPUT),
    );
    for (const input of batch) await run(input);
    if ((await meter.look()).fresh > 0) await sift(batch);
  }
  return { executions, kept: corpus.length - target.seeds.length, findings: [...findings.values()] };
}
