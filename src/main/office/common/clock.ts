import { DeskError } from '../../../shared/errors/index.ts';
import { showTime } from '../../../shared/text/dates.ts';
import { program, type EventOf } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import { journalLength } from '../../store/journal.ts';
import { newestEntryAfter } from '../../store/queries/journal.ts';
import { trustedClock } from '../../store/queries/proofs.ts';
import { newEvent } from './events.ts';

/** Two clocks that differ by less agree. */
export const APART_MS = 5 * 60_000;
const AWAY_MS = 24 * 3_600_000;
/** A comparison is old long before the guard would ask for one. */
const STALE_MS = 6 * 3_600_000;

/**
 * A time that is not this computer's own. It is recorded only when it tells something: the first one, one after hours,
 * after the clock was changed, or one that puts entries right which claim a later time. A clock that was once ahead
 * leaves such entries behind; from the next trusted time on they count no more.
 * @param time UTC milliseconds
 */
export function learnTime(
  store: Store,
  source: EventOf<'clock.trusted'>['data']['source'],
  time: number,
): void {
  const now = store.now();
  const isNews = () => {
    const known = trustedClock(store.tables);
    if (!known || now < known.at || now - known.at > STALE_MS) return true;
    const drift = now - time - (known.at - known.time);
    const latest = newestEntryAfter(store.tables, known.after);
    return Math.abs(drift) > APART_MS || (latest !== null && latest > now + APART_MS);
  };
  // Looked at first without the lock of a write: the axis tells its time with every answer.
  if (!isNews()) return;
  try {
    store.record(program, () => (isNews() ? compared(store, source, time) : null));
  } catch (error) {
    // Whoever asked for something else must not fail over it: the next answer tells the time as well.
    if (!(error instanceof DeskError)) throw error;
  }
}

/**
 * A signature says when it was made by this computer's clock, and a number has its date: a clock that went back, or that
 * nobody has compared for a day, is confirmed by the person first. What somebody confirmed is a comparison like any
 * other: it is asked once. (A number given while the clock is days ahead would keep all others waiting until that day.)
 * @throws DeskError documents.clock-back, documents.clock-away
 */
export function requireClock(store: Store, isAccepted: boolean): void {
  const now = store.now();
  const doubt = doubtOf(store, now);
  if (!doubt) return;
  if (!isAccepted) throw doubt;
  store.record(program, () => compared(store, 'person', now));
}

const compared = ({ tables }: Store, source: EventOf<'clock.trusted'>['data']['source'], time: number) =>
  newEvent('clock.trusted', 'clock', { source, time, after: journalLength(tables) });

function doubtOf({ tables }: Store, now: number): DeskError | null {
  const trusted = trustedClock(tables);
  const seen = Math.max(newestEntryAfter(tables, trusted?.after ?? 0) ?? 0, trusted?.time ?? 0);
  const times = (last: number) => ({ now: showTime(now), last: showTime(last) });
  if (now < seen - APART_MS) return new DeskError('documents.clock-back', times(seen));
  if (trusted && Math.abs(now - trusted.time) > AWAY_MS)
    return new DeskError('documents.clock-away', times(trusted.time));
  return null;
}
