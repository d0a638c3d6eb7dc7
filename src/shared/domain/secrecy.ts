/** Marks of state secrecy (Luật 117/2025/QH15): such documents are neither drafted, sent nor kept here. */

/** A secrecy mark that stands by itself: the whole text, in brackets, or before a colon or dash. */
export function secrecyMark(text: string): string {
  const mark = '(TUYỆT MẬT|TỐI MẬT|MẬT)';
  const alone = new RegExp(`^\\s*${mark}\\s*(?:$|[:–-])|[([]\\s*${mark}\\s*[)\\]]`).exec(
    text.normalize('NFC'),
  );
  return alone?.[1] ?? alone?.[2] ?? '';
}

/** Page lines that the stamp of a secret document may share with nothing else (NĐ 26/2020/NĐ-CP, Điều 2). */
const stamp = /^(TUYỆT MẬT|TỐI MẬT|MẬT)$/;

/** The mark a text of the metadata bears; empty when it bears none. */
export function markInFields(...texts: readonly string[]): string {
  return texts.map((text) => secrecyMark(text)).find((mark) => mark !== '') ?? '';
}

/**
 * The stamp on a first page: a line of its own. "Bảo mật" in a sentence is no mark.
 * @param page the page's words, one line of the page a line
 */
export function stampOnPage(page: string): string {
  const lines = page.normalize('NFC').split('\n');
  return lines.map((line) => stamp.exec(line.trim())?.[1] ?? '').find((mark) => mark !== '') ?? '';
}
