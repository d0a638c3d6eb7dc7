import type { SigningRole } from '../../../shared/domain/states.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { Box, Placement } from '../../../shared/ipc/signing.ts';
import type { ActContexts, ActKind, PlannedSignature } from '../../paper/plan-act.ts';
import type { SignerCertificates, SigningRequest, StartedSignature } from '../../signature/sign.ts';
import type { Base } from '../../store/events/index.ts';
import type { StoredFile } from '../../store/files.ts';
import type { OutgoingRecord } from '../../store/queries/outgoing.ts';
import type { OnFile, OnRecords } from '../common/on-records.ts';
import type { Opening } from '../common/pages.ts';
import type { Thread } from '../common/thread.ts';
import type { OpenOffice } from '../verification/open-office.ts';

/** One signature an act has to make: on which file, under which name, and how it looks. */
export interface Signing {
  readonly role: SigningRole;
  readonly position: number;
  readonly name: string;
  /** The bytes to sign over. */
  readonly file: string;
  readonly request: SigningRequest;
}

/** Everything of a document that can be made before a token is asked for anything. */
export interface SigningPlan {
  readonly record: OutgoingRecord;
  /** The document as the plan found it. */
  readonly base: Base;
  readonly signings: readonly Signing[];
}

export type SigningAct = ParsedArgument<'signing.sign'>['act'];
export type Wanted = Pick<ParsedArgument<'signing.sign'>, 'id' | 'act' | 'boxes'>;

/** An act on a file, with the context of its kind. */
export type AnyAct = {
  readonly [K in ActKind]: { readonly kind: K; readonly context: ActContexts[K] };
}[ActKind];

/** What a signature is made of, from its place on the page to the grown file. */
export interface SigningJobs {
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
}

/** An office with a thread for its own documents. */
export interface SigningOffice extends OpenOffice {
  readonly documents: Thread<SigningJobs>;
}
