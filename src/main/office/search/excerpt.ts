import { foldForSearch } from '../../../shared/text/fold.ts';
import { searchTerms, type SearchTerm } from '../../store/search-query.ts';

const wordsBefore = 8;
const wordsAfter = 16;

interface Word {
  readonly text: string;
  /** The index's words in it: `12/CV-THPTVD` is three. */
  readonly folded: readonly string[];
}

/** Some twenty words around the first match of any term, from the first text that has one. */
export function excerpt(texts: readonly string[], query: string): string {
  const terms = searchTerms(query);
  for (const text of texts) {
    const words = text.split(/\s+/).filter(Boolean).map(toWord);
    const at = terms.map((term) => indexOf(words, term)).find((index) => index >= 0);
    if (at === undefined) continue;
    const start = Math.max(0, at - wordsBefore);
    const end = Math.min(words.length, at + wordsAfter);
    const shown = words.slice(start, end).map((word) => word.text);
    return `${start > 0 ? '… ' : ''}${shown.join(' ')}${end < words.length ? ' …' : ''}`;
  }
  return '';
}

function toWord(text: string): Word {
  return { text, folded: foldForSearch(text).match(/[\p{L}\p{N}\p{Co}]+/gu) ?? [] };
}

/** Index of the first word at which the term's words stand in a row; -1 when they nowhere do. */
function indexOf(words: readonly Word[], { words: wanted, prefix }: SearchTerm): number {
  const flat = words.flatMap(({ folded }, index) => folded.map((part) => ({ part, index })));
  const last = wanted.length - 1;
  const at = flat.findIndex((_, start) =>
    wanted.every((word, n) => {
      const part = flat[start + n]?.part;
      return part !== undefined && (prefix && n === last ? part.startsWith(word) : part === word);
    }),
  );
  return at < 0 ? -1 : flat[at]!.index;
}
