import type { IncomingState } from '../../../shared/domain/states.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { incomingEvents } from '../events/incoming.ts';
import { attachmentsOf } from '../queries/documents.ts';
import { incomingById, registeredTwin, type IncomingRecord } from '../queries/incoming.ts';
import { subjectOf } from '../queries/journal.ts';
import { outgoingById } from '../queries/outgoing.ts';
import type { Tables } from '../sql.ts';
import { atWork, byProgram, requireFound, requireRight, requireState, type Guards } from './guard.ts';
import { requireNext } from './numbers.ts';

/** Arrival numbers are given, so that a stamp has something to say and a copy something finished to copy. */
const registered = ['registered', 'directed', 'processing', 'closed'] as const satisfies IncomingState[];
/** Whether a document has its số đến. */
export const isRegistered = ({ state }: IncomingRecord): boolean => registered.some((each) => each === state);

/** @throws DeskError documents.not-found, documents.wrong-state */
export const registeredIncoming = (tables: Tables, id: string): IncomingRecord =>
  requireState(requireFound(incomingById(tables, id)), ...registered);

const isNew = (tables: Tables, id: string) => {
  if (incomingById(tables, id)) throw new DeskError('documents.wrong-state');
};

/** Who may act on documents that came in, when, and in which order of numbers. */
export const incomingGuards: Guards<typeof incomingEvents> = {
  'incoming.received'(tables, actor, { subject }) {
    byProgram(tables, actor);
    isNew(tables, subject);
  },
  'incoming.redelivered': byProgram,
  'incoming.secret-returned'(tables, actor, { subject }) {
    byProgram(tables, actor);
    isNew(tables, subject);
  },
  'incoming.secret-found'(tables, actor, { subject }) {
    byProgram(tables, actor);
    if (requireFound(incomingById(tables, subject)).state === 'refused')
      throw new DeskError('documents.wrong-state');
  },
  /** It takes away nothing but what is said about this letter. */
  'incoming.purged'(tables, actor, { subject, data }) {
    byProgram(tables, actor);
    const isAboutIt = ({ seq }: { readonly seq: number }) => {
      const about = subjectOf(tables, seq);
      return about === undefined || about === subject;
    };
    if (requireFound(incomingById(tables, subject)).state !== 'refused' || !data.entries.every(isAboutIt))
      throw new DeskError('documents.wrong-state');
  },
  'incoming.opened'(tables, actor, { subject }) {
    requireRight(tables, actor, 'incoming.view', subject);
  },
  'incoming.registered'(tables, actor, { subject, data }) {
    requireRight(tables, actor, 'incoming.register');
    const incoming = requireState(requireFound(incomingById(tables, subject)), 'arrived');
    const twin = registeredTwin(tables, incoming);
    if (twin && data.confirmedDuplicateOf !== twin.id)
      throw new DeskError('documents.duplicate', { number: twin.arrivalNumber });
    requireNext(tables, 'incoming', data.arrivalNumber, data.arrivalDate);
  },
  'incoming.refused'(tables, actor, { subject }) {
    requireRight(tables, actor, 'incoming.refuse');
    requireState(requireFound(incomingById(tables, subject)), 'arrived');
  },
  'incoming.directed'(tables, actor, { subject, data }) {
    requireRight(tables, actor, 'incoming.direct');
    requireState(requireFound(incomingById(tables, subject)), 'registered');
    for (const id of [data.mainHandlerId, ...data.otherHandlerIds]) atWork(tables, id);
  },
  'incoming.stamped'(tables, actor, { subject, data }) {
    requireRight(tables, actor, 'incoming.stamp');
    if (registeredIncoming(tables, subject).stampedAt !== null)
      throw new DeskError('documents.already-stamped');
    requirePlace(tables, subject, data.attachment);
  },
  'incoming.commented'(tables, actor, { subject, data }) {
    requireRight(tables, actor, 'incoming.comment');
    registeredIncoming(tables, subject);
    requirePlace(tables, subject, data.attachment);
  },
  'incoming.started'(tables, actor, { subject }) {
    requireState(requireFound(incomingById(tables, subject)), 'directed');
    requireRight(tables, actor, 'incoming.handle', subject);
  },
  'incoming.closed'(tables, actor, { subject, data: { replyId } }) {
    requireState(requireFound(incomingById(tables, subject)), 'processing');
    requireRight(tables, actor, 'incoming.handle', subject);
    const reply = replyId === null ? undefined : outgoingById(tables, replyId);
    if (replyId !== null && (!reply?.code || reply.state === 'cancelled'))
      throw new DeskError('documents.reply-missing');
  },
};

/** Marks go one over the other on one derived file: the one there, or a new one at a free place. */
function requirePlace(tables: Tables, id: string, { position }: { readonly position: number }): void {
  const attachments = attachmentsOf(tables, id);
  const annotated = attachments.find(({ role }) => role === 'annotated');
  const isFree = attachments.every((one) => one.position !== position);
  if (annotated ? annotated.position !== position : !isFree) throw new DeskError('documents.file-changed');
}
