import type { Person } from '../../../shared/domain/people.ts';
import type { Result } from '../../../shared/ipc/index.ts';
import type { Tile } from '../../../shared/ipc/today.ts';
import { localDay, startOfDay } from '../../../shared/text/dates.ts';
import type { Store } from '../../store/index.ts';
import { inboxIn } from '../../store/queries/exchange.ts';
import {
  waitingForSending,
  waitingIncoming,
  waitingOutgoing,
  type Waiting,
} from '../../store/queries/registers.ts';
import { urgencyOf } from '../common/show.ts';

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
