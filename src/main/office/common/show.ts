import type { Attachment } from '../../../shared/ipc/documents.ts';
import type { Tables } from '../../store/index.ts';
import type { AttachmentRow } from '../../store/queries/documents.ts';
import { personById } from '../../store/queries/office.ts';

/** Rows of the store as the contract with the screens writes them. */

export function shownAttachment(row: AttachmentRow): Attachment {
  const { file, name, role, size, mediaType, problems, verdict, archiveFile: archive } = row;
  return { sha256: file, name, role, size, mediaType, problems: [...problems], verdict, archive };
}

/** Name of a person of the office, or what else the journal calls the actor. */
export function nameOf(tables: Tables, personId: string): string {
  return personById(tables, personId)?.name ?? personId;
}
