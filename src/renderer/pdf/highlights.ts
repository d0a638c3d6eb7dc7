import type { Match } from './find-text.ts';

const found = new Highlight();
const current = new Highlight();
current.priority = 1;
CSS.highlights.set('pdf-found', found);
CSS.highlights.set('pdf-found-current', current);

/** Marks one match in the text of a page; `runs[i]` is the element of run i. Returns the function that unmarks it. */
export function mark(match: Match, runs: readonly HTMLElement[], isCurrent: boolean): () => void {
  const ranges = match.flatMap(({ run, start, end }) => {
    const text = runs[run]?.firstChild;
    if (!(text instanceof Text)) return [];
    const range = new Range();
    range.setStart(text, Math.min(start, text.length));
    range.setEnd(text, Math.min(end, text.length));
    return [range];
  });
  const highlight = isCurrent ? current : found;
  for (const range of ranges) highlight.add(range);
  return () => {
    for (const range of ranges) highlight.delete(range);
  };
}
