import { useEffect, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { call, fileUrl } from '../desk/bridge.ts';
import { loadLibrary, openFailure, type OpenFailure, type PdfLibrary, startOpening } from './open-pdf.ts';
import type { PageSize } from './zoom.ts';

export interface OpenPdf {
  readonly pdfjs: PdfLibrary;
  readonly document: PDFDocumentProxy;
  /** Pages are taken to be of this size until they are looked at. */
  readonly firstPage: PageSize;
}

export type Opening =
  | { readonly state: 'opening'; readonly percent: number | null }
  /** `opened`: somebody has told the desk its password. */
  | { readonly state: 'locked'; readonly opened: () => void }
  | { readonly state: 'failed'; readonly reason: OpenFailure; readonly retry: () => void }
  | { readonly state: 'open'; readonly pdf: OpenPdf };

const start: Opening = { state: 'opening', percent: null };

/** A stored PDF, by its hash. Its password, if it has one, is asked of the desk and handed on to pdf.js alone. */
export function usePdf(sha256: string): Opening {
  const [attempt, setAttempt] = useState(1);
  const key = `${attempt} ${sha256}`;
  const [shown, setShown] = useState({ key, opening: start });

  useEffect(() => {
    let current = true;
    let close: (() => Promise<void>) | undefined;
    // The rest of the file still arrives while its first pages are shown.
    let opened = false;
    const show = (opening: Opening) => {
      if (current) setShown({ key, opening });
    };
    const retry = () => setAttempt((n) => n + 1);
    const failed = () => show({ state: 'failed', reason: 'unreadable', retry });
    const open = async () => {
      const pdfjs = await loadLibrary();
      if (!current) return;
      const unlock = async (open: (password: string) => void, reason: number) => {
        // What opens it for the desk must open it here: asking once more would go round for ever.
        if (reason === pdfjs.PasswordResponses.INCORRECT_PASSWORD) return failed();
        const { password } = await call('file.password', { sha256 });
        if (password !== null) open(password);
        else show({ state: 'locked', opened: () => void unlock(open, reason).catch(failed) });
      };
      const { task, close: end } = startOpening(pdfjs, fileUrl(sha256), (open, reason) => {
        unlock(open, reason).catch(failed);
      });
      close = end;
      task.onProgress = ({ percent }: { percent: number }) => {
        if (!opened && Number.isFinite(percent)) show({ state: 'opening', percent });
      };
      try {
        const document = await task.promise;
        opened = true;
        const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 });
        show({ state: 'open', pdf: { pdfjs, document, firstPage: { width, height } } });
      } catch (error) {
        show({ state: 'failed', reason: openFailure(pdfjs, error), retry });
      }
    };
    open().catch(failed);
    return () => {
      current = false;
      close?.().catch(() => undefined);
    };
  }, [sha256, key]);

  return shown.key === key ? shown.opening : start;
}

/** Physical pixels per CSS pixel; changes when the window moves to another monitor. */
export function useDevicePixelRatio(): number {
  const [ratio, setRatio] = useState(window.devicePixelRatio);
  useEffect(() => {
    const query = window.matchMedia(`(resolution: ${ratio}dppx)`);
    const changed = () => setRatio(window.devicePixelRatio);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [ratio]);
  return ratio;
}
