import { randomUUID } from 'node:crypto';
import { kindById } from '../../../shared/domain/kinds.ts';
import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { FileReference } from '../../../shared/ipc/call.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { DraftFields } from '../../../shared/ipc/outgoing.ts';
import { mimeTypeOf } from '../../../shared/domain/media-type.ts';
import type { OutgoingFields } from '../../store/events/outgoing.ts';
import type { StoredAttachment } from '../../store/events/words.ts';
import type { Store } from '../../store/index.ts';
import { incomingById } from '../../store/queries/incoming.ts';
import { personById } from '../../store/queries/office.ts';
import { outgoingById } from '../../store/queries/outgoing.ts';
import { actorOf, event, found, inState } from '../common/acts.ts';
import { repairNotes } from '../verification/examine-file.ts';
import { may } from '../permission.ts';
import { refuseSecret } from '../common/secrecy.ts';

/** Every file a draft names. */
export function filesOf({ main, source, appendices }: DraftFields): FileReference[] {
  return [main, source, ...appendices].filter((file) => file !== null);
}

export function create(store: Store, person: Person, fields: DraftFields): Result<'outgoing.create'> {
  const id = randomUUID();
  store.record(actorOf(person), () =>
    event('outgoing.drafted', id, { ...checkedFields(store, person, fields), drafterId: person.id }),
  );
  return { id };
}

export function change(store: Store, person: Person, argument: ParsedArgument<'outgoing.update'>): void {
  const { id, ...fields } = argument;
  store.record(actorOf(person), () => {
    inState(found(outgoingById(store.tables, id)), 'draft');
    return event('outgoing.changed', id, checkedFields(store, person, fields));
  });
}

/** Back to the drafter, with the reason (NĐ 30/2020, Phụ lục VI, Phần I, III.1n). */
export function giveBack(
  store: Store,
  person: Person,
  { id, reason }: ParsedArgument<'outgoing.return'>,
): void {
  store.record(actorOf(person), () => {
    inState(found(outgoingById(store.tables, id)), 'checking', 'to-sign');
    return event('outgoing.returned', id, { reason });
  });
}

/** Ends a document that has not been issued. A number it already has stays in the register, marked as cancelled. */
export function cancel(
  store: Store,
  person: Person,
  { id, reason }: ParsedArgument<'outgoing.cancel'>,
): void {
  store.record(actorOf(person), () => {
    inState(
      found(outgoingById(store.tables, id)),
      'draft',
      'checking',
      'to-sign',
      'signed',
      'numbered',
      'sealed',
    );
    return event('outgoing.cancelled', id, { reason });
  });
}

function checkedFields(store: Store, person: Person, fields: DraftFields): OutgoingFields {
  const { main, source, appendices, ...rest } = fields;
  refuseSecret(rest.subject);
  if (!kindById(rest.kindId)) throw new DeskError('documents.kind-unknown');
  requireSigner(store, rest.signerId);
  if (rest.replyToId !== null) {
    found(incomingById(store.tables, rest.replyToId));
    // The link shows what the letter is about: who may not read it cannot answer it.
    if (!may(store.tables, person, 'incoming.view', rest.replyToId))
      throw new DeskError('documents.not-found');
  }
  const attachments = [
    main && attachment(store, main, 'main'),
    source && attachment(store, source, 'source'),
    ...appendices.map((file) => attachment(store, file, 'appendix')),
  ];
  return { ...rest, attachments: attachments.filter((one) => one !== null) };
}

/** Signing takes office and title (NĐ 30/2020, Điều 13). */
export function requireSigner(store: Store, id: string): Person {
  const signer = personById(store.tables, id);
  if (!signer?.active || signer.role !== 'principal' || signer.title === '')
    throw new DeskError('documents.signer-not-authorised', { name: signer?.name ?? id });
  return signer;
}

function attachment(
  store: Store,
  { sha256, name }: FileReference,
  role: StoredAttachment['role'],
): StoredAttachment {
  const { size, head } = store.files.peek(sha256);
  const isPdf = head.includes('%PDF-');
  if (role === 'main' && !isPdf) throw new DeskError('documents.not-pdf', { name });
  return {
    file: sha256,
    name,
    role,
    size,
    mediaType: isPdf ? 'application/pdf' : mimeTypeOf(name),
    problems: repairNotes(store, sha256),
  };
}
