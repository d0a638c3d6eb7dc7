import { type ReactNode, useEffect, useRef, useState } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { PDFPageProxy } from 'pdfjs-dist';
import { useTexts } from '../texts/language.ts';
import type { Match } from './find-text.ts';
import { mark } from './highlights.ts';
import './pdf-page.css';
import { texts } from './texts.ts';
import { type OpenPdf, useDevicePixelRatio } from './use-pdf.ts';
import type { PageSize } from './zoom.ts';

/** A page in points, as displayed, and how many CSS pixels a point takes now. */
export interface PageGeometry {
  readonly number: number;
  readonly widthPt: number;
  readonly heightPt: number;
  readonly scale: number;
}

export interface PageMatches {
  readonly matches: readonly Match[];
  readonly current: Match | undefined;
}

/** More than this is not drawn sharper: 16 megapixels are 64 MB of canvas. */
const largestCanvas = 16_777_216;

const useStyles = makeStyles({
  page: {
    position: 'relative',
    backgroundColor: 'white',
    boxShadow: tokens.shadow4,
    '@media (forced-colors: active)': { outline: '1px solid CanvasText' },
    colorScheme: 'only light',
  },
  picture: {
    position: 'absolute',
    inset: 0,
    '& > canvas': { display: 'block', width: '100%', height: '100%' },
  },
  overlay: { position: 'absolute', inset: 0, pointerEvents: 'none' },
  failed: { position: 'absolute', inset: 0, padding: tokens.spacingHorizontalXL, color: '#3b3b3b' },
});

/**
 * One page: its picture, its text above it, and whatever the screen lays over both. What is laid over lets the pointer
 * through to the text unless it asks for it (`pointer-events: auto`).
 */
export function Page({
  pdf,
  number,
  size,
  scale,
  found,
  overlay,
  onSize,
  onDoubleClick,
}: {
  readonly pdf: OpenPdf;
  readonly number: number;
  readonly size: PageSize;
  readonly scale: number;
  readonly found?: PageMatches | undefined;
  readonly overlay?: ((page: PageGeometry) => ReactNode) | undefined;
  readonly onSize: (number: number, size: PageSize) => void;
  readonly onDoubleClick?: ((page: PageGeometry, x: number, y: number) => void) | undefined;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const picture = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const page = usePage(pdf, number, onSize);
  const failed = usePicture(page, scale * useDevicePixelRatio(), picture);
  const runs = useTextLayer(pdf, page, text);
  useMarks(runs, found);
  const geometry: PageGeometry = { number, widthPt: size.width, heightPt: size.height, scale };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a short cut; the caller offers keys for the same
    <article
      className={styles.page}
      onDoubleClick={(event) => {
        const corner = event.currentTarget.getBoundingClientRect();
        onDoubleClick?.(
          geometry,
          (event.clientX - corner.left) / scale,
          (event.clientY - corner.top) / scale,
        );
      }}
      aria-label={words.page(number, pdf.document.numPages)}
      style={{
        width: size.width * scale,
        height: size.height * scale,
        ['--total-scale-factor' as string]: scale,
        ['--scale-round-x' as string]: '1px',
        ['--scale-round-y' as string]: '1px',
      }}
    >
      <div ref={picture} className={styles.picture} aria-hidden />
      {(failed || page === null) && <p className={styles.failed}>{words.drawFailed}</p>}
      <div ref={text} className="pdf-text" />
      {overlay && <div className={styles.overlay}>{overlay(geometry)}</div>}
    </article>
  );
}

/** A page once it has been fetched; null when it cannot be, because it is damaged or its bytes do not come. */
export function usePage(
  pdf: OpenPdf,
  number: number,
  onSize?: (number: number, size: PageSize) => void,
): PDFPageProxy | null | undefined {
  const [page, setPage] = useState<PDFPageProxy | null>();
  useEffect(() => {
    let current = true;
    pdf.document.getPage(number).then(
      (fetched) => {
        if (!current) return;
        const { width, height } = fetched.getViewport({ scale: 1 });
        onSize?.(number, { width, height });
        setPage(fetched);
      },
      () => current && setPage(null),
    );
    return () => {
      current = false;
    };
  }, [pdf, number, onSize]);
  return page;
}

/** Draws the page into `host` at so many physical pixels per point; the old picture stays until the new one is done. */
export function usePicture(
  page: PDFPageProxy | null | undefined,
  pixelsPerPoint: number,
  host: React.RefObject<HTMLElement | null>,
): boolean {
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!page) return undefined;
    const natural = page.getViewport({ scale: 1 });
    const sharpest = Math.sqrt(largestCanvas / (natural.width * natural.height));
    const viewport = page.getViewport({ scale: Math.min(pixelsPerPoint, sharpest) });
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(viewport.width));
    canvas.height = Math.max(1, Math.floor(viewport.height));
    const drawing = page.render({ canvas, viewport });
    let current = true;
    drawing.promise.then(
      () => {
        if (!current) return;
        setFailed(false);
        host.current?.replaceChildren(canvas);
      },
      () => current && setFailed(true),
    );
    return () => {
      current = false;
      drawing.cancel();
    };
  }, [page, pixelsPerPoint, host]);
  return failed;
}

/** Lays the text over the page once; zooming only changes a custom property. Gives the element of each run. */
function useTextLayer(
  { pdfjs }: OpenPdf,
  page: PDFPageProxy | null | undefined,
  host: React.RefObject<HTMLElement | null>,
): readonly HTMLElement[] {
  const [runs, setRuns] = useState<readonly HTMLElement[]>([]);
  useEffect(() => {
    const container = host.current;
    if (!page || !container) return undefined;
    const layer = new pdfjs.TextLayer({
      textContentSource: page.streamTextContent(),
      container,
      viewport: page.getViewport({ scale: 1 }),
    });
    let current = true;
    layer.render().then(
      () => current && setRuns([...layer.textDivs]),
      // Without its text the page can still be read; a layer cancelled by closing rejects too.
      () => undefined,
    );
    return () => {
      current = false;
      layer.cancel();
      container.replaceChildren();
      setRuns([]);
    };
  }, [pdfjs, page, host]);
  return runs;
}

function useMarks(runs: readonly HTMLElement[], found: PageMatches | undefined): void {
  useEffect(() => {
    if (!found) return undefined;
    const unmark = found.matches.map((match) => mark(match, runs, match === found.current));
    return () => {
      for (const each of unmark) each();
    };
  }, [runs, found]);

  const first = found?.current?.[0];
  useEffect(() => {
    if (first) runs[first.run]?.scrollIntoView({ block: 'center', inline: 'nearest' });
  }, [runs, first]);
}
