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

/** How long a document may take to come to rest before it is ended by force. */
const patienceMs = 10_000;

type AskPassword = (unlock: (password: string) => void, reason: number) => void;

export interface StartedPdf {
  readonly task: PDFDocumentLoadingTask;
  /** Ends the document and its workers, whatever they do; nothing of it is shown any more. */
  readonly close: () => Promise<void>;
}

/**
 * Starts to open a document. Each gets its own workers, so that a hostile file that hangs one hangs nothing else.
 *
 * `useWasm: false`: the content security policy has no `wasm-unsafe-eval`, so JBIG2 and JPEG 2000 scans are decoded by
 * the plain JavaScript that pdf.js ships for this case (`*_nowasm_fallback.js`), slower but of the same result; ICC
 * profiles are replaced by the device colours they describe, which is enough to read an office letter.
 * `enableXfa` stays off: a signed appearance must not be recomputed.
 */
export function startOpening(pdfjs: PdfLibrary, url: string, askPassword: AskPassword): StartedPdf {
  const verbosity = pdfjs.VerbosityLevel.ERRORS;
  const worker = new pdfjs.PDFWorker({ verbosity });
  const task = pdfjs.getDocument({
    url: new URL(url, document.baseURI).href,
    worker,
    withCredentials: true,
    cMapUrl: asset('cmaps'),
    standardFontDataUrl: asset('standard_fonts'),
    iccUrl: asset('iccs'),
    wasmUrl: asset('wasm'),
    useWasm: false,
    // Only what is looked at is fetched: a 50 MB scan must not travel for its first page.
    disableAutoFetch: true,
    disableStream: true,
    verbosity,
  });

  let reading = Promise.withResolvers<void>();
  const rest = () => reading.resolve();
  task.promise.then(rest, rest);
  task.onPassword = (unlock: (password: string) => void, reason: number) => {
    rest();
    const open = (password: string) => {
      reading = Promise.withResolvers();
      unlock(password);
    };
    askPassword(open, reason);
  };

  // pdf.js's worker, told to end while it still reads the document's structure, throws where nobody can catch it
  // ("Worker was terminated"), and one that a hostile file keeps busy never hears that it should end.
  const end = () => reading.promise.then(() => task.destroy());
  const close = async () => {
    try {
      await Promise.race([end(), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
    } finally {
      worker.destroy();
    }
  };
  return { task, close };
}

export type OpenFailure = 'damaged' | 'missing' | 'unreadable';

export function openFailure(pdfjs: PdfLibrary, error: unknown): OpenFailure {
  if (error instanceof pdfjs.InvalidPDFException) return 'damaged';
  if (error instanceof pdfjs.ResponseException && error.missing) return 'missing';
  return 'unreadable';
}
