import type { Person } from '../../../shared/domain/people.ts';
import type { Result } from '../../../shared/ipc/index.ts';
import type { Progress, Store } from '../../store/index.ts';
import { program } from '../../store/events/index.ts';
import { actorOf, newEvent, recordUnlessBroken } from '../common/events.ts';
import { personName } from '../../store/queries/office.ts';

/** Recomputes the journal's chain and every stored file's hash; the finding itself goes into the journal. */
export async function checkIntegrity(
  store: Store,
  person: Person,
  progress: Progress,
): Promise<Result<'integrity.check'>> {
  const { entries, brokenAt, purged } = await store.verifyJournals(progress);
  const { files, missing, damaged } = await store.verifyFiles(progress);
  const found = newEvent('integrity.checked', 'office', { entries, brokenAt, files, missing, damaged });
  recordUnlessBroken(store, actorOf(person), found);
  return {
    journalEntries: entries,
    brokenAt,
    purged: purged.map(({ seq, by, at }) => ({
      seq,
      by: by === program.actor ? '' : personName(store.tables, by),
      at,
    })),
    files,
    missing,
    damaged,
    checkedAt: store.now(),
  };
}
