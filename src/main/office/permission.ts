import type { Person } from '../../shared/domain/people.ts';
import { grantOf, type Capability, type Grant } from '../../shared/domain/permissions.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { fileActCapability } from '../../shared/ipc/file-acts.ts';
import type { CallName, ParsedArgument } from '../../shared/ipc/index.ts';
import { capabilityToCancel, capabilityToReturn } from '../store/admit/outgoing.ts';
import type { Store, Tables } from '../store/index.ts';
import { incomingById } from '../store/queries/incoming.ts';
import { people } from '../store/queries/office.ts';
import { outgoingById } from '../store/queries/outgoing.ts';
import { hasOwner, may } from '../store/rights.ts';
import { actorOf, event } from './common/acts.ts';

/** What a call needs; where that depends on the document or the act, a function says it. */
type Need<N extends CallName> =
  Capability | 'anyone' | ((tables: Tables, argument: ParsedArgument<N>) => Capability);

const signingAct = (_: Tables, { act }: { act: 'approve' | 'seal' }): Capability =>
  act === 'approve' ? 'outgoing.sign' : 'outgoing.seal';

const stateOf = (tables: Tables, id: string) => outgoingById(tables, id)?.state;

/** Every call with the capability it needs: the only place where a call meets the permission table. */
const needs: { readonly [N in CallName]: Need<N> } = {
  'incoming.list': 'incoming.view',
  'incoming.get': 'incoming.view',
  'incoming.register': 'incoming.register',
  'incoming.refuse': 'incoming.refuse',
  'incoming.direct': 'incoming.direct',
  'incoming.start': 'incoming.handle',
  'incoming.close': 'incoming.handle',
  'outgoing.list': 'outgoing.view',
  'outgoing.get': 'outgoing.view',
  'file.look': 'outgoing.draft',
  'file.take-copy': 'outgoing.draft',
  'outgoing.create': 'outgoing.draft',
  'outgoing.update': 'outgoing.draft',
  'outgoing.submit': 'outgoing.draft',
  'outgoing.approve-format': 'outgoing.check',
  'outgoing.return': (tables, { id }) => capabilityToReturn(stateOf(tables, id)),
  'outgoing.number': 'outgoing.number',
  'outgoing.issue': 'outgoing.issue',
  'outgoing.allow-sending': 'outgoing.sign',
  'outgoing.cancel': (tables, { id }) => capabilityToCancel(stateOf(tables, id)),
  'signing.tokens': 'settings.view',
  'signing.learn': 'file.sign',
  'signing.placements': signingAct,
  'signing.sign': signingAct,
  // Each document is asked about again when its turn comes.
  'signing.sign-batch': signingAct,
  'file-act.plan': (_, { act }) => fileActCapability(act),
  // All are the same act.
  'file-act.sign': (_, { items }) => fileActCapability(items[0]!.act),
  'file-act.list': 'file.view',
  // Of files the reader may see; that is asked file by file.
  'verification.of': 'settings.view',
  'verification.stop': 'settings.view',
  'verification.again': 'settings.view',
  'verification.evidence': 'settings.view',
  'verification.export-evidence': 'settings.view',
  'verification.report': 'settings.view',
  // Of files the reader may see, and those just added.
  'file.unlock': 'settings.view',
  'file.password': 'settings.view',
  'task.cancel': 'anyone',
  'exchange.state': 'anyone',
  'exchange.sync': 'exchange.run',
  'exchange.deliveries': 'exchange.view',
  'exchange.retry': 'exchange.run',
  'exchange.quarantine': 'exchange.view',
  'exchange.reread': 'exchange.run',
  'agencies.find': 'settings.view',
  'today.tiles': 'settings.view',
  'register.book': 'register.view',
  // What is found is narrowed to what the reader may see.
  'search.find': 'settings.view',
  'history.of': (tables, { id }) => (incomingById(tables, id) ? 'incoming.view' : 'outgoing.view'),
  'integrity.check': 'journal.check',
  'integrity.rebuild': 'journal.check',
  'session.state': 'anyone',
  'session.sit': 'anyone',
  'settings.get': 'settings.view',
  'settings.save-office': 'settings.change',
  'settings.save-person': 'settings.change',
  'settings.save-axis': 'settings.change',
  'settings.test-axis': 'settings.change',
  'settings.detect-modules': 'settings.change',
  'settings.diagnose-module': 'settings.change',
  'settings.add-module': 'settings.change',
  'settings.remove-module': 'settings.change',
  'settings.add-pkcs12': 'settings.change',
  'settings.remove-pkcs12': 'settings.change',
  'settings.add-roots': 'settings.change',
  'settings.remove-root': 'settings.change',
  'settings.save-services': 'settings.change',
  'settings.save-signer-kind': 'settings.change',
  'settings.save-image': 'settings.change',
};

/**
 * Lets a call through or records that it was refused.
 * @returns how far the person's right goes: `own` means that lists must leave out other people's documents
 * @throws DeskError documents.nobody-sits, documents.not-allowed
 */
export function admit<N extends CallName>(
  store: Store,
  name: N,
  argument: ParsedArgument<N>,
  person: Person | null,
): Grant {
  const need: Need<N> = needs[name];
  const capability: Capability | 'anyone' = typeof need === 'function' ? need(store.tables, argument) : need;
  if (capability === 'anyone') return 'all';
  // Before the office has any people, somebody has to be able to enter them.
  if (!person && capability.startsWith('settings.') && people(store.tables).length === 0) return 'all';
  if (!person) throw new DeskError('documents.nobody-sits');
  const { id } = argument as { id?: string };
  if (may(store.tables, person, capability, typeof id === 'string' && hasOwner(capability) ? id : undefined))
    return grantOf(person.role, capability)!;
  store.record(actorOf(person), () => event('access.denied', person.id, { call: name, capability }));
  throw new DeskError('documents.not-allowed', { name: person.name });
}
