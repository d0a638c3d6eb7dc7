import { kindById } from '../../../shared/domain/kinds.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import { localDay, showDay, type IsoDay } from '../../../shared/text/dates.ts';
import type { Store, Tables } from '../../store/index.ts';
import { arrivals, departures } from '../../store/queries/registers.ts';

/** The register with the ten columns of NĐ 30/2020, Phụ lục IV, in their order. */
export function book(
  store: Store,
  { book, from, to }: ParsedArgument<'register.book'>,
): Result<'register.book'> {
  const rows =
    book === 'incoming' ? arrivalRows(store.tables, from, to) : departureRows(store.tables, from, to);
  return { book, from, to, rows };
}

const dayOf = (day: IsoDay | null) => (day === null ? '' : showDay(day));
const dayAt = (time: number | null) => (time === null ? '' : showDay(localDay(time)));

/** Sổ đăng ký văn bản đến (Phụ lục IV, mục I.3). */
function arrivalRows(tables: Tables, from: IsoDay, to: IsoDay) {
  return arrivals(tables, from, to).map((line) => ({
    id: line.id,
    cells: [
      showDay(line.arrival_date),
      String(line.arrival_number),
      line.sender_name,
      line.code,
      dayOf(line.issued_date),
      [line.kind_name, line.subject].filter(Boolean).join(': '),
      line.handlers ?? '',
      dayAt(line.directed_at),
      '',
      line.duplicate_of === null ? '' : 'Trùng với văn bản đã vào sổ, văn thư đã xác nhận',
    ],
  }));
}

/** Sổ đăng ký văn bản đi (Phụ lục IV, mục I.1); a cancelled number keeps its line. */
function departureRows(tables: Tables, from: IsoDay, to: IsoDay) {
  return departures(tables, from, to).map((line) => ({
    id: line.id,
    cells: [
      line.code,
      showDay(line.issued_date),
      [kindById(line.kind_id)?.vi ?? '', line.subject].filter(Boolean).join(': '),
      line.signer,
      line.recipients ?? '',
      ['VT', line.unit || line.drafter_unit].filter(Boolean).join(', '),
      String(line.recipient_count),
      dayAt(line.issued_at),
      '',
      line.cancelled_reason === null ? '' : `Hủy số: ${line.cancelled_reason}`,
    ],
  }));
}
