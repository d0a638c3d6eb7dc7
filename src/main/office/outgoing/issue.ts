import { randomUUID } from 'node:crypto';
import type { Person } from '../../../shared/domain/people.ts';
import type { ParsedArgument } from '../../../shared/ipc/index.ts';
import { requireUnblocked } from '../../store/admit/outgoing.ts';
import type { Store } from '../../store/index.ts';
import { attachmentsOf, type AttachmentRow } from '../../store/queries/documents.ts';
import { outgoingById, recipientsOf } from '../../store/queries/outgoing.ts';
import { requireFound, requireState } from '../../store/admit/guard.ts';
import { actorOf, newEvent } from '../common/events.ts';
import { requireMainFile } from '../common/main-file.ts';
import { requireSignature } from '../verification/require-signature.ts';
import { onRecords } from '../common/on-records.ts';
import type { OutgoingOffice } from './outgoing-jobs.ts';

/**
 * Sends the sealed document to its recipients: the message is written now and waits in the outbox until the axis
 * has taken it (NĐ 30/2020, Điều 18). A document without recipients on the axis is only closed.
 */
export async function issue(
  office: OutgoingOffice,
  person: Person,
  { id }: ParsedArgument<'outgoing.issue'>,
): Promise<void> {
  // Proofs added meanwhile make another file of the same document: the message is then written anew.
  while (!(await issueAsItIs(office, person, id)));
}

/** @returns false when the document's files changed while the message was written */
async function issueAsItIs(office: OutgoingOffice, person: Person, id: string): Promise<boolean> {
  const record = requireState(requireFound(outgoingById(office.tables, id)), 'sealed');
  requireUnblocked(record);
  if (record.sendingAllowed === null) await requireSignature(office, requireMainFile(office, id).file);
  const sent = sentFiles(office, id);
  const recipients = recipientsOf(office.tables, id);
  const message =
    recipients.length === 0
      ? null
      : await office.documents.ask('write-letter', { ...onRecords(office), id, person, sent });
  const entry = office.record(actorOf(person), () => {
    const isSame = sentFiles(office, id).every(({ file }, n) => file === sent[n]?.file);
    if (!isSame) return null;
    const deliveries = recipients.map((recipient) => ({ id: randomUUID(), recipient }));
    return newEvent('outgoing.issued', id, { deliveries, message });
  });
  return entry !== null;
}

/** What goes to the recipients, in the order of the message. */
export const sentFiles = (store: Store, id: string): AttachmentRow[] =>
  attachmentsOf(store.tables, id).filter(({ role }) => role === 'main' || role === 'appendix');
