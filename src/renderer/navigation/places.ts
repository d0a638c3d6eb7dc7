import type { Tile } from '../../shared/ipc/today.ts';
import { type Capability, grantOf, type Role } from '../../shared/domain/permissions.ts';
import type { Place } from '../../shared/domain/places.ts';
import { records } from '../../shared/domain/records.ts';
import { go } from './route.ts';

/** What somebody must be allowed to do, at least one of them, for a place to be shown to them. */
const needed: Readonly<Partial<Record<Place, readonly Capability[]>>> = {
  incoming: [records.incoming.view],
  outgoing: [records.outgoing.view],
  signing: ['outgoing.sign', 'outgoing.seal', 'file.sign'],
  exchange: ['exchange.view'],
  register: ['register.view'],
  settings: ['settings.view'],
};

/** Whether a place is shown to a role. */
export function mayEnter(role: Role, place: Place): boolean {
  return needed[place]?.some((capability) => grantOf(role, capability) !== undefined) ?? true;
}

/** The places on the left, in the order of a document's way through the office. */
export const mainPlaces = ['today', 'incoming', 'outgoing', 'signing', 'exchange', 'register'] as const;

/** Where the work of a tile is done. */
export const placeOfTile: Readonly<Record<Tile['key'], Place>> = {
  'to-register': 'incoming',
  'to-direct': 'incoming',
  'to-handle': 'incoming',
  'due-soon': 'incoming',
  overdue: 'incoming',
  'to-check': 'outgoing',
  'to-number': 'outgoing',
  'to-issue': 'outgoing',
  'to-sign': 'signing',
  'to-seal': 'signing',
  'not-sent': 'exchange',
  quarantined: 'exchange',
};

/** Reminders about work that other tiles count already. */
const reminders: ReadonlySet<Tile['key']> = new Set(['due-soon', 'overdue']);

/** How much waits for the person at the desk in each place. */
export function waitingByPlace(tiles: readonly Tile[]): Partial<Record<Place, number>> {
  const counts: Partial<Record<Place, number>> = {};
  for (const { key, count } of tiles) {
    const place = placeOfTile[key];
    if (!reminders.has(key)) counts[place] = (counts[place] ?? 0) + count;
  }
  return counts;
}

/** Opens the list a tile stands for. */
export function openTile(key: Tile['key']): void {
  go(placeOfTile[key], null, { filter: key });
}

/** Opens a document where the tile's work on it is done. */
export function openFromTile(key: Tile['key'], document: Tile['documents'][number]): void {
  const place = placeOfTile[key];
  const home = place === 'signing' || place === 'exchange' ? place : records[document.kind].place;
  go(home, document.id, { filter: key });
}
