/** What a person does with a file by signing it, and what planning such an act needs to know. */
import type { CopyCase } from '../../shared/domain/people.ts';
import type { IsoDay } from '../../shared/text/dates.ts';
import type { ViewBox } from '../pdf/geometry.ts';
import type { marks, TimeFormat } from './marks.ts';
import type { SignerText } from './placement.ts';
import type { PdfDocument } from '../pdf/reader.ts';
import type { TextLayer } from '../pdf/text.ts';
import type { SigningRequest } from '../signature/sign.ts';

export type ActKind = keyof typeof marks.acts;
export type ActRole =
  (typeof marks.acts)[ActKind]['role'] | (typeof marks.acts.issue.fallback)['number']['role'];
export type CopyForm = keyof typeof marks.acts.copy.forms;

/** A file open for looking: its structure and its text. */
export interface ActDocument {
  readonly document: PdfDocument;
  readonly text: TextLayer;
}

export interface Place {
  /** Counted from 0. */
  readonly page: number;
  readonly box: ViewBox;
}

interface Movable {
  /** How the time is written; left out: as the decree says. */
  readonly timeFormat?: TimeFormat;
  /** An empty signature field of the file to sign instead: the way into a file that somebody certified. */
  readonly field?: string;
  /** Where the person wants it, rather than where the rule puts it. */
  readonly place?: Place;
}

export interface ActContexts {
  /** The leader's signature: a PNG of the handwriting between title and name (NĐ 30/2020, Annex I.I.II.7d). */
  readonly approve: Movable & {
    readonly signer: SignerText;
    /** Undefined: there is none yet, and the place alone is asked for. */
    readonly image: Uint8Array | undefined;
  };
  /** Number, date and seal (Annex I.I.II.8a). */
  readonly issue: Movable & {
    readonly signer: SignerText;
    /** PNG; undefined: there is none yet, and the place alone is asked for. */
    readonly seal: Uint8Array | undefined;
    readonly sealMm: number;
    /** Width by height of the leader's image, where it is not in a field of the file. */
    readonly imageAspect: number;
    /** Shown by signatures of the agency where the file has no text fields for them, or locked ones. */
    readonly number?: string;
    readonly date?: IsoDay;
    /** Where the person wants those signatures, in the order planned. */
    readonly markPlaces?: readonly (Place | undefined)[];
  };
  /** A separate appendix (Annex I.I.II.8b). */
  readonly appendix: Movable & { readonly code: string; readonly time: Date };
  /** Sao y, sao lục, trích sao (Annex I.II.I.3). */
  readonly copy: Movable & {
    readonly form: CopyForm;
    /** Left out: as in a sentence. */
    readonly formCase?: CopyCase;
    readonly agency: string;
    /** Who turned the paper into this file. Left out: nothing is said of it. */
    readonly converter?: string;
    readonly time: Date;
  };
  /** The ĐẾN stamp on a file derived from the one received, whose own bytes stay as they came (Annex IV.V). */
  readonly incoming: Movable & {
    readonly agency: string;
    readonly number: string;
    readonly date: IsoDay;
    readonly forwardTo?: string;
    readonly fileCode?: string;
    readonly time: Date;
  };
  /** Bút phê: an opinion written on the file and signed. */
  readonly comment: Movable & {
    readonly author: string;
    readonly title: string;
    readonly text: string;
    readonly time: Date;
  };
  /** Any other file. */
  readonly general: Movable & {
    readonly author: string;
    readonly email?: string;
    readonly agency?: string;
    readonly title?: string;
    readonly time: Date;
  };
}

/** How a place was found; `manual`: it was not, and a person has to say where. */
export type Found =
  | 'field'
  | 'title-and-name'
  | 'title-only'
  | 'beside-signature'
  | 'blank'
  | 'corner'
  | 'free'
  | 'wanted'
  | 'manual';

/** One signature to be made. Those of one act belong on one file, in this order, each over the one before. */
export interface PlannedSignature extends Place {
  readonly role: ActRole;
  readonly found: Found;
  /** Text shown, line by line; empty for an image. */
  readonly lines: readonly string[];
  readonly request: SigningRequest;
}
