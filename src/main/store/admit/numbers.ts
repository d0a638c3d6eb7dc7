import type { Series } from '../../../shared/domain/records.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import { showDay, type IsoDay } from '../../../shared/text/dates.ts';
import { nextNumber } from '../queries/documents.ts';
import type { Tables } from '../sql.ts';

/**
 * The next number of the year of `day`. Numbers follow the order of time (NĐ 30/2020, Điều 15.1): a clock set back
 * gives none.
 * @throws DeskError documents.clock-behind
 */
export function takeNumber(tables: Tables, series: Series, day: IsoDay): number {
  const { number, lastDate } = nextNumber(tables, series, Number(day.slice(0, 4)));
  if (lastDate !== null && day < lastDate)
    throw new DeskError('documents.clock-behind', { date: showDay(lastDate) });
  return number;
}

/** @throws DeskError documents.wrong-state for a number that is not the next, documents.clock-behind */
export function requireNext(tables: Tables, series: Series, number: number, day: IsoDay): void {
  if (takeNumber(tables, series, day) !== number) throw new DeskError('documents.wrong-state');
}
