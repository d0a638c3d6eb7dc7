import type { Book } from '../../shared/ipc/register.ts';
import type { texts } from './texts.ts';

/** Share of the breadth of each of the ten columns, on screen and on paper, in hundredths. */
export const widths: Readonly<Record<Book['book'], readonly number[]>> = {
  incoming: [8, 5, 13, 11, 8, 23, 12, 7, 6, 7],
  outgoing: [11, 8, 24, 10, 15, 9, 5, 7, 5, 6],
};

/** Columns of figures stand to the right. */
export const figures: Readonly<Record<Book['book'], readonly number[]>> = { incoming: [1], outgoing: [6] };

/** The ten headings in the order of NĐ 30/2020, Phụ lục IV. */
export function headings(book: Book['book'], words: typeof texts.vi): readonly string[] {
  return words.columns[book];
}
