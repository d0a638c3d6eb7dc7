/** What a thread that reads files, verifies them and adds proofs to them can be asked. */
import type { Repair } from '../../../shared/domain/repairs.ts';
import type { TrustClass, Verification } from '../../../shared/domain/verification.ts';
import type { RevocationEvidence } from '../../signature/online/revocation-evidence.ts';
import type { VerificationReport } from '../../report/verification-report.ts';
import type { LevelStep } from '../../signature/levels/index.ts';
import type { PendingTask } from '../../signature/levels/pending.ts';
import type { Level } from '../../signature/levels/state.ts';
import type { Opening } from '../common/pages.ts';
import type { Failure } from '../common/thread.ts';

export interface SentAnchor {
  readonly der: Uint8Array;
  readonly trustClass: Exclude<TrustClass, 'la'>;
}

export interface JobServices {
  readonly anchors: readonly SentAnchor[];
  /** Of the timestamp service; what a person entered here may lie on the office's own network. */
  readonly tsaUrls: readonly string[];
  readonly cacheFolder: string;
  /** The desk's time; UTC milliseconds. */
  readonly now: number;
}

/** Proof of one certificate's status, as it came from the network. Times are UTC milliseconds. */
export interface FoundStatus extends Omit<RevocationEvidence, 'reason' | 'responder' | 'delta'> {
  /** SHA-256 of the certificate, and whose it is. */
  readonly certificate: string;
  readonly name: string;
}

export interface FoundStatuses {
  readonly statuses: readonly FoundStatus[];
  /** Certificates that were fetched to complete a chain. */
  readonly certificates: readonly Uint8Array[];
  /** The first thing that could not be had; null when everything was. */
  readonly failure: Failure | null;
}

export interface LockableFile extends Opening {
  readonly path: string;
}

export interface FileJobs {
  /** Whether a file opens with a password. */
  unlock: { readonly argument: Required<LockableFile>; readonly result: null };
  verify: {
    readonly argument: LockableFile & {
      readonly anchors: readonly SentAnchor[];
      readonly at: number;
      readonly revocationFailure: Failure | null;
      readonly crls: readonly Uint8Array[];
      readonly ocsps: readonly Uint8Array[];
      readonly certificates: readonly Uint8Array[];
    };
    readonly result: {
      readonly verification: Verification;
      /** Certificates of authorities that are trusted by their fingerprint, found on the way. */
      readonly authorities: readonly Uint8Array[];
    };
  };
  /** Whether a PDF can be signed as it is, and else a copy written anew, where one can be made. */
  examine: {
    readonly argument: { readonly path: string };
    readonly result: {
      readonly problem: Failure | null;
      readonly copy: { readonly bytes: Uint8Array; readonly repairs: readonly Repair[] } | null;
      readonly signed: boolean;
    };
  };
  /** The verification of a file as a PDF for printing. */
  report: { readonly argument: VerificationReport; readonly result: Uint8Array };
  /** The words of each page. */
  words: { readonly argument: LockableFile; readonly result: string[] };
  /** The status of every certificate that signed a file, asked of the services they name. */
  statuses: {
    readonly argument: JobServices &
      LockableFile & {
        /** UTC milliseconds: an answer kept from before then is asked anew; null: any serves. */
        readonly fetchedAfter: number | null;
      };
    readonly result: FoundStatuses;
  };
  /** The bytes of a ZIP: the file, the certificates wanted of those in it, and other kept files. */
  'pack-evidence': {
    readonly argument: LockableFile & {
      readonly anchors: readonly SentAnchor[];
      readonly now: number;
      /** SHA-256. */
      readonly certificates: readonly string[];
      /** Kept files by their names in the ZIP. */
      readonly kept: ReadonlyMap<string, string>;
      readonly description: string;
    };
    readonly result: Uint8Array;
  };
  /** What a file still lacks for a level. */
  'pending-proofs': {
    readonly argument: LockableFile & {
      readonly anchors: readonly SentAnchor[];
      readonly level: Level;
      readonly now: number;
    };
    readonly result: readonly PendingTask[];
  };
  /** The bytes that raise a file to a level, to be appended to it. */
  raise: {
    readonly argument: JobServices &
      LockableFile & {
        readonly workFolder: string;
        readonly level: Level;
      };
    readonly result: {
      readonly tail: Uint8Array;
      readonly steps: readonly LevelStep[];
      readonly failure: Failure | null;
      /** Times the timestamp service vouched for. */
      readonly timestamps: readonly number[];
    };
  };
}
