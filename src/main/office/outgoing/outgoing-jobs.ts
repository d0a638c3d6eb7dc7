import type { Person } from '../../../shared/domain/people.ts';
import type { CheckRow } from '../../../shared/ipc/outgoing.ts';
import type { IsoDay } from '../../../shared/text/dates.ts';
import type { OutgoingMessage } from '../../store/events/words.ts';
import type { StoredFile } from '../../store/files.ts';
import type { AttachmentRow } from '../../store/queries/documents.ts';
import type { OnRecords } from '../common/on-records.ts';
import type { Thread } from '../common/thread.ts';
import type { SigningJobs, SigningOffice } from '../signing/signing-jobs.ts';
import type { PreparedDraft } from '../signing/prepare.ts';
import type { SignedElsewhere } from '../signing/signed-elsewhere.ts';

/** What is done to a document on its way from draft to letter. */
export interface OutgoingJobs {
  'check-draft': {
    readonly argument: OnRecords & { readonly id: string; readonly signature: SignedElsewhere | null };
    readonly result: CheckRow[];
  };
  'make-fields': {
    readonly argument: OnRecords & { readonly id: string; readonly isSigned: boolean };
    readonly result: PreparedDraft;
  };
  'fill-head': {
    readonly argument: OnRecords & {
      readonly main: AttachmentRow;
      readonly sequence: number;
      readonly day: IsoDay;
    };
    readonly result: StoredFile;
  };
  'write-letter': {
    readonly argument: OnRecords & {
      readonly id: string;
      readonly person: Person;
      readonly sent: readonly AttachmentRow[];
    };
    readonly result: OutgoingMessage;
  };
}

/** An office with a thread for its own documents. */
export interface OutgoingOffice extends SigningOffice {
  readonly documents: Thread<SigningJobs & OutgoingJobs>;
}
