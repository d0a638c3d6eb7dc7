import { randomUUID } from 'node:crypto';
import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { FileReference } from '../../../shared/ipc/call.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { DraftFields } from '../../../shared/ipc/outgoing.ts';
import { mimeTypeOf } from '../../../shared/domain/media-type.ts';
import type { OutgoingFields } from '../../store/events/outgoing.ts';
import type { StoredAttachment } from '../../store/events/words.ts';
import type { Store } from '../../store/index.ts';
import { personById } from '../../store/queries/office.ts';
import { actorOf, newEvent } from '../common/events.ts';
import { repairNotes } from '../verification/examine-file.ts';
import { refuseSecret } from '../common/secrecy.ts';

/** Every file a draft names. */
export function filesOf({ main, source, appendices }: DraftFields): FileReference[] {
  return [main, source, ...appendices].filter((file) => file !== null);
}

/**
 * A new draft of this person.
 * @throws DeskError documents.secret, documents.not-pdf, documents.kind-unknown, documents.signer-not-authorised
 */
export function create(store: Store, person: Person, fields: DraftFields): Result<'outgoing.create'> {
  const id = randomUUID();
  store.record(actorOf(person), () =>
    newEvent('outgoing.drafted', id, {
      ...fieldsOf(store, fields),
      drafterId: person.id,
      drafterName: person.name,
    }),
  );
  return { id };
}

/** Other facts or files of a draft. @throws DeskError as `create`; documents.wrong-state once it is submitted */
export function change(store: Store, person: Person, argument: ParsedArgument<'outgoing.update'>): void {
  const { id, ...fields } = argument;
  store.record(actorOf(person), () => newEvent('outgoing.changed', id, fieldsOf(store, fields)));
}

/** Back to the drafter, with the reason (NĐ 30/2020, Phụ lục VI, Phần I, III.1n). */
export function giveBack(
  store: Store,
  person: Person,
  { id, reason }: ParsedArgument<'outgoing.return'>,
): void {
  store.record(actorOf(person), () => newEvent('outgoing.returned', id, { reason }));
}

/** Ends a document that has not been issued. A number it already has stays in the register, marked as cancelled. */
export function cancel(
  store: Store,
  person: Person,
  { id, reason }: ParsedArgument<'outgoing.cancel'>,
): void {
  store.record(actorOf(person), () => newEvent('outgoing.cancelled', id, { reason }));
}

function fieldsOf(store: Store, fields: DraftFields): OutgoingFields {
  const { main, source, appendices, ...rest } = fields;
  refuseSecret(rest.subject);
  const attachments = [
    main && attachment(store, main, 'main'),
    source && attachment(store, source, 'source'),
    ...appendices.map((file) => attachment(store, file, 'appendix')),
  ];
  const signerName = personById(store.tables, rest.signerId)?.name ?? '';
  return { ...rest, signerName, attachments: attachments.filter((one) => one !== null) };
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
