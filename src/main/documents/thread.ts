import { Worker } from 'node:worker_threads';
import { DeskError } from '../../shared/errors/index.ts';
import type { Order, OrderKind, OrderNews, Orders } from './orders.ts';

/** A thread that does one order after another; it starts with the first and holds up no program that wants to end. */
export interface Thread {
  /**
   * @param limitMs after which the thread is ended and the order fails
   * @throws DeskError as the work itself does; documents.reading-stopped when the thread ended, by whatever cause
   */
  ask<K extends OrderKind>(
    kind: K,
    argument: Orders[K]['argument'],
    limitMs?: number,
  ): Promise<Orders[K]['result']>;
  /** Ends what is under way. Asked again, it starts anew. */
  stop(): Promise<void>;
}

/** A hostile file must be done with in seconds; the largest that are allowed take less. */
const DEFAULT_LIMIT_MS = 120_000;
const MEMORY_MB = 512;

export function createThread(): Thread {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const start = () => {
    // The built program has the thread's code beside this file as `.js`.
    const file = import.meta.url.endsWith('.ts') ? './reading-worker.ts' : './reading-worker.js';
    const started = new Worker(new URL(file, import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
    return started;
  };

  const perform = (order: Order, limitMs: number) =>
    new Promise<unknown>((resolve, reject) => {
      const current = (worker ??= start());
      current.ref();
      const end = (settle: () => void) => {
        clearTimeout(timer);
        current.removeAllListeners('message').removeAllListeners('error').off('exit', gone);
        current.unref();
        settle();
      };
      const gone = (cause?: unknown) =>
        end(() => {
          if (worker === current) worker = undefined;
          void current.terminate();
          reject(new DeskError('documents.reading-stopped', {}, cause));
        });
      const timer = setTimeout(() => gone(new Error(`${order.kind}: no end in ${limitMs} ms`)), limitMs);
      current.on('message', (news: OrderNews) =>
        end(() => {
          if ('failure' in news) reject(new DeskError(news.failure.code, news.failure.params));
          else resolve(news.result);
        }),
      );
      current.on('error', gone);
      current.on('exit', gone);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin, a window has
      current.postMessage(order);
    });

  return {
    ask<K extends OrderKind>(kind: K, argument: Orders[K]['argument'], limitMs = DEFAULT_LIMIT_MS) {
      const next = last.then(() => perform({ kind, argument }, limitMs));
      last = next.catch(() => {});
      return next as Promise<Orders[K]['result']>;
    },
    async stop() {
      await worker?.terminate();
    },
  };
}

/** Verification and text of files; it is never asked to wait for a network. */
export const readingThread: Thread = createThread();
