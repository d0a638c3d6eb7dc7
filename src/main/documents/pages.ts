import type { PdfDocument } from '../pdf/reader.ts';
import { openPdf } from '../pdf/reader.ts';
import { openFileSource } from '../pdf/source.ts';
import { openText, textLines, type PageText, type TextLayer } from '../pdf/text.ts';
import type { Store } from '../store/index.ts';

/** Runs `work` on a stored PDF, its structure and its text, and closes both whatever happens. */
export async function withPdf<T>(
  store: Store,
  sha256: string,
  work: (pdf: { readonly document: PdfDocument; readonly text: TextLayer }) => Promise<T>,
): Promise<T> {
  const source = openFileSource(store.files.path(sha256));
  try {
    const document = openPdf(source);
    const text = await openText(source);
    try {
      return await work({ document, text });
    } finally {
      await text.close();
    }
  } finally {
    source.close();
  }
}

/** The words of a page, one line of the page a line. */
export function wordsOf(page: PageText): string {
  return textLines(page)
    .map(({ text }) => text)
    .join('\n');
}
