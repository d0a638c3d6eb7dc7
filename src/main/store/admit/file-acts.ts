import { grantOf } from '../../../shared/domain/permissions.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { fileActEvents } from '../events/file-acts.ts';
import { attachmentsOf } from '../queries/documents.ts';
import { incomingById } from '../queries/incoming.ts';
import { personById } from '../queries/office.ts';
import { outgoingById } from '../queries/outgoing.ts';
import type { Tables } from '../sql.ts';
import { requireFound, requireRight, requireState, type Guards } from './guard.ts';
import { registeredIncoming } from './incoming.ts';

/** Who may sign files that are not documents of the office, and copy those that are. */
export const fileActGuards: Guards<typeof fileActEvents> = {
  'copy.made'(tables, actor, { subject, data: { orderedById, attachment } }) {
    requireRight(tables, actor, 'copy.sign');
    requireHead(tables, orderedById);
    requireComplete(tables, subject);
    if (attachmentsOf(tables, subject).some(({ position }) => position === attachment.position))
      throw new DeskError('documents.file-changed');
  },
  'signed-file.made'(tables, actor, { data: { holder, copy } }) {
    requireRight(tables, actor, copy ? 'copy.sign' : holder === 'office' ? 'file.seal' : 'file.sign');
    if (copy) requireHead(tables, copy.orderedById);
  },
};

/** The head decides what is copied (NĐ 30/2020, Điều 27). @throws DeskError documents.copy-not-ordered */
export function requireHead(tables: Tables, id: string): void {
  const person = personById(tables, id);
  if (!person?.active || !grantOf(person.role, 'copy.order'))
    throw new DeskError('documents.copy-not-ordered', { name: person?.name ?? id });
}

/** Only what is finished is copied: a registered document, or one that was issued (NĐ 30/2020, Điều 25). */
export function requireComplete(tables: Tables, id: string): void {
  if (incomingById(tables, id)) registeredIncoming(tables, id);
  else requireState(requireFound(outgoingById(tables, id)), 'issued');
}
