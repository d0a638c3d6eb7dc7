import type { Person } from '../../../shared/domain/people.ts';
import { numberedKinds, records } from '../../../shared/domain/records.ts';
import { grantOf } from '../../../shared/domain/permissions.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { Hit } from '../../../shared/ipc/search.ts';
import type { Store } from '../../store/index.ts';
import { searchDocuments, searchedTexts, type SearchHit } from '../../store/queries/search.ts';
import { excerpt } from './excerpt.ts';

/** Full-text search, newest first, with the words around each match. */
export function search(
  store: Store,
  person: Person,
  { text, limit, offset }: ParsedArgument<'search.find'>,
): Result<'search.find'> {
  const reader = {
    personId: person.id,
    ownOnly: numberedKinds.filter((kind) => grantOf(person.role, records[kind].view) !== 'all'),
  };
  const { hits, total } = searchDocuments(store.tables, text, reader, { limit, offset });
  const withExcerpt = (hit: SearchHit): Hit => ({
    ...hit,
    excerpt: excerpt(searchedTexts(store, hit), text),
  });
  return { total, hits: hits.map(withExcerpt) };
}
