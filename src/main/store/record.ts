import { DeskError } from '../../shared/errors/index.ts';
import { admit } from './admit/index.ts';
import {
  actorSchema,
  events,
  program,
  subjectsOf,
  type Act,
  type Actor,
  type Base,
  type Entry,
  type OfficeEvent,
} from './events/index.ts';
import { append, journalLength, journalOf, purgeBodies, type JournalName } from './journal.ts';
import { headOf } from './projected.ts';
import { applyEntry, moveHead } from './projections/index.ts';
import type { Target } from './projections/projection.ts';
import { reproject } from './rebuild.ts';
import { baseOf } from './queries/journal.ts';
import { connectionOf, type Tables } from './sql.ts';

/**
 * Decides and records one act in one transaction that no other writer can slip into: `decide` reads the tables as
 * they are at that moment and names the act; whether it may stand, `admit` says, as any desk that hears of it would;
 * the act, what follows it and every table they change are then written together, or, when anything throws, nothing
 * is.
 * @returns the entries, the act's own first, or none when `decide` found that there is nothing to record
 */
export function record(target: Target, now: () => number, who: Actor, decide: () => Act | null): Entry[] {
  const transaction = connectionOf(target.tables).transaction(() => {
    const act = decide();
    if (!act) return [];
    const at = now();
    const { followers = [], base, ...event } = act;
    const actor = actorSchema.parse(who);
    return [
      admitAndApply(target, { ...actor, at }, event, base),
      ...followers.map((follower) => admitAndApply(target, { ...program, at }, follower)),
    ];
  });
  return transaction.immediate();
}

function admitAndApply(
  target: Target,
  who: Actor & { readonly at: number },
  event: OfficeEvent,
  decidedOn?: Base,
): Entry {
  const { concurrency } = events[event.type];
  const base = concurrency === 'free' ? [] : baseOf(target.tables, ...subjectsOf(event));
  if (concurrency === 'strict' && decidedOn && !sameVersions(base, decidedOn))
    throw new DeskError('documents.wrong-state');
  admit(target.tables, who, event);
  requireWholeEnd(target.tables, journalOf(event.type));
  const { entry, hash } = append(target.tables, who, event, base);
  if (entry.type === 'incoming.purged') purgeBodies(target.tables, entry);
  applyEntry(target, entry, hash);
  if (entry.type === 'incoming.purged') reproject(target, entry.subject);
  moveHead(target.tables, journalOf(event.type), entry.seq, hash);
  return entry;
}

/**
 * The tables remember the last entry: where the journal has lost its end, the next one would cover the loss.
 * @throws DeskError store.journal-broken
 */
function requireWholeEnd(tables: Tables, journal: JournalName): void {
  const head = headOf(tables, journal);
  const last = journalLength(tables, journal);
  if ((head?.seq ?? 0) > last) throw new DeskError('store.journal-broken', { seq: last + 1 });
}

/** Of the subjects an act was decided on, none has changed. */
function sameVersions(now: Base, decidedOn: Base): boolean {
  const known = new Map(now.map(({ subject, hash }) => [subject, hash]));
  return decidedOn.every(({ subject, hash }) => known.get(subject) === hash);
}
