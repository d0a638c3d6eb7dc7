import { fits, journalNames, origin, purgesIn, rowsAfter, type JournalName } from './journal.ts';
import { headOf } from './projected.ts';
import type { Tables } from './sql.ts';

export interface ChainCheck {
  readonly entries: number;
  /**
   * First sequence number that is missing, out of order, does not fit its hash, or has lost its body and no entry says
   * why; null when the chain is whole.
   */
  readonly brokenAt: number | null;
  /** Entries whose bodies were taken away by an entry that says so. */
  readonly purged: readonly Purged[];
}

export interface Purged {
  readonly seq: number;
  readonly by: string;
  /** UTC milliseconds. */
  readonly at: number;
}

/**
 * Recomputes both chains, in pieces so that the desk stays usable. Rows cut off at the end are noticed by the head
 * that the tables remember.
 * @param progress called between the pieces with how many entries were checked; throws to stop
 */
export async function verifyJournals(
  tables: Tables,
  progress: (checked: number, total: number) => void,
): Promise<ChainCheck> {
  let sum: ChainCheck = { entries: 0, brokenAt: null, purged: [] };
  for (const name of journalNames) {
    const before = sum.entries;
    const found = await verifyJournal(tables, name, (checked, total) =>
      progress(before + checked, before + total),
    );
    sum = {
      entries: before + found.entries,
      brokenAt: sum.brokenAt ?? found.brokenAt,
      purged: [...sum.purged, ...found.purged],
    };
  }
  return sum;
}

async function verifyJournal(
  tables: Tables,
  name: JournalName,
  progress: (checked: number, total: number) => void,
): Promise<ChainCheck> {
  const head = headOf(tables, name) ?? { seq: 0, hash: origin };
  let before: Buffer = origin;
  let checked = 0;
  const purges = purgesIn(tables, name);
  const purged: Purged[] = [];
  for (;;) {
    const rows = rowsAfter(tables, name, checked, 500);
    for (const row of rows) {
      const { seq, hash, body } = row;
      const purge = purges.get(seq);
      if (!fits(name, before, checked + 1, row, purge !== undefined))
        return { entries: checked, brokenAt: checked + 1, purged };
      if (body === null && purge) purged.push({ seq, by: purge.by, at: purge.at });
      before = hash;
      checked = seq;
      if (checked === head.seq && !hash.equals(head.hash))
        return { entries: checked, brokenAt: checked, purged };
    }
    progress(checked, Math.max(head.seq, checked));
    if (rows.length === 0) break;
    await new Promise(setImmediate);
  }
  return { entries: checked, brokenAt: checked < head.seq ? checked + 1 : null, purged };
}
