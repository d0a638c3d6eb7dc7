import { Checkbox, makeStyles, mergeClasses, Subtitle1, Text, tokens } from '@fluentui/react-components';
import type { OutgoingRow } from '../../../shared/ipc/outgoing.ts';
import { UrgencyBadge } from '../../components/urgency-badge.tsx';
import { showNumber, useLanguage, useTexts } from '../../texts/language.ts';
import { texts } from '../texts.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  all: {
    display: 'flex',
    flexDirection: 'column',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS}`,
  },
  title: { margin: `0 ${tokens.spacingHorizontalS}` },
  item: {
    display: 'flex',
    alignItems: 'flex-start',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
  },
  current: { backgroundColor: tokens.colorNeutralBackground1Selected },
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

/** The documents of a batch in the order of signing: one click shows one, its box leaves it out. */
export function BatchList({
  title,
  rows,
  current,
  leftOut,
  onOpen,
  onLeftOut,
}: {
  readonly title: string;
  readonly rows: readonly OutgoingRow[];
  readonly current: string | undefined;
  readonly leftOut: ReadonlySet<string>;
  readonly onOpen: (id: string) => void;
  readonly onLeftOut: (ids: ReadonlySet<string>) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const chosen = rows.filter(({ id }) => !leftOut.has(id)).length;
  const turn = (id: string) => {
    const next = new Set(leftOut);
    if (!next.delete(id)) next.add(id);
    onLeftOut(next);
  };
  return (
    <>
      <div className={styles.all}>
        <Subtitle1 as="h1" className={styles.title}>
          {title}
        </Subtitle1>
        <Checkbox
          label={words.batch.chosen(showNumber(chosen, language), showNumber(rows.length, language))}
          checked={chosen === rows.length ? true : chosen === 0 ? false : 'mixed'}
          onChange={() => onLeftOut(new Set(chosen === rows.length ? rows.map(({ id }) => id) : []))}
        />
      </div>
      <ol className={styles.list} aria-label={words.batch.documents}>
        {rows.map((row) => (
          <li key={row.id} className={mergeClasses(styles.item, row.id === current && styles.current)}>
            <Checkbox
              aria-label={words.batch.include(row.subject)}
              checked={!leftOut.has(row.id)}
              onChange={() => turn(row.id)}
            />
            <button
              type="button"
              className={styles.open}
              aria-current={row.id === current}
              title={row.subject}
              onClick={() => onOpen(row.id)}
            >
              <span className={styles.who}>
                <Text weight="semibold" size={200}>
                  {row.code || row.drafter}
                </Text>
                <UrgencyBadge urgency={row.urgency} />
              </span>
              <span className={styles.subject}>{row.subject}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
