import { urgencies, type AttachmentRole, type Urgency } from '../../../shared/domain/states.ts';
import {
  numberedKinds,
  recordKinds,
  type NumberedKind,
  type RecordKind,
  type Series,
} from '../../../shared/domain/records.ts';
import type { Verdict } from '../../../shared/domain/verification.ts';
import type { Attachment } from '../../../shared/ipc/documents.ts';
import type { StoredProblem } from '../events/words.ts';
import { all, one, type Tables } from '../sql.ts';

/** An urgency by its index, as the tables keep it. */
export const urgencyOf = (index: number): Urgency => urgencies[index] ?? 'normal';

/** A row whose urgency is shown by its name. */
export function withUrgency<Row extends { readonly urgency: number }>({ urgency, ...row }: Row) {
  return { ...row, urgency: urgencyOf(urgency) };
}

export interface AttachmentRow {
  readonly position: number;
  readonly file: string;
  readonly size: number;
  /** What was sent, with proofs added since; null while there are none. */
  readonly archiveFile: string | null;
  readonly originalFile: string;
  readonly name: string;
  readonly role: AttachmentRole;
  readonly mediaType: string;
  readonly problems: readonly StoredProblem[];
  readonly verdict: Verdict | null;
}

type RawAttachment = Omit<AttachmentRow, 'problems'> & { problems: string };

function attachmentRow(row: RawAttachment): AttachmentRow {
  return { ...row, problems: JSON.parse(row.problems) as StoredProblem[] };
}

/** The files of a document in their order, each with its verdict. */
export function attachmentsOf(tables: Tables, documentId: string): AttachmentRow[] {
  return all<RawAttachment>(
    tables,
    `SELECT a.*, v.verdict FROM attachments a LEFT JOIN verifications v ON v.file = a.file
     WHERE a.document_id = ? ORDER BY a.position`,
    [documentId],
  ).map(attachmentRow);
}

/** An attachment as the contract shows it. */
export function shownAttachment(row: AttachmentRow): Attachment {
  const { file, name, role, size, mediaType, problems, verdict, archiveFile: archive } = row;
  return { sha256: file, name, role, size, mediaType, problems: [...problems], verdict, archive };
}

export interface LinkRow {
  readonly id: string;
  readonly kind: NumberedKind;
  readonly relation: 'replies-to' | 'answered-by';
  readonly code: string;
  readonly subject: string;
  readonly date: string | null;
}

/** The table in which each kind of record stands; its rows are named by `id`. */
export const tableOf: Readonly<Record<RecordKind, string>> = {
  incoming: 'incoming',
  outgoing: 'outgoing',
  file: 'signed_files',
};

/** Documents this one answers and documents that answer it. */
export function linksOf(tables: Tables, documentId: string): LinkRow[] {
  return all<LinkRow>(
    tables,
    `SELECT d.*, l.relation FROM (
       SELECT answered_id AS other, 'replies-to' AS relation FROM links WHERE reply_id = @documentId
       UNION SELECT reply_id, 'answered-by' FROM links WHERE answered_id = @documentId
     ) l JOIN (
       ${numberedKinds.map((kind) => `SELECT id, '${kind}' AS kind, code, subject, issued_date AS date FROM ${tableOf[kind]}`).join(' UNION ALL ')}
     ) d ON d.id = l.other ORDER BY l.relation DESC, d.code`,
    { documentId },
  );
}

/**
 * The next number of a series in a year, and the day of the last one given in any year (NĐ 30/2020, Điều 15.1, 22.2).
 */
export function nextNumber(
  tables: Tables,
  series: Series,
  year: number,
): { number: number; lastDate: string | null } {
  return one(
    tables,
    `SELECT coalesce(max(next) FILTER (WHERE year = @year), 1) AS number, max(last_date) AS last_date
     FROM counters WHERE series = @series`,
    { series, year },
  )!;
}

/** SQL that tells which kind of record an id names; null for none. */
const kindSql = (id: string): string =>
  `CASE ${recordKinds.map((kind) => `WHEN EXISTS (SELECT 1 FROM ${tableOf[kind]} WHERE id = ${id}) THEN '${kind}'`).join(' ')} END`;

/** Which kind of record an id names; undefined when it names none. */
export function kindOf(tables: Tables, id: string): RecordKind | undefined {
  return (
    one<{ kind: RecordKind | null }>(tables, `SELECT ${kindSql('@id')} AS kind`, { id })?.kind ?? undefined
  );
}

export interface RecordOfFile {
  readonly id: string;
  readonly kind: RecordKind;
}

/** Records one of whose attachments is, or has been, this file. */
export function recordsWithFile(
  tables: Tables,
  file: string,
): (RecordOfFile & { name: string; mediaType: string })[] {
  return all(
    tables,
    `SELECT f.document_id AS id, f.name, f.media_type, ${kindSql('f.document_id')} AS kind
     FROM attachment_files f WHERE f.file = ?`,
    [file],
  );
}

/** Documents that came or went as this message. What came back as secret has none: its content is not shown. */
export function recordsWithMessage(tables: Tables, file: string): RecordOfFile[] {
  return all(
    tables,
    `SELECT i.id, 'incoming' AS kind FROM inbox x JOIN incoming i ON i.line = x.line AND i.axis_doc_id = x.axis_doc_id
     JOIN search_documents s ON s.id = i.id WHERE x.file = @file
     UNION SELECT e.outgoing_id, 'outgoing' FROM outbox o JOIN deliveries e ON e.message_id = o.id
     WHERE o.file = @file`,
    { file },
  );
}

