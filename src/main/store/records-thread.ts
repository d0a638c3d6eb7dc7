import { Worker } from 'node:worker_threads';
import { DeskError } from '../../shared/errors/index.ts';
import type { RecordsNews, RecordsOrder } from './records-worker.ts';
import type { Rebuilt } from './rebuild.ts';

export type Progress = (done: number, total: number) => void;

/** Makes the tables again in a thread of its own. @throws DeskError host.cancelled, and those of the store */
export function inRecordsThread(
  work: RecordsOrder['work'],
  dir: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Rebuilt | null> {
  const order: RecordsOrder = { work, dir, stop: new SharedArrayBuffer(4) };
  // The built program has the thread's code beside this file as `.js`.
  const code = new URL(
    import.meta.url.endsWith('.ts') ? './records-worker.ts' : './records-worker.js',
    import.meta.url,
  );
  const worker = new Worker(code, { workerData: order });
  const stop = () => Atomics.store(new Int32Array(order.stop), 0, 1);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  let result: Rebuilt | null = null;
  let failure: unknown;
  return new Promise<Rebuilt | null>((resolve, reject) => {
    worker.on('message', (news: RecordsNews) => {
      if ('done' in news) progress(news.done, news.total);
      else if ('result' in news) ({ result } = news);
      else failure = new DeskError(news.failure.code, news.failure.params);
    });
    worker.on('error', (error) => (failure = error));
    // Only when the thread is gone are its files free.
    worker.on('exit', (code) => {
      if (failure === undefined && code === 0) resolve(result);
      else reject((failure as Error | undefined) ?? new Error('the records thread ended without a result'));
    });
  }).finally(() => signal.removeEventListener('abort', stop));
}
