import { agencyKey } from '../../../shared/domain/exchange.ts';
import { codeKey } from '../../../shared/domain/notation.ts';
import { urgencies } from '../../../shared/domain/states.ts';
import { insert, run, update } from '../sql.ts';
import type { Projection } from './projection.ts';

export const incomingTables: Projection = {
  name: 'incoming',
  version: 2,
  tables: { incoming: 'id', assignments: 'incoming_id', identities: 'incoming_id' },
  ddl: `
    CREATE TABLE incoming (
      id TEXT PRIMARY KEY,
      seq INTEGER NOT NULL UNIQUE,
      state TEXT NOT NULL,
      line TEXT NOT NULL, axis_doc_id TEXT NOT NULL,
      sender_code TEXT NOT NULL, sender_key TEXT NOT NULL, sender_name TEXT NOT NULL,
      document_id TEXT NOT NULL,
      code TEXT NOT NULL, code_key TEXT NOT NULL,
      subject TEXT NOT NULL, content TEXT NOT NULL, kind_name TEXT NOT NULL,
      issued_date TEXT,
      signer TEXT NOT NULL,
      urgency INTEGER NOT NULL,
      due_date TEXT,
      warnings TEXT NOT NULL,
      updates TEXT,
      arrived_at INTEGER NOT NULL,
      arrival_year INTEGER, arrival_number INTEGER, arrival_date TEXT,
      duplicate_of TEXT,
      stamped_at INTEGER,
      directed_by TEXT, directed_at INTEGER, opinion TEXT, main_handler_id TEXT,
      closed_by TEXT, closed_at INTEGER, result TEXT,
      refused_by TEXT, refused_at INTEGER, refusal TEXT, purged_at INTEGER,
      UNIQUE (arrival_year, arrival_number)
    ) STRICT;
    CREATE INDEX incoming_arrived ON incoming (arrived_at, seq);
    CREATE INDEX incoming_state ON incoming (state, arrived_at, seq);
    CREATE INDEX incoming_due ON incoming (due_date, seq);
    CREATE INDEX incoming_arrival_date ON incoming (arrival_date);
    CREATE INDEX incoming_number ON incoming (arrival_year, arrival_number, seq);
    CREATE INDEX incoming_document ON incoming (sender_key, document_id);
    CREATE INDEX incoming_code ON incoming (code_key, sender_key);
    CREATE TABLE assignments (
      incoming_id TEXT NOT NULL REFERENCES incoming (id), person_id TEXT NOT NULL, part TEXT NOT NULL,
      PRIMARY KEY (incoming_id, person_id)
    ) STRICT;
    CREATE INDEX assignments_person ON assignments (person_id);
    CREATE TABLE identities (
      from_key TEXT NOT NULL, document_id TEXT NOT NULL, business_type INTEGER NOT NULL, content_hash TEXT NOT NULL,
      incoming_id TEXT NOT NULL,
      PRIMARY KEY (from_key, document_id, business_type, content_hash)
    ) STRICT;
  `,
  on: {
    'incoming.received'({ tables }, { seq, subject: id, data }) {
      insert(tables, 'incoming', {
        id,
        seq,
        state: 'arrived',
        line: data.line,
        axis_doc_id: data.axisDocId,
        sender_code: data.sender.code,
        sender_key: agencyKey(data.sender.code),
        sender_name: data.sender.name,
        document_id: data.documentId,
        code: data.code,
        code_key: codeKey(data.code),
        subject: data.subject,
        content: data.content,
        kind_name: data.kindName,
        issued_date: data.issuedDate,
        signer: JSON.stringify(data.signer),
        urgency: urgencies.indexOf(data.urgency),
        due_date: data.dueDate,
        warnings: JSON.stringify(data.warnings),
        updates: data.updates,
        arrived_at: data.arrivedAt,
      });
      addIdentity(tables, id, data.identity);
    },
    'incoming.secret-returned'({ tables }, { seq, at, actor, subject: id, data }) {
      insert(tables, 'incoming', {
        id,
        seq,
        state: 'refused',
        line: data.line,
        axis_doc_id: data.axisDocId,
        sender_code: data.sender.code,
        sender_key: agencyKey(data.sender.code),
        sender_name: data.sender.name,
        document_id: data.documentId,
        code: data.code,
        code_key: codeKey(data.code),
        subject: '',
        content: '',
        kind_name: '',
        issued_date: data.issuedDate,
        signer: JSON.stringify({ competence: '', position: '', fullName: '' }),
        urgency: 0,
        due_date: null,
        warnings: '[]',
        arrived_at: data.arrivedAt,
        refused_by: actor,
        refused_at: at,
        refusal: data.reason,
      });
      addIdentity(tables, id, data.identity);
    },
    'incoming.secret-found'({ tables }, { at, actor, subject: id, data }) {
      update(tables, 'incoming', id, {
        state: 'refused',
        subject: '',
        content: '',
        opinion: null,
        result: null,
        refused_by: actor,
        refused_at: at,
        refusal: data.reason,
      });
    },
    'incoming.purged'({ tables }, { at, subject: id }) {
      update(tables, 'incoming', id, { purged_at: at });
    },
    'incoming.registered'({ tables }, { subject: id, data }) {
      update(tables, 'incoming', id, {
        state: 'registered',
        arrival_year: Number(data.arrivalDate.slice(0, 4)),
        arrival_number: data.arrivalNumber,
        arrival_date: data.arrivalDate,
        duplicate_of: data.confirmedDuplicateOf,
      });
    },
    'incoming.refused'({ tables }, { at, actor, subject: id, data }) {
      update(tables, 'incoming', id, {
        state: 'refused',
        refused_by: actor,
        refused_at: at,
        refusal: data.reason,
      });
    },
    'incoming.directed'({ tables }, { at, actor, subject: id, data }) {
      update(tables, 'incoming', id, {
        state: 'directed',
        directed_by: actor,
        directed_at: at,
        opinion: data.opinion,
        main_handler_id: data.mainHandlerId,
        due_date: data.dueDate,
      });
      run(tables, 'DELETE FROM assignments WHERE incoming_id = ?', [id]);
      insert(tables, 'assignments', { incoming_id: id, person_id: data.mainHandlerId, part: 'main' });
      for (const person of data.otherHandlerIds)
        insert(tables, 'assignments', { incoming_id: id, person_id: person, part: 'other' });
    },
    'incoming.stamped'({ tables }, { at, subject: id }) {
      update(tables, 'incoming', id, { stamped_at: at });
    },
    'incoming.started'({ tables }, { subject: id }) {
      update(tables, 'incoming', id, { state: 'processing' });
    },
    'incoming.closed'({ tables }, { at, actor, subject: id, data }) {
      update(tables, 'incoming', id, {
        state: 'closed',
        closed_by: actor,
        closed_at: at,
        result: data.result,
      });
    },
  },
};

function addIdentity(
  tables: Parameters<typeof insert>[0],
  incomingId: string,
  identity: { from: string; documentId: string; businessType: number; contentHash: string },
): void {
  insert(tables, 'identities', {
    from_key: identity.from,
    document_id: identity.documentId,
    business_type: identity.businessType,
    content_hash: identity.contentHash,
    incoming_id: incomingId,
  });
}
