import type { Holder } from '../../../shared/domain/holder.ts';
import type { Person } from '../../../shared/domain/people.ts';
import type { Problem } from '../../../shared/ipc/call.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { Store } from '../../store/index.ts';
import { actorOf, newEvent } from '../common/events.ts';
import { requireMainFile } from '../common/main-file.ts';
import { requireOffice } from '../common/office-settings.ts';
import { signFiles } from './sign-files.ts';
import { withLogin, type SigningKey } from './signing-key.ts';
import { planSigning } from './plan-signing.ts';
import type { SigningAct, SigningOffice, SigningPlan } from './signing-jobs.ts';
import type { Task } from '../common/tasks.ts';
import type { TokenKeeper } from './token-keeper.ts';

/**
 * Signs one document with one login: the leader's signature, or the agency's on the document and on every separate
 * appendix (NĐ 30/2020, Điều 13, 32 and Phụ lục I). All files are made before anything is recorded; whatever fails,
 * the document is as it was and signing can simply be started again.
 */
export async function sign(
  office: SigningOffice,
  keeper: TokenKeeper,
  person: Person,
  argument: ParsedArgument<'signing.sign'>,
  task: Task,
): Promise<Result<'signing.sign'>> {
  const plan = await planSigning(office, argument);
  const { signedAt, notes } = await withLogin(
    office,
    keeper,
    holderOf(office, person, argument.act),
    argument,
    task,
    (key) => carryOut(office, person, argument.act, plan, key, task),
  );
  return {
    signedAt,
    notes,
    verification: await office.verification.current(requireMainFile(office, plan.record.id).file),
  };
}

/** Whose certificate an act takes: the leader's own, or the agency's. */
export const holderOf = (store: Store, person: Person, act: SigningAct): Holder =>
  act === 'approve'
    ? { kind: 'person', name: person.name }
    : { kind: 'office', name: requireOffice(store).name };

/** Makes the planned signatures and records them as one act. */
export async function carryOut(
  office: SigningOffice,
  person: Person,
  act: SigningAct,
  { record, base, signings }: SigningPlan,
  key: SigningKey,
  task: Task,
): Promise<{ signedAt: number; notes: Problem[] }> {
  const { id } = record;
  const signed = await signFiles(office, key, signings, task);
  const data = {
    files: signed.map(({ position, file }) => ({ position, file: file.sha256, size: file.size })),
    signatures: signed.map(({ evidence }) => evidence),
  };
  const type = act === 'approve' ? 'outgoing.signed' : 'outgoing.sealed';
  const entry = office.record(actorOf(person), () => ({ ...newEvent(type, id, data), base }));
  return { signedAt: entry.at, notes: signed.flatMap(({ note }) => note ?? []) };
}
