import packageJson from '../../../../package.json' with { type: 'json' };
import { agencyKey, type AxisLineName } from '../../../shared/domain/exchange.ts';
import { applyStatus, deliveryState, NEW_DELIVERY } from '../../axis/delivery.ts';
import type { Problem } from '../../axis/edxml-model.ts';
import type { ExchangeOffice, OutboxItem, RecordedStatus } from '../../axis/office-port.ts';
import type { StatusEffect } from '../../store/events/exchange.ts';
import { program, type OfficeEvent } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import {
  inboxById,
  inboxIn,
  isSubmissionKnown,
  openOutbox,
  orphanStatuses,
  outboxById,
  statusByKey,
  statusesOfDelivery,
  type OutboxRow,
} from '../../store/queries/exchange.ts';
import { incomingByDocumentId, incomingByIdentity } from '../../store/queries/incoming.ts';
import {
  deliveriesOf,
  deliveryById,
  outgoingIdByDocumentId,
  outgoingIdOfMessage,
} from '../../store/queries/outgoing.ts';
import { newEvent } from '../common/events.ts';
import type { MessageJobs } from './message-thread.ts';
import { receivedEvent, redeliveredEvent } from './received.ts';

const stored = ({ code, params }: Problem) => ({ code, params: { ...params } });

/** How often one version of the program begins to read the same bytes by itself. */
const MOST_READINGS = 3;

export interface ExchangeWork {
  readonly prepare: ExchangeOffice['prepare'];
  /** Reads a stored file as a message (`MessageJobs`). */
  readonly read: (
    file: MessageJobs['read']['argument'],
    signal: AbortSignal,
  ) => Promise<MessageJobs['read']['result']>;
}

/** The office's side of the exchange loop on one line: every method is one journal entry, or none when nothing would change. */
export function exchangeOffice(
  store: Store,
  line: AxisLineName,
  { prepare, read }: ExchangeWork,
): ExchangeOffice {
  const { tables, files } = store;
  const record = <E extends OfficeEvent | null>(decide: () => E) => store.record(program, decide);

  /** An event about a message of ours, in the history of the document it carries. */
  const aboutMessage = (id: string) => outgoingIdOfMessage(tables, id) ?? 'exchange';
  const ofRow = (
    id: string,
    states: readonly OutboxRow['state'][],
    make: (row: OutboxRow) => OfficeEvent | null,
  ) =>
    void record(() => {
      const row = outboxById(tables, id);
      return row && states.includes(row.state) ? make(row) : null;
    });

  return {
    inboxItem(axisDocId) {
      const row = inboxById(tables, line, axisDocId);
      return row ? { state: row.state, acked: row.ackedAt !== null } : null;
    },

    storeRaw({ axisDocId, kind, bytes, receivedAt }) {
      const { sha256: file, size } = files.put(bytes);
      record(() => {
        const row = inboxById(tables, line, axisDocId);
        if (row?.state === 'recorded' || row?.file === file) return null;
        return newEvent('inbox.stored', 'exchange', { line, axisDocId, kind, file, size, receivedAt });
      });
      return Promise.resolve();
    },

    beginReading(axisDocId) {
      const file = inboxById(tables, line, axisDocId)?.file ?? '';
      return store.cache.beginReading(file, packageJson.version) <= MOST_READINGS;
    },

    async readDelivery(axisDocId, listedAs, signal) {
      const sha256 = inboxById(tables, line, axisDocId)?.file ?? '';
      const delivery = await read({ path: files.path(sha256), sha256, listedAs }, signal);
      store.cache.endReading(sha256);
      return delivery;
    },

    storedItems: () =>
      inboxIn(tables, 'stored')
        .filter((row) => row.line === line)
        .map(({ axisDocId, kind }) => ({ axisDocId, kind })),

    recordEdoc(item) {
      const entry = record(() => {
        const { axisDocId } = item;
        if (inboxById(tables, line, axisDocId)?.state === 'recorded') return null;
        const known = incomingByIdentity(tables, item.identity);
        return known ? redeliveredEvent(store, known, line, axisDocId) : receivedEvent(store, line, item);
      });
      return entry === null || entry.type === 'incoming.redelivered' ? 'duplicate' : 'new';
    },

    recordStatus(item) {
      const { axisDocId, statusKey, at } = item;
      const { message } = item.read;
      const entry = record(() => {
        if (statusByKey(tables, statusKey)) {
          if (inboxById(tables, line, axisDocId)?.state === 'recorded') return null;
          return newEvent('status.redelivered', 'exchange', { line, axisDocId, statusKey });
        }
        const effect = effectOf(store, fromMessage(item));
        return newEvent('status.received', subjectOf(store, effect), {
          line,
          axisDocId,
          statusKey,
          from: message.from.organId,
          documentId: message.responseFor.documentId,
          code: message.code,
          description: message.description.normalize('NFC'),
          at: message.at,
          receivedAt: at,
          effect,
        });
      });
      if (entry?.type !== 'status.received') return 'duplicate';
      return entry.data.effect ? 'matched' : 'orphan';
    },

    matchOrphans() {
      let matched = 0;
      for (const { statusKey } of orphanStatuses(tables)) {
        const entry = record(() => {
          const orphan = statusByKey(tables, statusKey)!;
          const effect = effectOf(store, {
            from: orphan.sender,
            documentId: orphan.documentId,
            code: orphan.code,
            at: orphan.at ?? orphan.receivedAt,
          });
          if (!effect) return null;
          const { description } = orphan;
          return newEvent('status.matched', subjectOf(store, effect), { statusKey, description, effect });
        });
        if (entry) matched += 1;
      }
      return matched;
    },

    quarantine(axisDocId, problem, at) {
      record(() => {
        if (inboxById(tables, line, axisDocId)?.state !== 'stored') return null;
        return newEvent('inbox.quarantined', 'exchange', { line, axisDocId, problem: stored(problem), at });
      });
    },

    markAcked(axisDocId, at) {
      record(() => {
        const row = inboxById(tables, line, axisDocId);
        if (!row || row.ackedAt !== null) return null;
        return newEvent('inbox.acknowledged', 'exchange', { line, axisDocId, at });
      });
    },

    pendingOutbox: () =>
      openOutbox(tables)
        .filter((row) => row.line === line)
        .map(outboxItem),

    prepare,

    readOutbox: (id) => Promise.resolve(files.read(outboxById(tables, id)?.file ?? '')),

    markSending(id, at) {
      ofRow(id, ['queued', 'sending', 'uncertain'], (row) =>
        row.state === 'sending' && row.attemptStartedAt === at
          ? null
          : newEvent('outbox.sending', aboutMessage(id), { id, at }),
      );
    },

    markSent(id, axisDocId, at) {
      ofRow(id, ['queued', 'sending', 'uncertain', 'sent'], (row) =>
        row.state === 'sent' && (axisDocId === null || row.axisDocId !== null)
          ? null
          : newEvent('outbox.sent', aboutMessage(id), { id, axisDocId, at }),
      );
    },

    markUncertain(id, problem, at) {
      ofRow(id, ['queued', 'sending'], () =>
        newEvent('outbox.uncertain', aboutMessage(id), { id, problem: stored(problem), at }),
      );
    },

    markQueued(id, problem, at) {
      ofRow(id, ['sending', 'uncertain'], () =>
        newEvent('outbox.queued', aboutMessage(id), { id, problem: problem && stored(problem), at }),
      );
    },

    markFailed(id, problem, at) {
      ofRow(id, ['queued', 'sending', 'uncertain'], () =>
        newEvent('outbox.failed', aboutMessage(id), { id, problem: stored(problem), at }),
      );
    },

    isSubmissionKnown: (axisDocId) => isSubmissionKnown(tables, line, axisDocId),
  };
}

