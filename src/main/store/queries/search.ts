import { fileTexts, searchFields } from '../projections/search.ts';
import type { Direction } from '../../../shared/domain/records.ts';
import type { Target } from '../projections/projection.ts';
import { ftsQuery } from '../search-query.ts';
import { all, one, type SqlValue, type Tables } from '../sql.ts';
import type { Page } from './page.ts';

export interface SearchHit {
  readonly id: string;
  readonly direction: Direction;
  readonly code: string;
  readonly subject: string;
  readonly party: string;
  readonly date: string | null;
}

/** In which direction a reader sees only what concerns them. */
export interface SearchReader {
  readonly personId: string;
  readonly ownIncomingOnly: boolean;
  readonly ownOutgoingOnly: boolean;
}

/** What a reader may see of `d`, a row of `search_documents`. */
const visible = `(
  CASE d.direction
    WHEN 'incoming' THEN NOT @ownIncomingOnly OR EXISTS (
      SELECT 1 FROM assignments s WHERE s.incoming_id = d.id AND s.person_id = @personId)
    ELSE NOT @ownOutgoingOnly OR EXISTS (
      SELECT 1 FROM outgoing w WHERE w.id = d.id AND @personId IN (w.drafter_id, w.signer_id))
  END)`;

/** Documents in which every word occurs and which the reader may see, newest first. */
export function searchDocuments(
  tables: Tables,
  text: string,
  reader: SearchReader,
  page: Page,
): { hits: SearchHit[]; total: number } {
  const query = ftsQuery(text);
  if (!query) return { hits: [], total: 0 };
  const matching = `FROM search JOIN search_documents d ON d.seq = search.rowid
    WHERE search MATCH @query AND ${visible}`;
  const values: Record<string, SqlValue> = {
    query,
    personId: reader.personId,
    ownIncomingOnly: reader.ownIncomingOnly ? 1 : 0,
    ownOutgoingOnly: reader.ownOutgoingOnly ? 1 : 0,
  };
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
