import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { useKey } from '../navigation/keys.ts';
import { FindBar } from './find-bar.tsx';
import { Page, type PageGeometry } from './page.tsx';
import { PrintingLine, usePrinting } from './printing.tsx';
import { stackOf, totalHeight } from './stack.ts';
import { Thumbnails } from './thumbnails.tsx';
import { Toolbar } from './toolbar.tsx';
import { useFind } from './use-find.ts';
import type { OpenPdf } from './use-pdf.ts';
import { useInnerSize, useScroll } from './use-scroll.ts';
import {
  type PageSize,
  pageGap,
  pixelsPerPoint,
  rememberedZoom,
  rememberZoom,
  scaleFor,
  stepZoom,
  wheelZoom,
  type Zoom,
} from './zoom.ts';

/** A place in the document to bring into view; a new object brings it into view again. */
export interface Place {
  readonly page: number;
  /** How far down the page, from 0 to 1. */
  readonly fraction: number;
}

export interface PagesProps {
  /** File name, read out for the page region. */
  readonly name: string;
  /** What to lay over each page, in points from its top left corner as displayed. */
  readonly overlay?: (page: PageGeometry) => ReactNode;
  /** Whether the thumbnails of several pages are open at first; F4 opens and closes them. */
  readonly thumbnails?: boolean;
  readonly place?: Place | undefined;
  /** Told the number of pages once the document is open. */
  readonly onOpen?: (pages: number) => void;
  /** A double-click on a page, in points from its top left corner; text then is not selected by it. */
  readonly onDoubleClick?: (page: PageGeometry, x: number, y: number) => void;
}

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0, height: '100%' },
  middle: { position: 'relative', display: 'flex', flexGrow: 1, minHeight: 0 },
  scroller: {
    flexGrow: 1,
    minWidth: 0,
    overflow: 'auto',
    // The view itself keeps the middle in place when pages change their size.
    overflowAnchor: 'none',
    backgroundColor: tokens.colorNeutralBackground4,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  pages: { position: 'relative' },
  row: { position: 'absolute', left: 0, display: 'flex', justifyContent: 'center' },
});

/** An open document: pages drawn as they come into view, with thumbnails, zoom, search and printing. */
export function Pages({
  pdf,
  name,
  overlay,
  thumbnails = false,
  place,
  onOpen,
  onDoubleClick,
}: PagesProps & { readonly pdf: OpenPdf }) {
  const styles = useStyles();
  const count = pdf.document.numPages;
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const inner = useInnerSize(scroller);
  const [zoom, setZoom] = useZoom();
  const scale = scaleFor(zoom, pdf.firstPage, inner);
  const { sizeOf, onSize } = useSizes(pdf);
  const stack = useMemo(
    () =>
      stackOf(
        Array.from({ length: count }, (_, row) => sizeOf(row + 1).height * scale),
        pageGap,
      ),
    [count, sizeOf, scale],
  );
  const { rows, current, show } = useScroll(scroller, inner.height, stack);
  const goTo = (page: number) => show({ row: Math.min(count, Math.max(1, page)) - 1, fraction: 0 }, 'top');

  // One page needs no overview, and the room.
  const [withThumbnails, setWithThumbnails] = useState(thumbnails && count > 1);
  const toggleThumbnails = () => setWithThumbnails((shown) => !shown);
  const [finding, setFinding] = useState(false);
  const closeFind = () => {
    setFinding(false);
    scroller?.focus();
  };
  const find = useFind(pdf, finding);
  const printing = usePrinting(pdf);
  const factor = scale / pixelsPerPoint;
  const step = (direction: 1 | -1) => setZoom(stepZoom(factor, direction));

  const ready = inner.width > 0;
  useWhenNew(find.current, ready, ({ page }) => goTo(page));
  useWhenNew(pdf, ready, () => onOpen?.(count));
  useWhenNew(place, ready, ({ page, fraction }) => show({ row: page - 1, fraction }, 'middle'));
  useWheelZoom(scroller, factor, setZoom);
  useKey('thumbnails', toggleThumbnails);
  useKey('find', () => setFinding(true));
  useKey('back', closeFind, finding);
  useKey('zoomIn', () => step(1));
  useKey('zoomOut', () => step(-1));
  useKey('print', printing.start);

  // A page broader than the view makes only its own row broad; the others stay in the middle.
  const rowWidth = (row: number) => Math.max(inner.width, sizeOf(row + 1).width * scale + 2 * pageGap);
  return (
    <div className={styles.view}>
      <div className={styles.middle}>
        {withThumbnails && <Thumbnails pdf={pdf} current={current + 1} onGo={goTo} />}
        {finding && <FindBar find={find} total={count} onClose={closeFind} />}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must take the keyboard (axe: scrollable-region-focusable) */}
        <section ref={setScroller} className={styles.scroller} aria-label={name} tabIndex={0}>
          <div className={styles.pages} style={{ height: totalHeight(stack) }}>
            {(ready ? rows : []).map((row) => (
              <div key={row} className={styles.row} style={{ top: stack.tops[row], width: rowWidth(row) }}>
                <Page
                  pdf={pdf}
                  number={row + 1}
                  size={sizeOf(row + 1)}
                  scale={scale}
                  found={finding ? find.onPage(row + 1) : undefined}
                  overlay={overlay}
                  onSize={onSize}
                  onDoubleClick={onDoubleClick}
                />
              </div>
            ))}
          </div>
        </section>
      </div>
      <PrintingLine printing={printing} pages={count} />
      <Toolbar
        zoom={zoom}
        scale={scale}
        page={current + 1}
        pages={count}
        thumbnails={withThumbnails}
        onThumbnails={toggleThumbnails}
        onZoom={setZoom}
        onStep={step}
        onPage={goTo}
        onFind={() => setFinding(true)}
        onPrint={printing.start}
      />
    </div>
  );
}

function useZoom(): [Zoom, (zoom: Zoom) => void] {
  const [zoom, setZoom] = useState(rememberedZoom);
  const choose = useCallback((next: Zoom) => {
    rememberZoom(next);
    setZoom(next);
  }, []);
  return [zoom, choose];
}

/** Sizes of the pages looked at so far; the others are taken to be as large as the first. */
function useSizes({ firstPage }: OpenPdf) {
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map());
  const sizeOf = useCallback((page: number) => sizes.get(page) ?? firstPage, [sizes, firstPage]);
  const onSize = useCallback(
    (page: number, size: PageSize) =>
      setSizes((old) => {
        const known = old.get(page) ?? firstPage;
        if (known.width === size.width && known.height === size.height) return old;
        return new Map(old).set(page, size);
      }),
    [firstPage],
  );
  return { sizeOf, onSize };
}

/** Goes where somebody wants to be shown, once for each time it is wanted. */
function useWhenNew<T extends object>(wanted: T | null | undefined, ready: boolean, go: (wanted: T) => void) {
  const done = useRef<T>(null);
  useEffect(() => {
    if (!wanted || !ready || done.current === wanted) return;
    done.current = wanted;
    go(wanted);
  });
}

function useWheelZoom(element: HTMLElement | null, factor: number, setZoom: (zoom: Zoom) => void): void {
  useEffect(() => {
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      setZoom(wheelZoom(factor, event.deltaY));
    };
    // React listens passively to the wheel, and the window itself would zoom.
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, [element, factor, setZoom]);
}
