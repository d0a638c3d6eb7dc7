import { useEffect, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
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
  | { readonly state: 'locked'; readonly wrong: boolean; readonly unlock: (password: string) => void }
  | { readonly state: 'failed'; readonly reason: OpenFailure; readonly retry: () => void }
  | { readonly state: 'open'; readonly pdf: OpenPdf };

const start: Opening = { state: 'opening', percent: null };

export function usePdf(url: string): Opening {
  const [attempt, setAttempt] = useState(1);
  const key = `${attempt} ${url}`;
  const [shown, setShown] = useState({ key, opening: start });

  useEffect(() => {
    let current = true;
    let close: (() => Promise<void>) | undefined;
    // The rest of the file still arrives while its first pages are shown.
    let opened = false;
    const show = (opening: Opening) => {
      if (current) setShown({ key, opening });
    };
    const open = async () => {
      const pdfjs = await loadLibrary();
      if (!current) return;
      const { task, close: end } = startOpening(pdfjs, url, (unlock, reason) => {
        show({ state: 'locked', wrong: reason === pdfjs.PasswordResponses.INCORRECT_PASSWORD, unlock });
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
    const retry = () => setAttempt((n) => n + 1);
    open().catch(() => show({ state: 'failed', reason: 'unreadable', retry }));
    return () => {
      current = false;
      close?.().catch(() => undefined);
    };
  }, [url, key]);

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
