import { grantOf } from '../../../shared/domain/permissions.ts';
import { kindById } from '../../../shared/domain/kinds.ts';
import type { Person } from '../../../shared/domain/people.ts';
import type { Capability } from '../../../shared/domain/permissions.ts';
import type { OutgoingState } from '../../../shared/domain/states.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { Actor } from '../events/index.ts';
import type { OutgoingFields, outgoingEvents } from '../events/outgoing.ts';
import { incomingById } from '../queries/incoming.ts';
import { personById } from '../queries/office.ts';
import { outgoingById, type OutgoingRecord } from '../queries/outgoing.ts';
import type { Tables } from '../sql.ts';
import { byProgram, requireFound, requireRight, requireState, type Guards } from './guard.ts';
import { requireNext } from './numbers.ts';

/** There is an alarm and the head has not decided to send all the same. */
export function isBlocked({ alarm, sendingAllowed: allowed }: OutgoingRecord): boolean {
  return alarm !== null && allowed === null;
}

/** @throws DeskError documents.sending-blocked */
export function requireUnblocked(record: OutgoingRecord): void {
  if (isBlocked(record)) throw new DeskError('documents.sending-blocked');
}

/** Signing takes office and title (NĐ 30/2020, Điều 13). @throws DeskError documents.signer-not-authorised */
export function requireSigner(tables: Tables, id: string): Person {
  const signer = personById(tables, id);
  if (!signer?.active || !grantOf(signer.role, 'outgoing.sign') || signer.title === '')
    throw new DeskError('documents.signer-not-authorised', { name: signer?.name ?? id });
  return signer;
}

/** The clerk returns what does not pass the check, the signer what he does not sign. */
export const capabilityToReturn = (state: OutgoingState | undefined): Capability =>
  state === 'to-sign' ? 'outgoing.sign' : 'outgoing.check';

/** A number once given is cancelled on the head's word only. */
export const capabilityToCancel = (state: OutgoingState | undefined): Capability =>
  state === 'numbered' || state === 'sealed' ? 'outgoing.sign' : 'outgoing.draft';

/** Who may act on documents that go out, when, and in which order of numbers. */
export const outgoingGuards: Guards<typeof outgoingEvents> = {
  'outgoing.drafted'(tables, actor, { subject, data }) {
    requireRight(tables, actor, 'outgoing.draft');
    if (outgoingById(tables, subject)) throw new DeskError('documents.wrong-state');
    if (actor.role !== 'system' && data.drafterId !== actor.actor)
      throw new DeskError('documents.not-allowed', { name: actor.actor });
    requireFields(tables, actor, data);
  },
  'outgoing.changed'(tables, actor, { subject, data }) {
    requireRight(tables, actor, 'outgoing.draft', subject);
    requireState(requireFound(outgoingById(tables, subject)), 'draft');
    requireFields(tables, actor, data);
  },
  'outgoing.submitted'(tables, actor, { subject }) {
    requireRight(tables, actor, 'outgoing.draft', subject);
    requireState(requireFound(outgoingById(tables, subject)), 'draft');
  },
  'outgoing.format-approved'(tables, actor, { subject }) {
    requireRight(tables, actor, 'outgoing.check');
    requireState(requireFound(outgoingById(tables, subject)), 'checking');
  },
  'outgoing.signed-elsewhere'(tables, actor, { subject }) {
    requireRight(tables, actor, 'outgoing.check');
    requireState(requireFound(outgoingById(tables, subject)), 'checking');
  },
  'outgoing.returned'(tables, actor, { subject }) {
    const { state } = requireState(requireFound(outgoingById(tables, subject)), 'checking', 'to-sign');
    requireRight(tables, actor, capabilityToReturn(state), subject);
  },
  'outgoing.signed'(tables, actor, { subject }) {
    requireRight(tables, actor, 'outgoing.sign', subject);
    requireState(requireFound(outgoingById(tables, subject)), 'to-sign');
  },
  'outgoing.numbered'(tables, actor, { subject, data }) {
    requireRight(tables, actor, 'outgoing.number');
    requireState(requireFound(outgoingById(tables, subject)), 'signed');
    requireNext(tables, 'outgoing', data.number, data.issuedDate);
  },
  'outgoing.sealed'(tables, actor, { subject }) {
    requireRight(tables, actor, 'outgoing.seal');
    requireState(requireFound(outgoingById(tables, subject)), 'numbered');
  },
  'outgoing.issued'(tables, actor, { subject }) {
    requireRight(tables, actor, 'outgoing.issue');
    requireUnblocked(requireState(requireFound(outgoingById(tables, subject)), 'sealed'));
  },
  'outgoing.alarmed'(tables, actor, { subject }) {
    byProgram(tables, actor);
    if (requireFound(outgoingById(tables, subject)).alarm !== null)
      throw new DeskError('documents.wrong-state');
  },
  'outgoing.sending-allowed'(tables, actor, { subject }) {
    requireRight(tables, actor, 'outgoing.sign', subject);
    if (!isBlocked(requireFound(outgoingById(tables, subject)))) throw new DeskError('documents.wrong-state');
  },
  'outgoing.cancelled'(tables, actor, { subject }) {
    const { state } = requireState(
      requireFound(outgoingById(tables, subject)),
      'draft',
      'checking',
      'to-sign',
      'signed',
      'numbered',
      'sealed',
    );
    requireRight(tables, actor, capabilityToCancel(state), subject);
  },
};

function requireFields(tables: Tables, actor: Actor, { kindId, signerId, replyToId }: OutgoingFields): void {
  if (!kindById(kindId)) throw new DeskError('documents.kind-unknown');
  requireSigner(tables, signerId);
  if (replyToId === null) return;
  requireFound(incomingById(tables, replyToId));
  // The link shows what the letter is about: who may not read it cannot answer it.
  try {
    requireRight(tables, actor, 'incoming.view', replyToId);
  } catch (error) {
    throw new DeskError('documents.not-found', {}, error);
  }
}
