import {
  type ColumnOf,
  type Register,
  type RegisterColumn,
  registers,
} from '../../shared/domain/registers.ts';
import type { Book } from '../../shared/ipc/register.ts';
import { showDay } from '../../shared/text/dates.ts';
import type { texts } from './texts.ts';

/** Share of the breadth of each of the ten columns, on screen and on paper, in hundredths. */
export const widths: { readonly [R in Register]: Readonly<Record<ColumnOf<R>['key'], number>> } = {
  incoming: {
    arrivalDate: 9,
    arrivalNumber: 5,
    sender: 12,
    code: 13,
    issuedDate: 9,
    subject: 20,
    handlers: 11,
    handedOver: 9,
    receipt: 6,
    note: 6,
  },
  outgoing: {
    code: 13,
    issuedDate: 9,
    subject: 20,
    signer: 10,
    recipients: 14,
    keeper: 9,
    copies: 5,
    handedOver: 9,
    receipt: 5,
    note: 6,
  },
};

export interface ShownColumn extends RegisterColumn {
  readonly heading: string;
  /** In hundredths. */
  readonly width: number;
}

/** The ten columns of a register, in the order printed. */
export function columnsOf(register: Register, words: typeof texts.vi): readonly ShownColumn[] {
  const headings: Readonly<Record<string, string>> = words.columns[register];
  const shares: Readonly<Record<string, number>> = widths[register];
  return registers[register].map(({ key, type }) => ({
    key,
    type,
    heading: headings[key]!,
    width: shares[key]!,
  }));
}

/** What stands in a cell, as printed. */
export function showCell({ key, type }: RegisterColumn, cells: Book['rows'][number]['cells']): string {
  const value = (cells as Readonly<Record<string, string | number | null>>)[key];
  if (value === null || value === undefined) return '';
  return type === 'day' ? showDay(String(value)) : String(value);
}
