import { foldForSearch } from '../../shared/text/fold.ts';

/** A run of text as pdf.js delivers it; `hasEOL` ends a line. */
export interface TextRun {
  readonly str: string;
  readonly hasEOL: boolean;
}

/** Part of one run: character positions, end exclusive. */
export interface RunRange {
  readonly run: number;
  readonly start: number;
  readonly end: number;
}

/** One place where the searched words stand; it may span several runs. */
export type Match = readonly RunRange[];

export interface PageText {
  readonly folded: string;
  /** For each character of `folded`, the run it comes from and its position there. */
  readonly origins: readonly { readonly run: number; readonly at: number }[];
}

const space = /^\s$/;

/** Folds a page as `foldForSearch` folds the words searched for, and remembers where each character came from. */
export function foldPage(runs: readonly TextRun[]): PageText {
  let folded = '';
  const origins: { run: number; at: number }[] = [];
  const put = (character: string, run: number, at: number) => {
    const part = space.test(character) ? ' ' : foldForSearch(character);
    if (part === ' ' && (folded === '' || folded.endsWith(' '))) return;
    folded += part;
    for (let i = 0; i < part.length; i++) origins.push({ run, at });
  };
  for (const [run, { str, hasEOL }] of runs.entries()) {
    let at = 0;
    for (const character of str) {
      put(character, run, at);
      at += character.length;
    }
    if (hasEOL) put(' ', run, at);
  }
  return { folded, origins };
}

/** Every place of a page where `words` stand, whatever their case and tone marks. */
export function findInPage({ folded, origins }: PageText, words: string): Match[] {
  const wanted = foldForSearch(words);
  if (wanted === '') return [];
  const matches: Match[] = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    matches.push(rangesOf(origins.slice(at, at + wanted.length)));
  }
  return matches;
}

function rangesOf(origins: PageText['origins']): RunRange[] {
  const ranges: { run: number; start: number; end: number }[] = [];
  for (const { run, at } of origins) {
    const last = ranges.at(-1);
    if (last?.run === run) last.end = at + 1;
    else ranges.push({ run, start: at, end: at + 1 });
  }
  return ranges;
}
