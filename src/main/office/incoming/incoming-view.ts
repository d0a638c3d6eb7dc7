import type { Person } from '../../../shared/domain/people.ts';
import type { Grant } from '../../../shared/domain/permissions.ts';
import { incomingFactsSchema, type IncomingDetail } from '../../../shared/ipc/incoming.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import { localDay } from '../../../shared/text/dates.ts';
import type { StoredProblem } from '../../store/events/words.ts';
import type { Store } from '../../store/index.ts';
import {
  attachmentsOf,
  linksOf,
  shownAttachment,
  type AttachmentRow,
} from '../../store/queries/documents.ts';
import {
  handlersOf,
  hasOpened,
  incomingById,
  listIncoming,
  registeredTwin,
  type IncomingRecord,
} from '../../store/queries/incoming.ts';
import { requireFound } from '../../store/admit/guard.ts';
import { actorOf, newEvent } from '../common/events.ts';
import { isRegistered } from '../../store/admit/incoming.ts';
import { incomingSigners, officialOf } from '../verification/official.ts';
import { permitted, type Actions } from '../common/actions.ts';
import { may } from '../../store/rights.ts';
import { personName } from '../../store/queries/office.ts';

/** One page of the received documents that a person may see. @param grant `own`: only those the person handles */
export function list(
  store: Store,
  person: Person,
  argument: ParsedArgument<'incoming.list'>,
  grant: Grant,
): Result<'incoming.list'> {
  const { mineOnly, overdueOnly, ...rest } = argument;
  return listIncoming(store.tables, person.id, {
    ...rest,
    overdueOn: overdueOnly ? localDay(store.now()) : null,
    handlerId: mineOnly || grant === 'own' ? person.id : null,
  });
}

/** The whole document; the first look of each person at it is kept in the journal. */
export function get(store: Store, person: Person, { id }: ParsedArgument<'incoming.get'>): IncomingDetail {
  const record = requireFound(incomingById(store.tables, id));
  if (!hasOpened(store.tables, id, person.id))
    store.record(actorOf(person), () => newEvent('incoming.opened', id, {}));
  return detail(store, person, record);
}

/** Of a record, what the contract shows as it stands. */
const facts = incomingFactsSchema.strip();

function detail(store: Store, person: Person, record: IncomingRecord): IncomingDetail {
  const { tables } = store;
  const attachments = attachmentsOf(tables, record.id);
  const twin = record.state === 'arrived' ? registeredTwin(tables, record) : undefined;
  return {
    ...facts.parse(record),
    attachments: attachments.map(shownAttachment),
    // The axis names no main file: the first is the document itself.
    official: officialOf(store, attachments[0]?.file, incomingSigners(record)),
    direction:
      record.directedBy === null
        ? null
        : {
            by: personName(tables, record.directedBy),
            at: record.directedAt!,
            opinion: record.opinion!,
            dueDate: record.dueDate,
            assignments: handlersOf(tables, record.id),
          },
    closing:
      record.closedBy === null
        ? null
        : {
            by: personName(tables, record.closedBy),
            at: record.closedAt!,
            result: record.result!,
          },
    refusal:
      record.refusedBy === null
        ? null
        : {
            by: personName(tables, record.refusedBy),
            at: record.refusedAt!,
            reason: record.refusal!,
          },
    links: linksOf(tables, record.id),
    warnings: [...record.warnings, ...possibleUpdate(tables, record)],
    duplicateOf: twin ?? null,
    actions: permitted(tables, person, record.id, actions[record.state]),
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
    incoming: hasPdf && record.stampedAt === null && may(tables, person, 'incoming.stamp'),
    comment: hasPdf && may(tables, person, 'incoming.comment'),
    copy: may(tables, person, 'copy.sign'),
  };
  return (['incoming', 'comment', 'copy'] as const).filter((act) => possible[act]);
}

const actions: Readonly<Record<IncomingRecord['state'], Actions<IncomingDetail['actions'][number]>>> = {
  arrived: [
    ['register', 'incoming.register'],
    ['refuse', 'incoming.refuse'],
  ],
  registered: [['direct', 'incoming.direct']],
  directed: [
    ['start', 'incoming.handle'],
    ['reply', 'incoming.handle'],
  ],
  processing: [
    ['close', 'incoming.handle'],
    ['reply', 'incoming.handle'],
  ],
  refused: [],
  closed: [],
};
