/**
 * Text as search sees it: no tone marks, đ as d, lower case, single spaces.
 * FTS5's own diacritics folding leaves đ alone, so both the index and the query go through here.
 * Never use it on notations that must stay distinct (HD and HĐ are different kinds).
 */
export function foldForSearch(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[đĐÐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** Same person or agency name, however it was typed: compared folded. */
export function sameName(a: string, b: string): boolean {
  return foldForSearch(a) === foldForSearch(b);
}
