import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { DeskError } from '../../shared/errors/index.ts';
import { createHash } from '../crypto/index.ts';
import { canonicalJson } from './canonical.ts';
import {
  actorSchema,
  baseSchema,
  events,
  isEventType,
  vocabulary,
  type Actor,
  type Base,
  type Entry,
  type EventOf,
  type EventType,
  type OfficeEvent,
} from './events/index.ts';
import { upcast, versionOf } from './upcasters.ts';
import { all, insert, one, run, type Tables } from './sql.ts';

/**
 * The office's journal, and the one of this PC alone, which never leaves it. Both are chains of the same form, in
 * tables of their own:
 *
 *     content = SHA-256(tag, 16 random bytes, body)
 *     hash    = SHA-256(tag, hash before, seq as 8 bytes big endian, content)
 *
 * `journal` keeps content and hash and never changes. `bodies` keeps salt and body (canonical JSON): a body can be
 * purged by an entry that says so (`incoming.purged`), as the law wants of a secret letter, and the chain still verifies;
 * the salt keeps what was purged from being guessed. Two journals have different tags, so that no entry of one can stand in the other.
 */
export type JournalName = 'office' | 'local';
export const journalNames: readonly JournalName[] = ['office', 'local'];

const tables = {
  office: { journal: 'journal', bodies: 'bodies' },
  local: { journal: 'local_journal', bodies: 'local_bodies' },
} as const satisfies Record<JournalName, unknown>;

export const journalOf = (type: EventType): JournalName =>
  events[type].sort === 'local' ? 'local' : 'office';

/** The hash before the first entry. */
export const origin = Buffer.alloc(32);

export function contentHash(name: JournalName, salt: Uint8Array, body: string): Buffer {
  return createHash('sha256').update(`ban-van-thu ${name} content\n`).update(salt).update(body).digest();
}

export function entryHash(name: JournalName, before: Uint8Array, seq: number, content: Uint8Array): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(seq));
  const hash = createHash('sha256').update(`ban-van-thu ${name} entry\n`);
  return hash.update(before).update(place).update(content).digest();
}

/**
 * Whether a row is the one that was written after the entry whose hash is `before`: its place, its hash, and its body,
 * which may be gone only where an entry says so.
 */
export function fits(
  name: JournalName,
  before: Uint8Array,
  place: number,
  { seq, content, hash, salt, body }: JournalRow,
  isPurged: boolean,
): boolean {
  if (seq !== place || !entryHash(name, before, seq, content).equals(hash)) return false;
  return salt === null || body === null ? isPurged : contentHash(name, salt, body).equals(content);
}

/** An entry as it is stored. What was purged has neither salt nor body. */
export interface JournalRow {
  readonly seq: number;
  readonly content: Buffer;
  readonly hash: Buffer;
  readonly salt: Buffer | null;
  readonly body: string | null;
}

/** The rows after `seq`, in order, `count` at most. */
export function rowsAfter(db: Tables, name: JournalName, seq: number, count: number): JournalRow[] {
  const { journal, bodies } = tables[name];
  return all<JournalRow>(
    db,
    `SELECT seq, content, hash, salt, body FROM ${journal} LEFT JOIN ${bodies} USING (seq)
     WHERE seq > ? ORDER BY seq LIMIT ?`,
    [seq, count],
  );
}

/** How many entries there are. */
export function journalLength(db: Tables, name: JournalName = 'office'): number {
  return one<{ length: number }>(db, `SELECT coalesce(max(seq), 0) AS length FROM ${tables[name].journal}`)!
    .length;
}

/** Every entry about one subject, in order. */
export function entriesWithHash(
  db: Tables,
  name: JournalName,
  subject: string,
): { entry: Entry; hash: Buffer }[] {
  const { journal, bodies } = tables[name];
  const rows = all<{ seq: number; body: string; hash: Buffer }>(
    db,
    `SELECT seq, body, hash FROM ${bodies} JOIN ${journal} USING (seq) WHERE subject = ? ORDER BY seq`,
    [subject],
  );
  const entries = rows.map(({ seq, body, hash }) => ({ entry: readEntry({ seq, body }), hash }));
  const purged = [...purgesOf(entries.map(({ entry }) => entry))].map(([seq, { body }]) => ({
    entry: readEntry({ seq, body }),
    hash: one<{ hash: Buffer }>(db, `SELECT hash FROM ${journal} WHERE seq = ?`, [seq])!.hash,
  }));
  return [...entries, ...purged].sort((a, b) => a.entry.seq - b.entry.seq);
}

