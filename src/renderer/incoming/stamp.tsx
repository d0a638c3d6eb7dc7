import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { Hidden } from '../components/hidden.tsx';
import type { PageGeometry } from '../pdf/index.tsx';
import { useTexts } from '../texts/language.ts';
import { freePlace, readInk } from './free-place.ts';
import { StampDrawing, type StampWords } from './stamp-drawing.tsx';
import { heightMm, keepOnPage, type PagePoint, toPoints, usualPlace, widthMm } from './stamp-geometry.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  stamp: {
    position: 'absolute',
    padding: 0,
    border: 'none',
    background: 'none',
    cursor: 'move',
    pointerEvents: 'auto',
    touchAction: 'none',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
});

/** The ĐẾN stamp on page 1 at its true size; drag it or use the arrow keys (1 mm). The file itself never changes. */
export function ArrivalStamp({
  page,
  words,
  place: wanted,
  onFound,
  onMove,
}: {
  readonly page: PageGeometry;
  readonly words: StampWords;
  /** Undefined until a place has been found. */
  readonly place: PagePoint | undefined;
  readonly onFound: (place: PagePoint) => void;
  readonly onMove: (place: PagePoint) => void;
}) {
  const styles = useStyles();
  const { stamp } = useTexts(texts);
  const button = useRef<HTMLButtonElement>(null);
  useFreePlace(button, page, wanted === undefined, onFound);
  const grabbed = useRef<{ pointer: PagePoint; place: PagePoint } | null>(null);
  const place = keepOnPage(wanted ?? usualPlace, page);
  const pointer = (event: PointerEvent): PagePoint => ({
    xPt: event.clientX / page.scale,
    yPt: event.clientY / page.scale,
  });
  const grab = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    grabbed.current = { pointer: pointer(event), place };
  };
  const drag = (event: PointerEvent) => {
    if (!grabbed.current) return;
    const { xPt, yPt } = pointer(event);
    const from = grabbed.current;
    const to = { xPt: from.place.xPt + xPt - from.pointer.xPt, yPt: from.place.yPt + yPt - from.pointer.yPt };
    onMove(keepOnPage(to, page));
  };
  const release = () => {
    grabbed.current = null;
  };
  const nudge = (event: KeyboardEvent) => {
    const step = toPoints(1);
    const moves: Record<string, PagePoint> = {
      ArrowLeft: { xPt: -step, yPt: 0 },
      ArrowRight: { xPt: step, yPt: 0 },
      ArrowUp: { xPt: 0, yPt: -step },
      ArrowDown: { xPt: 0, yPt: step },
    };
    const by = moves[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(keepOnPage({ xPt: place.xPt + by.xPt, yPt: place.yPt + by.yPt }, page));
  };

  return (
    <button
      ref={button}
      type="button"
      className={styles.stamp}
      style={{
        left: place.xPt * page.scale,
        top: place.yPt * page.scale,
        width: toPoints(widthMm) * page.scale,
        height: toPoints(heightMm) * page.scale,
      }}
      title={stamp.label}
      onPointerDown={grab}
      onPointerMove={drag}
      onPointerUp={release}
      onKeyDown={nudge}
    >
      <StampDrawing words={words} />
      <Hidden>{stamp.label}</Hidden>
    </button>
  );
}

/** Looks for room on the page once its picture has been drawn, which is some time after the stamp is there. */
function useFreePlace(
  stamp: RefObject<HTMLElement | null>,
  { widthPt, heightPt }: PageGeometry,
  wanted: boolean,
  onFound: (place: PagePoint) => void,
): void {
  const latest = useRef(onFound);
  useEffect(() => {
    latest.current = onFound;
  });
  useEffect(() => {
    const page = stamp.current?.closest('article');
    if (!page || !wanted) return undefined;
    const look = () => {
      const picture = page.querySelector('canvas');
      const ink = picture && readInk(picture, { widthPt, heightPt });
      if (ink) latest.current(freePlace(ink) ?? usualPlace);
    };
    const watcher = new MutationObserver(look);
    watcher.observe(page, { childList: true, subtree: true });
    const first = requestAnimationFrame(look);
    return () => {
      watcher.disconnect();
      cancelAnimationFrame(first);
    };
  }, [stamp, widthPt, heightPt, wanted]);
}
