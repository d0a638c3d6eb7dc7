import type { SignedFile } from '../../../shared/ipc/file-acts.ts';
import { one, type Tables } from '../sql.ts';
import { pageOf, Where, type Page } from './page.ts';

/** What a person signed that belongs to no document, newest first. */
export function signedFilesOf(
  tables: Tables,
  personId: string,
  page: Page,
): { rows: SignedFile[]; total: number } {
  return pageOf<SignedFile>(tables, {
    from: 'signed_files s',
    joins: `JOIN attachments a ON a.document_id = s.id LEFT JOIN verifications v ON v.file = a.file`,
    columns: 's.id, a.file AS sha256, a.name, a.size, s.signed_at, s.holder, s.form, v.verdict',
    where: new Where().add('s.person_id = ?', personId),
    order: 's.seq DESC',
    ...page,
  });
}

/** Who signed a file that belongs to no document. */
export function signedBy(tables: Tables, id: string): string | undefined {
  return one<{ personId: string }>(tables, 'SELECT person_id FROM signed_files WHERE id = ?', [id])?.personId;
}
