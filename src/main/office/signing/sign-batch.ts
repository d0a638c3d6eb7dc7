import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import { signInTurn } from './in-turn.ts';
import { may } from '../../store/rights.ts';
import { carryOut, holderOf } from './sign.ts';
import { planSigning } from './plan-signing.ts';
import type { SigningOffice } from './signing-jobs.ts';
import type { Task } from '../common/tasks.ts';
import type { TokenKeeper } from './token-keeper.ts';

/**
 * Signs documents one after another with one login.
 * @throws DeskError when nothing could be begun; see `signInTurn`
 */
export async function signBatch(
  office: SigningOffice,
  keeper: TokenKeeper,
  person: Person,
  argument: ParsedArgument<'signing.sign-batch'>,
  task: Task,
): Promise<Result<'signing.sign-batch'>> {
  const { items, act } = argument;
  const holder = holderOf(office, person, act);
  const { outcomes, stopped } = await signInTurn(office, keeper, holder, argument, task, items, {
    // Async, so that a refusal is this document's outcome.
    async prepare({ id, boxes }) {
      if (!may(office.tables, person, act === 'approve' ? 'outgoing.sign' : 'outgoing.seal', id))
        throw new DeskError('documents.not-allowed', { name: person.name });
      return planSigning(office, { id, act, boxes });
    },
    label: ({ record }) => record.subject,
    carryOut: (plan, key, quiet) => carryOut(office, person, act, plan, key, quiet),
  });
  return {
    items: items.map(({ id }, n) => {
      const { outcome, problem } = outcomes[n]!;
      return { id, outcome, problem };
    }),
    stopped,
  };
}
