import { foldForSearch } from '../../shared/text/fold.ts';

export interface Part {
  readonly start: number;
  readonly text: string;
  readonly match: boolean;
}

/** Cuts an excerpt where it matches a word of the query, compared as the search does: without marks and case. */
export function markMatches(excerpt: string, query: string): Part[] {
  // An excerpt may be cut from a received file's own text, which no schema composes; a mark must not part from its letter.
  const letters = Array.from(excerpt.normalize('NFC'));
  const folded = letters.map((letter) => foldForSearch(letter) || ' ');
  const words = foldForSearch(query)
    .split(' ')
    .filter((word) => word !== '');
  const marked = letters.map(() => false);
  // A folded letter may be longer than one character, so places are kept per letter.
  const text = folded.map((letter) => letter[0] ?? ' ').join('');
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      marked.fill(true, at, at + word.length);
    }
  }
  const parts: Part[] = [];
  for (const [index, letter] of letters.entries()) {
    const match = marked[index] === true;
    const last = parts.at(-1);
    if (last?.match === match) parts[parts.length - 1] = { ...last, text: last.text + letter };
    else parts.push({ start: index, text: letter, match });
  }
  return parts;
}
