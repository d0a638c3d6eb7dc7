import { parentPort } from 'node:worker_threads';
import { DeskError } from '../../../shared/errors/index.ts';
import type { Failure } from './thread.ts';
import type { Job, JobNews, JobTable } from './thread.ts';

/** How each kind of job is done. */
export type JobHandlers<T extends JobTable<T>> = {
  readonly [K in keyof T]: (argument: T[K]['argument']) => Promise<T[K]['result']>;
};

/** An error as it crosses the border of a thread: its code and parameters, never its cause. */
export const failureOf = ({ code, params }: DeskError): Failure => ({ code, params });

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker port has no origin, a window has
const tell = (news: JobNews) => parentPort!.postMessage(news);

/** Answers what a `Thread` is asked: the whole of a thread's code but its jobs. */
export function answerJobs<T extends JobTable<T>>(handlers: JobHandlers<T>): void {
  parentPort!.on('message', ({ kind, argument }: Job<T>) => {
    handlers[kind](argument).then(
      (result) => tell({ result }),
      (error: unknown) => {
        // Another error crosses as text only and ends the thread: its class would not survive the copy.
        if (!(error instanceof DeskError)) throw error;
        tell({ failure: failureOf(error) });
      },
    );
  });
}
