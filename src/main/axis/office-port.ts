import type { Problem, ReadEdoc, ReadStatus } from './edxml-model.ts';
import type { EdocIdentity } from './identity.ts';
import type { ReadDelivery } from './read-delivery.ts';

/**
 * What the exchange loop needs of the office that keeps the records; one object per axis connection.
 *
 * The loop holds no truth of its own: killed between any two calls, it continues from what these methods stored.
 * So each of them, unless it says otherwise,
 * - is one transaction, durable (journal flushed) when it returns, and changes nothing when it throws;
 * - may be called again with the same arguments after a crash and then changes nothing more.
 *
 * Life of a received message: (listed) → storeRaw → recordEdoc | recordStatus | quarantine → ack → markAcked.
 * Life of a sent one: queued → markSending → sendEdoc → markSent | markFailed | markUncertain | markQueued.
 */
export interface ExchangeOffice {
  // ---- inbox

  /** What is known of a delivery the axis lists; null when it was never stored. */
  inboxItem(axisDocId: string): InboxItem | null;

  /**
   * Keeps the exact bytes of a delivery before anyone parses them. When the promise resolves the bytes are on disk
   * (file and directory flushed) and the inbox row says `stored`. For an item in quarantine, other bytes become the
   * current ones, the earlier ones stay in the file store; a `recorded` item is never given new bytes.
   */
  storeRaw(raw: RawDelivery): Promise<void>;

  /**
   * Counts a reading of the current bytes that is about to begin, so that one which brings down the program is not
   * begun at every start. False: this version of the program has begun it often enough.
   */
  beginReading(axisDocId: string): boolean;

  /**
   * Reads the current bytes of a stored delivery, checked against their SHA-256, in bounded time and away from the
   * thread that people wait for.
   * @throws DeskError as `readEdxml`; axis.reading-stopped when it took too long or too much; host.cancelled
   */
  readDelivery(axisDocId: string, listedAs: RawDelivery['kind'], signal: AbortSignal): Promise<ReadDelivery>;

  /** Deliveries in state `stored`, oldest first: a crash came between storing and recording. */
  storedItems(): readonly Pick<RawDelivery, 'axisDocId' | 'kind'>[];

  /**
   * Puts a received document into the office's records and the row into `recorded`, in one transaction with
   * everything it entails:
   * - `identity` already recorded (a resend, a second alias, a hub loop): link this delivery to that document, add
   *   no document and no status, return `duplicate`. The whole identity is the key; the same sender and DocumentId
   *   with other content is a document of its own, which the office marks for the clerk as a possible update.
   * - otherwise add the document with its attachments and warnings and put status 01 for its sender into the
   *   outbox (`statusFor`; there is none when DocumentId is missing), return `new`.
   */
  recordEdoc(item: RecordedEdoc): 'new' | 'duplicate';

  /**
   * Applies a received status in one transaction: 01–06, 15, 16 to the delivery of our document
   * (`ResponseFor/DocumentId`) to that recipient (`From/OrganId`, by any alias) with `applyStatus`; 13 to the
   * document we received. Each status is kept in the log with its own time and our arrival time.
   * - `statusKey` already recorded: return `duplicate`.
   * - nothing it could belong to: keep it in the orphan list, return `orphan`.
   * - the outbox row that first carried the document to that recipient is `sending` or `uncertain`: the status proves
   *   that the axis took it, so the row and all its deliveries become sent in the same transaction, and it is not sent
   *   again. (Rows of a later update or recall of the document are not proved by it.)
   */
  recordStatus(item: RecordedStatus): 'matched' | 'orphan' | 'duplicate';

  /** Tries the orphan list again (our own send may have been recorded after the status came). Returns how many matched. */
  matchOrphans(): number;

  /** The bytes cannot be read as a message: state `quarantined`, shown to the clerk with this error. Not acknowledged. */
  quarantine(axisDocId: string, problem: Problem, at: number): void;

  /**
   * The axis confirmed that it will not list this delivery again. For the record only: a crash just before leaves a
   * `recorded` row without it, and nothing depends on it.
   */
  markAcked(axisDocId: string, at: number): void;

  // ---- outbox

  /**
   * Rows to send or to clear up (`queued`, `sending`, `uncertain`), in the order in which the acts that wrote them
   * were decided. A row is written by the office in the transaction of that act, with its finished edXML bytes.
   */
  pendingOutbox(): readonly OutboxItem[];

  /**
   * Right before a queued row leaves: what has still to be settled about it is settled, and its bytes may become
   * others. False: it waits, the office says why. Services may be asked: `signal` ends that.
   */
  prepare(id: string, signal: AbortSignal): Promise<boolean>;

  /** The finished edXML bytes of a row, checked against their SHA-256. */
  readOutbox(id: string): Promise<Uint8Array>;

  /** Intent, before a byte leaves: `sending`, attempt counted, `attemptStartedAt` set. Must be durable before return. */
  markSending(id: string, at: number): void;

  /** The axis took it. `axisDocId` (sender side; null when only other evidence says so) is kept with the row. */
  markSent(id: string, axisDocId: string | null, at: number): void;

  /** Sent, but no answer: only a look at the axis's own list may decide. `attemptStartedAt` stays. */
  markUncertain(id: string, problem: Problem, at: number): void;

  /** Certainly not taken, worth trying again (offline, axis busy, lookup found nothing): back to `queued`. */
  markQueued(id: string, problem: Problem | null, at: number): void;

  /** Refused for good: `failed`, its deliveries `send-failed`, shown to the clerk with the error. */
  markFailed(id: string, problem: Problem, at: number): void;

  /** Whether a row of ours already has this sender-side id: such a line of the axis's list is not the lost one. */
  isSubmissionKnown(axisDocId: string): boolean;
}

export interface InboxItem {
  /** `discarded`: the clerk gave up on a quarantined message; the axis is told `fail` and lists it no more. */
  readonly state: 'stored' | 'recorded' | 'quarantined' | 'discarded';
  readonly acked: boolean;
}

export interface RawDelivery {
  readonly axisDocId: string;
  /** As the axis lists it; the message itself decides in the end. */
  readonly kind: 'edoc' | 'status';
  readonly bytes: Uint8Array;
  readonly receivedAt: number;
}

export interface RecordedEdoc {
  readonly axisDocId: string;
  readonly read: ReadEdoc;
  readonly identity: EdocIdentity;
  readonly at: number;
}

export interface RecordedStatus {
  readonly axisDocId: string;
  readonly read: ReadStatus;
  /** De-duplication key of the status itself (sender, document, code, its own time). */
  readonly statusKey: string;
  readonly at: number;
}

export interface OutboxItem {
  readonly id: string;
  readonly kind: 'edoc' | 'status';
  readonly state: 'queued' | 'sending' | 'uncertain';
  /** Our registered code; recipients' codes as they stand in the message. */
  readonly from: string;
  readonly to: readonly string[];
  /** Document the message carries or reports about. */
  readonly documentId: string;
  /** `number/notation` and subject, as the axis's list of sent messages shows them. */
  readonly code: string;
  readonly subject: string;
  readonly attemptStartedAt: number | null;
}
