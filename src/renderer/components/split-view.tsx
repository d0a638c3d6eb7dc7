import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const narrowest = 280;
const widest = 560;
const step = 16;

const useStyles = makeStyles({
  root: { display: 'flex', height: '100%', minWidth: 0 },
  list: {
    display: 'flex',
    flexDirection: 'column',
    flex: 'none',
    minWidth: 0,
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  handle: {
    flex: 'none',
    width: '5px',
    cursor: 'col-resize',
    backgroundColor: tokens.colorNeutralStroke3,
    touchAction: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralStroke1Hover },
    ':focus-visible': { backgroundColor: tokens.colorStrokeFocus2, outlineStyle: 'none' },
  },
  detail: { flex: '1 1 0', minWidth: 0, overflow: 'hidden', display: 'flex', flexDirection: 'column' },
});

const clamp = (width: number) => Math.min(widest, Math.max(narrowest, Math.round(width)));

/** The list's width is one habit of the person, so it is one width for every list. */
const storageKey = 'list-width';

function rememberedWidth(): number {
  return clamp(Number(localStorage.getItem(storageKey) ?? 360) || 360);
}

/** List on the left, what is open on the right, and a line between them to drag (or arrow keys). */
export function SplitView({
  list,
  detail,
  listLabel,
  detailLabel,
}: {
  readonly list: ReactNode;
  readonly detail: ReactNode;
  readonly listLabel: string;
  readonly detailLabel: string;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const [width, setWidth] = useState(rememberedWidth);
  const from = useRef<{ x: number; width: number } | null>(null);

  const remember = (wanted: number) => {
    setWidth(clamp(wanted));
    localStorage.setItem(storageKey, String(clamp(wanted)));
  };
  const press = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (from.current) remember(from.current.width + event.clientX - from.current.x);
  };
  const release = () => {
    from.current = null;
  };
  const nudge = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'ArrowLeft') remember(width - step);
    else if (event.key === 'ArrowRight') remember(width + step);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.root}>
      <section className={styles.list} style={{ width }} aria-label={listLabel} data-pane>
        {list}
      </section>
      <div
        className={styles.handle}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a focusable separator is a widget; <hr> is not
        role="separator"
        tabIndex={0}
        aria-label={words.resize}
        aria-orientation="vertical"
        aria-valuemin={narrowest}
        aria-valuemax={widest}
        aria-valuenow={width}
        onPointerDown={press}
        onPointerMove={drag}
        onPointerUp={release}
        onKeyDown={nudge}
      />
      <section className={styles.detail} aria-label={detailLabel} data-pane>
        {detail}
      </section>
    </div>
  );
}
