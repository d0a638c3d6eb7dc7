import { randomUUID } from 'node:crypto';
import { kindById } from '../../shared/domain/kinds.ts';
import { writeNumber } from '../../shared/domain/notation.ts';
import type { Office, Person } from '../../shared/domain/people.ts';
import type { ParsedArgument } from '../../shared/ipc/index.ts';
import { administrativeType } from '../axis/document-types.ts';
import { EMPTY_ORGANIZATION, NEW_DOCUMENT, type EdocMessage, type ResponseFor } from '../axis/edxml-model.ts';
import { writeEdoc } from '../axis/edxml-write.ts';
import type { OutgoingMessage } from '../store/events/words.ts';
import type { Store } from '../store/index.ts';
import { attachmentsOf, linksOf, type AttachmentRow } from '../store/queries/documents.ts';
import { incomingById } from '../store/queries/incoming.ts';
import { outgoingById, recipientsOf, type OutgoingRecord } from '../store/queries/outgoing.ts';
import { actorOf, event, found, inState } from './acts.ts';
import { requireUnblocked } from './alarm.ts';
import { withPdf, wordsOf } from './pages.ts';
import { requireSignature } from './reading.ts';
import { stampOnPage } from './secrecy.ts';
import { axisCode, organizationOf } from './status.ts';
import { mainOf, requireOffice } from './parts.ts';

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
  const office = requireOffice(store);
  requireUnblocked(record);
  if (record.sending_allowed === null) await requireSignature(store, mainOf(store, id).file);
  const sent = sentFiles(store, id);
  const { pages, mark } = await lookAt(store, sent);
  const recipients = recipientsOf(store.tables, id);
  const message =
    recipients.length === 0
      ? null
      : outgoing(
          store,
          record,
          office,
          edoc(store, { record, office, person, sent, recipients, pages }),
          mark,
        );
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

/** Pages of the document itself, and a secrecy stamp on the first page of anything that would be sent. */
async function lookAt(
  store: Store,
  files: readonly AttachmentRow[],
): Promise<{ pages: number; mark: string }> {
  let pages = 0;
  let mark = '';
  for (const { file, role, media_type: mediaType } of files) {
    if (mediaType !== 'application/pdf') continue;
    await withPdf(store, file, async ({ text }) => {
      if (role === 'main') pages = text.pageCount;
      mark ||= stampOnPage(wordsOf(await text.page(0)));
    });
  }
  return { pages, mark };
}

interface Letter {
  readonly record: OutgoingRecord;
  readonly office: Office;
  readonly person: Person;
  readonly sent: readonly AttachmentRow[];
  readonly recipients: readonly { readonly code: string; readonly name: string }[];
  readonly pages: number;
}

function edoc(store: Store, { record, office, person, sent, recipients, pages }: Letter): EdocMessage {
  const kindName = kindById(record.kind_id)?.vi ?? '';
  return {
    kind: 'edoc',
    from: organizationOf(office),
    to: recipients.map(({ code, name }) => ({ ...EMPTY_ORGANIZATION, organId: code, name })),
    documentId: record.document_id,
    number: writeNumber(record.number!),
    notation: record.notation!,
    place: office.place,
    promulgationDate: record.issued_date,
    ...administrativeType(kindName),
    typeName: kindName,
    subject: record.subject,
    content: record.subject,
    signer: { competence: '', position: record.signer_title, fullName: record.signer },
    dueDate: record.due_date,
    priority: record.urgency,
    sphere: '',
    typist: '',
    copies: recipients.length,
    pages,
    appendixes: sent.filter(({ role }) => role === 'appendix').map(({ name }) => name),
    responseFor: answeredBy(store, record.id),
    // 1: neither directs nor reports; 3: reports upwards (QCVN 102:2016, SteeringType).
    steeringType: record.kind_id === 'BC' ? 3 : 1,
    toPlaces: [
      ...recipients.map(({ name }) => name),
      `Lưu: ${['VT', record.unit].filter(Boolean).join(', ')}`,
    ],
    trace: [{ organId: office.code, at: store.now() }],
    business: {
      ...NEW_DOCUMENT,
      staff: [{ department: person.unit, staff: person.name, email: office.email, mobile: '' }],
    },
    attachments: sent.map(({ file, name, media_type: mimeType }) => ({
      contentId: randomUUID(),
      name,
      description: '',
      mimeType,
      bytes: store.files.read(file),
    })),
  };
}

function answeredBy(store: Store, id: string): ResponseFor[] {
  return linksOf(store.tables, id)
    .filter(({ relation, direction }) => relation === 'replies-to' && direction === 'incoming')
    .flatMap((link) => incomingById(store.tables, link.id) ?? [])
    .filter(({ document_id: documentId }) => documentId !== '')
    .map((incoming) => ({
      organId: incoming.sender_code,
      code: axisCode(incoming.code),
      documentId: incoming.document_id,
      promulgationDate: incoming.issued_date,
    }));
}

function outgoing(
  store: Store,
  record: OutgoingRecord,
  office: Office,
  message: EdocMessage,
  secrecy: string,
): OutgoingMessage {
  const bytes = writeEdoc(message, { now: store.now(), secrecy });
  return {
    id: randomUUID(),
    kind: 'edoc',
    file: store.files.put(bytes).sha256,
    from: office.code,
    to: message.to.map(({ organId }) => organId),
    documentId: record.document_id,
    code: axisCode(record.code),
    subject: record.subject,
  };
}
