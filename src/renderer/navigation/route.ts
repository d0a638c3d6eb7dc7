import { create } from 'zustand';
import { type Place, places } from '../../shared/domain/places.ts';

/** Where the person is: a place, at most one thing open in it, and what narrows it (`filter`, `text`, …). */
export interface Route {
  readonly place: Place;
  readonly id: string | null;
  readonly query: Readonly<Record<string, string>>;
}

const isPlace = (text: string): text is Place => (places as readonly string[]).includes(text);

/** `#/incoming/<id>?filter=to-register`; whatever is not an address of ours leads home. */
export function parseHash(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [place = '', id = ''] = path.split('/').map(decode);
  if (!isPlace(place)) return { place: 'today', id: null, query: {} };
  return { place, id: id || null, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** The address of a route; `parseHash` reads it again. */
export function formatHash({ place, id, query }: Route): string {
  const search = new URLSearchParams(query).toString();
  return `#/${place}${id ? `/${encodeURIComponent(id)}` : ''}${search ? `?${search}` : ''}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** The route to a place, to what is open in it, and what narrows it. */
export function routeTo(place: Place, id: string | null = null, query: Route['query'] = {}): Route {
  return { place, id, query };
}

interface NavigationStore {
  readonly route: Route;
}

export const useNavigation = create<NavigationStore>(() => ({
  route: parseHash(typeof window === 'undefined' ? '' : window.location.hash),
}));

/** Where the person is now. */
export const useRoute = (): Route => useNavigation((state) => state.route);

/** Goes there and remembers the way back. */
export function go(place: Place, id: string | null = null, query: Route['query'] = {}): void {
  window.location.hash = formatHash({ place, id, query });
}

/** Goes there in place of where one is now: Back skips the present address. */
export function replace(place: Place, id: string | null = null, query: Route['query'] = {}): void {
  window.history.replaceState(null, '', formatHash({ place, id, query }));
  useNavigation.setState({ route: { place, id, query } });
}

/** One step back, as the browser counts them. */
export function back(): void {
  window.history.back();
}

/** Follows the address bar; called once at start. */
export function followHash(): void {
  window.addEventListener('hashchange', () => {
    useNavigation.setState({ route: parseHash(window.location.hash) });
  });
}
