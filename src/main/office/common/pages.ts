import { countPages } from '../../pdf/pages.ts';
import type { OpenOptions, PdfDocument } from '../../pdf/reader.ts';
import { openPdf } from '../../pdf/reader.ts';
import { openFileSource, type ByteSource } from '../../pdf/source.ts';
import { openText, textLines, type PageText, type TextLayer } from '../../pdf/text.ts';
import type { Records } from '../../store/index.ts';

/** The password a file is opened with, if it needs one. */
export type Opening = Pick<OpenOptions, 'password'>;

/**
 * Runs `work` on a stored PDF, its structure and its text, and closes both whatever happens. Text costs twenty times
 * what structure does: it is opened when the first page is asked for.
 */
export async function withPdf<T>(
  store: Records,
  sha256: string,
  work: (pdf: { readonly document: PdfDocument; readonly text: TextLayer }) => Promise<T>,
  opening: Opening = {},
): Promise<T> {
  const source = openFileSource(store.files.path(sha256));
  try {
    const document = openPdf(source, opening);
    const text = textWhenAsked(document, source, opening);
    try {
      return await work({ document, text });
    } finally {
      await text.close();
    }
  } finally {
    source.close();
  }
}

function textWhenAsked(document: PdfDocument, source: ByteSource, opening: Opening): TextLayer {
  let count: number | undefined;
  let opened: Promise<TextLayer> | undefined;
  return {
    get pageCount() {
      return (count ??= countPages(document));
    },
    page: async (index) => (await (opened ??= openText(source, opening))).page(index),
    // Whoever asked for a page has heard why it could not be opened.
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
}

/** The words of a page, one line of the page a line. */
export function wordsOf(page: PageText): string {
  return textLines(page)
    .map(({ text }) => text)
    .join('\n');
}
