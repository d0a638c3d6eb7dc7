import { kindName } from '../../../shared/domain/kind-name.ts';
import type { CellsOf, Register } from '../../../shared/domain/registers.ts';
import type { ParsedArgument } from '../../../shared/ipc/index.ts';
import type { Book } from '../../../shared/ipc/register.ts';
import { localDay } from '../../../shared/text/dates.ts';
import type { Store, Tables } from '../../store/index.ts';
import { arrivals, departures, type ArrivalLine, type DepartureLine } from '../../store/queries/registers.ts';

interface Row<R extends Register> {
  id: string;
  cells: CellsOf<R>;
}

const readers: { readonly [R in Register]: (tables: Tables, from: string, to: string) => Row<R>[] } = {
  incoming: (tables, from, to) =>
    arrivals(tables, from, to).map((line) => ({ id: line.id, cells: arrivalCells(line) })),
  outgoing: (tables, from, to) =>
    departures(tables, from, to).map((line) => ({ id: line.id, cells: departureCells(line) })),
};

/** A register over the days `from` to `to`, both included. */
export function book<R extends Register>(
  { tables }: Store,
  { book: register, from, to }: ParsedArgument<'register.book'> & { book: R },
): Extract<Book, { book: R }> {
  const rows: Row<R>[] = readers[register](tables, from, to);
  return { book: register, from, to, rows } as unknown as Extract<Book, { book: R }>;
}

const dayAt = (time: number | null) => (time === null ? null : localDay(time));
const withKind = (kind: string, subject: string) => [kind, subject].filter(Boolean).join(': ');

function arrivalCells(line: ArrivalLine): CellsOf<'incoming'> {
  const { arrivalDate, arrivalNumber, sender, code, issuedDate } = line;
  return {
    arrivalDate,
    arrivalNumber,
    sender,
    code,
    issuedDate,
    subject: withKind(line.kindName, line.subject),
    handlers: line.handlers ?? '',
    handedOver: dayAt(line.directedAt),
    receipt: null,
    note: line.duplicateOf === null ? '' : 'Trùng với văn bản đã vào sổ, văn thư đã xác nhận',
  };
}

/** A cancelled number keeps its line. */
function departureCells(line: DepartureLine): CellsOf<'outgoing'> {
  const { code, issuedDate, signer } = line;
  return {
    code,
    issuedDate,
    subject: withKind(kindName(line.kindId, 'vi'), line.subject),
    signer,
    recipients: line.recipients ?? '',
    keeper: ['VT', line.unit || line.drafterUnit].filter(Boolean).join(', '),
    copies: line.recipientCount,
    handedOver: dayAt(line.issuedAt),
    receipt: null,
    note: line.cancelledReason === null ? '' : `Hủy số: ${line.cancelledReason}`,
  };
}
