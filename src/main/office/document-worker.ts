/** Making and changing the office's own PDFs, in a thread, so that the window never waits. */
import { answerJobs } from './common/worker.ts';
import type { DocumentJobs } from './document-thread.ts';
import { outgoingHandlers } from './outgoing/outgoing-handlers.ts';
import { signingHandlers } from './signing/signing-handlers.ts';

answerJobs<DocumentJobs>({ ...signingHandlers, ...outgoingHandlers });
