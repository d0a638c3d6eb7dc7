import { DeskError } from '../../../shared/errors/index.ts';
import type { Records } from '../../store/index.ts';
import { attachmentsOf, type AttachmentRow } from '../../store/queries/documents.ts';

/** The PDF that is the document itself. @throws DeskError documents.main-missing */
export function requireMainFile(store: Records, id: string): AttachmentRow {
  const main = attachmentsOf(store.tables, id).find(({ role }) => role === 'main');
  if (!main) throw new DeskError('documents.main-missing');
  return main;
}
