import type { Opening } from '../common/pages.ts';

/** What opens the files of an office: in the memory of the running program, never in a file, the journal or the log. */
export interface Passwords {
  /** Nothing for a file that needs no password, or whose password nobody has entered. */
  openingOf(file: string): Opening;
  keep(file: string, password: string): void;
  /** A file grown from one with a password is opened with the same. */
  keepFor(grown: string, before: string): void;
}

/** Passwords of files, by hash, in memory only and until the program ends. */
export function createPasswords(): Passwords {
  const passwords = new Map<string, string>();
  const openingOf = (file: string): Opening => {
    const password = passwords.get(file);
    return password === undefined ? {} : { password };
  };
  return {
    openingOf,
    keep: (file, password) => void passwords.set(file, password),
    keepFor(grown, before) {
      const { password } = openingOf(before);
      if (password !== undefined) passwords.set(grown, password);
    },
  };
}
