import type { HistoryEntry } from '../../shared/ipc/documents.ts';
import type { ParsedArgument, Result } from '../../shared/ipc/index.ts';
import type { Entry } from '../store/events/index.ts';
import type { Store } from '../store/index.ts';
import { entriesAbout } from '../store/queries/journal.ts';
import { nameOf } from './show.ts';

/** Everything that ever happened to a document, from the journal itself. */
export function historyOf(store: Store, { id }: ParsedArgument<'history.of'>): Result<'history.of'> {
  return {
    entries: entriesAbout(store.tables, id).map((entry) => ({
      seq: entry.seq,
      at: entry.at,
      actor: entry.role === 'system' ? '' : nameOf(store.tables, entry.actor),
      type: entry.type,
      detail: detailOf(store, entry),
    })),
  };
}

/** What a person wants to read of an entry; the whole entry stays in the journal. */
function detailOf({ tables }: Store, entry: Entry): HistoryEntry['detail'] {
  const person = (id: string) => nameOf(tables, id);
  switch (entry.type) {
    case 'incoming.registered':
      return { arrivalNumber: entry.data.arrivalNumber, arrivalDate: entry.data.arrivalDate };
    case 'incoming.refused':
    case 'incoming.secret-returned':
    case 'outgoing.returned':
    case 'outgoing.cancelled':
      return { reason: entry.data.reason };
    case 'incoming.directed': {
      const { mainHandlerId, otherHandlerIds, dueDate, opinion } = entry.data;
      return {
        mainHandler: person(mainHandlerId),
        otherHandlers: otherHandlerIds.map(person).join(', '),
        dueDate,
        opinion,
      };
    }
    case 'incoming.closed':
      return { result: entry.data.result };
    case 'outgoing.signed':
    case 'outgoing.sealed':
      return { signer: entry.data.signatures[0]!.signer, files: entry.data.files.length };
    case 'outgoing.numbered':
      return { code: entry.data.code, issuedDate: entry.data.issuedDate };
    case 'outgoing.issued':
      return { recipients: entry.data.deliveries.length };
    case 'status.received':
      return { from: entry.data.from, code: entry.data.code, description: entry.data.description };
    case 'outbox.uncertain':
    case 'outbox.failed':
      return { problem: entry.data.problem.code };
    default:
      return {};
  }
}
