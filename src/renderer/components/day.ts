import { showDay } from '../../shared/text/dates.ts';

/** `20/11/2026`, also `20-11-2026` or `20.11.2026`, as `2026-11-20`; null for anything that is no day. */
export function parseDay(text: string): string | null {
  const match = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
  if (!match) return null;
  const [, date = '', month = '', year = ''] = match;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day ? null : day;
}

export const writeDay = (day: string | null): string => (day === null ? '' : showDay(day));
