import type { HistoryEntry } from '../../../shared/ipc/history.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import { localDay } from '../../../shared/text/dates.ts';
import type { Entry, EntryOf, EventOf, EventType } from '../../store/events/index.ts';
import type { Derived } from '../../store/events/words.ts';
import type { Store } from '../../store/index.ts';
import { entriesAbout } from '../../store/queries/journal.ts';
import { personName } from '../../store/queries/office.ts';

/** Everything that ever happened to a document, from the journal itself. */
export function historyOf(store: Store, { id }: ParsedArgument<'history.of'>): Result<'history.of'> {
  return {
    entries: entriesAbout(store.tables, id)
      .filter(isTold)
      .map((entry) => ({
        seq: entry.seq,
        at: entry.at,
        actor: entry.role === 'system' ? '' : personName(store.tables, entry.actor),
        type: entry.type,
        detail: detailOf(store, entry),
      })),
  };
}

type Detail = HistoryEntry['detail'];
type NameOf = (personId: string) => string;

const reason = ({ reason }: { reason: string }): Detail => ({ reason });
const signed = ({ files, signatures }: EventOf<'outgoing.signed'>['data']): Detail => ({
  signer: signatures[0]?.signer ?? '',
  files: files.length,
});
const copied = (
  { form, orderedById }: Pick<EventOf<'copy.made'>['data'], 'form' | 'orderedById'>,
  nameOf: NameOf,
): Detail => ({ form, orderedBy: nameOf(orderedById) });
/** Of which damaged file the act was done on a copy. */
const onCopy = ({ problems }: Derived): Detail => {
  const original = problems.find(({ code }) => code === 'pdf.repaired')?.params['original'];
  return original === undefined ? {} : { original };
};
const failure = ({ problem }: { problem: { code: string } }): Detail => ({ problem: problem.code });

const nothing = (): Detail => ({});

/**
 * What a person wants to read of an entry, by its type; the whole entry stays in the journal. Null: an event that a
 * document's history never tells. A new event is decided here, or nothing compiles.
 */
const details = {
  'incoming.registered': ({ arrivalNumber, arrivalDate }) => ({ arrivalNumber, arrivalDate }),
  'incoming.refused': reason,
  'incoming.secret-returned': reason,
  'incoming.secret-found': reason,
  'incoming.directed': ({ mainHandlerId, otherHandlerIds, dueDate, opinion }, nameOf) => ({
    mainHandler: nameOf(mainHandlerId),
    otherHandlers: otherHandlerIds.map(nameOf).join(', '),
    dueDate,
    opinion,
  }),
  'incoming.stamped': ({ signature, forwardTo, fileCode, attachment }) => ({
    signer: signature.signer,
    forwardTo,
    fileCode,
    ...onCopy(attachment),
  }),
  'incoming.commented': ({ signature, text, attachment }) => ({
    signer: signature.signer,
    opinion: text,
    ...onCopy(attachment),
  }),
  'copy.made': ({ signature, attachment, ...copy }, nameOf) => ({
    signer: signature.signer,
    ...copied(copy, nameOf),
    ...onCopy(attachment),
  }),
  'incoming.closed': ({ result }) => ({ result }),
  'outgoing.returned': reason,
  'outgoing.cancelled': reason,
  'outgoing.alarmed': failure,
  'outgoing.sending-allowed': reason,
  'outgoing.signed': signed,
  'outgoing.sealed': signed,
  'outgoing.signed-elsewhere': ({ signature }) => ({
    signer: signature.name,
    signedDate: signature.claimedAt === null ? null : localDay(signature.claimedAt),
  }),
  'outgoing.numbered': ({ code, issuedDate }) => ({ code, issuedDate }),
  'outgoing.issued': ({ deliveries }) => ({ recipients: deliveries.length }),
  'status.received': ({ from, code, description }) => ({ from, code, description }),
  'outbox.uncertain': failure,
  'outbox.queued': ({ problem }) => ({ problem: problem?.code ?? null }),
  'outbox.failed': failure,
  'proof.added': nothing,
  'proof.assessed': nothing,
  'file.verified': nothing,
  'file.read': nothing,
  'status.matched': nothing,
  'outbox.rewritten': nothing,
  'outbox.sent': nothing,
  'outbox.sending': nothing,
  'outgoing.format-approved': nothing,
  'outgoing.submitted': nothing,
  'outgoing.changed': nothing,
  'outgoing.drafted': nothing,
  'incoming.started': nothing,
  'incoming.opened': nothing,
  'incoming.purged': nothing,
  'incoming.redelivered': nothing,
  'incoming.received': nothing,
  'inbox.stored': null,
  'inbox.quarantined': null,
  'inbox.acknowledged': null,
  'status.queued': null,
  'status.redelivered': null,
  'signed-file.made': null,
  'file.repaired': null,
  'file.reported': null,
  'file.evidence': null,
  'office.saved': null,
  'person.saved': null,
  'person.sat-down': null,
  'access.denied': null,
  'axis.saved': null,
  'module.added': null,
  'module.removed': null,
  'pkcs12.added': null,
  'pkcs12.removed': null,
  'token.learned': null,
  'root.added': null,
  'root.removed': null,
  'authority.met': null,
  'services.saved': null,
  'signer-kind.saved': null,
  'image.saved': null,
  'integrity.checked': null,
  'clock.trusted': null,
} satisfies { readonly [T in EventType]: ((data: EventOf<T>['data'], nameOf: NameOf) => Detail) | null };

type Told = { [T in EventType]: (typeof details)[T] extends null ? never : EntryOf<T> }[EventType];
const isTold = (entry: Entry): entry is Told => details[entry.type] !== null;

function detailOf({ tables }: Store, { type, data }: Told): Detail {
  // The type fixes the data; TypeScript cannot follow that through a union.
  const describe = details[type] as (data: unknown, nameOf: NameOf) => Detail;
  return describe(data, (id) => personName(tables, id));
}