function outboxItem(row: OutboxRow): OutboxItem {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state as OutboxItem['state'],
    from: row.sender,
    to: row.recipients,
    documentId: row.documentId,
    code: row.code,
    subject: row.subject,
    attemptStartedAt: row.attemptStartedAt,
  };
}

interface ReportedStatus {
  readonly from: string;
  readonly documentId: string;
  readonly code: string;
  /** The status's own time, or that of its arrival. */
  readonly at: number;
}

function fromMessage({ read, at }: RecordedStatus): ReportedStatus {
  const { from, responseFor, code, at: ownTime } = read.message;
  return { from: from.organId, documentId: responseFor.documentId, code, at: ownTime ?? at };
}

/** What a status is about and what it does there; null when there is nothing it could belong to. */
function effectOf(store: Store, status: ReportedStatus): StatusEffect | null {
  if (status.code === '13') {
    const incoming = incomingByDocumentId(store.tables, agencyKey(status.from), status.documentId);
    return incoming ? { deliveryId: null, state: null, incomingId: incoming.id, provesSent: null } : null;
  }
  const outgoingId = outgoingIdByDocumentId(store.tables, status.documentId);
  const deliveries = outgoingId === undefined ? [] : deliveriesOf(store.tables, outgoingId);
  const names = aliases(store, status.from);
  const delivery = deliveries.find(({ key }) => names.has(key));
  if (!delivery) return null;
  const heard = statusesOfDelivery(store.tables, delivery.id).map(({ code, at, receivedAt: arrived }) => ({
    code,
    at: at ?? arrived,
  }));
  const state = [...heard, status].reduce(
    (known, { code, at }) => applyStatus(known, code as Parameters<typeof applyStatus>[1], at),
    NEW_DELIVERY,
  );
  const message = outboxById(store.tables, delivery.messageId);
  return {
    deliveryId: delivery.id,
    state: deliveryState(state),
    incomingId: null,
    provesSent: message && message.state !== 'sent' ? message.id : null,
  };
}

/** Every code the directory knows an agency by, as keys (QĐ 20/2020/QĐ-TTg: old and new live side by side). */
function aliases(store: Store, code: string): ReadonlySet<string> {
  const agency = store.cache.agencyByCode(code);
  return new Set([code, agency?.code ?? '', agency?.oldCode ?? ''].filter(Boolean).map(agencyKey));
}

/** The document in whose history the status stands. */
function subjectOf(store: Store, effect: StatusEffect | null): string {
  const delivery = effect?.deliveryId ? deliveryById(store.tables, effect.deliveryId) : undefined;
  return effect?.incomingId ?? delivery?.outgoingId ?? 'exchange';
}
