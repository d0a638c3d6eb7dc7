import type { OpenPdf } from './use-pdf.ts';
import type { PageSize } from './zoom.ts';

/** Sharp enough for small print and stamps, small enough for a 4 GB machine: 200 dots per inch. */
const printScale = 200 / 72;

/**
 * Prints the document through the window's own print dialog: each page becomes a picture on a sheet of the first
 * page's size. `onPage` is told which page is being prepared. Ends when the dialog is closed, or silently on abort.
 */
export async function printPdf(
  pdf: OpenPdf,
  signal: AbortSignal,
  onPage: (number: number) => void,
): Promise<void> {
  const sheets = document.createElement('div');
  sheets.className = 'pdf-print';
  const urls: string[] = [];
  try {
    for (let number = 1; number <= pdf.document.numPages; number++) {
      if (signal.aborted) return;
      onPage(number);
      const url = URL.createObjectURL(await picture(pdf, number));
      urls.push(url);
      const image = new Image();
      image.src = url;
      image.alt = '';
      await image.decode();
      sheets.append(image);
    }
    if (signal.aborted) return;
    await showDialog(sheets, pdf);
  } finally {
    for (const url of urls) URL.revokeObjectURL(url);
  }
}

const lies = ({ width, height }: PageSize) => width > height;

async function picture(pdf: OpenPdf, number: number): Promise<Blob> {
  const page = await pdf.document.getPage(number);
  const natural = page.getViewport({ scale: 1 });
  // The paper in the printer is the same for all: a page lying the other way is turned to fill it.
  const turn = lies(natural) === lies(pdf.firstPage) ? 0 : 90;
  const viewport = page.getViewport({ scale: printScale, rotation: (page.rotate + turn) % 360 });
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  // Hidden annotations stay hidden and printable ones appear, signatures among them (ISO 32000-2, 12.5.3).
  await page.render({ canvas, viewport, intent: 'print' }).promise;
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('canvas.toBlob gave nothing'))));
  });
}

async function showDialog(sheets: HTMLElement, { firstPage }: OpenPdf): Promise<void> {
  // A constructed sheet, because the content security policy admits no style element.
  const pageSize = new CSSStyleSheet();
  pageSize.replaceSync(`@page { size: ${firstPage.width}pt ${firstPage.height}pt; margin: 0; }`);
  const before = document.adoptedStyleSheets;
  document.adoptedStyleSheets = [...before, pageSize];
  document.body.append(sheets);
  try {
    const closed = new Promise((resolve) => {
      window.addEventListener('afterprint', resolve, { once: true });
    });
    window.print();
    await closed;
  } finally {
    sheets.remove();
    document.adoptedStyleSheets = before;
  }
}
