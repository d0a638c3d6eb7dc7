import { Worker } from 'node:worker_threads';
import { DeskError, type ErrorCode, type ErrorParams } from '../../../shared/errors/index.ts';

/** What a thread can be asked, as plain data: classes do not survive the way between threads. */
export type JobTable<T> = {
  readonly [K in keyof T]: { readonly argument: unknown; readonly result: unknown };
};
export interface Job<T extends JobTable<T>, K extends keyof T = keyof T> {
  readonly kind: K;
  readonly argument: T[K]['argument'];
}

/** A `DeskError` on its way out of a thread. */
export interface Failure {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

export type JobNews = { readonly result: unknown } | { readonly failure: Failure };

export interface Patience {
  /** After which the thread is ended and the job fails. */
  readonly limitMs?: number;
  /** Ends a job nobody waits for any more, and the thread with it where that was at work on it. */
  readonly signal?: AbortSignal;
}

/**
 * A thread that does one job after another. It starts with the first, ends when nothing has been asked for a while,
 * and holds up no program that wants to end.
 */
export interface Thread<T extends JobTable<T>> {
  /**
   * @throws DeskError as the work itself does; the code the thread was made with when it ended, by whatever cause;
   *   host.cancelled
   */
  ask<K extends keyof T & string>(
    kind: K,
    argument: T[K]['argument'],
    patience?: Patience,
  ): Promise<T[K]['result']>;
  /** Ends what is under way and what waits for its turn, with host.cancelled. Asked again, it starts anew. */
  stop(): Promise<void>;
}

/** A hostile file must be done with in seconds; the largest that are allowed take less. */
const DEFAULT_LIMIT_MS = 120_000;
const MEMORY_MB = 512;
/** A thread that has read files holds some 100 MB; an office computer of 4 GB needs them elsewhere. */
const IDLE_MS = 30_000;

export interface ThreadOptions {
  /** As it shows among the threads of the program. */
  readonly name: string;
  /** Address of the module beside which the thread's code lies. */
  readonly beside: string;
  /** The name of its file without what follows the dot. */
  readonly script: string;
  /** What a job fails with when the thread ends under it; the next job starts a new one. */
  readonly stopped: ErrorCode;
  /** How long it is kept with nothing to do. */
  readonly idleMs?: number;
}

export function createThread<T extends JobTable<T>>({
  name,
  beside,
  script,
  stopped,
  idleMs = IDLE_MS,
}: ThreadOptions): Thread<T> {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let stopping = new AbortController();

  const start = () => {
    // The built program has it as `.js`.
    const file = `./${script}${beside.endsWith('.ts') ? '.ts' : '.js'}`;
    const started = new Worker(new URL(file, beside), {
      name,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
    // One that fails with nothing to do is missed by nobody: the next job starts another.
    started.on('error', () => {});
    return started;
  };

  const end = () => {
    worker?.terminate().catch(() => undefined);
    worker = undefined;
  };

  const perform = (job: Job<T>, limitMs: number, signal: AbortSignal) =>
    new Promise<unknown>((resolve, reject) => {
      if (signal.aborted) return reject(new DeskError('host.cancelled'));
      clearTimeout(idle);
      const current = (worker ??= start());
      current.ref();
      const over = (settle: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        current.removeAllListeners('message').off('error', gone).off('exit', gone);
        current.unref();
        idle = setTimeout(end, idleMs).unref();
        settle();
      };
      const giveUp = (error: DeskError) =>
        over(() => {
          end();
          reject(error);
        });
      const gone = (cause?: unknown) => giveUp(new DeskError(stopped, {}, cause));
      const cancel = () => giveUp(new DeskError('host.cancelled'));
      const timer = setTimeout(
        () => gone(new Error(`${String(job.kind)}: no end in ${limitMs} ms`)),
        limitMs,
      );
      current.on('message', (news: JobNews) =>
        over(() => {
          if ('failure' in news) reject(new DeskError(news.failure.code, news.failure.params));
          else resolve(news.result);
        }),
      );
      signal.addEventListener('abort', cancel);
      current.on('error', gone);
      current.on('exit', gone);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin, a window has
      current.postMessage(job);
    });

  return {
    ask<K extends keyof T & string>(
      kind: K,
      argument: T[K]['argument'],
      { limitMs = DEFAULT_LIMIT_MS, signal }: Patience = {},
    ) {
      const ended = signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal;
      const next = last.then(() => perform({ kind, argument }, limitMs, ended));
      last = next.catch(() => {});
      return unlessAborted(next, ended);
    },
    async stop() {
      const ending = worker;
      stopping.abort();
      stopping = new AbortController();
      await ending?.terminate();
    },
  };
}

/** A job that still waits for its turn is over at once: nobody who stops it waits for those before it. */
function unlessAborted<R>(result: Promise<R>, signal: AbortSignal): Promise<R> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new DeskError('host.cancelled'));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel);
    result.finally(() => signal.removeEventListener('abort', cancel)).then(resolve, reject);
  });
}
