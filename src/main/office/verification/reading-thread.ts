import { createThread, type Thread } from '../common/thread.ts';
import type { Orders } from './orders.ts';

export type ReadingThread = Thread<Orders>;
export const createReadingThread = (): ReadingThread =>
  createThread<Orders>(import.meta.url, 'reading-worker', 'documents.reading-stopped');

/** Verification and text of files; it is never asked to wait for a network. */
export const readingThread: ReadingThread = createReadingThread();
