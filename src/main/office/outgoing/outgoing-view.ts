import type { Person } from '../../../shared/domain/people.ts';
import type { Grant } from '../../../shared/domain/permissions.ts';
import type { Attachment } from '../../../shared/ipc/documents.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import { deliverySchema, outgoingFactsSchema, type OutgoingDetail } from '../../../shared/ipc/outgoing.ts';
import type { Store } from '../../store/index.ts';
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
import { capabilityToCancel, capabilityToReturn, isBlocked } from '../../store/admit/outgoing.ts';
import { officialOf, outgoingSigners } from '../verification/official.ts';
import { permitted, type Actions } from '../common/actions.ts';
import { may } from '../../store/rights.ts';

/**
 * One page of the office's own documents that a person may see.
 * @param grant `own`: only those the person drafted or signs
 */
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

/** Of a record, what the contract shows as it stands. */
const facts = outgoingFactsSchema.strip();
const shownDelivery = deliverySchema.strip();

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
    ...facts.parse(record),
    attachments: [...attachments.map(shownAttachment), ...sentMessage(store, deliveries)],
    recipients: recipientsOf(tables, id),
    deliveries: deliveries.map((delivery) => shownDelivery.parse(delivery)),
    links: linksOf(tables, id),
    official: officialOf(
      store,
      attachments.find(({ role }) => role === 'main')?.file,
      outgoingSigners(store, record),
    ),
    pending,
    alarm: isBlocked(record) ? { code: record.alarm!.code, params: { ...record.alarm!.params } } : null,
    actions: permitted(tables, person, id, actions[record.state]).filter((action) =>
      isInPlace(record, action),
    ),
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

const actions: Readonly<Record<OutgoingRecord['state'], Actions<OutgoingDetail['actions'][number]>>> = {
  draft: [
    ['submit', 'outgoing.draft'],
    ['edit', 'outgoing.draft'],
    ['cancel', capabilityToCancel('draft')],
  ],
  checking: [
    ['approve-format', 'outgoing.check'],
    ['return', capabilityToReturn('checking')],
    ['cancel', capabilityToCancel('checking')],
  ],
  'to-sign': [
    ['sign', 'outgoing.sign'],
    ['return', capabilityToReturn('to-sign')],
    ['cancel', capabilityToCancel('to-sign')],
  ],
  signed: [
    ['number', 'outgoing.number'],
    ['cancel', capabilityToCancel('signed')],
  ],
  numbered: [
    ['seal', 'outgoing.seal'],
    ['cancel', capabilityToCancel('numbered')],
  ],
  sealed: [
    ['allow-sending', 'outgoing.sign'],
    ['issue', 'outgoing.issue'],
    ['cancel', capabilityToCancel('sealed')],
  ],
  issued: [['allow-sending', 'outgoing.sign']],
  cancelled: [],
};

/** What has an alarm is not issued before the head lets it go; what has none needs no leave. */
const isInPlace = (record: OutgoingRecord, action: OutgoingDetail['actions'][number]): boolean =>
  action !== (isBlocked(record) ? 'issue' : 'allow-sending');
