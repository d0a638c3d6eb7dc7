/** Which blocks of the program ran, by V8's own precise coverage, read inside the process. */
import { Session } from 'node:inspector/promises';

/** What ran since the last look. */
export interface Look {
  /** Characters of the program that ran and are in nothing kept so far. */
  readonly fresh: number;
  keep(): void;
}

export interface Meter {
  look(): Promise<Look>;
  /** Characters of the program that ran in all that was kept. */
  total(): number;
  stop(): Promise<void>;
}

/**
 * Begins to count; modules must be loaded after this, or their blocks are not told apart.
 * @param scope part of the addresses of the scripts that count
 */
export async function startMeter(scope: string): Promise<Meter> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  /** By script and function: one byte a character, 1 where it ran. */
  const seen = new Map<string, Uint8Array>();
  return {
    async look() {
      const { result } = await session.post('Profiler.takePreciseCoverage');
      const looks: [key: string, ran: Uint8Array][] = [];
      let fresh = 0;
      for (const { url, functions } of result) {
        if (!url.includes(scope)) continue;
        for (const { ranges } of functions) {
          const [whole] = ranges;
          if (!whole || whole.count === 0) continue;
          const ran = new Uint8Array(whole.endOffset - whole.startOffset);
          // Outer blocks come before the inner ones.
          for (const { startOffset, endOffset, count } of ranges)
            ran.fill(count > 0 ? 1 : 0, startOffset - whole.startOffset, endOffset - whole.startOffset);
          const key = `${url} ${whole.startOffset}`;
          const known = seen.get(key);
          for (let i = 0; i < ran.length; i++) fresh += ran[i]! & ~(known?.[i] ?? 0);
          looks.push([key, ran]);
        }
      }
      const keep = (): void => {
        for (const [key, ran] of looks) {
          const known = seen.get(key);
          if (known) for (let i = 0; i < ran.length; i++) known[i]! |= ran[i]!;
          else seen.set(key, ran);
        }
      };
      return { fresh, keep };
    },
    total: () => [...seen.values()].reduce((sum, ran) => sum + ran.reduce((bits, bit) => bits + bit, 0), 0),
    async stop() {
      await session.post('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}
