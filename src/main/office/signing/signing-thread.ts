import { createThread, type Thread } from '../common/thread.ts';
import type { SigningOrders } from './signing-orders.ts';

/** What acts do with the office's own files. A thread of its own: a long verification never holds up a signature. */
export const signingThread: Thread<SigningOrders> = createThread<SigningOrders>(
  import.meta.url,
  'signing-worker',
  'documents.work-stopped',
);
