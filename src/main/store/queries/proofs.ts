import type { Level } from '../../signature/levels/state.ts';
import { all, one, type Tables } from '../sql.ts';

/** A file signed here that is to stand for long: the archive's copy where the document has gone out. */
export interface ProvenFile {
  readonly documentId: string;
  readonly position: number;
  readonly file: string;
  readonly name: string;
}

export interface ProofTask {
  readonly kind: 'timestamp' | 'validation-data' | 'archive-timestamp';
  /** UTC milliseconds. */
  readonly dueAt: number;
}

const current = 'coalesce(a.archive_file, a.file)';
/** An outgoing document's own files are settled once it is sealed; what else is signed here at once. */
const isSettled = `(o.state IN ('sealed', 'issued') OR a.role IN ('annotated', 'copy', 'signed'))`;
const columns = `a.document_id, a.position, ${current} AS file, a.name`;

/** Signed files of which nobody knows yet what they lack for `level`. */
export function unassessedFiles(tables: Tables, level: Level): ProvenFile[] {
  return all(
    tables,
    `SELECT ${columns} FROM attachments a
     LEFT JOIN outgoing o ON o.id = a.document_id
     JOIN verifications v ON v.file = a.file AND v.verdict IN ('valid', 'valid-with-changes', 'indeterminate')
     LEFT JOIN proof_tasks p ON p.document_id = a.document_id AND p.position = a.position
     WHERE ${isSettled} AND (p.file IS NOT ${current} OR p.level <> ?) ORDER BY a.document_id, a.position`,
    [level],
  );
}

export interface LackingFile extends ProvenFile {
  readonly level: Level;
  readonly tasks: readonly ProofTask[];
}
type RawTasks = Omit<LackingFile, 'tasks'> & { readonly tasks: string };
const withTasks = (row: RawTasks): LackingFile => ({ ...row, tasks: JSON.parse(row.tasks) as ProofTask[] });

/** Files that lack something for `level` now or later. */
export function filesLacking(tables: Tables, level: Level): LackingFile[] {
  return all<RawTasks>(
    tables,
    `SELECT ${columns}, p.tasks, p.level FROM proof_tasks p
     JOIN attachments a ON a.document_id = p.document_id AND a.position = p.position AND ${current} = p.file
     LEFT JOIN outgoing o ON o.id = a.document_id
     WHERE ${isSettled} AND p.due_at IS NOT NULL AND p.level = ? ORDER BY p.due_at, p.document_id, p.position`,
    [level],
  ).map(withTasks);
}

/** What the files of a document still lack, now or later. */
export function tasksOfDocument(tables: Tables, documentId: string): LackingFile[] {
  return all<RawTasks>(
    tables,
    `SELECT ${columns}, p.tasks, p.level FROM proof_tasks p
     JOIN attachments a ON a.document_id = p.document_id AND a.position = p.position AND ${current} = p.file
     WHERE p.document_id = ? AND p.due_at IS NOT NULL ORDER BY a.position`,
    [documentId],
  ).map(withTasks);
}

/** The file that stands for this attachment now; undefined when it is gone. */
export function provenFile(tables: Tables, documentId: string, position: number): string | undefined {
  return one<{ file: string }>(
    tables,
    `SELECT ${current} AS file FROM attachments a WHERE document_id = ? AND position = ?`,
    [documentId, position],
  )?.file;
}

/** Outgoing documents that bear this file and have not been cancelled. */
export function outgoingWithFile(tables: Tables, file: string): string[] {
  return all<{ id: string }>(
    tables,
    `SELECT DISTINCT o.id FROM attachments a JOIN outgoing o ON o.id = a.document_id
     WHERE (a.file = @file OR a.archive_file = @file) AND o.state NOT IN ('draft', 'cancelled') ORDER BY o.id`,
    { file },
  ).map(({ id }) => id);
}

/** The last time told by somebody else than this computer, and what its own clock said then. */
export interface TrustedClock {
  /** How far the office's journal had come. */
  readonly after: number;
  readonly at: number;
  readonly time: number;
}

/** Null when nobody ever told a time. */
export function trustedClock(tables: Tables): TrustedClock | null {
  return one<TrustedClock>(tables, 'SELECT after, at, time FROM trusted_clock') ?? null;
}
