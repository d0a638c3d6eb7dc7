import { agencyKey } from '../../../shared/domain/exchange.ts';
import { codeKey } from '../../../shared/domain/notation.ts';
import { urgencies } from '../../../shared/domain/states.ts';
import type { StatusEffect } from '../events/exchange.ts';
import type { EntryOf } from '../events/index.ts';
import type { OutgoingFields } from '../events/outgoing.ts';
import type { StoredProblem } from '../events/words.ts';
import type { Tables } from '../sql.ts';
import { insert, run, update } from '../sql.ts';
import type { Projection, Target } from './projection.ts';

export const outgoingTables: Projection = {
  name: 'outgoing',
  version: 2,
  tables: { outgoing: 'id', recipients: 'outgoing_id', deliveries: 'outgoing_id' },
  ddl: `
    CREATE TABLE outgoing (
      id TEXT PRIMARY KEY,
      seq INTEGER NOT NULL UNIQUE,
      state TEXT NOT NULL,
      kind_id TEXT NOT NULL, subject TEXT NOT NULL, unit TEXT NOT NULL,
      urgency INTEGER NOT NULL,
      due_date TEXT,
      drafter_id TEXT NOT NULL, drafter_name TEXT NOT NULL, signer_id TEXT NOT NULL, signer_name TEXT NOT NULL,
      checks TEXT NOT NULL,
      returned_reason TEXT,
      signed_at INTEGER,
      issued_year INTEGER, number INTEGER, notation TEXT, issued_date TEXT,
      code TEXT NOT NULL, code_key TEXT NOT NULL, document_id TEXT NOT NULL,
      issued_at INTEGER,
      cancelled_reason TEXT,
      alarm TEXT, sending_allowed TEXT,
      updated_at INTEGER NOT NULL,
      UNIQUE (issued_year, number)
    ) STRICT;
    CREATE INDEX outgoing_updated ON outgoing (updated_at, seq);
    CREATE INDEX outgoing_state ON outgoing (state, updated_at, seq);
    CREATE INDEX outgoing_due ON outgoing (due_date, seq);
    CREATE INDEX outgoing_issued_date ON outgoing (issued_date);
    CREATE INDEX outgoing_number ON outgoing (issued_year, number, seq);
    CREATE INDEX outgoing_document ON outgoing (document_id);
    CREATE TABLE recipients (
      outgoing_id TEXT NOT NULL REFERENCES outgoing (id), position INTEGER NOT NULL, code TEXT NOT NULL,
      name TEXT NOT NULL,
      PRIMARY KEY (outgoing_id, position)
    ) STRICT;
    CREATE TABLE deliveries (
      id TEXT PRIMARY KEY,
      seq INTEGER NOT NULL,
      outgoing_id TEXT NOT NULL REFERENCES outgoing (id),
      message_id TEXT NOT NULL,
      code TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,
      state TEXT NOT NULL, note TEXT NOT NULL, problem TEXT,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX deliveries_outgoing ON deliveries (outgoing_id);
    CREATE INDEX deliveries_message ON deliveries (message_id);
    CREATE INDEX deliveries_state ON deliveries (state);
    CREATE INDEX deliveries_seq ON deliveries (seq);
  `,
  on: {
    'outgoing.drafted'({ tables }, { seq, at, subject: id, data }) {
      insert(tables, 'outgoing', {
        id,
        seq,
        state: 'draft',
        ...columns(data),
        drafter_id: data.drafterId,
        drafter_name: data.drafterName,
        checks: '[]',
        code: '',
        code_key: '',
        document_id: '',
        updated_at: at,
      });
      setRecipients(tables, id, data);
    },
    'outgoing.changed'({ tables }, { at, subject: id, data }) {
      update(tables, 'outgoing', id, { ...columns(data), checks: '[]', updated_at: at });
      setRecipients(tables, id, data);
    },
    'outgoing.submitted'({ tables }, { at, subject: id, data }) {
      update(tables, 'outgoing', id, {
        state: 'checking',
        checks: JSON.stringify(data.checks),
        returned_reason: null,
        updated_at: at,
      });
    },
    'outgoing.format-approved'({ tables }, { at, subject: id, data }) {
      update(tables, 'outgoing', id, {
        state: 'to-sign',
        checks: JSON.stringify(data.checks),
        updated_at: at,
      });
    },
    'outgoing.signed-elsewhere'({ tables }, { at, subject: id, data }) {
      update(tables, 'outgoing', id, {
        state: 'signed',
        checks: JSON.stringify(data.checks),
        signed_at: at,
        updated_at: at,
      });
    },
    'outgoing.returned'({ tables }, { at, subject: id, data }) {
      update(tables, 'outgoing', id, { state: 'draft', returned_reason: data.reason, updated_at: at });
    },
    'outgoing.signed'({ tables }, { at, subject: id }) {
      update(tables, 'outgoing', id, { state: 'signed', signed_at: at, updated_at: at });
    },
    'outgoing.numbered'({ tables }, { at, subject: id, data }) {
      update(tables, 'outgoing', id, {
        state: 'numbered',
        issued_year: Number(data.issuedDate.slice(0, 4)),
        number: data.number,
        notation: data.notation,
        issued_date: data.issuedDate,
        code: data.code,
        code_key: codeKey(data.code),
        document_id: data.documentId,
        updated_at: at,
      });
    },
    'outgoing.sealed'({ tables }, { at, subject: id }) {
      update(tables, 'outgoing', id, { state: 'sealed', updated_at: at });
    },
    'outgoing.issued'({ tables }, { seq, at, subject: id, data }) {
      update(tables, 'outgoing', id, { state: 'issued', issued_at: at, updated_at: at });
      for (const delivery of data.deliveries)
        insert(tables, 'deliveries', {
          id: delivery.id,
          seq,
          outgoing_id: id,
          message_id: data.message?.id ?? '',
          code: delivery.recipient.code,
          key: agencyKey(delivery.recipient.code),
          name: delivery.recipient.name,
          state: 'queued',
          note: '',
          updated_at: at,
        });
    },
    'outgoing.alarmed'({ tables }, { subject: id, data }) {
      update(tables, 'outgoing', id, { alarm: JSON.stringify(data.problem), sending_allowed: null });
    },
    'outgoing.sending-allowed'({ tables }, { at, subject: id, data }) {
      update(tables, 'outgoing', id, { sending_allowed: data.reason, updated_at: at });
    },
    'outgoing.cancelled'({ tables }, { at, subject: id, data }) {
      update(tables, 'outgoing', id, { state: 'cancelled', cancelled_reason: data.reason, updated_at: at });
    },
    'outbox.sending'({ tables }, { subject, data }) {
      follow(tables, subject, 'sending', data);
    },
    'outbox.sent'({ tables }, { subject, data }) {
      follow(tables, subject, 'sent', data);
    },
    'outbox.uncertain'({ tables }, { subject, data }) {
      follow(tables, subject, 'uncertain', data);
    },
    'outbox.queued'({ tables }, { subject, data }) {
      follow(tables, subject, 'queued', data);
    },
    'outbox.failed'({ tables }, { subject, data }) {
      follow(tables, subject, 'send-failed', data);
    },
    'status.received': applyEffect,
    'status.matched': applyEffect,
  },
};

