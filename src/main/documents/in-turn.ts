import type { Holder } from '../../shared/domain/holder.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { Problem } from '../../shared/ipc/call.ts';
import type { Store } from '../store/index.ts';
import { withLogin, type LoginArgument, type SigningKey } from './signing-key.ts';
import type { Task } from './tasks.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** Everything of one signature that can be made before the token is asked, or why there is nothing to sign. */
type Prepared<P> = { readonly plan: P } | { readonly failure: unknown };

export type Outcome<R> =
  | { readonly outcome: 'signed'; readonly problem: null; readonly result: R }
  | { readonly outcome: 'failed'; readonly problem: Problem }
  | { readonly outcome: 'not-tried'; readonly problem: null };

/** How one item is signed. */
export interface Work<T, P, R> {
  prepare(item: T): Promise<P>;
  /** What is being signed, as progress names it. */
  label(plan: P): string;
  /** Signs and records; a thing once begun is finished: cancelling waits for the next one. */
  carryOut(plan: P, key: SigningKey, task: Task): Promise<R>;
}

export interface SignedInTurn<R> {
  /** In the order of the items. */
  readonly outcomes: readonly Outcome<R>[];
  /** Why the rest was not tried; null when everything had its turn. */
  readonly stopped: Problem | null;
}

/**
 * Signs one thing after another with one login. Each is an act of its own: what is recorded stays when a later one
 * fails. While the token signs one, the next is prepared.
 * @param holder whose certificate it must be
 * @throws DeskError when nothing could be begun: no such token, a wrong PIN, somebody else's certificate
 */
export async function signInTurn<T, P, R>(
  store: Store,
  keeper: TokenKeeper,
  holder: Holder,
  login: LoginArgument,
  task: Task,
  items: readonly T[],
  work: Work<T, P, R>,
): Promise<SignedInTurn<R>> {
  const outcomes: Outcome<R>[] = [];
  let stopped: Problem | null = null;
  let ready = prepared(work, items[0]!);
  await withLogin(store, keeper, holder, login, task, async (key) => {
    for (const n of items.keys()) {
      try {
        const current = await ready;
        task.progress(n, items.length, 'plan' in current ? work.label(current.plan) : '');
        if (n + 1 < items.length) ready = prepared(work, items[n + 1]!);
        if ('failure' in current) throw current.failure;
        const quiet = { signal: task.signal, progress: () => {} };
        const result = await work.carryOut(current.plan, key, quiet);
        outcomes.push({ outcome: 'signed', problem: null, result });
      } catch (error) {
        if (!(error instanceof DeskError)) throw error;
        const problem = problemOf(error);
        if (endsAll(error)) stopped = problem;
        outcomes.push(error.code === 'host.cancelled' ? notTried : { outcome: 'failed', problem });
        if (stopped) break;
      }
    }
    // Nobody waits for it any more, but it must not outlive the call.
    await ready;
  });
  return { outcomes: items.map((_, n) => outcomes[n] ?? notTried), stopped };
}

const notTried = { outcome: 'not-tried', problem: null } as const;

/** Never rejects: it runs while another one is signed, and nobody listens yet. */
async function prepared<T, P>(work: Work<T, P, unknown>, item: T): Promise<Prepared<P>> {
  try {
    return { plan: await work.prepare(item) };
  } catch (failure) {
    return { failure };
  }
}

/** A token that refuses, a full disk or a person who stops would meet everything further too. */
const endsAll = ({ code }: DeskError): boolean =>
  code === 'host.cancelled' || code.startsWith('token.') || code.startsWith('store.');

const problemOf = ({ code, params }: DeskError): Problem => ({ code, params: { ...params } });
