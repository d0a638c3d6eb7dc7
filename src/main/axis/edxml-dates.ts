import type { IsoDay } from '../../shared/text/dates.ts';
import { localDay, startOfDay } from '../../shared/text/dates.ts';

/**
 * Dates as the field writes them, told apart by their shape: `yyyy/MM/dd`, `yyyy-MM-dd`, `dd/MM/yyyy`, `dd-MM-yyyy`,
 * `yyyyMMdd`, ISO 8601, epoch milliseconds, each with or without a time. Times without a zone are Vietnamese.
 * What names no real day (30 February, year 19) is null: a date is never rolled over into another one.
 */
export function parseTime(text: string): number | null {
  if (/^\d{12,13}$/.test(text)) return within(Number(text));
  const match =
    /^(?<y>\d{4})[/.-](?<m>\d{1,2})[/.-](?<d>\d{1,2})(?:[T ]+(?<rest>.{1,40}))?$/.exec(text) ??
    /^(?<d>\d{1,2})[/.-](?<m>\d{1,2})[/.-](?<y>\d{4})(?:[T ]+(?<rest>.{1,40}))?$/.exec(text) ??
    /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/.exec(text);
  if (!match?.groups) return null;
  const { y = '', m = '', d = '', rest } = match.groups;
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const midnight = startOfDay(day);
  if (Number.isNaN(midnight) || localDay(midnight) !== day) return null;
  const clock = rest === undefined ? 0 : parseClock(rest);
  return clock === null ? null : within(midnight + clock);
}

export function parseDay(text: string): IsoDay | null {
  const at = parseTime(text);
  return at === null ? null : localDay(at);
}

/** Milliseconds from Vietnamese midnight. */
function parseClock(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  if (!match) return null;
  const [, hours, minutes, seconds = '0', fraction = '0', zone] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const clock = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
  return (
    clock +
    Math.trunc(Number(`0.${fraction}`) * 1000) +
    (zone === undefined ? 0 : 7 * 3_600_000 - zoneMs(zone))
  );
}

function zoneMs(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.replace(':', '');
  const ms = Number(digits.slice(1, 3)) * 3_600_000 + Number(digits.slice(3, 5)) * 60_000;
  return digits.startsWith('-') ? -ms : ms;
}

/** Documents of an office are neither older than the civil service nor from the next century. */
function within(at: number): number | null {
  return at >= Date.UTC(1900, 0, 1) && at < Date.UTC(2200, 0, 1) ? at : null;
}
