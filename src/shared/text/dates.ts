/** Vietnam has no daylight saving: local time is UTC + 7 hours, all year. */
const offsetMs = 7 * 3_600_000;
const dayMs = 86_400_000;

const two = (n: number) => String(n).padStart(2, '0');

/** Calendar day in Vietnam as stored and compared: `2026-11-20`. */
export type IsoDay = string;

const local = (utcMs: number) => new Date(utcMs + offsetMs);

/** The calendar day in Vietnam at a time. */
export function localDay(utcMs: number): IsoDay {
  return local(utcMs).toISOString().slice(0, 10);
}

/** The calendar year in Vietnam at a time. */
export function localYear(utcMs: number): number {
  return local(utcMs).getUTCFullYear();
}

/** First millisecond (UTC) of a Vietnamese calendar day. */
export function startOfDay(day: IsoDay): number {
  return Date.parse(`${day}T00:00:00Z`) - offsetMs;
}

/** `20/11/2026` */
export function showDay(day: IsoDay): string {
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}`;
}

/** `20/11/2026 10:32` */
export function showTime(utcMs: number): string {
  return `${showDay(localDay(utcMs))} ${showClock(utcMs)}`;
}

/** `10:32` */
export function showClock(utcMs: number): string {
  return local(utcMs).toISOString().slice(11, 16);
}

/**
 * Date as an official letter writes it: day below 10 and months 1 and 2 with a leading zero.
 * Source: NĐ 30/2020, Phụ lục I, Phần I, II.4b.
 */
export function letterDate(day: IsoDay): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return `ngày ${two(date)} tháng ${month < 3 ? two(month) : month} năm ${year}`;
}

/** `2026-11-20T16:04:05+07:00`: signing time shown in marks (NĐ 30/2020, Phụ lục I: ISO 8601). */
export function isoWithZone(utcMs: number): string {
  return `${local(utcMs).toISOString().slice(0, 19)}+07:00`;
}

/** Whole days from the day of `fromUtcMs` to `day`; negative when the day has passed. */
export function daysUntil(day: IsoDay, fromUtcMs: number): number {
  return Math.round((startOfDay(day) - startOfDay(localDay(fromUtcMs))) / dayMs);
}
