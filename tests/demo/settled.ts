import { setTimeout } from 'node:timers/promises';
import type { Result } from '../../src/shared/ipc/index.ts';

/** Only a desk that never asks lets it pass. */
const PATIENCE_MS = 120_000;

/** A document once the authority has answered whatever the desk asks now about its signatures. */
export async function settled<T extends Result<'incoming.get'> | Result<'outgoing.get'>>(
  look: () => Promise<T>,
): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const detail = await look();
    // What failed waits for its next turn.
    const waiting = 'pending' in detail ? detail.pending.filter(({ nextAt }) => nextAt < end) : [];
    if (detail.official && detail.official.verdict !== 'not-concluded' && waiting.length === 0) return detail;
    if (Date.now() > end) throw new Error(`the authority was not asked about ${JSON.stringify(waiting)}`);
    await setTimeout(50);
  }
}
