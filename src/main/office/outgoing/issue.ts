import { randomUUID } from 'node:crypto';
import type { Person } from '../../../shared/domain/people.ts';
import type { ParsedArgument } from '../../../shared/ipc/index.ts';
import type { Store } from '../../store/index.ts';
import { attachmentsOf, type AttachmentRow } from '../../store/queries/documents.ts';
import { outgoingById, recipientsOf } from '../../store/queries/outgoing.ts';
import { actorOf, event, found, inState } from '../common/acts.ts';
import { requireUnblocked } from './alarm.ts';
import { mainOf } from '../common/parts.ts';
import { requireSignature } from '../verification/reading.ts';
import { onRecords } from '../signing/signing-orders.ts';
import { signingThread } from '../signing/signing-thread.ts';

/**
 * Sends the sealed document to its recipients: the message is written now and waits in the outbox until the axis
 * has taken it (NĐ 30/2020, Điều 18). A document without recipients on the axis is only closed.
 */
export async function issue(
  store: Store,
  person: Person,
  { id }: ParsedArgument<'outgoing.issue'>,
): Promise<void> {
  // Proofs added meanwhile make another file of the same document: the message is then written anew.
  while (!(await issueAsItIs(store, person, id)));
}

/** @returns false when the document's files changed while the message was written */
async function issueAsItIs(store: Store, person: Person, id: string): Promise<boolean> {
  const record = inState(found(outgoingById(store.tables, id)), 'sealed');
  requireUnblocked(record);
  if (record.sending_allowed === null) await requireSignature(store, mainOf(store, id).file);
  const sent = sentFiles(store, id);
  const recipients = recipientsOf(store.tables, id);
  const message =
    recipients.length === 0
      ? null
      : await signingThread.ask('write-letter', { ...onRecords(store), id, person, sent });
  const entry = store.record(actorOf(person), () => {
    requireUnblocked(inState(found(outgoingById(store.tables, id)), 'sealed'));
    const isSame = sentFiles(store, id).every(({ file }, n) => file === sent[n]?.file);
    if (!isSame) return null;
    const deliveries = recipients.map((recipient) => ({ id: randomUUID(), recipient }));
    return event('outgoing.issued', id, { deliveries, message });
  });
  return entry !== null;
}

/** What goes to the recipients, in the order of the message. */
export const sentFiles = (store: Store, id: string): AttachmentRow[] =>
  attachmentsOf(store.tables, id).filter(({ role }) => role === 'main' || role === 'appendix');
