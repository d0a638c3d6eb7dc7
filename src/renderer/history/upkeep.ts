import type { HistoryType } from '../../shared/domain/history.ts';
import type { HistoryEntry } from '../../shared/ipc/history.ts';

/** What the program does by itself, again and again, so that files can be found and their signatures proved. */
const upkeep: ReadonlySet<HistoryType> = new Set<HistoryType>([
  'proof.assessed',
  'proof.added',
  'file.read',
  'file.verified',
]);

/** The entries in their order; upkeep that follows upkeep stands together. */
export function inGroups(entries: readonly HistoryEntry[]): readonly (readonly HistoryEntry[])[] {
  const groups: HistoryEntry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last && upkeep.has(entry.type) && upkeep.has(last[0]!.type)) last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}
