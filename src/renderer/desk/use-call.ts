import { useCallback, useEffect, useState } from 'react';
import type { Topic } from '../../shared/domain/topics.ts';
import type { Argument, CallName, Result } from '../../shared/ipc/index.ts';
import { asFailure, call, type CallFailure, onChanged, onProgress, type TaskProgress } from './bridge.ts';

/** Work shorter than this shows no progress: a flash of it is more restless than waiting. */
const slowAfterMs = 500;
/** One act of the desk often changes several topics; they are asked about once. */
const gatherMs = 60;

export interface Asked<N extends CallName> {
  /** The last answer; stays while it is asked again. */
  readonly data: Result<N> | undefined;
  /** What `data` answers, which while waiting is not yet what was asked last. */
  readonly answers: Argument<N> | undefined;
  readonly failure: CallFailure | undefined;
  /** True when an answer has been awaited for more than half a second. */
  readonly slow: boolean;
  readonly reload: () => void;
}

/** True once `waiting` has lasted half a second. */
export function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setSlow(true), slowAfterMs);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [waiting]);
  return slow;
}

/** Calls `listener` shortly after one of `topics` changed. */
export function useChanged(topics: readonly Topic[], listener: () => void): void {
  const wanted = topics.join(' ');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onChanged(wanted.split(' ') as Topic[], () => {
      clearTimeout(timer);
      timer = setTimeout(listener, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [wanted, listener]);
}

/**
 * What the desk answers to a call, asked again when one of `topics` changes or the argument does. A null argument asks
 * nothing. Give the component a `key` where an old answer must not stand under a new argument.
 */
export function useCall<N extends CallName>(
  name: N,
  argument: Argument<N> | null,
  topics: readonly Topic[],
): Asked<N> {
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  useChanged(topics, reload);

  const request = argument === null ? null : `${round} ${JSON.stringify(argument)}`;
  const [answer, setAnswer] = useState<{
    request: string | null;
    data?: Result<N>;
    answers?: Argument<N>;
    failure?: CallFailure;
  }>({ request: null });

  useEffect(() => {
    if (request === null) return undefined;
    let current = true;
    const answers = JSON.parse(request.slice(request.indexOf(' '))) as Argument<N>;
    call(name, answers)
      .then((data) => {
        if (current) setAnswer({ request, data, answers });
      })
      .catch((error: unknown) => {
        if (current) setAnswer((old) => ({ ...old, request, failure: asFailure(error) }));
      });
    return () => {
      current = false;
    };
  }, [name, request]);

  return {
    data: answer.data,
    answers: answer.answers,
    failure: answer.failure,
    slow: useSlow(request !== answer.request),
    reload,
  };
}

export interface Act<A extends unknown[]> {
  readonly run: (...values: A) => void;
  readonly busy: boolean;
  readonly slow: boolean;
  readonly failure: CallFailure | undefined;
  readonly clear: () => void;
}

/** Something a person does: one at a time, its failure kept for showing where it happened. */
export function useAct<A extends unknown[]>(act: (...values: A) => Promise<void>): Act<A> {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const run = (...values: A) => {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    act(...values)
      .catch((error: unknown) => setFailure(asFailure(error)))
      .finally(() => setBusy(false));
  };
  return { run, busy, slow: useSlow(busy), failure, clear: useCallback(() => setFailure(undefined), []) };
}

/** The last step reported by a task; null before the first. */
export function useProgress(taskId: string | null): TaskProgress | null {
  const [progress, setProgress] = useState<TaskProgress | null>(null);
  useEffect(() => (taskId === null ? undefined : onProgress(taskId, setProgress)), [taskId]);
  return progress?.taskId === taskId ? progress : null;
}
