import type { Person } from '../../shared/domain/people.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { Problem } from '../../shared/ipc/call.ts';
import type { ParsedArgument, Result } from '../../shared/ipc/index.ts';
import type { BatchItem } from '../../shared/ipc/signing.ts';
import type { Store } from '../store/index.ts';
import { may } from './permission.ts';
import { carryOut, holderOf } from './sign.ts';
import { withLogin } from './signing-key.ts';
import { planSigning, type SigningPlan } from './signing-plan.ts';
import type { Task } from './tasks.ts';
import type { TokenKeeper } from './token-keeper.ts';

type Argument = ParsedArgument<'signing.sign-batch'>;
type Item = Argument['items'][number];
/** A document made ready, or why it cannot be signed. */
type Prepared = { readonly plan: SigningPlan } | { readonly failure: unknown };

/**
 * Signs documents one after another with one login. Each is an act of its own: what is recorded stays when a later
 * one fails. While the token signs one, the next is prepared.
 * @throws DeskError when nothing could be begun: no such token, a wrong PIN, somebody else's certificate
 */
export async function signBatch(
  store: Store,
  keeper: TokenKeeper,
  person: Person,
  argument: Argument,
  task: Task,
): Promise<Result<'signing.sign-batch'>> {
  const { items, act } = argument;
  const done: BatchItem[] = [];
  let stopped: Problem | null = null;
  let ready = prepare(store, person, argument, items[0]!);
  await withLogin(store, keeper, holderOf(store, person, act), argument, task, async (key) => {
    for (const [n, { id }] of items.entries()) {
      try {
        const prepared = await ready;
        task.progress(n, items.length, 'plan' in prepared ? prepared.plan.record.subject : '');
        const next = items[n + 1];
        if (next) ready = prepare(store, person, argument, next);
        if ('failure' in prepared) throw prepared.failure;
        // A document once begun is finished: cancelling waits for the next one.
        await carryOut(store, person, act, prepared.plan, key, { signal: task.signal, progress: () => {} });
        done.push({ id, outcome: 'signed', problem: null });
      } catch (error) {
        if (!(error instanceof DeskError)) throw error;
        const problem = problemOf(error);
        if (endsBatch(error)) stopped = problem;
        const wasCancelled = error.code === 'host.cancelled';
        done.push({
          id,
          outcome: wasCancelled ? 'not-tried' : 'failed',
          problem: wasCancelled ? null : problem,
        });
        if (stopped) break;
      }
    }
    // Nobody waits for it any more, but it must not outlive the call.
    await ready;
  });
  const rest = items
    .slice(done.length)
    .map(({ id }) => ({ id, outcome: 'not-tried' as const, problem: null }));
  return { items: [...done, ...rest], stopped };
}

/** Never rejects: it runs while another document is signed, and nobody listens yet. */
async function prepare(
  store: Store,
  person: Person,
  { act }: Argument,
  { id, boxes }: Item,
): Promise<Prepared> {
  try {
    if (!may(store.tables, person, act === 'approve' ? 'outgoing.sign' : 'outgoing.seal', id))
      throw new DeskError('documents.not-allowed', { name: person.name });
    return { plan: await planSigning(store, { id, act, boxes }) };
  } catch (failure) {
    return { failure };
  }
}

/** A token that refuses, a full disk or a person who stops would meet every further document too. */
const endsBatch = ({ code }: DeskError): boolean =>
  code === 'host.cancelled' || code.startsWith('token.') || code.startsWith('store.');

const problemOf = ({ code, params }: DeskError): Problem => ({ code, params: { ...params } });
