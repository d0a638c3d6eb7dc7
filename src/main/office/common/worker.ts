import { parentPort } from 'node:worker_threads';
import { DeskError } from '../../../shared/errors/index.ts';
import type { Failure } from './thread.ts';
import type { Order, OrderNews, OrderTable } from './thread.ts';

/** How each kind of order is carried out. */
export type Work<T extends OrderTable<T>> = {
  readonly [K in keyof T]: (argument: T[K]['argument']) => Promise<T[K]['result']>;
};

export const failureOf = ({ code, params }: DeskError): Failure => ({ code, params });

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker port has no origin, a window has
const tell = (news: OrderNews) => parentPort!.postMessage(news);

/** Answers the orders of a `Thread`: the whole of a thread's code but its work. */
export function answerOrders<T extends OrderTable<T>>(work: Work<T>): void {
  parentPort!.on('message', ({ kind, argument }: Order<T>) => {
    work[kind](argument).then(
      (result) => tell({ result }),
      (error: unknown) => {
        // Another error crosses as text only and ends the thread: its class would not survive the copy.
        if (!(error instanceof DeskError)) throw error;
        tell({ failure: failureOf(error) });
      },
    );
  });
}
