import type { Person } from '../../../shared/domain/people.ts';
import type { Grant } from '../../../shared/domain/permissions.ts';
import type { IncomingDetail } from '../../../shared/ipc/incoming.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import { localDay } from '../../../shared/text/dates.ts';
import type { StoredProblem } from '../../store/events/words.ts';
import type { Store } from '../../store/index.ts';
import { attachmentsOf, linksOf, type AttachmentRow } from '../../store/queries/documents.ts';
import {
  handlersOf,
  hasOpened,
  incomingById,
  listIncoming,
  registeredTwin,
  type IncomingRecord,
} from '../../store/queries/incoming.ts';
import { actorOf, event, found } from '../common/acts.ts';
import { isRegistered } from '../../store/admit/incoming.ts';
import { incomingSigners, officialOf } from '../verification/official.ts';
import { may } from '../../store/rights.ts';
import { nameOf, shownAttachment, urgencyOf } from '../common/show.ts';

export function list(
  store: Store,
  person: Person,
  argument: ParsedArgument<'incoming.list'>,
  grant: Grant,
): Result<'incoming.list'> {
  const { mineOnly, overdueOnly, ...rest } = argument;
  const { rows, total } = listIncoming(store.tables, person.id, {
    ...rest,
    overdueOn: overdueOnly ? localDay(store.now()) : null,
    handlerId: mineOnly || grant === 'own' ? person.id : null,
  });
  return {
    total,
    rows: rows.map((row) => ({
      id: row.id,
      state: row.state,
      sender: { code: row.sender_code, name: row.sender_name },
      code: row.code,
      subject: row.subject,
      kindName: row.kind_name,
      issuedDate: row.issued_date,
      arrivedAt: row.arrived_at,
      arrivalNumber: row.arrival_number,
      urgency: urgencyOf(row.urgency),
      dueDate: row.due_date,
      mainHandler: row.main_handler,
      attachments: row.attachments,
      verdict: row.verdict,
      unread: row.unread === 1,
    })),
  };
}

/** The whole document; the first look of each person at it is kept in the journal. */
export function get(store: Store, person: Person, { id }: ParsedArgument<'incoming.get'>): IncomingDetail {
  const record = found(incomingById(store.tables, id));
  if (!hasOpened(store.tables, id, person.id))
    store.record(actorOf(person), () => event('incoming.opened', id, {}));
  return detail(store, person, record);
}

function detail(store: Store, person: Person, record: IncomingRecord): IncomingDetail {
  const { tables } = store;
  const attachments = attachmentsOf(tables, record.id);
  const twin = record.state === 'arrived' ? registeredTwin(tables, record) : undefined;
  return {
    id: record.id,
    state: record.state,
    sender: { code: record.sender_code, name: record.sender_name },
    code: record.code,
    subject: record.subject,
    kindName: record.kind_name,
    issuedDate: record.issued_date,
    arrivedAt: record.arrived_at,
    arrivalNumber: record.arrival_number,
    arrivalDate: record.arrival_date,
    urgency: urgencyOf(record.urgency),
    dueDate: record.due_date,
    mainHandler: record.main_handler,
    verdict: record.verdict,
    documentId: record.document_id,
    content: record.content,
    signer: record.signer,
    attachments: attachments.map(shownAttachment),
    // The axis names no main file: the first is the document itself.
    official: officialOf(store, attachments[0]?.file, incomingSigners(record)),
    direction:
      record.directed_by === null
        ? null
        : {
            by: nameOf(tables, record.directed_by),
            at: record.directed_at!,
            opinion: record.opinion!,
            dueDate: record.due_date,
            assignments: handlersOf(tables, record.id).map(({ person_id: personId, name, part }) => ({
              personId,
              name,
              part,
            })),
          },
    closing:
      record.closed_by === null
        ? null
        : {
            by: nameOf(tables, record.closed_by),
            at: record.closed_at!,
            result: record.result!,
          },
    refusal:
      record.refused_by === null
        ? null
        : {
            by: nameOf(tables, record.refused_by),
            at: record.refused_at!,
            reason: record.refusal!,
          },
    links: linksOf(tables, record.id),
    warnings: [...record.warnings, ...possibleUpdate(tables, record)],
    duplicateOf: twin ?? null,
    message: record.message,
    actions: actions(tables, person, record),
    fileActs: fileActsOn(tables, person, record, attachments),
  };
}

/** The same sender sent another document under the same DocumentId: perhaps a correction that does not say so. */
function possibleUpdate(tables: Store['tables'], { updates }: IncomingRecord): StoredProblem[] {
  const earlier = updates === null ? undefined : incomingById(tables, updates);
  return earlier ? [{ code: 'documents.possible-update', params: { code: earlier.code } }] : [];
}

function fileActsOn(
  tables: Store['tables'],
  person: Person,
  record: IncomingRecord,
  attachments: readonly AttachmentRow[],
): IncomingDetail['fileActs'] {
  if (!isRegistered(record)) return [];
  const hasPdf = attachments.some(({ role }) => role === 'main');
  const possible = {
    incoming: hasPdf && record.stamped_at === null && may(tables, person, 'incoming.stamp'),
    comment: hasPdf && may(tables, person, 'incoming.comment'),
    copy: may(tables, person, 'copy.sign'),
  };
  return (['incoming', 'comment', 'copy'] as const).filter((act) => possible[act]);
}

type Action = IncomingDetail['actions'][number];

function actions(tables: Store['tables'], person: Person, { id, state }: IncomingRecord): Action[] {
  const handler = may(tables, person, 'incoming.handle', id);
  const allowed: Readonly<Record<IncomingRecord['state'], readonly (Action | false)[]>> = {
    arrived: [
      may(tables, person, 'incoming.register') && 'register',
      may(tables, person, 'incoming.refuse') && 'refuse',
    ],
    registered: [may(tables, person, 'incoming.direct') && 'direct'],
    directed: [handler && 'start', handler && 'reply'],
    processing: [handler && 'close', handler && 'reply'],
    refused: [],
    closed: [],
  };
  return allowed[state].filter((action) => action !== false);
}
