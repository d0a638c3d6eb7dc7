import { fileTexts, searchFields } from '../projections/search.ts';
import type { NumberedKind } from '../../../shared/domain/records.ts';
import type { Target } from '../projections/projection.ts';
import { ftsQuery } from '../search-query.ts';
import { all, one, type Tables } from '../sql.ts';
import type { Page } from './page.ts';

export interface SearchHit {
  readonly id: string;
  readonly kind: NumberedKind;
  readonly code: string;
  readonly subject: string;
  readonly party: string;
  readonly date: string | null;
}

export interface SearchReader {
  readonly personId: string;
  /** Of which kinds the reader sees only what concerns them. */
  readonly ownOnly: readonly NumberedKind[];
}

/** Whether `d`, a row of `search_documents`, concerns the reader. */
const concerns: Readonly<Record<NumberedKind, string>> = {
  incoming: `EXISTS (SELECT 1 FROM assignments s WHERE s.incoming_id = d.id AND s.person_id = @personId)`,
  outgoing: `EXISTS (SELECT 1 FROM outgoing w WHERE w.id = d.id AND @personId IN (w.drafter_id, w.signer_id))`,
};

/** What a reader may see of `d`. */
const visible = ({ ownOnly }: SearchReader): string =>
  ownOnly.map((kind) => `(d.kind <> '${kind}' OR ${concerns[kind]})`).join(' AND ') || 'TRUE';

/** What a hit shows of its document. */
const shown: Readonly<Record<NumberedKind, string>> = {
  incoming: `SELECT code, subject, sender_name AS party, coalesce(arrival_date, issued_date) AS date
    FROM incoming WHERE id = ?`,
  outgoing: `SELECT code, subject, issued_date AS date,
      (SELECT group_concat(name, '; ' ORDER BY position) FROM recipients WHERE outgoing_id = id) AS party
    FROM outgoing WHERE id = ?`,
};

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
    WHERE search MATCH @query AND ${visible(reader)}`;
  const values = { query, ...(reader.ownOnly.length > 0 && { personId: reader.personId }) };
  const found = all<Pick<SearchHit, 'id' | 'kind'>>(
    tables,
    `SELECT d.id, d.kind ${matching} ORDER BY search.rowid DESC LIMIT @limit OFFSET @offset`,
    { ...values, limit: page.limit, offset: page.offset },
  );
  const { total } = one<{ total: number }>(tables, `SELECT count(*) AS total ${matching}`, values)!;
  return { hits: found.map(({ id, kind }) => describe(tables, id, kind)), total };
}

function describe(tables: Tables, id: string, kind: NumberedKind): SearchHit {
  const row = one<{ code: string; subject: string; party: string | null; date: string | null }>(
    tables,
    shown[kind],
    [id],
  )!;
  return { ...row, party: row.party ?? '', id, kind };
}

/** The texts in which a match may stand, fields first, then the PDFs. */
export function searchedTexts(
  { tables, files }: Target,
  { id, kind }: Pick<SearchHit, 'id' | 'kind'>,
): string[] {
  return [...searchFields(tables, id, kind), ...fileTexts(tables, files, id).map(({ text }) => text)];
}
