import { createHash } from '../crypto/index.ts';
import { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import {
  actorSchema,
  eventSchemas,
  type Actor,
  type Entry,
  type EventType,
  type OfficeEvent,
  type Recorded,
} from './events/index.ts';
import { applyEntry } from './projections/index.ts';
import type { Target } from './projections/projection.ts';
import { all, insert, one, type Tables, connectionOf } from './sql.ts';

/** The hash before the first entry. */
const origin = '0'.repeat(64);

export interface JournalRow {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly role: string;
  readonly type: string;
  readonly subject: string;
  /** Canonical JSON. */
  readonly data: string;
  readonly prev_hash: string;
  readonly hash: string;
}

/** SHA-256 over the previous hash and the canonical JSON of everything else in the row. */
function entryHash(row: Omit<JournalRow, 'hash'>): string {
  const { seq, at, actor, role, type, subject } = row;
  const data = JSON.parse(row.data) as unknown;
  return createHash('sha256')
    .update(Buffer.from(row.prev_hash, 'hex'))
    .update(canonicalJson({ seq, at, actor, role, type, subject, data }))
    .digest('hex');
}

/**
 * Decides and records one act in one transaction that no other writer can slip into: `decide` reads the tables as
 * they are at that moment and names the event; the event and every table it changes are then written together, or,
 * when anything throws, nothing is.
 * @returns the entry, or null when `decide` found that there is nothing to record
 */
export function record<E extends OfficeEvent | null>(
  target: Target,
  now: () => number,
  who: Actor,
  decide: () => E,
): Recorded<E> {
  const transaction = connectionOf(target.tables).transaction(() => {
    const event = decide();
    return event && append(target, { ...actorSchema.parse(who), at: now() }, event);
  });
  return transaction.immediate() as Recorded<E>;
}

function append(target: Target, who: Actor & { at: number }, event: OfficeEvent): Entry {
  const last = one<{ seq: number; hash: string }>(
    target.tables,
    'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1',
  );
  const data = eventSchemas[event.type].parse(event.data);
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at: who.at,
    actor: who.actor,
    role: who.role,
    type: event.type,
    subject: event.subject,
    data: canonicalJson(data),
    prev_hash: last?.hash ?? origin,
  };
  const hash = entryHash(row);
  insert(target.tables, 'journal', { ...row, hash });
  const entry = readEntry({ ...row, hash });
  applyEntry(target, entry, hash);
  return entry;
}

const rowSchema = z.object({
  type: z.string().refine((type): type is EventType => Object.hasOwn(eventSchemas, type)),
});

/** A row of the journal as the event it is, its data checked against the schema of its type. */
export function readEntry(row: JournalRow): Entry {
  const { type } = rowSchema.parse(row);
  const data = eventSchemas[type].parse(JSON.parse(row.data));
  const { seq, at, subject } = row;
  return { seq, at, subject, ...actorSchema.parse(row), type, data } as Entry;
}

/** The rows after `seq`, in order, `count` at most. */
export function rowsAfter(tables: Tables, seq: number, count: number): JournalRow[] {
  return all<JournalRow>(tables, 'SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?', [seq, count]);
}

export interface ChainCheck {
  readonly entries: number;
  /** First sequence number that is missing, out of order or does not fit its hash; null when the chain is whole. */
  readonly brokenAt: number | null;
}

/**
 * Recomputes the chain, in pieces so that the desk stays usable. Rows cut off at the end are noticed by the head
 * that the tables remember.
 * @param progress called between the pieces with how many entries were checked; throws to stop
 */
export async function verifyJournal(
  tables: Tables,
  progress: (checked: number, total: number) => void,
): Promise<ChainCheck> {
  const head = one<{ seq: number; hash: string }>(tables, 'SELECT seq, hash FROM head') ?? {
    seq: 0,
    hash: origin,
  };
  let previous = origin;
  let checked = 0;
  for (;;) {
    const rows = rowsAfter(tables, checked, 500);
    for (const row of rows) {
      if (row.seq !== checked + 1 || row.prev_hash !== previous || entryHash(row) !== row.hash)
        return { entries: checked, brokenAt: checked + 1 };
      previous = row.hash;
      checked = row.seq;
      if (checked === head.seq && row.hash !== head.hash) return { entries: checked, brokenAt: checked };
    }
    progress(checked, Math.max(head.seq, checked));
    if (rows.length === 0) break;
    await new Promise(setImmediate);
  }
  return { entries: checked, brokenAt: checked < head.seq ? checked + 1 : null };
}
