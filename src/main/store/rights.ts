import type { Person } from '../../shared/domain/people.ts';
import { grantOf, type Capability } from '../../shared/domain/permissions.ts';
import { handles, incomingById } from './queries/incoming.ts';
import { outgoingById } from './queries/outgoing.ts';
import { signedBy } from './queries/signed-files.ts';
import type { Tables } from './sql.ts';

/** Whose document it is, where a role may only deal with its own. */
const owns: Partial<Record<Capability, (tables: Tables, personId: string, documentId: string) => boolean>> = {
  'incoming.view': handles,
  'incoming.handle': (tables, personId, id) => incomingById(tables, id)?.mainHandlerId === personId,
  'outgoing.view': (tables, personId, id) =>
    isDrafter(tables, personId, id) || isSigner(tables, personId, id),
  'outgoing.draft': isDrafter,
  'outgoing.sign': isSigner,
  'file.view': (tables, personId, id) => signedBy(tables, id) === personId,
};

/** Whether a right can be to own documents only, so that it has to be asked of one. */
export const hasOwner = (capability: Capability): boolean => Object.hasOwn(owns, capability);

function isDrafter(tables: Tables, personId: string, id: string): boolean {
  return outgoingById(tables, id)?.drafter.id === personId;
}

function isSigner(tables: Tables, personId: string, id: string): boolean {
  return outgoingById(tables, id)?.signer.id === personId;
}

/** Whether a person may use a capability, on one document or at all. */
export function may(tables: Tables, person: Person, capability: Capability, documentId?: string): boolean {
  const grant = grantOf(person.role, capability);
  if (grant !== 'own' || documentId === undefined) return grant !== undefined;
  return owns[capability]?.(tables, person.id, documentId) ?? false;
}
