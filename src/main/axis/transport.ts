import type { ErrorCode } from '../../shared/errors/index.ts';
import { DeskError } from '../../shared/errors/index.ts';

/** A message the axis holds for us. */
export interface Incoming {
  readonly axisDocId: string;
  readonly kind: 'edoc' | 'status';
  /** When the axis took it in (UTC ms); null when it does not say. */
  readonly createdAt: number | null;
}

/** One line of the axis's own list of what we sent: one recipient of one submission. */
export interface SentRow {
  /** Null when the axis gives none that can be used. */
  readonly axisDocId: string | null;
  readonly kind: 'edoc' | 'status' | null;
  readonly to: string;
  readonly title: string;
  readonly notation: string;
  readonly sentAt: number | null;
}

export interface Agency {
  readonly code: string;
  readonly oldCode: string | null;
  readonly name: string;
  readonly email: string;
}

export interface Submission {
  readonly kind: 'edoc' | 'status';
  readonly bytes: Uint8Array;
  readonly from: string;
  readonly to: readonly string[];
}

/**
 * One connection to an axis. Every method throws `DeskError` with a code of `axis.*`; `errorKind` says what to do
 * about it. `axis.unknown-outcome` comes from `send` alone: the axis may or may not have taken the message.
 */
export interface AxisTransport {
  /**
   * All messages waiting for us; the axis lists each until it is acknowledged, in no particular order. Lines that name
   * no message are left out.
   * @param onUnreadable hears of such lines, once: axis.list-unreadable
   */
  listIncoming(
    kind: 'edoc' | 'status',
    signal: AbortSignal,
    onUnreadable?: (error: DeskError) => void,
  ): Promise<Incoming[]>;
  /** The exact edXML bytes. */
  fetch(axisDocId: string, signal: AbortSignal): Promise<Uint8Array>;
  /** `done`: kept by us; `fail`: given up. Either way the axis lists it no more. */
  ack(axisDocId: string, state: 'done' | 'fail', signal: AbortSignal): Promise<void>;
  /** Resolves with the sender-side id (null when the axis gave none) once the axis has taken the message. */
  send(submission: Submission, signal: AbortSignal): Promise<string | null>;
  listSent(kind: 'edoc' | 'status', signal: AbortSignal): Promise<SentRow[]>;
  /** What the axis's own clock shows (UTC ms), by its last answer; null before the first that told. */
  time(): number | null;
  /** The agency directory, row by row: it has over 100,000. */
  listAgencies(signal: AbortSignal): AsyncIterable<Agency>;
}

/**
 * What a failure asks for. `halt`: only a person can fix it (secret, address), stop asking; `permanent`: this message
 * will never be taken; `unknown-outcome`: look before sending again; `transient`: try again later.
 */
export type ErrorKind = 'halt' | 'permanent' | 'unknown-outcome' | 'transient';

const KINDS: Partial<Record<ErrorCode, ErrorKind>> = {
  'axis.auth': 'halt',
  'axis.sender-not-registered': 'halt',
  'axis.address-invalid': 'halt',
  'axis.http-not-allowed': 'halt',
  'axis.header-not-ascii': 'halt',
  'axis.recipient-unknown': 'permanent',
  'axis.recipient-locked': 'permanent',
  'axis.message-refused': 'permanent',
  'axis.refused': 'permanent',
  'axis.refused-too-large': 'permanent',
  'axis.unknown-outcome': 'unknown-outcome',
};

/** Of an error without a code of its own nothing is known, least of all that trying again is useless. */
export function errorKind(error: unknown): ErrorKind {
  return (error instanceof DeskError && KINDS[error.code]) || 'transient';
}
