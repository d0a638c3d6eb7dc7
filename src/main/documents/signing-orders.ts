import type { SignerCertificates, SigningRequest, StartedSignature } from '../signature/sign.ts';
import type { StoredFile } from '../store/files.ts';

/** A file of the office and the folder its records lie in. */
export interface OnFile {
  readonly folder: string;
  readonly file: string;
}

/** What the thread that makes and changes the office's own files can be asked. */
export interface SigningOrders {
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
