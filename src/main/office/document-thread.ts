import { createThread, type Thread } from './common/thread.ts';
import type { OutgoingJobs } from './outgoing/outgoing-jobs.ts';
import type { SigningJobs } from './signing/signing-jobs.ts';

/** What a thread that reads, makes and changes the office's own documents can be asked; it records nothing. */
export type DocumentJobs = SigningJobs & OutgoingJobs;

/** A thread of its own: judging what others made never holds up a signature. */
export const createDocumentThread = (): Thread<DocumentJobs> =>
  createThread<DocumentJobs>({
    name: 'documents',
    beside: import.meta.url,
    script: 'document-worker',
    stopped: 'documents.work-stopped',
  });
