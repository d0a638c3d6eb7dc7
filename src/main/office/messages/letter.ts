import { randomUUID } from 'node:crypto';
import { NATIONAL_LINE } from '../../../shared/domain/exchange.ts';
import { urgencies } from '../../../shared/domain/states.ts';
import { kindName } from '../../../shared/domain/kind-name.ts';
import { writeNumber } from '../../../shared/domain/notation.ts';
import type { Office, Person } from '../../../shared/domain/people.ts';
import { administrativeType } from '../../axis/document-types.ts';
import {
  EMPTY_ORGANIZATION,
  NEW_DOCUMENT,
  type EdocMessage,
  type ResponseFor,
} from '../../axis/edxml-model.ts';
import { writeEdoc } from '../../axis/edxml-write.ts';
import type { OutgoingMessage } from '../../store/events/words.ts';
import type { Records } from '../../store/index.ts';
import { linksOf, type AttachmentRow } from '../../store/queries/documents.ts';
import { incomingById } from '../../store/queries/incoming.ts';
import { outgoingById, recipientsOf, type OutgoingRecord } from '../../store/queries/outgoing.ts';
import { requireFound } from '../../store/admit/guard.ts';
import { withPdf, wordsOf } from '../common/pages.ts';
import { requireOffice } from '../common/office-settings.ts';
import { stampOnPage } from '../../../shared/domain/secrecy.ts';
import { axisCode, organizationOf } from './status.ts';

/**
 * The message that takes a document to its recipients, as a file of the office.
 * @param sent the files that go with it
 */
export async function writeLetter(
  store: Records,
  id: string,
  person: Person,
  sent: readonly AttachmentRow[],
): Promise<OutgoingMessage> {
  const record = requireFound(outgoingById(store.tables, id));
  const office = requireOffice(store);
  const recipients = recipientsOf(store.tables, id);
  const { pages, mark } = await lookAt(store, sent);
  const message = edoc(store, { record, office, person, sent, recipients, pages });
  return outgoing(store, record, office, message, mark);
}

/** Pages of the document itself, and a secrecy stamp on the first page of anything that would be sent. */
async function lookAt(
  store: Records,
  files: readonly AttachmentRow[],
): Promise<{ pages: number; mark: string }> {
  let pages = 0;
  let mark = '';
  for (const { file, role, mediaType } of files) {
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

function edoc(store: Records, { record, office, person, sent, recipients, pages }: Letter): EdocMessage {
  const kind = kindName(record.kindId, 'vi');
  return {
    kind: 'edoc',
    from: organizationOf(office),
    to: recipients.map(({ code, name }) => ({ ...EMPTY_ORGANIZATION, organId: code, name })),
    documentId: record.documentId,
    number: writeNumber(record.number!),
    notation: record.notation!,
    place: office.place,
    promulgationDate: record.issuedDate,
    ...administrativeType(kind),
    typeName: kind,
    subject: record.subject,
    content: record.subject,
    signer: { competence: '', position: record.signer.title, fullName: record.signer.name },
    dueDate: record.dueDate,
    priority: urgencies.indexOf(record.urgency),
    sphere: '',
    typist: '',
    copies: recipients.length,
    pages,
    appendixes: sent.filter(({ role }) => role === 'appendix').map(({ name }) => name),
    responseFor: answeredBy(store, record.id),
    // 1: neither directs nor reports; 3: reports upwards (QCVN 102:2016, SteeringType).
    steeringType: record.kindId === 'BC' ? 3 : 1,
    toPlaces: [
      ...recipients.map(({ name }) => name),
      `Lưu: ${['VT', record.unit].filter(Boolean).join(', ')}`,
    ],
    trace: [{ organId: office.code, at: store.now() }],
    business: {
      ...NEW_DOCUMENT,
      staff: [{ department: person.unit, staff: person.name, email: office.email, mobile: '' }],
    },
    attachments: sent.map(({ file, name, mediaType: mimeType }) => ({
      contentId: randomUUID(),
      name,
      description: '',
      mimeType,
      bytes: store.files.read(file),
    })),
  };
}

function answeredBy(store: Records, id: string): ResponseFor[] {
  return linksOf(store.tables, id)
    .filter(({ relation, kind }) => relation === 'replies-to' && kind === 'incoming')
    .flatMap((link) => incomingById(store.tables, link.id) ?? [])
    .filter(({ documentId }) => documentId !== '')
    .map((incoming) => ({
      organId: incoming.sender.code,
      code: axisCode(incoming.code),
      documentId: incoming.documentId,
      promulgationDate: incoming.issuedDate,
    }));
}

function outgoing(
  store: Records,
  record: OutgoingRecord,
  office: Office,
  message: EdocMessage,
  secrecy: string,
): OutgoingMessage {
  const bytes = writeEdoc(message, { now: store.now(), secrecy });
  return {
    id: randomUUID(),
    kind: 'edoc',
    line: NATIONAL_LINE,
    file: store.files.put(bytes).sha256,
    from: office.code,
    to: message.to.map(({ organId }) => organId),
    documentId: record.documentId,
    code: axisCode(record.code),
    subject: record.subject,
  };
}
