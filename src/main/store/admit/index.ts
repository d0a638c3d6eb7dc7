import type { exchangeEvents } from '../events/exchange.ts';
import type { fileEvents } from '../events/files.ts';
import type { Actor, events, OfficeEvent } from '../events/index.ts';
import type { proofEvents } from '../events/proofs.ts';
import type { Tables } from '../sql.ts';
import { fileActGuards } from './file-acts.ts';
import { byAnyone, byProgram, byRight, type Guard, type Guards } from './guard.ts';
import { incomingGuards } from './incoming.ts';
import { officeGuards } from './office.ts';
import { outgoingGuards } from './outgoing.ts';

/** What the program itself finds out, except what a person sets going again. */
const exchangeGuards: Guards<typeof exchangeEvents> = {
  'inbox.stored': byProgram,
  'inbox.quarantined': byProgram,
  'inbox.acknowledged': byProgram,
  'status.queued': byProgram,
  'status.received': byProgram,
  'status.redelivered': byProgram,
  'status.matched': byProgram,
  'outbox.sending': byProgram,
  'outbox.sent': byProgram,
  'outbox.uncertain': byProgram,
  'outbox.queued': byRight('exchange.run'),
  'outbox.rewritten': byProgram,
  'outbox.failed': byProgram,
};

const fileGuards: Guards<typeof fileEvents> = {
  'file.repaired': byRight('outgoing.draft'),
  'file.read': byProgram,
  'file.reported': byAnyone,
  'file.verified': byProgram,
  'file.evidence': byProgram,
};

const proofGuards: Guards<typeof proofEvents> = {
  'proof.assessed': byProgram,
  'proof.added': byProgram,
  'clock.trusted': byProgram,
};

const guards: Guards<typeof events> = {
  ...officeGuards,
  ...incomingGuards,
  ...outgoingGuards,
  ...exchangeGuards,
  ...fileGuards,
  ...fileActGuards,
  ...proofGuards,
};

/**
 * Whether an event may stand after all that stands already. Own acts are decided first and then admitted; those of
 * other desks are only admitted, in the transaction that gives them their place.
 * @throws DeskError why not
 */
export function admit(tables: Tables, actor: Actor, event: OfficeEvent): void {
  // The type fixes the guard; TypeScript cannot follow that through a union.
  (guards[event.type] as Guard<OfficeEvent['type']>)(tables, actor, event);
}
