import { Worker } from 'node:worker_threads';
import { DeskError, type ErrorCode, type ErrorParams } from '../../../shared/errors/index.ts';

/** What a thread can be asked, as plain data: classes do not survive the way between threads. */
export type OrderTable<T> = {
  readonly [K in keyof T]: { readonly argument: unknown; readonly result: unknown };
};
export interface Order<T extends OrderTable<T>, K extends keyof T = keyof T> {
  readonly kind: K;
  readonly argument: T[K]['argument'];
}

/** A `DeskError` on its way out of a thread. */
export interface Failure {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

export type OrderNews = { readonly result: unknown } | { readonly failure: Failure };

/** A thread that does one order after another; it starts with the first and holds up no program that wants to end. */
export interface Thread<T extends OrderTable<T>> {
  /**
   * @param limitMs after which the thread is ended and the order fails
   * @param signal ends an order nobody waits for any more, and the thread with it where that was at work on it
   * @throws DeskError as the work itself does; the code the thread was made with when it ended, by whatever cause;
   *   host.cancelled
   */
  ask<K extends keyof T & string>(
    kind: K,
    argument: T[K]['argument'],
    limitMs?: number,
    signal?: AbortSignal,
  ): Promise<T[K]['result']>;
  /** Ends what is under way. Asked again, it starts anew. */
  stop(): Promise<void>;
}

/** A hostile file must be done with in seconds; the largest that are allowed take less. */
const DEFAULT_LIMIT_MS = 120_000;
const MEMORY_MB = 512;

/**
 * @param beside address of the module beside which the thread's code lies
 * @param script the name of its file without what follows the dot
 * @param stopped what an order fails with when the thread ends under it; the next order starts a new one
 */
export function createThread<T extends OrderTable<T>>(
  beside: string,
  script: string,
  stopped: ErrorCode,
): Thread<T> {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const start = () => {
    // The built program has it as `.js`.
    const file = `./${script}${beside.endsWith('.ts') ? '.ts' : '.js'}`;
    const started = new Worker(new URL(file, beside), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
    return started;
  };

  const perform = (order: Order<T>, limitMs: number, signal?: AbortSignal) =>
    new Promise<unknown>((resolve, reject) => {
      if (signal?.aborted) return reject(new DeskError('host.cancelled'));
      const current = (worker ??= start());
      current.ref();
      const end = (settle: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        current.removeAllListeners('message').removeAllListeners('error').off('exit', gone);
        current.unref();
        settle();
      };
      const giveUp = (error: DeskError) =>
        end(() => {
          if (worker === current) worker = undefined;
          void current.terminate();
          reject(error);
        });
      const gone = (cause?: unknown) => giveUp(new DeskError(stopped, {}, cause));
      const cancel = () => giveUp(new DeskError('host.cancelled'));
      const timer = setTimeout(
        () => gone(new Error(`${String(order.kind)}: no end in ${limitMs} ms`)),
        limitMs,
      );
      current.on('message', (news: OrderNews) =>
        end(() => {
          if ('failure' in news) reject(new DeskError(news.failure.code, news.failure.params));
          else resolve(news.result);
        }),
      );
      signal?.addEventListener('abort', cancel);
      current.on('error', gone);
      current.on('exit', gone);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin, a window has
      current.postMessage(order);
    });

  return {
    ask<K extends keyof T & string>(
      kind: K,
      argument: T[K]['argument'],
      limitMs = DEFAULT_LIMIT_MS,
      signal?: AbortSignal,
    ) {
      const next = last.then(() => perform({ kind, argument }, limitMs, signal));
      last = next.catch(() => {});
      return signal ? unlessAborted(next, signal) : next;
    },
    async stop() {
      await worker?.terminate();
    },
  };
}

/** An order that still waits for its turn is over at once: nobody who stops it waits for those before it. */
function unlessAborted<R>(result: Promise<R>, signal: AbortSignal): Promise<R> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new DeskError('host.cancelled'));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel);
    void result.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
