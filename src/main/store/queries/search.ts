import { fileTexts, searchFields } from '../projections/search.ts';
import type { Target } from '../projections/projection.ts';
import { ftsQuery } from '../search-query.ts';
import { all, one, type SqlValue, type Tables } from '../sql.ts';
import type { Page } from './page.ts';

export interface SearchHit {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly code: string;
  readonly subject: string;
  readonly party: string;
  readonly date: string | null;
}

/** Conditions on `d` (a row of `search_documents`) under which a person with `own` rights may see it. */
const own = `(
  (d.direction = 'incoming' AND EXISTS (
    SELECT 1 FROM assignments s WHERE s.incoming_id = d.id AND s.person_id = @personId))
  OR (d.direction = 'outgoing' AND EXISTS (
    SELECT 1 FROM outgoing w WHERE w.id = d.id AND @personId IN (w.drafter_id, w.signer_id))))`;

/**
 * Documents in which every word occurs, newest first.
 * @param personId only what this person drafted, signs or handles; null: everything
 */
export function searchDocuments(
  tables: Tables,
  text: string,
  personId: string | null,
  page: Page,
): { hits: SearchHit[]; total: number } {
  const query = ftsQuery(text);
  if (!query) return { hits: [], total: 0 };
  const matching = `FROM search JOIN search_documents d ON d.seq = search.rowid
    WHERE search MATCH @query ${personId === null ? '' : `AND ${own}`}`;
  const values: Record<string, SqlValue> = personId === null ? { query } : { query, personId };
  const found = all<{ id: string; direction: SearchHit['direction'] }>(
    tables,
    `SELECT d.id, d.direction ${matching} ORDER BY search.rowid DESC LIMIT @limit OFFSET @offset`,
    { ...values, limit: page.limit, offset: page.offset },
  );
  const { total } = one<{ total: number }>(tables, `SELECT count(*) AS total ${matching}`, values)!;
  return { hits: found.map(({ id, direction }) => describe(tables, id, direction)), total };
}

function describe(tables: Tables, id: string, direction: SearchHit['direction']): SearchHit {
  const sql =
    direction === 'incoming'
      ? `SELECT code, subject, sender_name AS party, coalesce(arrival_date, issued_date) AS date FROM incoming WHERE id = ?`
      : `SELECT code, subject, issued_date AS date,
           (SELECT group_concat(name, '; ' ORDER BY position) FROM recipients WHERE outgoing_id = id) AS party
         FROM outgoing WHERE id = ?`;
  const row = one<{ code: string; subject: string; party: string | null; date: string | null }>(tables, sql, [
    id,
  ])!;
  return { ...row, party: row.party ?? '', id, direction };
}

/** The texts in which a match may stand, fields first, then the PDFs. */
export function searchedTexts(
  { tables, files }: Target,
  { id, direction }: Pick<SearchHit, 'id' | 'direction'>,
): string[] {
  return [...searchFields(tables, id, direction), ...fileTexts(tables, files, id).map(({ text }) => text)];
}
