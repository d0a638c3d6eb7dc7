import { Checkbox, makeStyles, mergeClasses, Subtitle1, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { UrgencyBadge } from '../../components/urgency-badge.tsx';
import { showNumber, useLanguage } from '../../texts/language.ts';
import type { BatchWords } from '../texts.ts';
import type { BatchEntry } from './entry.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  all: {
    display: 'flex',
    flexDirection: 'column',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS}`,
  },
  head: { margin: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS}` },
  title: { margin: `0 ${tokens.spacingHorizontalS}` },
  item: {
    display: 'flex',
    alignItems: 'flex-start',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: '3px solid transparent',
    // In Windows' contrast themes nothing else stays transparent.
    '@media (forced-colors: active)': { borderLeftColor: 'Canvas' },
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS} 5px`,
  },
  current: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    borderLeftColor: tokens.colorCompoundBrandStroke,
    '@media (forced-colors: active)': { borderLeftColor: 'Highlight' },
  },
  open: {
    flex: '1 1 0',
    minWidth: 0,
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    padding: tokens.spacingVerticalXS,
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  who: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  subject: {
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    color: tokens.colorNeutralForeground2,
  },
});

/** A batch in the order of signing: one click shows one, its box leaves it out. */
export function BatchList({
  words,
  entries,
  current,
  leftOut,
  onOpen,
  onLeftOut,
  children,
}: {
  readonly words: BatchWords;
  readonly entries: readonly BatchEntry[];
  readonly current: string | undefined;
  readonly leftOut: ReadonlySet<string>;
  readonly onOpen: (id: string) => void;
  readonly onLeftOut: (ids: ReadonlySet<string>) => void;
  /** Below the title. */
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  const language = useLanguage();
  const chosen = entries.filter(({ id }) => !leftOut.has(id)).length;
  const turn = (id: string) => {
    const next = new Set(leftOut);
    if (!next.delete(id)) next.add(id);
    onLeftOut(next);
  };
  return (
    <>
      <div className={styles.all}>
        <Subtitle1 as="h1" className={styles.title}>
          {words.title}
        </Subtitle1>
        {children && <div className={styles.head}>{children}</div>}
        <Checkbox
          label={words.chosen(showNumber(chosen, language), showNumber(entries.length, language))}
          checked={chosen === entries.length ? true : chosen === 0 ? false : 'mixed'}
          onChange={() => onLeftOut(new Set(chosen === entries.length ? entries.map(({ id }) => id) : []))}
        />
      </div>
      <ol className={styles.list} aria-label={words.things}>
        {entries.map((entry) => (
          <li key={entry.id} className={mergeClasses(styles.item, entry.id === current && styles.current)}>
            <Checkbox
              aria-label={words.include(entry.subject)}
              checked={!leftOut.has(entry.id)}
              onChange={() => turn(entry.id)}
            />
            <button
              type="button"
              className={styles.open}
              aria-current={entry.id === current}
              title={entry.subject}
              onClick={() => onOpen(entry.id)}
            >
              {entry.heading !== null && (
                <span className={styles.who}>
                  <Text weight="semibold" size={200}>
                    {entry.heading}
                  </Text>
                  <UrgencyBadge urgency={entry.urgency} />
                </span>
              )}
              <span className={styles.subject}>{entry.subject}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
