import type { Person } from '../../../shared/domain/people.ts';
import { grantOf, type Capability } from '../../../shared/domain/permissions.ts';
import type { Result } from '../../../shared/ipc/index.ts';
import type { Tile } from '../../../shared/ipc/today.ts';
import { localDay, startOfDay, type IsoDay } from '../../../shared/text/dates.ts';
import type { Store, Tables } from '../../store/index.ts';
import { inboxIn } from '../../store/queries/exchange.ts';
import {
  waitingForSending,
  waitingIncoming,
  waitingOutgoing,
  type Waiting,
} from '../../store/queries/registers.ts';

const DAY_MS = 86_400_000;
const soonDays = 3;

/** One tile, what it is for, and what waits there for a person on a day. */
interface TileDefinition {
  readonly key: Tile['key'];
  readonly need?: Capability;
  readonly waiting: (tables: Tables, person: Person, today: IsoDay) => Waiting;
}

const open = ['registered', 'directed', 'processing'] as const;

/** Whoever sees every document answers for every deadline of the office, the others for their own. */
const watched = ({ id, role }: Person) => (grantOf(role, 'incoming.view') === 'all' ? {} : { handlerId: id });

/** In the order of the work. */
const definitions: readonly TileDefinition[] = [
  {
    key: 'to-register',
    need: 'incoming.register',
    waiting: (tables) => waitingIncoming(tables, { states: ['arrived'] }),
  },
  {
    key: 'to-direct',
    need: 'incoming.direct',
    waiting: (tables) => waitingIncoming(tables, { states: ['registered'] }),
  },
  { key: 'to-check', need: 'outgoing.check', waiting: (tables) => waitingOutgoing(tables, 'checking') },
  {
    key: 'to-sign',
    need: 'outgoing.sign',
    waiting: (tables, { id }) => waitingOutgoing(tables, 'to-sign', id),
  },
  { key: 'to-number', need: 'outgoing.number', waiting: (tables) => waitingOutgoing(tables, 'signed') },
  { key: 'to-seal', need: 'outgoing.seal', waiting: (tables) => waitingOutgoing(tables, 'numbered') },
  { key: 'to-issue', need: 'outgoing.issue', waiting: (tables) => waitingOutgoing(tables, 'sealed') },
  { key: 'not-sent', need: 'outgoing.issue', waiting: waitingForSending },
  {
    key: 'quarantined',
    need: 'incoming.register',
    waiting: (tables) => ({ count: inboxIn(tables, 'quarantined').length, documents: [] }),
  },
  {
    key: 'to-handle',
    waiting: (tables, { id }) =>
      waitingIncoming(tables, { states: ['directed', 'processing'], handlerId: id }),
  },
  {
    key: 'due-soon',
    waiting: (tables, person, today) =>
      waitingIncoming(tables, {
        states: open,
        ...watched(person),
        dueFrom: today,
        dueTo: localDay(startOfDay(today) + soonDays * DAY_MS),
      }),
  },
  {
    key: 'overdue',
    waiting: (tables, person, today) =>
      waitingIncoming(tables, { states: open, ...watched(person), dueTo: localDay(startOfDay(today) - 1) }),
  },
];

/** What waits today, for the person at the desk: the home screen. */
export function tiles(store: Store, person: Person): Result<'today.tiles'> {
  const today = localDay(store.now());
  const own = definitions.filter(
    ({ need }) => need === undefined || grantOf(person.role, need) !== undefined,
  );
  return {
    tiles: own.map(({ key, waiting }) => {
      const { count, documents } = waiting(store.tables, person, today);
      return { key, count, documents };
    }),
  };
}
