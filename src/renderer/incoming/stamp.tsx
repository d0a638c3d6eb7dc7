import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { showDay } from '../../shared/text/dates.ts';
import type { PageGeometry } from '../pdf/index.tsx';
import { useTexts } from '../texts/language.ts';
import { freePlace, readInk } from './free-place.ts';
import {
  fitHeading,
  heightMm,
  keepOnPage,
  type PagePoint,
  rowMm,
  toPoints,
  usualPlace,
  widthMm,
  wordCellMm,
} from './stamp-geometry.ts';
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
  drawing: { display: 'block', width: '100%', height: '100%' },
});

/** Red as on paper, in every theme: the page below stays white too. */
const ink = '#c00000';
const frameMm = 0.35;

export interface StampWords {
  readonly office: string;
  readonly arrivalNumber: number;
  /** Day of arrival. */
  readonly arrivalDate: string;
  /** Main handler, once named. */
  readonly forwardedTo: string;
}

/** The ĐẾN stamp on page 1 at its true size; drag it or use the arrow keys (1 mm). The file itself never changes. */
export function ArrivalStamp({
  page,
  words,
  onPlaced,
}: {
  readonly page: PageGeometry;
  readonly words: StampWords;
  /** Told once where on the page the stamp was put. */
  readonly onPlaced: (place: PagePoint) => void;
}) {
  const styles = useStyles();
  const { stamp } = useTexts(texts);
  const button = useRef<HTMLButtonElement>(null);
  const found = useFreePlace(button, page, onPlaced);
  const [moved, setMoved] = useState<PagePoint>();
  const grabbed = useRef<{ pointer: PagePoint; place: PagePoint } | null>(null);
  const place = keepOnPage(moved ?? found ?? usualPlace, page);
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
    setMoved({
      xPt: from.place.xPt + xPt - from.pointer.xPt,
      yPt: from.place.yPt + yPt - from.pointer.yPt,
    });
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
    setMoved(keepOnPage({ xPt: place.xPt + by.xPt, yPt: place.yPt + by.yPt }, page));
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
      aria-label={stamp.label}
      title={stamp.label}
      onPointerDown={grab}
      onPointerMove={drag}
      onPointerUp={release}
      onKeyDown={nudge}
    >
      <StampDrawing words={words} />
    </button>
  );
}

const rowMiddle = (row: number) => rowMm * row + rowMm / 2;

/** Looks for room on the page once its picture has been drawn, which is some time after the stamp is there. */
function useFreePlace(
  stamp: RefObject<HTMLElement | null>,
  { widthPt, heightPt }: PageGeometry,
  onPlaced: (place: PagePoint) => void,
): PagePoint | undefined {
  const [found, setFound] = useState<PagePoint>();
  const told = useRef(onPlaced);
  useEffect(() => {
    const page = stamp.current?.closest('article');
    if (!page) return undefined;
    const look = () => {
      const picture = page.querySelector('canvas');
      const ink = picture && readInk(picture, { widthPt, heightPt });
      if (!ink) return;
      watcher.disconnect();
      const free = freePlace(ink);
      setFound(free);
      told.current(free ?? usualPlace);
    };
    const watcher = new MutationObserver(look);
    watcher.observe(page, { childList: true, subtree: true });
    const first = requestAnimationFrame(look);
    return () => {
      watcher.disconnect();
      cancelAnimationFrame(first);
    };
  }, [stamp, widthPt, heightPt]);
  return found;
}

/** Rows of NĐ 30/2020, Phụ lục IV, V; drawn in millimetres. */
function StampDrawing({ words }: { readonly words: StampWords }) {
  const styles = useStyles();
  const { stamp } = useTexts(texts);
  const heading = fitHeading(words.office);
  return (
    <svg
      className={styles.drawing}
      viewBox={`0 0 ${widthMm} ${heightMm}`}
      fontFamily="'Times New Roman', Tinos, 'Liberation Serif', 'Noto Serif', serif"
      fontSize={3.6}
      fill={ink}
      aria-hidden
    >
      <rect
        x={frameMm / 2}
        y={frameMm / 2}
        width={widthMm - frameMm}
        height={heightMm - frameMm}
        fill="white"
        fillOpacity={0.9}
        stroke={ink}
        strokeWidth={frameMm}
      />
      <path
        d={`M0 ${rowMm}H${widthMm}M${wordCellMm} ${rowMm}V${rowMm * 3}M${wordCellMm} ${rowMm * 2}H${widthMm}M0 ${rowMm * 3}H${widthMm}M0 ${rowMm * 4}H${widthMm}`}
        stroke={ink}
        strokeWidth={frameMm / 2}
      />
      <g fontWeight="bold" fontSize={heading.fontSizeMm} textAnchor="middle" dominantBaseline="central">
        {heading.lines.map((line, index) => (
          <text
            key={line}
            x={widthMm / 2}
            y={rowMm / 2 + (index - (heading.lines.length - 1) / 2) * heading.fontSizeMm * 1.1}
          >
            {line}
          </text>
        ))}
      </g>
      <g dominantBaseline="central">
        <text x={wordCellMm / 2} y={rowMm * 2} fontSize={4.9} fontWeight="bold" textAnchor="middle">
          {stamp.arrived}
        </text>
        <Line x={wordCellMm + 2} y={rowMiddle(1)} name={stamp.number} value={String(words.arrivalNumber)} />
        <Line x={wordCellMm + 2} y={rowMiddle(2)} name={stamp.date} value={showDay(words.arrivalDate)} />
        <Line x={2} y={rowMiddle(3)} name={stamp.forward} value={words.forwardedTo} />
        <Line x={2} y={rowMiddle(4)} name={stamp.file} value="" />
      </g>
    </svg>
  );
}

function Line({
  x,
  y,
  name,
  value,
}: {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly value: string;
}) {
  return (
    <text x={x} y={y}>
      {name}
      <tspan fontWeight="bold" dx={1.2}>
        {value}
      </tspan>
    </text>
  );
}
