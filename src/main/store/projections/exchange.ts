import type { AxisLineName } from '../../../shared/domain/exchange.ts';
import type { StatusEffect } from '../events/exchange.ts';
import type { EventOf } from '../events/index.ts';
import type { OutgoingMessage, StoredProblem } from '../events/words.ts';
import { insert, run, update, type Tables } from '../sql.ts';
import type { Projection } from './projection.ts';

/** What came from the axis, what goes to it, and what recipients said. */
export const exchangeTables: Projection = {
  name: 'exchange',
  version: 2,
  tables: { inbox: null, outbox: null, statuses: null },
  ddl: `
    CREATE TABLE inbox (
      line TEXT NOT NULL, axis_doc_id TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
      file TEXT NOT NULL, size INTEGER NOT NULL, received_at INTEGER NOT NULL, acked_at INTEGER, problem TEXT,
      PRIMARY KEY (line, axis_doc_id)
    ) STRICT;
    CREATE INDEX inbox_state ON inbox (state, seq);
    CREATE INDEX inbox_file ON inbox (file);
    CREATE TABLE outbox (
      id TEXT PRIMARY KEY, seq INTEGER NOT NULL, kind TEXT NOT NULL, line TEXT NOT NULL, state TEXT NOT NULL,
      file TEXT NOT NULL, sender TEXT NOT NULL, recipients TEXT NOT NULL, document_id TEXT NOT NULL, code TEXT NOT NULL,
      subject TEXT NOT NULL, attempts INTEGER NOT NULL, attempt_started_at INTEGER, may_be_there INTEGER NOT NULL, axis_doc_id TEXT, problem TEXT,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX outbox_state ON outbox (state, seq);
    CREATE INDEX outbox_file ON outbox (file);
    CREATE INDEX outbox_axis_doc_id ON outbox (line, axis_doc_id);
    CREATE TABLE statuses (
      status_key TEXT PRIMARY KEY, seq INTEGER NOT NULL, line TEXT NOT NULL, axis_doc_id TEXT NOT NULL,
      sender TEXT NOT NULL, document_id TEXT NOT NULL, code TEXT NOT NULL, description TEXT NOT NULL, at INTEGER,
      received_at INTEGER NOT NULL, delivery_id TEXT, incoming_id TEXT, matched INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX statuses_orphans ON statuses (matched, seq);
    CREATE INDEX statuses_delivery ON statuses (delivery_id, seq);
  `,
  on: {
    'inbox.stored'({ tables }, { seq, data }) {
      run(
        tables,
        `INSERT INTO inbox (line, axis_doc_id, seq, kind, state, file, size, received_at)
         VALUES (@line, @axisDocId, @seq, @kind, 'stored', @file, @size, @receivedAt)
         ON CONFLICT (line, axis_doc_id) DO UPDATE SET
           kind = @kind, state = 'stored', file = @file, size = @size, received_at = @receivedAt, problem = NULL`,
        { ...data, seq },
      );
    },
    'inbox.quarantined'({ tables }, { data }) {
      run(tables, `UPDATE inbox SET state = 'quarantined', problem = ? WHERE line = ? AND axis_doc_id = ?`, [
        JSON.stringify(data.problem),
        data.line,
        data.axisDocId,
      ]);
    },
    'inbox.acknowledged'({ tables }, { data }) {
      run(tables, 'UPDATE inbox SET acked_at = @at WHERE line = @line AND axis_doc_id = @axisDocId', data);
    },
    'incoming.redelivered'({ tables }, { data }) {
      recorded(tables, data);
    },
    'incoming.received'({ tables }, { data }) {
      recorded(tables, data);
    },
    'incoming.secret-returned'({ tables }, { data }) {
      recorded(tables, data);
    },
    'incoming.purged'({ tables }, { data }) {
      for (const { type, data: kept } of data.entries)
        if (type === 'status.queued') {
          const { id, subject } = (kept as EventOf<'status.queued'>['data']).message;
          update(tables, 'outbox', id, { subject });
        }
    },
    'status.queued'({ tables }, { seq, at, data }) {
      queue(tables, seq, at, data.message);
    },
    'outgoing.issued'({ tables }, { seq, at, data }) {
      if (data.message) queue(tables, seq, at, data.message);
    },
    'status.received'({ tables }, { seq, at, data }) {
      insert(tables, 'statuses', {
        status_key: data.statusKey,
        seq,
        line: data.line,
        axis_doc_id: data.axisDocId,
        sender: data.from,
        document_id: data.documentId,
        code: data.code,
        description: data.description,
        at: data.at,
        received_at: data.receivedAt,
        matched: 0,
      });
      recorded(tables, data);
      if (data.effect) applyEffect(tables, at, data.statusKey, data.effect);
    },
    'status.redelivered'({ tables }, { data }) {
      recorded(tables, data);
    },
    'status.matched'({ tables }, { at, data }) {
      applyEffect(tables, at, data.statusKey, data.effect);
    },
    'outbox.sending'({ tables }, { data }) {
      run(
        tables,
        `UPDATE outbox SET state = 'sending', attempts = attempts + 1, attempt_started_at = @at,
           may_be_there = 1, updated_at = @at WHERE id = @id`,
        data,
      );
    },
    'outbox.sent'({ tables }, { data }) {
      run(
        tables,
        `UPDATE outbox SET state = 'sent', axis_doc_id = @axisDocId, problem = NULL, updated_at = @at WHERE id = @id`,
        data,
      );
    },
    'outbox.uncertain': ({ tables }, { data }) => stopped(tables, 'uncertain', data),
    'outbox.queued'({ tables }, { data }) {
      stopped(tables, 'queued', data);
      // Only a failure that says so tells that the axis has nothing of it.
      if (data.problem) update(tables, 'outbox', data.id, { may_be_there: 0 });
    },
    'outbox.rewritten'({ tables }, { data }) {
      update(tables, 'outbox', data.id, { file: data.message.file });
    },
    'outbox.failed': ({ tables }, { data }) => stopped(tables, 'failed', data),
  },
};

function recorded(
  tables: Tables,
  { line, axisDocId }: { readonly line: AxisLineName; readonly axisDocId: string },
): void {
  run(tables, `UPDATE inbox SET state = 'recorded', problem = NULL WHERE line = ? AND axis_doc_id = ?`, [
    line,
    axisDocId,
  ]);
}

function queue(tables: Tables, seq: number, at: number, message: OutgoingMessage): void {
  const { from, to, documentId, ...rest } = message;
  insert(tables, 'outbox', {
    ...rest,
    seq,
    state: 'queued',
    sender: from,
    recipients: JSON.stringify(to),
    document_id: documentId,
    attempts: 0,
    may_be_there: 0,
    updated_at: at,
  });
}

/** A message that is not (known to be) on the axis after an attempt. */
function stopped(
  tables: Tables,
  state: 'uncertain' | 'queued' | 'failed',
  data: { id: string; problem: StoredProblem | null; at: number },
): void {
  const problem = data.problem && JSON.stringify(data.problem);
  update(tables, 'outbox', data.id, { state, problem, updated_at: data.at });
}

function applyEffect(tables: Tables, at: number, statusKey: string, effect: StatusEffect): void {
  run(tables, 'UPDATE statuses SET matched = 1, delivery_id = ?, incoming_id = ? WHERE status_key = ?', [
    effect.deliveryId,
    effect.incomingId,
    statusKey,
  ]);
  if (effect.provesSent)
    run(tables, `UPDATE outbox SET state = 'sent', problem = NULL, updated_at = ? WHERE id = ?`, [
      at,
      effect.provesSent,
    ]);
}
