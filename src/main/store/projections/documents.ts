import type { Derived, Replacement, StoredAttachment } from '../events/words.ts';
import type { Tables } from '../sql.ts';
import { insert, run } from '../sql.ts';
import type { Projection } from './projection.ts';

/**
 * What incoming and outgoing documents have in common: attachments and every file each of them has been, answers, who
 * has opened what.
 */
export const documentTables: Projection = {
  name: 'documents',
  version: 2,
  tables: {
    attachments: 'document_id',
    attachment_files: 'document_id',
    links: 'said_by',
    openings: 'document_id',
  },
  ddl: `
    CREATE TABLE attachments (
      document_id TEXT NOT NULL, position INTEGER NOT NULL,
      file TEXT NOT NULL, size INTEGER NOT NULL,
      archive_file TEXT,
      original_file TEXT NOT NULL, original_size INTEGER NOT NULL,
      name TEXT NOT NULL, role TEXT NOT NULL, media_type TEXT NOT NULL, problems TEXT NOT NULL,
      PRIMARY KEY (document_id, position)
    ) STRICT;
    CREATE INDEX attachments_file ON attachments (file);
    CREATE INDEX attachments_original ON attachments (original_file);
    CREATE TABLE attachment_files (
      file TEXT NOT NULL, document_id TEXT NOT NULL, position INTEGER NOT NULL,
      name TEXT NOT NULL, media_type TEXT NOT NULL,
      PRIMARY KEY (file, document_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX attachment_files_document ON attachment_files (document_id, position);
    CREATE TABLE links (
      reply_id TEXT NOT NULL, answered_id TEXT NOT NULL, said_by TEXT NOT NULL,
      PRIMARY KEY (reply_id, answered_id, said_by)
    ) STRICT;
    CREATE INDEX links_said_by ON links (said_by);
    CREATE INDEX links_answered ON links (answered_id);
    CREATE TABLE openings (
      document_id TEXT NOT NULL, person_id TEXT NOT NULL, PRIMARY KEY (document_id, person_id)
    ) STRICT, WITHOUT ROWID;
  `,
  on: {
    'incoming.received'({ tables }, { subject, data }) {
      setAttachments(tables, subject, data.attachments);
      if (data.answers) link(tables, subject, data.answers, subject);
    },
    'incoming.secret-found'({ tables }, { subject }) {
      setAttachments(tables, subject, []);
      run(tables, 'DELETE FROM attachment_files WHERE document_id = ?', [subject]);
    },
    'incoming.opened'({ tables }, entry) {
      run(tables, 'INSERT OR IGNORE INTO openings (document_id, person_id) VALUES (?, ?)', [
        entry.subject,
        entry.actor,
      ]);
    },
    'incoming.stamped': setDerived,
    'incoming.commented': setDerived,
    'copy.made': setDerived,
    'signed-file.made': setDerived,
    'incoming.closed'({ tables }, { subject, data }) {
      if (data.replyId) link(tables, data.replyId, subject, subject);
    },
    'outgoing.drafted'({ tables }, { subject, data }) {
      setAttachments(tables, subject, data.attachments);
      if (data.replyToId) link(tables, subject, data.replyToId, subject);
    },
    'outgoing.changed'({ tables }, { subject, data }) {
      setAttachments(tables, subject, data.attachments);
      run(tables, 'DELETE FROM links WHERE said_by = ?', [subject]);
      if (data.replyToId) link(tables, subject, data.replyToId, subject);
    },
    'outgoing.submitted': replaceFiles,
    'outgoing.returned'({ tables }, { subject }) {
      run(tables, 'UPDATE attachments SET file = original_file, size = original_size WHERE document_id = ?', [
        subject,
      ]);
    },
    'outgoing.signed': replaceFiles,
    'outgoing.sealed': replaceFiles,
    'outbox.rewritten'(target, entry) {
      replaceFiles(target, entry);
      // What was added for the archive is in what is sent now.
      for (const { position } of entry.data.files)
        run(
          target.tables,
          'UPDATE attachments SET archive_file = NULL WHERE document_id = ? AND position = ?',
          [entry.subject, position],
        );
    },
    'proof.added'({ tables }, { subject, data }) {
      const { position, file, size, archive } = data;
      if (archive)
        run(tables, 'UPDATE attachments SET archive_file = ? WHERE document_id = ? AND position = ?', [
          file,
          subject,
          position,
        ]);
      else replaceFile(tables, subject, { position, file, size });
      remember(tables, subject);
    },
    'outgoing.numbered': replaceFiles,
  },
};

function setAttachments(tables: Tables, id: string, attachments: readonly StoredAttachment[]): void {
  run(tables, 'DELETE FROM attachments WHERE document_id = ?', [id]);
  for (const [position, attachment] of attachments.entries())
    addAttachment(tables, id, { ...attachment, position });
  remember(tables, id);
}

/** What a document's attachments are now, they have been: a window may still show it when it has grown. */
function remember(tables: Tables, id: string): void {
  run(
    tables,
    `INSERT OR IGNORE INTO attachment_files (file, document_id, position, name, media_type)
     SELECT file, document_id, position, name, media_type FROM attachments WHERE document_id = @id
     UNION ALL SELECT archive_file, document_id, position, name, media_type FROM attachments
     WHERE document_id = @id AND archive_file IS NOT NULL`,
    { id },
  );
}

function addAttachment(tables: Tables, id: string, attachment: Derived): void {
  const { position, file, size, name, role, mediaType, problems } = attachment;
  insert(tables, 'attachments', {
    document_id: id,
    position,
    file,
    size,
    original_file: file,
    original_size: size,
    name,
    role,
    media_type: mediaType,
    problems: JSON.stringify(problems),
  });
}

/** A file made by signing: a revision over the one at its place, or the first there. */
function setDerived(
  { tables }: { tables: Tables },
  { subject, data: { attachment } }: { subject: string; data: { attachment: Derived } },
): void {
  if (!replaceFile(tables, subject, attachment)) addAttachment(tables, subject, attachment);
  remember(tables, subject);
}

function replaceFiles(
  { tables }: { tables: Tables },
  { subject, data }: { subject: string; data: { files: readonly Replacement[] } },
): void {
  for (const replacement of data.files) replaceFile(tables, subject, replacement);
  remember(tables, subject);
}

/** @returns whether there was a file at that place */
function replaceFile(tables: Tables, id: string, { position, file, size }: Replacement): boolean {
  const sql = 'UPDATE attachments SET file = ?, size = ? WHERE document_id = ? AND position = ?';
  return run(tables, sql, [file, size, id, position]) > 0;
}

/** Either document may say that one answers the other. */
function link(tables: Tables, replyId: string, answeredId: string, saidBy: string): void {
  run(tables, 'INSERT OR IGNORE INTO links (reply_id, answered_id, said_by) VALUES (?, ?, ?)', [
    replyId,
    answeredId,
    saidBy,
  ]);
}
