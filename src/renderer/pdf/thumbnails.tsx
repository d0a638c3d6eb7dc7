import { useEffect, useMemo, useRef, useState } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useTexts } from '../texts/language.ts';
import { usePage, usePicture } from './page.tsx';
import { stackOf, totalHeight } from './stack.ts';
import { texts } from './texts.ts';
import { type OpenPdf, useDevicePixelRatio } from './use-pdf.ts';
import { useInnerSize, useScroll } from './use-scroll.ts';

const widthPx = 88;
const labelPx = 36;

const useStyles = makeStyles({
  list: {
    width: '128px',
    flexShrink: 0,
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  rows: { position: 'relative' },
  row: {
    position: 'absolute',
    left: 0,
    width: '100%',
    border: 'none',
    background: 'none',
    padding: `${tokens.spacingVerticalS} 0 0`,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalXS,
    cursor: 'pointer',
    color: tokens.colorNeutralForeground2,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase200,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  current: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  picture: {
    width: `${widthPx}px`,
    backgroundColor: 'white',
    boxShadow: tokens.shadow2,
    '& > canvas': { display: 'block', width: '100%', height: '100%' },
  },
  currentPicture: { outline: `2px solid ${tokens.colorBrandStroke1}`, outlineOffset: '1px' },
});

/** Small pages beside the large ones; a click or Enter goes there, ↑↓ move. */
export function Thumbnails({
  pdf,
  current,
  onGo,
}: {
  readonly pdf: OpenPdf;
  readonly current: number;
  readonly onGo: (page: number) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const heightPx = (widthPx * pdf.firstPage.height) / pdf.firstPage.width;
  const stack = useMemo(
    () =>
      stackOf(
        Array.from({ length: pdf.document.numPages }, () => heightPx + labelPx),
        0,
      ),
    [pdf, heightPx],
  );
  const { rows } = useScroll(scroller, useInnerSize(scroller).height, stack);
  useEffect(() => {
    scroller?.querySelector(`[data-page="${current}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [scroller, current]);

  return (
    <nav ref={setScroller} className={styles.list} aria-label={words.thumbnails}>
      <div className={styles.rows} style={{ height: totalHeight(stack) }}>
        {rows.map((index) => (
          <button
            key={index}
            type="button"
            data-page={index + 1}
            tabIndex={index + 1 === current ? 0 : -1}
            className={mergeClasses(styles.row, index + 1 === current && styles.current)}
            style={{ transform: `translateY(${stack.tops[index]}px)`, height: heightPx + labelPx }}
            aria-label={words.page(index + 1, pdf.document.numPages)}
            aria-current={index + 1 === current ? 'page' : undefined}
            onClick={() => onGo(index + 1)}
            onKeyDown={(event) => {
              const next = { ArrowDown: index + 2, ArrowUp: index }[event.key];
              if (next === undefined || next < 1 || next > pdf.document.numPages) return;
              event.preventDefault();
              onGo(next);
              scroller?.querySelector<HTMLElement>(`[data-page="${next}"]`)?.focus();
            }}
          >
            <Thumbnail pdf={pdf} number={index + 1} heightPx={heightPx} current={index + 1 === current} />
            <span>{index + 1}</span>
          </button>
        ))}
      </div>
    </nav>
  );
}

function Thumbnail({
  pdf,
  number,
  heightPx,
  current,
}: {
  readonly pdf: OpenPdf;
  readonly number: number;
  readonly heightPx: number;
  readonly current: boolean;
}) {
  const styles = useStyles();
  const host = useRef<HTMLSpanElement>(null);
  const scale = widthPx / pdf.firstPage.width;
  usePicture(usePage(pdf, number), scale * useDevicePixelRatio(), host);
  return (
    <span
      ref={host}
      aria-hidden
      className={mergeClasses(styles.picture, current && styles.currentPicture)}
      style={{ height: heightPx }}
    />
  );
}
