/** Pages as pictures, by pdf.js on a canvas: what a person sees, as far as another program than ours can tell. */
import { createCanvas } from '@napi-rs/canvas';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { DeskError } from '../../shared/errors/index.ts';
import { openWithPdfjs } from './pdfjs.ts';
import type { ByteSource } from './source.ts';

/** A page as seen, on white paper. */
export interface Picture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels a point. */
  readonly scale: number;
  /** Red, green, blue and 255 of each pixel, row by row. */
  readonly rgba: Uint8ClampedArray;
}

export interface Drawings {
  readonly pageCount: number;
  /**
   * Null where the page cannot be drawn, or is not done when time is over.
   * @param isOver asked again and again
   */
  draw(index: number, isOver: () => boolean): Promise<Picture | null>;
  close(): Promise<void>;
}

/** 108 dpi: a letter of 10 points is 15 pixels high. */
const SCALE = 1.5;
/** A page of A2; a larger one is drawn smaller. */
const MAX_PIXELS = 4_500_000;
/** Smaller than this, a letter is a dot. */
const LEAST_SCALE = 0.75;

/** Errors: `pdf.damaged`, `pdf.password-needed`, `pdf.password-wrong`. */
export async function openDrawings(source: ByteSource, password?: string): Promise<Drawings> {
  const pdf = await openWithPdfjs(source, password);
  return {
    pageCount: pdf.numPages,
    async draw(index, isOver) {
      try {
        return await drawn(await pdf.getPage(index + 1), isOver);
      } catch (error) {
        // pdf.js throws what it likes at what it cannot draw.
        if (error instanceof Error && !(error instanceof DeskError)) return null;
        throw error;
      }
    },
    close: () => pdf.loadingTask.destroy(),
  };
}

async function drawn(page: PDFPageProxy, isOver: () => boolean): Promise<Picture | null> {
  if (isOver()) return null;
  const size = page.getViewport({ scale: 1 });
  const scale = Math.min(SCALE, Math.sqrt(MAX_PIXELS / (size.width * size.height)));
  if (scale < LEAST_SCALE) return null;
  const viewport = page.getViewport({ scale });
  const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  // The canvas of Node.js has what pdf.js asks of the browser's.
  const rendering: object = { canvas, canvasContext: context, viewport, background: '#ffffff' };
  const task = page.render(rendering as Parameters<PDFPageProxy['render']>[0]);
  task.onContinue = (proceed: () => void): void => {
    if (isOver()) task.cancel();
    else proceed();
  };
  await task.promise;
  const rgba = context.getImageData(0, 0, width, height).data;
  page.cleanup();
  return { width, height, scale, rgba };
}
