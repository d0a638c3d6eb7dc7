import { daysUntil, localDay, localYear, showClock, showDay } from '../../shared/text/dates.ts';
import type { Language } from '../texts/language.ts';
import { texts } from './texts.ts';

/** `10:05` today, `hôm qua`, `12/10` this year, `12/10/2025` before. */
export function shortTime(utcMs: number, nowMs: number, language: Language): string {
  const days = daysUntil(localDay(utcMs), nowMs);
  if (days === 0) return showClock(utcMs);
  if (days === -1) return texts[language].yesterday;
  const day = showDay(localDay(utcMs));
  return localYear(utcMs) === localYear(nowMs) ? day.slice(0, 5) : day;
}

export interface DueText {
  readonly text: string;
  readonly overdue: boolean;
}

/** `quá hạn 3 ngày`, `hạn hôm nay`, `hạn 12/10`. */
export function dueText(day: string, nowMs: number, language: Language): DueText {
  const words = texts[language];
  const days = daysUntil(day, nowMs);
  if (days < 0) return { text: words.overdue(-days), overdue: true };
  if (days === 0) return { text: words.dueToday, overdue: false };
  const shown = showDay(day);
  return {
    text: words.due(day.slice(0, 4) === String(localYear(nowMs)) ? shown.slice(0, 5) : shown),
    overdue: false,
  };
}
