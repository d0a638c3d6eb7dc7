import type { Store } from '../store/index.ts';
import { createDocumentThread } from './document-thread.ts';
import type { OutgoingOffice } from './outgoing/outgoing-jobs.ts';
import { createFileThread } from './verification/file-thread.ts';
import { createPasswords } from './verification/passwords.ts';
import { createVerification } from './verification/verification.ts';

/** The records of an office with everything that works on its files. */
export interface WorkingOffice extends OutgoingOffice {
  /** Ends what is under way. */
  endWork(): Promise<void>;
}

type OfficeThreads = Pick<WorkingOffice, 'asked' | 'documents'>;

export const createOfficeThreads = (): OfficeThreads => ({
  asked: createFileThread('asked'),
  documents: createDocumentThread(),
});

export function openOffice(store: Store, threads = createOfficeThreads()): WorkingOffice {
  const { asked, documents } = threads;
  const passwords = createPasswords();
  return {
    ...store,
    passwords,
    asked,
    documents,
    verification: createVerification(store, passwords, asked),
    endWork: async () => void (await Promise.all([asked.stop(), documents.stop()])),
  };
}
