import { foldForSearch } from '../../shared/text/fold.ts';

/** More words than this in a query add nothing but work. */
const maxTerms = 16;

export interface SearchTerm {
  /** Folded words that must stand next to each other, as the index's tokenizer separates them. */
  readonly words: readonly string[];
  /** The last word may go on in the document. */
  readonly prefix: boolean;
}

/**
 * What a person typed, as terms that must all occur: each space-separated piece is one (`12/CV-THPTVD` is the words
 * 12, cv, thptvd in a row), text in double quotes is one phrase. Words are found by their beginning, except in
 * quotes; so are numbers within a code, but a number alone is meant as it stands.
 */
export function searchTerms(text: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const [, quoted, plain] of text.matchAll(/"([^"]*)"?|([^\s"]+)/g)) {
    const words = foldForSearch(quoted ?? plain ?? '').match(/[\p{L}\p{N}\p{Co}]+/gu) ?? [];
    const number = words.length === 1 && /^\d+$/.test(words[0]);
    if (words.length > 0) terms.push({ words, prefix: quoted === undefined && !number });
  }
  return terms.slice(0, maxTerms);
}

/** The terms as an FTS5 expression in which nothing of the input can act as syntax; undefined when no word is in it. */
export function ftsQuery(text: string): string | undefined {
  const terms = searchTerms(text).map(({ words, prefix }) => `"${words.join(' ')}"${prefix ? ' *' : ''}`);
  return terms.length > 0 ? terms.join(' AND ') : undefined;
}
