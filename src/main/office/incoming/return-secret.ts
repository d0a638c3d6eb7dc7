import { program } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import { recordsWithFile } from '../../store/queries/documents.ts';
import { incomingById } from '../../store/queries/incoming.ts';
import { newEvent, followedBy } from '../common/events.ts';
import { secretReason } from '../common/secrecy.ts';
import { statusTo } from '../messages/status.ts';
import { purgeOf } from './purge.ts';

/** What a first page reveals after arrival: the document goes back, and what it says leaves the office. */
export function returnSecret(store: Store, file: string, mark: string): void {
  const received = recordsWithFile(store.tables, file).filter(({ kind }) => kind === 'incoming');
  for (const { id } of received) {
    store.record(program, () => {
      const incoming = incomingById(store.tables, id);
      if (!incoming || incoming.state === 'refused') return null;
      const reason = secretReason(mark);
      return followedBy(
        newEvent('incoming.secret-found', id, { reason }),
        statusTo(store, null, id, { ...incoming, subject: '' }, '02', reason),
        purgeOf(store, id, []),
      );
    });
  }
}
