import { randomUUID } from 'node:crypto';
import { agencyKey, type AxisLineName } from '../../../shared/domain/exchange.ts';
import { showCode } from '../../../shared/domain/notation.ts';
import { urgencies } from '../../../shared/domain/states.ts';
import { mimeTypeOf } from '../../../shared/domain/media-type.ts';
import type { EdocMessage, Problem, ReceivedAttachment } from '../../axis/edxml-model.ts';
import type { RecordedEdoc } from '../../axis/office-port.ts';
import type { ActParts, EventOf } from '../../store/events/index.ts';
import type { StoredAttachment } from '../../store/events/words.ts';
import type { Store } from '../../store/index.ts';
import { inboxById } from '../../store/queries/exchange.ts';
import { incomingByDocumentId, incomingById } from '../../store/queries/incoming.ts';
import { outgoingIdByDocumentId } from '../../store/queries/outgoing.ts';
import { newEvent, followedBy } from '../common/events.ts';
import { markInFields } from '../../../shared/domain/secrecy.ts';
import { secretReason } from '../common/secrecy.ts';
import { purgeOf } from '../incoming/purge.ts';
import { statusTo } from '../messages/status.ts';

const isPdf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');

/**
 * Stores the attachments of a received message. The letter itself is the first PDF; it comes first, the others keep
 * their order. Bytes decide what a file is, not its name.
 */
function storeAttachments(store: Store, attachments: readonly ReceivedAttachment[]): StoredAttachment[] {
  const main = attachments.find(({ bytes }) => isPdf(bytes));
  const ordered = main ? [main, ...attachments.filter((attachment) => attachment !== main)] : attachments;
  return ordered.map((attachment) => {
    const { sha256, size } = store.files.put(attachment.bytes);
    return {
      file: sha256,
      name: attachment.safeName,
      role: attachment === main ? 'main' : 'attached',
      size,
      mediaType: isPdf(attachment.bytes) ? 'application/pdf' : mimeTypeOf(attachment.safeName),
      problems: attachment.problems.map(stored),
    };
  });
}

const stored = ({ code, params }: Problem) => ({ code, params: { ...params } });
const nfc = (text: string) => text.normalize('NFC');

/** The bytes of a message, as the inbox has them. */
function messageFiles({ tables }: Store, line: AxisLineName, axisDocId: string): string[] {
  const message = inboxById(tables, line, axisDocId);
  return message ? [message.file] : [];
}

/** A document delivered once more; the message of one that was purged goes the same way. */
export function redeliveredEvent(
  store: Store,
  known: string,
  line: AxisLineName,
  axisDocId: string,
): EventOf<'incoming.redelivered'> & ActParts {
  const again = newEvent('incoming.redelivered', known, { line, axisDocId });
  if (!incomingById(store.tables, known)?.purgedAt) return again;
  return followedBy(again, purgeOf(store, known, messageFiles(store, line, axisDocId)));
}

/**
 * What a received message becomes in the office's records. A document that bears a secrecy mark is returned at once
 * and nothing of its content is kept.
 */
export function receivedEvent(
  store: Store,
  line: AxisLineName,
  { axisDocId, read, identity, at }: RecordedEdoc,
): (EventOf<'incoming.received'> | EventOf<'incoming.secret-returned'>) & ActParts {
  const id = randomUUID();
  const { message, warnings } = read;
  const sender = senderOf(store, message);
  const code =
    message.number && message.notation
      ? showCode(message.number, message.notation)
      : message.notation || message.number;
  const common = {
    line,
    axisDocId,
    identity,
    sender,
    documentId: message.documentId,
    code,
    issuedDate: message.promulgationDate,
    arrivedAt: at,
  };
  const answered = {
    line,
    sender,
    documentId: message.documentId,
    code,
    issuedDate: message.promulgationDate,
    subject: nfc(message.subject),
  };
  const mark = markInFields(message.subject, message.content, message.sphere, message.typeName);
  if (mark !== '') {
    const reason = secretReason(mark);
    return followedBy(
      newEvent('incoming.secret-returned', id, { ...common, reason }),
      statusTo(store, null, id, { ...answered, subject: '' }, '02', reason),
      purgeOf(store, id, messageFiles(store, line, axisDocId)),
    );
  }
  const received = newEvent('incoming.received', id, {
    ...common,
    subject: nfc(message.subject),
    content: nfc(message.content),
    kindName: nfc(message.typeName),
    signer: message.signer,
    urgency: urgencies[message.priority] ?? 'express',
    dueDate: message.dueDate,
    attachments: storeAttachments(store, message.attachments),
    warnings: warnings.map(stored),
    answers: answeredDocument(store, message),
    updates: incomingByDocumentId(store.tables, agencyKey(sender.code), message.documentId)?.id ?? null,
  });
  return followedBy(received, statusTo(store, null, id, answered, '01', ''));
}

function senderOf(store: Store, { from }: EdocMessage): { code: string; name: string } {
  const name = from.name || store.cache.agencyByCode(from.organId)?.name || from.organId;
  return { code: from.organId, name: nfc(name) };
}

function answeredDocument(store: Store, message: EdocMessage): string | null {
  for (const { documentId } of message.responseFor) {
    const id = outgoingIdByDocumentId(store.tables, documentId);
    if (id) return id;
  }
  return null;
}
