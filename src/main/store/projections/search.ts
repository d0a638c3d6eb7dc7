import { createHash } from '../../crypto/index.ts';
import { kindById } from '../../../shared/domain/kinds.ts';
import type { NumberedKind } from '../../../shared/domain/records.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import { foldForSearch } from '../../../shared/text/fold.ts';
import { all, insert, one, run, type Tables } from '../sql.ts';
import type { Projection, Target } from './projection.ts';

/** Text of one document that is indexed at most: a hostile PDF must not fill the index. */
const maxTextLength = 1_000_000;

/**
 * Full text of every document: its fields, the names of its files and the text of its PDFs, folded. The index keeps
 * no text (`content=''`); `search_documents` says which row is which document and, by a digest, what was indexed.
 * FTS5: sqlite.org/fts5.html, 4.4.2 "Contentless-Delete Tables".
 */
export const searchTables: Projection = {
  name: 'search',
  version: 4,
  tables: { search: null, search_documents: null },
  ddl: `
    CREATE VIRTUAL TABLE search USING fts5 (
      text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3'
    );
    CREATE TABLE search_documents (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, digest TEXT NOT NULL
    ) STRICT;
    CREATE INDEX search_documents_left ON search_documents (seq) WHERE digest = '';
  `,
  on: {
    'incoming.received'(target, { seq, subject }) {
      insert(target.tables, 'search_documents', { seq, id: subject, kind: 'incoming', digest: '' });
      index(target, subject);
    },
    'incoming.secret-found'({ tables }, { subject }) {
      forget(tables, subject);
    },
    'incoming.registered': indexSubject,
    'incoming.directed': indexSubject,
    'incoming.closed': indexSubject,
    'incoming.stamped': indexSubject,
    'incoming.commented': indexSubject,
    'copy.made': indexSubject,
    'outgoing.drafted'(target, { seq, subject }) {
      insert(target.tables, 'search_documents', { seq, id: subject, kind: 'outgoing', digest: '' });
      index(target, subject);
    },
    'outgoing.changed': indexSubject,
    'outgoing.submitted': indexSubject,
    'outgoing.returned': indexSubject,
    'outgoing.signed': indexSubject,
    'outgoing.numbered': indexSubject,
    'outgoing.sealed': indexSubject,
    'outbox.rewritten': indexSubject,
    'proof.added': indexSubject,
    'file.read'(target, { data }) {
      if (target.later) return;
      for (const { id } of documentsOf(target.tables, data.file)) index(target, id);
    },
  },
};

function indexSubject(target: Target, { subject }: { subject: string }): void {
  index(target, subject);
}

function index({ tables, files, later }: Target, id: string): void {
  if (later) return;
  const row = one<Indexed>(tables, 'SELECT seq, id, kind, digest FROM search_documents WHERE id = ?', [id]);
  if (row) indexRow(tables, files, row);
}

interface Indexed {
  readonly seq: number;
  readonly id: string;
  readonly kind: NumberedKind;
  readonly digest: string;
}

function indexRow(tables: Tables, files: Target['files'], { seq, id, kind, digest: before }: Indexed): void {
  const parts = [...searchFields(tables, id, kind), ...fileTexts(tables, files, id).map(({ text }) => text)];
  const text = foldForSearch(parts.join('\n').slice(0, maxTextLength));
  const digest = createHash('sha256').update(text).digest('hex');
  if (digest === before) return;
  if (before !== '') run(tables, 'DELETE FROM search WHERE rowid = ?', [seq]);
  run(tables, 'INSERT INTO search (rowid, text) VALUES (?, ?)', [seq, text]);
  run(tables, 'UPDATE search_documents SET digest = ? WHERE seq = ?', [digest, seq]);
}

/** What FTS5 gathers in memory before it writes a piece of the index (sqlite.org/fts5.html, 6.5). */
const GATHERED_BYTES = { usual: 1024 * 1024, bulk: 64 * 1024 * 1024 } as const;

/** Many documents follow one another: fewer, larger pieces have to be merged. */
export function fillIndexInBulk(tables: Tables, isBulk: boolean): void {
  const bytes = GATHERED_BYTES[isBulk ? 'bulk' : 'usual'];
  run(tables, `INSERT INTO search (search, rank) VALUES ('hashsize', ${bytes})`);
}

