import type { PDFDocumentLoadingTask } from 'pdfjs-dist';
// oxlint-disable import/default -- Vite gives an address for "?url", which the linter takes for the module itself
import rendererUrl from 'pdfjs-dist/build/pdf.renderer.min.mjs?url';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
// oxlint-enable import/default

export type PdfLibrary = typeof import('pdfjs-dist');

let library: Promise<PdfLibrary> | undefined;

/** pdf.js itself, fetched when the first document is opened: the window paints before it. */
export function loadLibrary(): Promise<PdfLibrary> {
  library ??= import('pdfjs-dist').then((pdfjs) => {
    pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;
    pdfjs.GlobalWorkerOptions.rendererSrc = rendererUrl;
    return pdfjs;
  });
  return library;
}

const asset = (folder: string) => new URL(`pdfjs/${folder}/`, document.baseURI).href;

/**
 * Starts to open a document. Each gets its own workers, so that a hostile file that hangs one hangs nothing else.
 *
 * `useWasm: false`: the content security policy has no `wasm-unsafe-eval`, so JBIG2 and JPEG 2000 scans are decoded by
 * the plain JavaScript that pdf.js ships for this case (`*_nowasm_fallback.js`), slower but of the same result; ICC
 * profiles are replaced by the device colours they describe, which is enough to read an office letter.
 * `enableXfa` stays off: a signed appearance must not be recomputed.
 */
export function startOpening(pdfjs: PdfLibrary, url: string): PDFDocumentLoadingTask {
  return pdfjs.getDocument({
    url: new URL(url, document.baseURI).href,
    withCredentials: true,
    cMapUrl: asset('cmaps'),
    standardFontDataUrl: asset('standard_fonts'),
    iccUrl: asset('iccs'),
    wasmUrl: asset('wasm'),
    useWasm: false,
    // Only what is looked at is fetched: a 50 MB scan must not travel for its first page.
    disableAutoFetch: true,
    disableStream: true,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
}

export type OpenFailure = 'damaged' | 'missing' | 'unreadable';

export function openFailure(pdfjs: PdfLibrary, error: unknown): OpenFailure {
  if (error instanceof pdfjs.InvalidPDFException) return 'damaged';
  if (error instanceof pdfjs.ResponseException && error.missing) return 'missing';
  return 'unreadable';
}
