import type { ExchangeState } from '../../shared/ipc/exchange.ts';
import { localDay, showClock, showTime } from '../../shared/text/dates.ts';
import { type Language, showNumber } from '../texts/language.ts';
import { texts } from './texts.ts';

/** `good`: works. `quiet`: nothing to see. `caution`: offline, goes on by itself. `bad`: needs a person. */
export type SyncTone = 'good' | 'quiet' | 'caution' | 'bad';

export interface SyncLine {
  readonly tone: SyncTone;
  readonly text: string;
}

/** `10:32` today, with its day before. */
export function clockOf(atMs: number, nowMs: number): string {
  return localDay(atMs) === localDay(nowMs) ? showClock(atMs) : showTime(atMs);
}

const line = (tone: SyncTone, ...parts: (string | null)[]): SyncLine => ({
  tone,
  text: parts.filter((part) => part !== null).join(', '),
});

/** The exchange in one line: `Đang ngoại tuyến, lần cuối 10:32, 2 văn bản chờ gửi`. */
export function syncLine(state: ExchangeState, nowMs: number, language: Language): SyncLine {
  const words = texts[language].state;
  if (!state.configured) return line('quiet', words.unconfigured);
  const last = state.lastSyncAt === null ? null : clockOf(state.lastSyncAt, nowMs);
  const waiting =
    state.waitingDocuments > 0 ? words.waiting(showNumber(state.waitingDocuments, language)) : null;
  if (state.phase === 'syncing') return line('quiet', words.syncing);
  if (state.phase === 'halted') return line('bad', words.halted, waiting);
  if (state.phase === 'stopped') return line('quiet', words.stopped, waiting);
  if (state.online === false) return line('caution', words.offline, last && words.last(last), waiting);
  if (last === null) return line('quiet', words.never, waiting);
  return line(state.problem ? 'caution' : 'good', words.synced(last), waiting);
}
