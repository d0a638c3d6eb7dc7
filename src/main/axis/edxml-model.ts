import type { BusinessType, StatusCode } from '../../shared/domain/exchange.ts';
import type { ErrorCode, ErrorParams } from '../../shared/errors/index.ts';

/**
 * What an edXML message (QCVN 102:2016/BTTTT) says, without its spelling. One model serves writer and reader:
 * text that is absent is `''`, a date that is absent or unreadable is null, a list that is absent is empty.
 * Calendar dates are `yyyy-MM-dd`; instants are UTC milliseconds.
 */

export interface Organization {
  readonly organId: string;
  readonly inCharge: string;
  readonly name: string;
  readonly address: string;
  readonly email: string;
  readonly telephone: string;
  readonly fax: string;
  readonly website: string;
}

/** A document this message answers or reports about. In a status `organId` is the recipient of the status. */
export interface ResponseFor {
  readonly organId: string;
  /** `number/notation` */
  readonly code: string;
  readonly documentId: string;
  readonly promulgationDate: string | null;
}

export interface StaffInfo {
  readonly department: string;
  readonly staff: string;
  readonly email: string;
  readonly mobile: string;
}

export interface TraceHop {
  readonly organId: string;
  readonly at: number | null;
}

export interface ReceiverChange {
  readonly organId: string;
  readonly added: boolean;
}

/** `Bussiness` (the standard's spelling): what the sender wants done. */
export interface Business {
  readonly type: BusinessType;
  readonly reason: string;
  /** Document recalled or updated; meaningless on new documents, unreliable in the field. */
  readonly documentId: string;
  /** A paper copy is sent too. */
  readonly paper: boolean;
  readonly infoChanged: boolean;
  readonly receiverChanges: readonly ReceiverChange[];
  readonly replaces: readonly { readonly documentId: string; readonly organIds: readonly string[] }[];
  readonly staff: readonly StaffInfo[];
}

export interface Attachment {
  /** Without `cid:`; unique in a message we write, not always in one we receive. */
  readonly contentId: string;
  /** As sent; only ever a label (see `safeFileName` for a name that may touch a disk). */
  readonly name: string;
  readonly description: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

export interface EdocMessage {
  readonly kind: 'edoc';
  readonly from: Organization;
  readonly to: readonly Organization[];
  /** `''` only in a received message that lacks it: such a document can be kept but never answered. */
  readonly documentId: string;
  readonly number: string;
  readonly notation: string;
  readonly place: string;
  readonly promulgationDate: string | null;
  /** 1 legal normative, 2 administrative; other values occur in received messages. */
  readonly type: number;
  /** Index in the annex list (`assets/rules/edxml-document-types.json`); 0 unknown. */
  readonly typeDetail: number;
  /** The reliable field. */
  readonly typeName: string;
  readonly subject: string;
  readonly content: string;
  readonly signer: { readonly competence: string; readonly position: string; readonly fullName: string };
  readonly dueDate: string | null;
  /** 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc, 4 hỏa tốc hẹn giờ. */
  readonly priority: number;
  readonly sphere: string;
  readonly typist: string;
  readonly copies: number;
  readonly pages: number;
  readonly appendixes: readonly string[];
  readonly responseFor: readonly ResponseFor[];
  readonly steeringType: number;
  /** The printed "Nơi nhận" lines. */
  readonly toPlaces: readonly string[];
  readonly trace: readonly TraceHop[];
  readonly business: Business;
  readonly attachments: readonly Attachment[];
}

export interface StatusMessage {
  readonly kind: 'status';
  readonly from: Organization;
  readonly responseFor: ResponseFor;
  readonly staff: StaffInfo | null;
  readonly code: StatusCode;
  readonly description: string;
  readonly at: number | null;
}

/** Something a person should know about: a code of the error catalogue and what fills its sentence. */
export interface Problem {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

export interface ReceivedAttachment extends Attachment {
  /** A name that may touch a disk: no path, no reserved name, unique in the message (see `safeFileName`). */
  readonly safeName: string;
  /** Why the content may not be what was sent (undecodable, mangled, missing…); empty when nothing is wrong. */
  readonly problems: readonly Problem[];
}

export interface ReceivedEdoc extends EdocMessage {
  readonly attachments: readonly ReceivedAttachment[];
}

/** What the tolerant reader made of a message; `warnings` name everything it had to guess or drop. */
export interface ReadEdoc {
  readonly kind: 'edoc';
  readonly message: ReceivedEdoc;
  readonly warnings: readonly Problem[];
}

export interface ReadStatus {
  readonly kind: 'status';
  readonly message: StatusMessage;
  readonly warnings: readonly Problem[];
}

export const EMPTY_ORGANIZATION: Organization = {
  organId: '',
  inCharge: '',
  name: '',
  address: '',
  email: '',
  telephone: '',
  fax: '',
  website: '',
};

export const NEW_DOCUMENT: Business = {
  type: 0,
  reason: 'Văn bản điện tử mới',
  documentId: '',
  paper: false,
  infoChanged: false,
  receiverChanges: [],
  replaces: [],
  staff: [],
};

/**
 * The status that answers a received document (01…06, 15, 16), from our registered organization to its sender.
 * A message without DocumentId has no answer: an invented id would match nothing at the sender's.
 */
export function statusFor(
  message: EdocMessage,
  from: Organization,
  status: Pick<StatusMessage, 'code' | 'description' | 'at' | 'staff'>,
): StatusMessage | null {
  if (message.documentId === '' || message.from.organId === '') return null;
  return {
    kind: 'status',
    from,
    responseFor: {
      organId: message.from.organId,
      code: [message.number, message.notation].filter(Boolean).join('/'),
      documentId: message.documentId,
      promulgationDate: message.promulgationDate,
    },
    ...status,
  };
}
