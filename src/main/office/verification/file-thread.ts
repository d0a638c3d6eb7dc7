import { createThread, type Thread } from '../common/thread.ts';
import type { FileJobs } from './file-jobs.ts';

/** Works on files that others made, and asks slow services about them. */
export type FileThread = Thread<FileJobs>;

/** @param name what for, as it shows among the threads of the program */
export const createFileThread = (name: string): FileThread =>
  createThread<FileJobs>({
    name,
    beside: import.meta.url,
    script: 'file-worker',
    stopped: 'documents.reading-stopped',
  });
