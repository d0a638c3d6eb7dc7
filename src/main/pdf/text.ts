import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { DeskError } from '../../shared/errors/index.ts';
import type { ViewBox } from './geometry.ts';
import { LIMITS, tooComplex } from './limits.ts';
import { openWithPdfjs } from './pdfjs.ts';
import type { ByteSource } from './source.ts';

/** A piece of text as the page paints it; boxes in the displayed orientation (see `ViewBox`). */
export interface TextRun extends ViewBox {
  readonly text: string;
  /** Where the letters stand, from the top of the page. */
  readonly baseline: number;
  readonly fontSize: number;
  /** False for text turned against the page. */
  readonly upright: boolean;
}

export interface PageText {
  readonly index: number;
  readonly width: number;
  readonly height: number;
  readonly runs: readonly TextRun[];
}

/** The text layer of one document; close it, it holds a parser. */
export interface TextLayer {
  readonly pageCount: number;
  page(index: number): Promise<PageText>;
  close(): Promise<void>;
}

/** Ascent and descent of Times New Roman and Tinos, in parts of the font size. */
const ASCENT = 0.891;
const DESCENT = 0.216;

/** Errors: `pdf.damaged`, `pdf.password-needed`, `pdf.password-wrong`. */
export async function openText(
  source: ByteSource,
  options: { readonly password?: string } = {},
): Promise<TextLayer> {
  const pdf = await openWithPdfjs(source, options.password);
  return {
    pageCount: pdf.numPages,
    async page(index) {
      if (index < 0 || index >= pdf.numPages) {
        throw new DeskError('pdf.no-such-page', { page: index + 1, count: pdf.numPages });
      }
      try {
        return await readPage(await pdf.getPage(index + 1), index);
      } catch (error) {
        throw error instanceof DeskError ? error : new DeskError('pdf.damaged', { mark: 'text' }, error);
      }
    },
    close: () => pdf.loadingTask.destroy(),
  };
}

async function readPage(page: PDFPageProxy, index: number): Promise<PageText> {
  const viewport = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  if (items.length > LIMITS.textRuns) throw tooComplex('textRuns');
  const runs: TextRun[] = [];
  for (const item of items) {
    if (!('str' in item) || item.str.trim() === '') continue;
    const run = place(item.str, multiply(viewport.transform, item.transform), item.width * viewport.userUnit);
    if (run) runs.push(run);
  }
  page.cleanup();
  return { index, width: viewport.width, height: viewport.height, runs };
}

/** 8.3.4: the product of two matrices, `second` applied first. */
function multiply(first: readonly number[], second: readonly number[]): number[] {
  const [a, b, c, d, e, f] = first as [number, number, number, number, number, number];
  const [g, h, i, j, k, l] = second as [number, number, number, number, number, number];
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

function place(text: string, matrix: readonly number[], width: number): TextRun | undefined {
  const [a, b, c, d, x, y] = matrix as [number, number, number, number, number, number];
  const fontSize = Math.hypot(c, d);
  const along = Math.hypot(a, b);
  if (!(fontSize > 0) || !(along > 0) || !Number.isFinite(fontSize + x + y + width)) return undefined;
  const [ux, uy] = [a / along, b / along];
  const [vx, vy] = [c, d];
  const corners = [
    [x - vx * DESCENT, y - vy * DESCENT],
    [x + vx * ASCENT, y + vy * ASCENT],
    [x + ux * width - vx * DESCENT, y + uy * width - vy * DESCENT],
    [x + ux * width + vx * ASCENT, y + uy * width + vy * ASCENT],
  ] as const;
  const xs = corners.map(([cx]) => cx);
  const ys = corners.map(([, cy]) => cy);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return {
    text: text.normalize('NFC'),
    x: left,
    y: top,
    width: Math.max(...xs) - left,
    height: Math.max(...ys) - top,
    baseline: y,
    fontSize,
    upright: Math.abs(uy) < 0.05 && ux > 0,
  };
}

/**
 * The words of each page, for search: lines joined with line ends. At most `maxPages` pages.
 * Errors: those of `openText`, `pdf.too-complex`.
 */
export async function readWords(
  source: ByteSource,
  options: { readonly password?: string; readonly maxPages?: number } = {},
): Promise<string[]> {
  const layer = await openText(source, options);
  try {
    const result: string[] = [];
    let characters = 0;
    for (let i = 0; i < Math.min(layer.pageCount, options.maxPages ?? 2_000); i++) {
      const text = textLines(await layer.page(i))
        .map((line) => line.text)
        .join('\n');
      characters += text.length;
      if (characters > LIMITS.textCharacters) throw tooComplex('textCharacters');
      result.push(text);
    }
    return result;
  } finally {
    await layer.close();
  }
}

/** Runs on one baseline, from left to right. */
export interface TextLine extends ViewBox {
  readonly text: string;
  readonly upright: boolean;
  readonly runs: readonly TextRun[];
}

/**
 * Lines of the upright text, top to bottom, then what is turned. Runs further apart than `maxGap` times the font size
 * do not belong together: with a small one, columns come apart; without one, a line goes across the page.
 */
export function textLines(page: PageText, maxGap = Infinity): TextLine[] {
  const upright = page.runs.filter((run) => run.upright);
  const sorted = upright.toSorted((p, q) => p.baseline - q.baseline || p.x - q.x);
  const rows: TextRun[][] = [];
  for (const run of sorted) {
    const row = rows.at(-1);
    if (row && run.baseline - row[0]!.baseline <= row[0]!.fontSize * 0.3) row.push(run);
    else rows.push([run]);
  }
  const lines = rows.flatMap((row) =>
    splitRow(
      row.toSorted((p, q) => p.x - q.x),
      maxGap,
    ),
  );
  return [...lines, ...page.runs.filter((run) => !run.upright).map((run) => toLine([run]))];
}

function splitRow(row: readonly TextRun[], maxGap: number): TextLine[] {
  const parts: TextRun[][] = [];
  for (const run of row) {
    const previous = parts.at(-1)?.at(-1);
    const gap = previous ? run.x - (previous.x + previous.width) : 0;
    if (previous && gap <= maxGap * run.fontSize) parts.at(-1)!.push(run);
    else parts.push([run]);
  }
  return parts.map(toLine);
}

function toLine(runs: readonly TextRun[]): TextLine {
  let text = '';
  runs.forEach((run, i) => {
    const previous = runs[i - 1];
    const gap = previous ? run.x - (previous.x + previous.width) : 0;
    text += gap > run.fontSize * 0.15 ? ` ${run.text}` : run.text;
  });
  const x = Math.min(...runs.map((run) => run.x));
  const y = Math.min(...runs.map((run) => run.y));
  return {
    text: text.replace(/\s+/g, ' ').trim(),
    upright: runs.every((run) => run.upright),
    runs,
    x,
    y,
    width: Math.max(...runs.map((run) => run.x + run.width)) - x,
    height: Math.max(...runs.map((run) => run.y + run.height)) - y,
  };
}