/**
 * Indexes the next documents that a replay has left for later.
 * @returns how many there were, `count` at most; 0 when the index is whole
 */
export function indexRest({ tables, files }: Target, count: number): number {
  const rows = all<Indexed>(
    tables,
    `SELECT seq, id, kind, digest FROM search_documents WHERE digest = '' ORDER BY seq LIMIT ?`,
    [count],
  );
  for (const row of rows) indexRow(tables, files, row);
  return rows.length;
}

/** What the index says of a subject is made again from what its rows say now: a document, or a file of documents. */
export function reindex(target: Target, subject: string): void {
  const exists = 'SELECT 1 FROM incoming WHERE id = @id UNION ALL SELECT 1 FROM outgoing WHERE id = @id';
  if (one(target.tables, exists, { id: subject })) index(target, subject);
  else forget(target.tables, subject);
  for (const { id } of documentsOf(target.tables, subject)) index(target, id);
}

function documentsOf(tables: Tables, file: string): { id: string }[] {
  return all(
    tables,
    'SELECT DISTINCT document_id AS id FROM attachments WHERE file = @file OR original_file = @file',
    { file },
  );
}

function forget(tables: Tables, id: string): void {
  run(tables, 'DELETE FROM search WHERE rowid = (SELECT seq FROM search_documents WHERE id = ?)', [id]);
  run(tables, 'DELETE FROM search_documents WHERE id = ?', [id]);
}

/** What a person can have typed or read about a document, file names included. */
export function searchFields(tables: Tables, id: string, kind: NumberedKind): string[] {
  const names = all<{ name: string }>(
    tables,
    'SELECT name FROM attachments WHERE document_id = ? ORDER BY position',
    [id],
  ).map(({ name }) => name);
  return [...fieldsOf[kind](tables, id), ...names].filter(Boolean);
}

const fieldsOf: Readonly<Record<NumberedKind, (tables: Tables, id: string) => string[]>> = {
  incoming: incomingFields,
  outgoing: outgoingFields,
};

function incomingFields(tables: Tables, id: string): string[] {
  const row = one<Record<string, string | null>>(
    tables,
    `SELECT code, subject, content, kind_name, sender_name, sender_code, opinion, result,
       json_extract(signer, '$.fullName') AS signer, json_extract(signer, '$.position') AS position,
       'số đến ' || arrival_number AS arrival
     FROM incoming WHERE id = ?`,
    [id],
  )!;
  return [...bothSpellings(row['code']!), ...Object.values(row).map((value) => value ?? '')];
}

function outgoingFields(tables: Tables, id: string): string[] {
  const row = one<Record<string, string | null>>(
    tables,
    'SELECT code, subject, kind_id, signer_name AS signer, drafter_name AS drafter FROM outgoing WHERE id = ?',
    [id],
  )!;
  const recipients = all<{ name: string; code: string }>(
    tables,
    'SELECT name, code FROM recipients WHERE outgoing_id = ? ORDER BY position',
    [id],
  );
  const { kindId, ...rest } = row;
  return [
    ...bothSpellings(row['code']!),
    kindById(kindId ?? '')?.vi ?? '',
    ...Object.values(rest).map((value) => value ?? ''),
    ...recipients.flatMap(({ name, code }) => [name, code]),
  ];
}

/** `05/QĐ-A` must also be found as `5/QĐ-A`. */
function bothSpellings(code: string): string[] {
  return [code, code.replace(/^0+(?=\d)/, '')];
}

/** Text of the document's PDFs, as far as they have been read; a stamped file says what the received one says. */
export function fileTexts(
  tables: Tables,
  files: Target['files'],
  id: string,
): { name: string; text: string }[] {
  const rows = all<{ name: string; textFile: string }>(
    tables,
    `SELECT a.name, t.text_file FROM attachments a JOIN file_texts t ON t.file IN (a.file, a.original_file)
     WHERE a.document_id = ? AND a.role <> 'annotated' AND t.text_file IS NOT NULL ORDER BY a.position, t.text_file`,
    [id],
  );
  return rows.map(({ name, textFile: file }) => ({ name, text: textIn(files, file) }));
}

/** A text that is missing or damaged is found by the integrity check; it must not keep the office closed. */
function textIn(files: Target['files'], file: string): string {
  try {
    return files.read(file).toString('utf8');
  } catch (error) {
    if (error instanceof DeskError) return '';
    throw error;
  }
}
