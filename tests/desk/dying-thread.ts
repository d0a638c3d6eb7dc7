import type { Thread } from '../../src/main/office/common/thread.ts';

/** Kills the next thread of this process once it is at work, as running out of memory would. */
export async function killNext(thread: Pick<Thread<object>, 'stop'>): Promise<void> {
  await thread.stop();
  process.once('worker', (worker) => worker.once('online', () => void worker.terminate()));
}
