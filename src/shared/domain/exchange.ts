import { z } from 'zod';

/**
 * Words of the exchange axis (QCVN 102:2016/BTTTT and its 2022 amendment): status codes, what a message asks for,
 * how far a delivery has come, and the two forms of agency codes that live side by side.
 */

/**
 * A line to an axis, by the name that the office's settings give it. What an axis calls a document is unique on its own
 * line only, so every message remembers the line on which it came or goes.
 */
export const axisLineSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/)
  .brand<'AxisLine'>();
export type AxisLineName = z.infer<typeof axisLineSchema>;

/** The national axis (VXP): the one line an office has today. */
export const NATIONAL_LINE: AxisLineName = axisLineSchema.parse('vxp');

export type StatusCode = '01' | '02' | '03' | '04' | '05' | '06' | '13' | '15' | '16';

export interface StatusMeaning {
  readonly vi: string;
  readonly en: string;
  /** Who reports it: the receiver of a document to its sender, or the sender to a receiver (taking it back). */
  readonly by: 'receiver' | 'sender';
  /** A reason text is mandatory: refusals and requests without one are refused by receivers. */
  readonly needsReason: boolean;
}

export const STATUS_CODES: Readonly<Record<StatusCode, StatusMeaning>> = {
  '01': { vi: 'Đã đến', en: 'Arrived', by: 'receiver', needsReason: false },
  '02': { vi: 'Từ chối tiếp nhận', en: 'Refused', by: 'receiver', needsReason: true },
  '03': { vi: 'Đã tiếp nhận', en: 'Accepted', by: 'receiver', needsReason: false },
  '04': { vi: 'Phân công', en: 'Assigned', by: 'receiver', needsReason: false },
  '05': { vi: 'Đang xử lý', en: 'In progress', by: 'receiver', needsReason: false },
  '06': { vi: 'Hoàn thành', en: 'Finished', by: 'receiver', needsReason: false },
  '13': { vi: 'Lấy lại', en: 'Take back requested', by: 'sender', needsReason: true },
  '15': { vi: 'Đồng ý cập nhật, lấy lại', en: 'Change or recall agreed', by: 'receiver', needsReason: false },
  '16': {
    vi: 'Từ chối cập nhật, lấy lại',
    en: 'Change or recall refused',
    by: 'receiver',
    needsReason: true,
  },
};

export function isStatusCode(text: string): text is StatusCode {
  return Object.hasOwn(STATUS_CODES, text);
}

/** `BussinessDocType`: what the sender wants done with the document. */
export type BusinessType = 0 | 1 | 2 | 3;

export const BUSINESS_TYPES: Readonly<Record<BusinessType, { vi: string; en: string }>> = {
  0: { vi: 'Văn bản điện tử mới', en: 'New document' },
  1: { vi: 'Thu hồi', en: 'Recall' },
  2: { vi: 'Cập nhật', en: 'Update' },
  3: { vi: 'Thay thế', en: 'Replacement' },
};

/** How far one document has come with one recipient, as a person sees it. */
export type DeliveryState =
  | 'queued'
  | 'sending'
  | 'uncertain'
  | 'send-failed'
  | 'sent'
  | 'arrived'
  | 'accepted'
  | 'assigned'
  | 'processing'
  | 'finished'
  | 'rejected'
  | 'recall-pending'
  | 'recalled'
  | 'change-pending';

export const DELIVERY_STATES: Readonly<Record<DeliveryState, { vi: string; en: string }>> = {
  queued: { vi: 'Chờ gửi', en: 'Waiting to be sent' },
  sending: { vi: 'Đang gửi', en: 'Sending' },
  uncertain: { vi: 'Chưa rõ đã gửi được chưa', en: 'Not known whether it was sent' },
  'send-failed': { vi: 'Gửi không được', en: 'Could not be sent' },
  sent: { vi: 'Đã gửi', en: 'Sent' },
  arrived: { vi: 'Đã đến', en: 'Arrived' },
  accepted: { vi: 'Đã tiếp nhận', en: 'Accepted' },
  assigned: { vi: 'Đã phân công', en: 'Assigned' },
  processing: { vi: 'Đang xử lý', en: 'In progress' },
  finished: { vi: 'Hoàn thành', en: 'Finished' },
  rejected: { vi: 'Bị từ chối', en: 'Refused' },
  'recall-pending': { vi: 'Chờ trả lời thu hồi', en: 'Recall requested' },
  recalled: { vi: 'Đã thu hồi', en: 'Recalled' },
  'change-pending': { vi: 'Chờ trả lời cập nhật', en: 'Change requested' },
};

/**
 * Form of an agency code. `qd20`: QĐ 20/2020/QĐ-TTg, Điều 4 and 6 (`H41.05.021`, `Z01…`); `old`: QCVN 102:2016
 * (`000.00.05.H41`); `enterprise`: the business code (Điều 5); `other`: hub and system ids seen on the axis;
 * `invalid`: cannot stand in a message at all.
 */
export type AgencyCodeForm = 'qd20' | 'old' | 'enterprise' | 'other' | 'invalid';

const FORMS: readonly (readonly [AgencyCodeForm, RegExp])[] = [
  ['old', /^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}$/],
  ['qd20', /^[A-Y]\d{2}(\.[0-9A-Z]+)*$/],
  ['qd20', /^Z\d{2}[0-9A-Z]{1,32}$/],
  ['enterprise', /^\d{10,13}$/],
];

/** Codes other than `invalid` are all accepted (a warning at most): hubs and mergers make odd ones. */
export function agencyCodeForm(code: string): AgencyCodeForm {
  const key = agencyKey(code);
  if (!/^[0-9A-Z._-]{1,35}$/.test(key)) return 'invalid';
  return FORMS.find(([, form]) => form.test(key))?.[0] ?? 'other';
}

/** The form in which codes are compared; the spelling received is what is echoed. */
export function agencyKey(code: string): string {
  return code.trim().toUpperCase();
}

/** The canonical `DocumentId` of a document we issue; `date` is `yyyy-MM-dd`. */
export function makeDocumentId(organId: string, date: string, number: string, notation: string): string {
  return `${organId},${date.replaceAll('-', '/')},${number}/${notation}`;
}

/** State of the axis connection, for the line at the bottom of the window. Times are UTC milliseconds. */
export interface SyncState {
  /** `halted`: stopped by a refusal (wrong secret, unregistered sender) that only a person can clear. */
  readonly phase: 'stopped' | 'idle' | 'syncing' | 'halted';
  /** null before the first attempt. */
  readonly online: boolean | null;
  readonly lastSyncAt: number | null;
  readonly nextSyncAt: number | null;
  /** Error code and parameters of the last failed pass; null after a good one. */
  readonly problem: {
    readonly code: string;
    readonly params: Readonly<Record<string, string | number>>;
  } | null;
}
