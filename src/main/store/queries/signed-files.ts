import type { CopyForm } from '../../../shared/domain/copies.ts';
import type { Holder } from '../../../shared/domain/holder.ts';
import type { Verdict } from '../../../shared/domain/verification.ts';
import { one, type Tables } from '../sql.ts';
import { pageOf, Where, type Page } from './page.ts';

export interface SignedFileRow {
  readonly id: string;
  readonly holder: Holder['kind'];
  readonly form: CopyForm | null;
  readonly signedAt: number;
  readonly file: string;
  readonly name: string;
  readonly size: number;
  readonly verdict: Verdict | null;
}

/** What a person signed that belongs to no document, newest first. */
export function signedFilesOf(
  tables: Tables,
  personId: string,
  page: Page,
): { rows: SignedFileRow[]; total: number } {
  return pageOf<SignedFileRow>(tables, {
    from: 'signed_files s',
    joins: `JOIN attachments a ON a.document_id = s.id LEFT JOIN verifications v ON v.file = a.file`,
    columns: 's.*, a.file, a.name, a.size, v.verdict',
    where: new Where().add('s.person_id = ?', personId),
    order: 's.seq DESC',
    ...page,
  });
}

/** Who signed a file that belongs to no document. */
export function signedBy(tables: Tables, id: string): string | undefined {
  return one<{ personId: string }>(tables, 'SELECT person_id FROM signed_files WHERE id = ?', [id])?.personId;
}
