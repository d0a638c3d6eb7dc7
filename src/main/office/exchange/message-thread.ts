import type { ReadDelivery } from '../../axis/read-delivery.ts';
import { createThread, type Thread } from '../common/thread.ts';

export interface MessageJobs {
  /** @throws DeskError store.file-damaged, and as `readEdxml` */
  readonly read: {
    readonly argument: {
      readonly path: string;
      /** What the bytes must hash to. */
      readonly sha256: string;
      readonly listedAs: 'edoc' | 'status';
    };
    readonly result: ReadDelivery;
  };
}

export type MessageThread = Thread<MessageJobs>;

/** Reads what others sent: a message made to be heavy costs them its own quarantine, and nobody else a second. */
export const createMessageThread = (): MessageThread =>
  createThread<MessageJobs>({
    name: 'messages',
    beside: import.meta.url,
    script: 'message-worker',
    stopped: 'axis.reading-stopped',
  });
