import type { Person } from '../../../shared/domain/people.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { CheckRow } from '../../../shared/ipc/outgoing.ts';
import type { Box, Placement } from '../../../shared/ipc/signing.ts';
import type { IsoDay } from '../../../shared/text/dates.ts';
import type { PlannedSignature } from '../../paper/plan-act.ts';
import type { SignerCertificates, SigningRequest, StartedSignature } from '../../signature/sign.ts';
import type { OutgoingMessage } from '../../store/events/words.ts';
import type { StoredFile } from '../../store/files.ts';
import type { Records } from '../../store/index.ts';
import type { AttachmentRow } from '../../store/queries/documents.ts';
import type { AnyAct } from './file-act-kinds.ts';
import type { Opening } from '../verification/orders.ts';
import type { PreparedDraft } from './prepare.ts';
import type { SignedElsewhere } from './signed-elsewhere.ts';
import type { SigningPlan, Wanted } from './signing-plan.ts';

/** The office's records and the desk's time. */
export interface OnRecords {
  readonly folder: string;
  /** UTC milliseconds. */
  readonly now: number;
}

export const onRecords = ({ folder, now }: Records): OnRecords => ({ folder, now: now() });

/** A file of the office and the folder its records lie in. */
export interface OnFile extends Opening {
  readonly folder: string;
  readonly file: string;
}

/** What the thread that looks at, makes and changes the office's own files can be asked; it records nothing. */
export interface SigningOrders {
  'check-draft': {
    readonly argument: OnRecords & { readonly id: string; readonly signature: SignedElsewhere | null };
    readonly result: CheckRow[];
  };
  'make-fields': {
    readonly argument: OnRecords & { readonly id: string; readonly isSigned: boolean };
    readonly result: PreparedDraft;
  };
  'find-placements': {
    readonly argument: OnRecords & { readonly wanted: ParsedArgument<'signing.placements'> };
    readonly result: Result<'signing.placements'>;
  };
  /** The block *Nơi nhận* of a file. */
  'find-recipients': {
    readonly argument: OnRecords & Opening & { readonly file: string };
    readonly result: Placement['recipients'];
  };
  'plan-signing': {
    readonly argument: OnRecords & { readonly wanted: Wanted };
    readonly result: SigningPlan;
  };
  'plan-act': {
    readonly argument: OnRecords &
      Opening & {
        readonly file: string;
        readonly act: AnyAct;
        readonly box: Box | undefined;
        readonly unsigned: boolean;
      };
    readonly result: PlannedSignature;
  };
  /** First step of a signature; see `startSignature`. */
  'start-signature': {
    readonly argument: OnFile & {
      readonly request: SigningRequest;
      readonly signer: SignerCertificates;
      readonly now: number;
      readonly reserveBytes: number | null;
    };
    readonly result: StartedSignature;
  };
  /** Last step of a signature: the grown file, on disk, and the timestamp as a file of its own. */
  'finish-signature': {
    readonly argument: OnFile & {
      readonly started: StartedSignature;
      readonly signer: SignerCertificates;
      readonly signature: Uint8Array;
      readonly timestamp: Uint8Array | null;
    };
    readonly result: { readonly file: StoredFile; readonly timestamp: StoredFile | null };
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