/** Whether another document has, or had, this file among its attachments. */
export function isFileOfOthers(tables: Tables, file: string, documentId: string): boolean {
  const sql = 'SELECT 1 FROM attachment_files WHERE file = ? AND document_id <> ? LIMIT 1';
  return one(tables, sql, [file, documentId]) !== undefined;
}

/** Files that were made from what this one says, and from no other: its text, its printed reports, whole copies. */
export function filesMadeFrom(tables: Tables, file: string): string[] {
  return all<{ made: string }>(
    tables,
    `SELECT text_file AS made FROM file_texts t WHERE file = @file AND text_file IS NOT NULL AND NOT EXISTS
       (SELECT 1 FROM file_texts o WHERE o.text_file = t.text_file AND o.file <> @file)
     UNION SELECT report FROM printed_reports r WHERE file = @file AND NOT EXISTS
       (SELECT 1 FROM printed_reports o WHERE o.report = r.report AND o.file <> @file)
     UNION SELECT copy FROM repaired_files c WHERE file = @file AND NOT EXISTS
       (SELECT 1 FROM repaired_files o WHERE o.copy = c.copy AND o.file <> @file)`,
    { file },
  ).map(({ made }) => made);
}

/** PDFs of which nobody knows the text yet. */
export function unreadPdfs(tables: Tables): { file: string }[] {
  return all(
    tables,
    `SELECT DISTINCT a.file FROM attachments a LEFT JOIN file_texts t ON t.file = a.file
     WHERE a.media_type = 'application/pdf' AND t.file IS NULL ORDER BY a.file`,
  );
}

/** PDFs whose signatures have not been verified yet. */
export function unverifiedPdfs(tables: Tables): { file: string }[] {
  return all(
    tables,
    `SELECT DISTINCT a.file FROM attachments a LEFT JOIN verifications v ON v.file = a.file
     WHERE a.media_type = 'application/pdf' AND v.file IS NULL ORDER BY a.file`,
  );
}

/** PDFs that verification could not settle, or that no known root vouched for: worth asking again when roots change. */
export function signedPdfs(tables: Tables): { file: string }[] {
  return all(
    tables,
    `SELECT v.file FROM verifications v WHERE v.verdict NOT IN ('unsigned', 'unreadable')
     AND EXISTS (SELECT 1 FROM attachments a WHERE a.file = v.file) ORDER BY v.file`,
  );
}

/** The kept report on a file, as JSON; undefined when it was never judged. */
export function verificationReport(tables: Tables, file: string): string | undefined {
  return one<{ report: string }>(tables, 'SELECT report FROM verifications WHERE file = ?', [file])?.report;
}

/** When and by which program a file was last judged; undefined when nobody has. */
export function judgementOf(tables: Tables, file: string): { at: number; software: string } | undefined {
  return one(tables, 'SELECT at, software FROM verifications WHERE file = ?', [file]);
}

/** An answer of a service about a certificate of a file, or a certificate fetched for it. */
export interface EvidenceRow {
  /** SHA-256 under which the bytes are kept. */
  readonly answer: string;
  readonly certificate: string;
  readonly type: 'OCSP' | 'CRL' | 'certificate';
  readonly name: string;
  readonly result: 'good' | 'revoked' | '';
  readonly url: string;
  readonly thisUpdate: number;
  readonly nextUpdate: number | null;
  readonly fetchedAt: number;
}

/** Of a file and of every other version of the same attachment: it is about the same certificates. */
export function evidenceOf(tables: Tables, file: string): EvidenceRow[] {
  return all(
    tables,
    `SELECT DISTINCT answer, certificate, type, name, result, url, this_update, next_update, fetched_at
     FROM evidence
     WHERE file = @file OR file IN (
       SELECT other.file FROM attachment_files this JOIN attachment_files other
         ON other.document_id = this.document_id AND other.position = this.position
       WHERE this.file = @file)
     ORDER BY name, fetched_at, answer, certificate`,
    { file },
  );
}

/** Files whose signatures could not be settled because nobody has told yet whether certificates were revoked. */
export function uncheckedPdfs(tables: Tables): string[] {
  return all<{ file: string }>(
    tables,
    `SELECT v.file FROM verifications v WHERE v.unchecked = 1
     AND EXISTS (SELECT 1 FROM attachments a WHERE a.file = v.file) ORDER BY v.file`,
  ).map(({ file }) => file);
}

/** The damaged file that a copy was made of. */
export function repairedFrom(tables: Tables, copy: string): string | undefined {
  return one<{ file: string }>(tables, 'SELECT file FROM repaired_files WHERE copy = ?', [copy])?.file;
}

/** The copy that was made of a damaged file. */
export function repairOf(tables: Tables, file: string): string | undefined {
  return one<{ copy: string }>(tables, 'SELECT copy FROM repaired_files WHERE file = ?', [file])?.copy;
}

/** The file that a printed verification report is about. */
export function fileOfReport(tables: Tables, report: string): string | undefined {
  return one<{ file: string }>(tables, 'SELECT file FROM printed_reports WHERE report = ?', [report])?.file;
}

/** The stored text of a PDF: null when it has none, undefined when nobody has read it. */
export function textFileOf(tables: Tables, file: string): string | null | undefined {
  return one<{ textFile: string | null }>(tables, 'SELECT text_file FROM file_texts WHERE file = ?', [file])
    ?.textFile;
}
