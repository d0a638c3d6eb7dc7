/** How pdf.js opens a file here: nothing is fetched, nothing of the system is used. */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { DeskError } from '../../shared/errors/index.ts';
import { LIMITS } from './limits.ts';
import type { ByteSource } from './source.ts';

/** pdf.js takes addresses: it refuses a folder that does not end in a slash, and a backslash is none. */
const pdfjsFolder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')).replaceAll(
  sep,
  '/',
);

/**
 * For encryption before AES-256 pdf.js takes the low byte of each letter: the second form gives it the UTF-8 that
 * programs write there.
 */
const formsOf = (password: string): string[] => [
  ...new Set([password, Buffer.from(password).toString('latin1')]),
];

/**
 * A document of pdf.js over the file; its loading task is to be destroyed, it holds a parser.
 * Errors: `pdf.damaged`, `pdf.password-needed`, `pdf.password-wrong`.
 */
export const openWithPdfjs = (source: ByteSource, password?: string): Promise<PDFDocumentProxy> =>
  open(source, password === undefined ? [] : formsOf(password));

async function open(source: ByteSource, [password, ...others]: readonly string[]): Promise<PDFDocumentProxy> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  class Transport extends pdfjs.PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      this.onDataRange(begin, Uint8Array.from(source.read(begin, Math.min(end, source.size) - begin)));
    }
  }
  const task = pdfjs.getDocument({
    range: new Transport(source.size, null),
    // Nothing is ever fetched: fonts and character maps come from the package, the file from its source.
    standardFontDataUrl: `${pdfjsFolder}/standard_fonts/`,
    cMapUrl: `${pdfjsFolder}/cmaps/`,
    disableAutoFetch: true,
    disableStream: true,
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    enableXfa: false,
    isOffscreenCanvasSupported: false,
    maxImageSize: LIMITS.imagePixels,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    ...(password === undefined ? {} : { password }),
  });
  try {
    return await task.promise;
  } catch (error) {
    await task.destroy();
    const isPassword = error instanceof Error && error.name === 'PasswordException';
    if (!isPassword) throw new DeskError('pdf.damaged', { mark: 'text' }, error);
    if (others.length > 0) return await open(source, others);
    throw new DeskError(password === undefined ? 'pdf.password-needed' : 'pdf.password-wrong', {}, error);
  }
}
