import { useEffect, useMemo, useState } from 'react';
import { findInPage, foldPage, type Match, type PageText, type TextRun } from './find-text.ts';
import type { PageMatches } from './page.tsx';
import type { OpenPdf } from './use-pdf.ts';

export interface Find {
  readonly words: string;
  readonly setWords: (words: string) => void;
  readonly total: number;
  /** Counted from 1; 0 when there is none. */
  readonly position: number;
  /** Page being read, while the document has not been read to its end. */
  readonly reading: number | null;
  /** The document was read and holds no text at all. */
  readonly noText: boolean;
  readonly go: (direction: 1 | -1) => void;
  /** The match shown now, and its page. */
  readonly current: Found | undefined;
  readonly onPage: (number: number) => PageMatches | undefined;
}

export interface Found {
  readonly page: number;
  readonly match: Match;
}

/** Searches a document: pages are read one after the other, once, and kept folded. */
export function useFind(pdf: OpenPdf, active: boolean): Find {
  const [words, setWords] = useState('');
  const { pages, reading } = usePageTexts(pdf, active);
  const [index, setIndex] = useState(0);

  const found = useMemo<readonly Found[]>(
    () =>
      active && words.trim() !== ''
        ? pages.flatMap((text, i) => findInPage(text, words).map((match) => ({ page: i + 1, match })))
        : [],
    [active, pages, words],
  );
  const current = found[index % Math.max(1, found.length)];

  const byPage = useMemo(() => {
    const map = new Map<number, PageMatches>();
    for (const { page, match } of found) {
      const matches = [...(map.get(page)?.matches ?? []), match];
      map.set(page, { matches, current: page === current?.page ? current.match : undefined });
    }
    return map;
  }, [found, current]);

  return {
    words,
    setWords: (next) => {
      setWords(next);
      setIndex(0);
    },
    total: found.length,
    position: current ? (index % found.length) + 1 : 0,
    reading,
    noText: reading === null && pages.length > 0 && pages.every((text) => text.folded === ''),
    go: (direction) =>
      setIndex((old) => (found.length === 0 ? 0 : (old + direction + found.length) % found.length)),
    current,
    onPage: (number) => byPage.get(number),
  };
}

/** Pages shown as read so far; they are handed on in steps, or a long document would be searched once a page. */
const step = 20;

function usePageTexts({ document }: OpenPdf, active: boolean) {
  const [pages, setPages] = useState<readonly PageText[]>([]);
  const [reading, setReading] = useState<number | null>(1);
  useEffect(() => {
    if (!active) return undefined;
    let current = true;
    const read = async () => {
      const texts: PageText[] = [];
      for (let number = 1; number <= document.numPages; number++) {
        const content = await (await document.getPage(number)).getTextContent();
        if (!current) return;
        texts.push(foldPage(content.items.filter((item): item is typeof item & TextRun => 'str' in item)));
        if (number % step === 0) {
          setReading(number);
          setPages([...texts]);
        }
      }
      setPages(texts);
      setReading(null);
    };
    // A document closed meanwhile rejects; one whose text is damaged is searched as far as it could be read.
    read().catch(() => current && setReading(null));
    return () => {
      current = false;
    };
  }, [document, active]);
  return { pages, reading };
}
