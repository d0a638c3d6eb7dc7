import type { Holder } from '../../../shared/domain/holder.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { Problem } from '../../../shared/ipc/call.ts';
import type { Store } from '../../store/index.ts';
import { withLogin, type LoginArgument, type SigningKey } from './signing-key.ts';
import type { Task } from '../common/tasks.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** Everything of one signature that can be made before the token is asked, or why there is nothing to sign. */
type Prepared<P> = { readonly plan: P } | { readonly failure: unknown };

export type Outcome<R> =
  | { readonly outcome: 'signed'; readonly problem: null; readonly result: R }
  | { readonly outcome: 'failed'; readonly problem: Problem }
  | { readonly outcome: 'not-tried'; readonly problem: null };

/** How one item is signed. */
export interface SigningSteps<T, P, R> {
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

/** How many are under way: one prepared, one at the token, one written and recorded, and one that waits for either. */
const UNDER_WAY = 4;

/**
 * Signs one thing after another with one login. Each is an act of its own: what is recorded stays when a later one
 * fails. While the token signs one, the next is prepared and the last one written.
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
  steps: SigningSteps<T, P, R>,
): Promise<SignedInTurn<R>> {
  const ends: End<R>[] = [];
  let isStopped = false;
  let turns = 0;
  /** @throws DeskError host.cancelled, also when another one has ended it all */
  const takeTurn = (label: string) => {
    if (isStopped) throw new DeskError('host.cancelled');
    task.progress(turns, items.length, label);
    turns += 1;
  };
  const signOne = async (n: number, prepared: Promise<Prepared<P>>, key: SigningKey) => {
    try {
      const ready = await prepared;
      if ('failure' in ready) {
        takeTurn('');
        throw ready.failure;
      }
      let hasTurn = false;
      const progress = () => {
        if (!hasTurn) takeTurn(steps.label(ready.plan));
        hasTurn = true;
      };
      ends[n] = { result: await steps.carryOut(ready.plan, key, { signal: task.signal, progress }) };
    } catch (error) {
      isStopped ||= !(error instanceof DeskError) || endsAll(error);
      ends[n] = { error };
    }
  };
  const first = prepare(steps, items[0]!);
  await withLogin(store, keeper, holder, login, task, async (key) => {
    const underWay = new Set<Promise<void>>();
    for (const [n, item] of items.entries()) {
      if (isStopped) break;
      const one = signOne(n, n === 0 ? first : prepare(steps, item), key).finally(() => underWay.delete(one));
      underWay.add(one);
      if (underWay.size === UNDER_WAY) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  });
  return judged(items, ends);
}

/** How one item ended; those that never began have none. */
type End<R> = { readonly result: R } | { readonly error: unknown };

/** @throws what is no DeskError, once nothing is under way any more */
function judged<R>(items: readonly unknown[], ends: readonly (End<R> | undefined)[]): SignedInTurn<R> {
  const errors = ends.flatMap((end) => {
    if (!end || 'result' in end) return [];
    if (!(end.error instanceof DeskError)) throw end.error;
    return endsAll(end.error) ? [end.error] : [];
  });
  // What ended the login comes before what only met its end.
  const cause = errors.find(({ code }) => !isAfterTheEnd(code)) ?? errors[0];
  const outcomes = items.map((_, n): Outcome<R> => {
    const end = ends[n];
    if (!end) return notTried;
    if ('result' in end) return { outcome: 'signed', problem: null, result: end.result };
    const error = end.error as DeskError;
    return (error !== cause && isAfterTheEnd(error.code)) || error.code === 'host.cancelled'
      ? notTried
      : { outcome: 'failed', problem: problemOf(error) };
  });
  return { outcomes, stopped: cause ? problemOf(cause) : null };
}

const notTried = { outcome: 'not-tried', problem: null } as const;

/** Never rejects: it runs while another one is signed, and nobody listens yet. */
async function prepare<T, P>(steps: SigningSteps<T, P, unknown>, item: T): Promise<Prepared<P>> {
  try {
    return { plan: await steps.prepare(item) };
  } catch (failure) {
    return { failure };
  }
}

const isAfterTheEnd = (code: string): boolean => code === 'host.cancelled' || code === 'token.session-ended';

/** A token that refuses, a full disk or a person who stops would meet everything further too. */
const endsAll = ({ code }: DeskError): boolean =>
  code === 'host.cancelled' || code.startsWith('token.') || code.startsWith('store.');

const problemOf = ({ code, params }: DeskError): Problem => ({ code, params: { ...params } });
