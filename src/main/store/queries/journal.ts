import type { Base, Entry } from '../events/index.ts';
import { entriesWithHash } from '../journal.ts';
import { one, type Tables } from '../sql.ts';

/** Every entry of the office about one subject, oldest first. */
export function entriesAbout(tables: Tables, subject: string): Entry[] {
  return entriesWithHash(tables, 'office', subject).map(({ entry }) => entry);
}

/** What an entry of the office is about; undefined when its body is not here. */
export function subjectOf(tables: Tables, seq: number): string | undefined {
  return one<{ subject: string }>(tables, 'SELECT subject FROM bodies WHERE seq = ?', [seq])?.subject;
}

/** The latest time any entry of the office after this one claims to be of; null when there is none. */
export function newestEntryAfter(tables: Tables, seq: number): number | null {
  return (
    one<{ at: number | null }>(tables, 'SELECT max(at) AS at FROM bodies WHERE seq > ?', [seq])?.at ?? null
  );
}

/** What is known of subjects now: what an act that takes a while to make is decided on. */
export function baseOf(tables: Tables, ...subjects: string[]): Base {
  return subjects.map((subject) => {
    const last = one<{ hash: Buffer }>(tables, 'SELECT hash FROM versions WHERE subject = ?', [subject]);
    return { subject, hash: last?.hash.toString('hex') ?? null };
  });
}
