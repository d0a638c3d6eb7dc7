import { readFileSync } from 'node:fs';
import { DeskError } from '../../../shared/errors/index.ts';
import { readDelivery } from '../../axis/read-delivery.ts';
import { createHash } from '../../crypto/index.ts';
import { answerJobs } from '../common/worker.ts';
import type { MessageJobs } from './message-thread.ts';

answerJobs<MessageJobs>({
  async read({ path, sha256, listedAs }) {
    const bytes = readFileSync(path);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new DeskError('store.file-damaged', { file: sha256 });
    return Promise.resolve(readDelivery(bytes, listedAs));
  },
});
