import type { Store } from '../../store/index.ts';
import type { Opening } from './orders.ts';

/** By SHA-256, in the memory of the running program and nowhere else: never in a file, the journal or the log. */
const passwords = new WeakMap<Store, Map<string, string>>();

/** What opens a file: nothing for one that needs no password, or whose password nobody has entered. */
export function openingOf(store: Store, file: string): Opening {
  const password = passwords.get(store)?.get(file);
  return password === undefined ? {} : { password };
}

export function keepPassword(store: Store, file: string, password: string): void {
  const known = passwords.get(store) ?? new Map<string, string>();
  passwords.set(store, known.set(file, password));
}

/** A file grown from one with a password is opened with the same. */
export function keepOpening(store: Store, before: string, grown: string): void {
  const { password } = openingOf(store, before);
  if (password !== undefined) keepPassword(store, grown, password);
}
