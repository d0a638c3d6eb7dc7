import { type IsoDay, localDay } from '../../shared/text/dates.ts';

export interface Period {
  readonly from: IsoDay;
  readonly to: IsoDay;
}

/** From the first of the month, or of January, to today. */
export function monthToDate(nowMs: number): Period {
  const to = localDay(nowMs);
  return { from: `${to.slice(0, 7)}-01`, to };
}

export function yearToDate(nowMs: number): Period {
  const to = localDay(nowMs);
  return { from: `${to.slice(0, 4)}-01-01`, to };
}

export function isPeriod({ from, to }: Period): boolean {
  return from <= to;
}