/** A body that was taken away by an entry which says so: who did it, when, and what is read in its place. */
export interface Purge {
  readonly by: string;
  readonly at: number;
  readonly body: string;
}

/** Everything that has been purged from a journal, by sequence number. */
export function purgesIn(db: Tables, name: JournalName): ReadonlyMap<number, Purge> {
  const rows = all<{ seq: number; body: string }>(
    db,
    `SELECT seq, body FROM ${tables[name].bodies} WHERE json_extract(body, '$.type') = 'incoming.purged'
     ORDER BY seq`,
  );
  return purgesOf(rows.map(readEntry));
}

function purgesOf(entries: readonly Entry[]): Map<number, Purge> {
  const purges = new Map<number, Purge>();
  for (const { type, subject, actor, at, data } of entries)
    if (type === 'incoming.purged')
      for (const { seq, ...kept } of data.entries)
        purges.set(seq, { by: actor, at, body: canonicalJson({ ...kept, base: [], subject }) });
  return purges;
}

/** Takes away the bodies that an entry of the office's journal has purged. */
export function purgeBodies(db: Tables, { data }: EventOf<'incoming.purged'>): void {
  for (const { seq } of data.entries) run(db, 'DELETE FROM bodies WHERE seq = ?', [seq]);
}

const bodySchema = z.strictObject({
  ...actorSchema.shape,
  at: z.number().int(),
  base: baseSchema,
  type: z.string(),
  v: z.number().int().min(1),
  subject: z.string(),
  data: z.unknown(),
});

/** Writes an event after the last entry of its journal. Belongs inside a transaction of the caller's. */
export function append(
  db: Tables,
  who: Actor & { readonly at: number },
  { type, subject, data }: OfficeEvent,
  base: Base,
): { entry: Entry; hash: Buffer } {
  const name = journalOf(type);
  const { journal, bodies } = tables[name];
  const last = one<{ seq: number; hash: Buffer }>(
    db,
    `SELECT seq, hash FROM ${journal} ORDER BY seq DESC LIMIT 1`,
  );
  const seq = (last?.seq ?? 0) + 1;
  const parsed = events[type].schema.parse(data);
  const { actor, role, at } = who;
  const body = canonicalJson({ actor, role, at, base, type, v: versionOf(type), subject, data: parsed });
  const salt = randomBytes(16);
  const content = contentHash(name, salt, body);
  const hash = entryHash(name, last?.hash ?? origin, seq, content);
  insert(db, journal, { seq, content, hash });
  insert(db, bodies, { seq, salt, body });
  // Read back from its canonical form: the tables are given the same words now as by a replay.
  return { entry: readEntry({ seq, body }), hash };
}

/**
 * A stored body as the event it is.
 * @throws DeskError store.from-the-future for a type, a version or a field this program does not know
 */
export function readEntry({ seq, body }: { readonly seq: number; readonly body: string }): Entry {
  try {
    const { at, actor, role, type, v, subject, data } = bodySchema.parse(JSON.parse(body));
    if (!isEventType(type) || v > versionOf(type)) throw fromTheFuture(`${type} ${v}`);
    return {
      seq,
      at,
      actor,
      role,
      type,
      subject,
      data: events[type].schema.parse(upcast(type, v, data)),
    } as Entry;
  } catch (error) {
    if (error instanceof z.ZodError) throw fromTheFuture(`${seq}: ${error.issues[0]?.path.join('.')}`, error);
    throw error;
  }
}

export const fromTheFuture = (found: string | number, cause?: unknown): DeskError =>
  new DeskError('store.from-the-future', { found, known: vocabulary }, cause);
