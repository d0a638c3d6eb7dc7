import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { ParsedArgument } from '../../../shared/ipc/index.ts';
import { attachmentsOf } from '../../store/queries/documents.ts';
import { baseOf } from '../../store/queries/journal.ts';
import { outgoingById } from '../../store/queries/outgoing.ts';
import { requireFound, requireState } from '../../store/admit/guard.ts';
import { actorOf, newEvent } from '../common/events.ts';
import { openToAll } from '../verification/locked-draft.ts';
import { requireMainFile } from '../common/main-file.ts';
import { signedElsewhere } from '../signing/signed-elsewhere.ts';
import { onRecords } from '../common/on-records.ts';
import type { OutgoingOffice } from './outgoing-jobs.ts';

/**
 * Drafter to clerk: runs the checklist and makes the fields for number, date and signatures, while nothing is signed
 * and everything may still change.
 */
export async function submit(
  office: OutgoingOffice,
  person: Person,
  { id }: ParsedArgument<'outgoing.submit'>,
): Promise<void> {
  const base = baseOf(office.tables, id);
  const record = requireState(requireFound(outgoingById(office.tables, id)), 'draft');
  const main = requireMainFile(office, id);
  if (!attachmentsOf(office.tables, id).some(({ role }) => role === 'source'))
    throw new DeskError('documents.source-missing');
  const signature = await openToAll(main.name, () => signedElsewhere(office, record, main.originalFile));
  const checks = await openToAll(main.name, () =>
    office.documents.ask('check-draft', { ...onRecords(office), id, signature }),
  );
  const mark = checks.find(({ rule, result }) => rule === 'not-secret' && result === 'block')?.params['mark'];
  if (mark !== undefined) throw new DeskError('documents.secret', { mark });
  const isSigned = signature !== null;
  const made = await office.documents.ask('make-fields', { ...onRecords(office), id, isSigned });
  const { sha256: file, size, placeFound } = made;
  const files = [{ position: main.position, file, size }];
  const submitted = newEvent('outgoing.submitted', id, { checks, files, placeFound });
  office.record(actorOf(person), () => ({ ...submitted, base }));
}

/**
 * The clerk finds the format in order: on to the signer (NĐ 30/2020, Điều 12.2), or straight on where the signer has
 * signed elsewhere already.
 */
export async function approveFormat(
  office: OutgoingOffice,
  person: Person,
  { id }: ParsedArgument<'outgoing.approve-format'>,
): Promise<void> {
  const base = baseOf(office.tables, id);
  const record = requireState(requireFound(outgoingById(office.tables, id)), 'checking');
  const main = requireMainFile(office, id);
  const signature = await openToAll(main.name, () => signedElsewhere(office, record, main.originalFile));
  const checks = await office.documents.ask('check-draft', { ...onRecords(office), id, signature });
  const count = checks.filter(({ result }) => result === 'block').length;
  if (count > 0) throw new DeskError('documents.check-blocked', { count });
  const approved = signature
    ? newEvent('outgoing.signed-elsewhere', id, { checks, signature })
    : newEvent('outgoing.format-approved', id, { checks });
  office.record(actorOf(person), () => ({ ...approved, base }));
}