function columns(fields: OutgoingFields) {
  return {
    kind_id: fields.kindId,
    subject: fields.subject,
    unit: fields.unit,
    urgency: urgencies.indexOf(fields.urgency),
    due_date: fields.dueDate,
    signer_id: fields.signerId,
    signer_name: fields.signerName,
  };
}

function setRecipients(tables: Tables, id: string, fields: OutgoingFields): void {
  run(tables, 'DELETE FROM recipients WHERE outgoing_id = ?', [id]);
  for (const [position, { code, name }] of fields.recipients.entries())
    insert(tables, 'recipients', { outgoing_id: id, position, code, name });
}

/** Deliveries that no recipient has answered yet: only these follow how far the sending of their message has come. */
const unanswered = `('queued', 'sending', 'uncertain', 'send-failed')`;

function follow(
  tables: Tables,
  outgoingId: string,
  state: string,
  { id, problem = null, at }: { id: string; problem?: StoredProblem | null; at: number },
): void {
  run(
    tables,
    `UPDATE deliveries SET state = ?, problem = ?, updated_at = ?
     WHERE outgoing_id = ? AND message_id = ? AND state IN ${unanswered}`,
    [state, problem && JSON.stringify(problem), at, outgoingId, id],
  );
}

function applyEffect(
  { tables }: Target,
  { at, subject, data }: EntryOf<'status.received' | 'status.matched'>,
): void {
  const effect: StatusEffect | null = data.effect;
  if (!effect) return;
  if (effect.provesSent) follow(tables, subject, 'sent', { id: effect.provesSent, at });
  if (effect.deliveryId && effect.state)
    update(tables, 'deliveries', effect.deliveryId, {
      state: effect.state,
      note: data.description,
      updated_at: at,
    });
}
