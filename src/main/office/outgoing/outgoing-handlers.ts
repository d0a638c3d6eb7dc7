import { withNamedRecords } from '../common/on-records.ts';
import type { JobHandlers } from '../common/worker.ts';
import { writeLetter } from '../messages/letter.ts';
import { checklist, makeFields } from './examine-draft.ts';
import { fillHead } from './fill-head.ts';
import type { OutgoingJobs } from './outgoing-jobs.ts';

export const outgoingHandlers: JobHandlers<OutgoingJobs> = {
  'check-draft': (on) => withNamedRecords(on, (records) => checklist(records, on.id, on.signature)),
  'make-fields': (on) => withNamedRecords(on, (records) => makeFields(records, on.id, on.isSigned)),
  'fill-head': (on) => withNamedRecords(on, (records) => fillHead(records, on.main, on.sequence, on.day)),
  'write-letter': (on) => withNamedRecords(on, (records) => writeLetter(records, on.id, on.person, on.sent)),
};
