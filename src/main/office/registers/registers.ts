import { kindById } from '../../../shared/domain/kinds.ts';
import type { Person } from '../../../shared/domain/people.ts';
import { grantOf } from '../../../shared/domain/permissions.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { Hit } from '../../../shared/ipc/search.ts';
import type { Tile } from '../../../shared/ipc/today.ts';
import { localDay, showDay, startOfDay, type IsoDay } from '../../../shared/text/dates.ts';
import type { Store, Tables } from '../../store/index.ts';
import { inboxIn } from '../../store/queries/exchange.ts';
import {
  arrivals,
  departures,
  waitingForSending,
  waitingIncoming,
  waitingOutgoing,
} from '../../store/queries/registers.ts';
import type { Waiting } from '../../store/queries/registers.ts';
import { searchDocuments, searchedTexts, type SearchHit } from '../../store/queries/search.ts';
import { excerpt } from './excerpt.ts';
import { urgencyOf } from '../common/show.ts';

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

const soonDays = 3;

/** What waits today, for the person at the desk: the home screen. */
export function tiles(store: Store, person: Person): Result<'today.tiles'> {
  const { tables } = store;
  const today = localDay(store.now());
  const yesterday = localDay(startOfDay(today) - 1);
  const soon = localDay(startOfDay(today) + soonDays * 86_400_000);
  const open = ['registered', 'directed', 'processing'] as const;
  // The principal answers for every deadline of the office, a teacher for his own.
  const watched = person.role === 'teacher' ? { handlerId: person.id } : {};
  const due = [
    tile('due-soon', waitingIncoming(tables, { states: open, ...watched, dueFrom: today, dueTo: soon })),
    tile('overdue', waitingIncoming(tables, { states: open, ...watched, dueTo: yesterday })),
  ];
  const handle = tile(
    'to-handle',
    waitingIncoming(tables, { states: ['directed', 'processing'], handlerId: person.id }),
  );
  if (person.role === 'teacher') return { tiles: [handle, ...due] };
  if (person.role === 'principal')
    return {
      tiles: [
        tile('to-direct', waitingIncoming(tables, { states: ['registered'] })),
        tile('to-sign', waitingOutgoing(tables, 'to-sign', person.id)),
        handle,
        ...due,
      ],
    };
  return {
    tiles: [
      tile('to-register', waitingIncoming(tables, { states: ['arrived'] })),
      tile('to-check', waitingOutgoing(tables, 'checking')),
      tile('to-number', waitingOutgoing(tables, 'signed')),
      tile('to-seal', waitingOutgoing(tables, 'numbered')),
      tile('to-issue', waitingOutgoing(tables, 'sealed')),
      tile('not-sent', waitingForSending(tables)),
      { key: 'quarantined', count: inboxIn(tables, 'quarantined').length, documents: [] },
      handle,
      ...due,
    ],
  };
}

function tile(key: Tile['key'], { count, documents }: Waiting): Tile {
  return {
    key,
    count,
    documents: documents.map((row) => ({
      id: row.id,
      direction: row.direction,
      code: row.code,
      subject: row.subject,
      urgency: urgencyOf(row.urgency),
      dueDate: row.due_date,
    })),
  };
}

/** Full-text search, newest first, with the words around each match. */
export function search(
  store: Store,
  person: Person,
  { text, limit, offset }: ParsedArgument<'search.find'>,
): Result<'search.find'> {
  const reader = {
    personId: person.id,
    ownIncomingOnly: grantOf(person.role, 'incoming.view') !== 'all',
    ownOutgoingOnly: grantOf(person.role, 'outgoing.view') !== 'all',
  };
  const { hits, total } = searchDocuments(store.tables, text, reader, { limit, offset });
  const withExcerpt = (hit: SearchHit): Hit => ({
    ...hit,
    excerpt: excerpt(searchedTexts(store, hit), text),
  });
  return { total, hits: hits.map(withExcerpt) };
}
