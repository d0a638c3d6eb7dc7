import { kindById } from '../../../shared/domain/kinds.ts';
import type { Person } from '../../../shared/domain/people.ts';
import type { Grant } from '../../../shared/domain/permissions.ts';
import type { Attachment } from '../../../shared/ipc/documents.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { Delivery, OutgoingDetail } from '../../../shared/ipc/outgoing.ts';
import type { Store, Tables } from '../../store/index.ts';
import { attachmentsOf, linksOf, shownAttachment } from '../../store/queries/documents.ts';
import { outboxById } from '../../store/queries/exchange.ts';
import {
  deliveriesOf,
  listOutgoing,
  outgoingById,
  recipientsOf,
  type DeliveryRecord,
  type OutgoingRecord,
} from '../../store/queries/outgoing.ts';
import { requireFound } from '../../store/admit/guard.ts';
import { isBlocked } from '../../store/admit/outgoing.ts';
import { officialOf, outgoingSigners } from '../verification/official.ts';
import { may } from '../../store/rights.ts';

export function list(
  store: Store,
  person: Person,
  argument: ParsedArgument<'outgoing.list'>,
  grant: Grant,
): Result<'outgoing.list'> {
  const { mineOnly, ...rest } = argument;
  return listOutgoing(store.tables, {
    ...rest,
    personId: mineOnly || grant === 'own' ? person.id : null,
  });
}

/** @param pending what the keeper of proofs is still after */
export function get(
  store: Store,
  person: Person,
  { id }: ParsedArgument<'outgoing.get'>,
  pending: OutgoingDetail['pending'] = [],
): OutgoingDetail {
  const { tables } = store;
  const record = requireFound(outgoingById(tables, id));
  const deliveries = deliveriesOf(tables, id);
  const attachments = attachmentsOf(tables, id);
  return {
    id,
    state: record.state,
    kindId: record.kindId,
    kindName: kindById(record.kindId)?.vi ?? record.kindId,
    code: record.code,
    documentId: record.documentId,
    subject: record.subject,
    unit: record.unit,
    issuedDate: record.issuedDate,
    updatedAt: record.updatedAt,
    urgency: record.urgency,
    dueDate: record.dueDate,
    drafter: { id: record.drafterId, name: record.drafter },
    signer: { id: record.signerId, name: record.signer, title: record.signerTitle },
    attachments: [...attachments.map(shownAttachment), ...sentMessage(store, deliveries)],
    recipients: recipientsOf(tables, id),
    deliveries: deliveries.map(shownDelivery),
    links: linksOf(tables, id),
    checks: record.checks.map((check) => ({ ...check, params: { ...check.params } })),
    returnedReason: record.returnedReason,
    official: officialOf(
      store,
      attachments.find(({ role }) => role === 'main')?.file,
      outgoingSigners(store, record),
    ),
    pending,
    alarm: isBlocked(record) ? { code: record.alarm!.code, params: { ...record.alarm!.params } } : null,
    actions: actions(tables, person, record),
    fileActs: record.state === 'issued' && may(tables, person, 'copy.sign') ? ['copy'] : [],
  };
}

/** The message as it went out, once there is one. */
function sentMessage(store: Store, deliveries: readonly DeliveryRecord[]): Attachment[] {
  const message = deliveries[0] && outboxById(store.tables, deliveries[0].messageId);
  if (!message) return [];
  return [
    {
      sha256: message.file,
      name: `${message.code.replace(/[^\p{L}\p{N}]+/gu, '-')}.edxml`,
      role: 'message',
      size: store.files.peek(message.file).size,
      mediaType: 'application/xml',
      problems: [],
      verdict: null,
      archive: null,
    },
  ];
}

function shownDelivery({ id, recipient, state, updatedAt, note, problem }: DeliveryRecord): Delivery {
  return { id, recipient, state, updatedAt, note, problem };
}

type Action = OutgoingDetail['actions'][number];

function actions(tables: Tables, person: Person, record: OutgoingRecord): Action[] {
  const { id, state } = record;
  const can = (capability: Parameters<typeof may>[2], action: Action) =>
    may(tables, person, capability, id) && action;
  const release = isBlocked(record) && can('outgoing.sign', 'allow-sending');
  const drop = can('outgoing.draft', 'cancel');
  const allowed: Readonly<Record<OutgoingRecord['state'], readonly (Action | false)[]>> = {
    draft: [can('outgoing.draft', 'submit'), can('outgoing.draft', 'edit'), drop],
    checking: [can('outgoing.check', 'approve-format'), can('outgoing.check', 'return'), drop],
    'to-sign': [can('outgoing.sign', 'sign'), can('outgoing.sign', 'return'), drop],
    signed: [can('outgoing.number', 'number'), drop],
    numbered: [can('outgoing.seal', 'seal'), can('outgoing.sign', 'cancel')],
    sealed: [release, !isBlocked(record) && can('outgoing.issue', 'issue'), can('outgoing.sign', 'cancel')],
    issued: [release],
    cancelled: [],
  };
  return allowed[state].filter((action) => action !== false);
}
