// oxlint-disable jsx-a11y/prefer-tag-over-role -- the ARIA listbox pattern: <select> holds neither two lines nor 100,000 rows
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import {
  Caption1,
  makeStyles,
  mergeClasses,
  Skeleton,
  SkeletonItem,
  tokens,
} from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { windowOffset } from './list-window.ts';
import { texts } from '../components/texts.ts';

const rowHeight = 76;
const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: 0 },
  scroll: {
    flex: '1 1 0',
    minHeight: 0,
    overflowY: 'auto',
    overflowX: 'hidden',
    ':focus-visible': { outlineStyle: 'none' },
    // The focus is the list's; the row it stands on is what a person has to see.
    '&:focus-visible [data-active="true"]': {
      outline: `2px solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '-2px',
    },
  },
  inner: { position: 'relative', width: '100%' },
  row: {
    position: 'absolute',
    insetInline: 0,
    boxSizing: 'border-box',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    borderLeft: '3px solid transparent',
    // In Windows' contrast themes nothing else stays transparent.
    '@media (forced-colors: active)': { borderLeftColor: 'Canvas' },
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
  },
  open: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    borderLeftColor: tokens.colorCompoundBrandStroke,
    '@media (forced-colors: active)': { borderLeftColor: 'Highlight' },
  },
  footer: {
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground3,
    textAlign: 'center',
  },
  skeleton: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
});

interface Rows<R> {
  readonly offset: number;
  readonly rows: readonly R[];
  readonly total: number;
}

/**
 * A list of any length of which only what is seen exists: ↑ ↓ Home End move, Enter opens. `data` is the window of rows
 * at hand; `onWindow` asks for another.
 */
export function DocumentList<R extends { readonly id: string }>({
  label,
  data,
  openId,
  onOpen,
  onWindow,
  renderRow,
}: {
  readonly label: string;
  readonly data: Rows<R>;
  readonly openId: string | null;
  readonly onOpen: (row: R) => void;
  readonly onWindow: (offset: number) => void;
  readonly renderRow: (row: R) => ReactNode;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const listId = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  // oxlint-disable-next-line react/incompatible-library -- the React Compiler, which it warns for, is not used
  const virtual = useVirtualizer({
    count: data.total,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const first = virtual.range?.startIndex ?? 0;
  const last = Math.min(virtual.range?.endIndex ?? 0, data.total - 1);
  const wanted = windowOffset(first);
  useEffect(() => onWindow(wanted), [wanted, onWindow]);

  const rowAt = (index: number): R | undefined => data.rows[index - data.offset];
  const move = (index: number) => {
    const next = Math.min(data.total - 1, Math.max(0, index));
    setActive(next);
    virtual.scrollToIndex(next);
  };
  const pressed = (event: KeyboardEvent) => {
    const page = Math.max(1, last - first - 1);
    const targets: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: data.total - 1,
    };
    const target = targets[event.key];
    const row = rowAt(active);
    if (target !== undefined) move(target);
    else if ((event.key === 'Enter' || event.key === ' ') && !event.ctrlKey && row) onOpen(row);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.root}>
      <div
        ref={scroll}
        className={styles.scroll}
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={rowAt(active) ? `${listId}-${active}` : undefined}
        onKeyDown={pressed}
      >
        <div className={styles.inner} style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rowAt(index);
            const isOpen = row !== undefined && row.id === openId;
            return (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are the list's, which has the focus
              <div
                // A row that makes room for a new one above must not become another document under the mouse.
                key={row?.id ?? index}
                id={`${listId}-${index}`}
                className={mergeClasses(styles.row, isOpen && styles.open)}
                data-active={index === active}
                style={{ top: start, height: rowHeight }}
                role="option"
                tabIndex={-1}
                aria-selected={isOpen}
                aria-label={row ? undefined : words.loading}
                aria-setsize={data.total}
                aria-posinset={index + 1}
                onClick={() => {
                  setActive(index);
                  if (row) onOpen(row);
                }}
              >
                {row ? renderRow(row) : <RowSkeleton />}
              </div>
            );
          })}
        </div>
      </div>
      <Caption1 className={styles.footer}>
        {words.ofTotal(
          showNumber(data.total === 0 ? 0 : first + 1, language),
          showNumber(last + 1, language),
          showNumber(data.total, language),
        )}
      </Caption1>
    </div>
  );
}

function RowSkeleton() {
  const styles = useStyles();
  return (
    <Skeleton className={styles.skeleton} aria-hidden>
      <SkeletonItem size={12} />
      <SkeletonItem size={12} />
    </Skeleton>
  );
}
