import { Button, Caption1, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import type { Tile } from '../../shared/ipc/today.ts';
import { UrgencyBadge } from '../components/urgency-badge.tsx';
import { dueText } from '../components/when.ts';
import { openFromTile, openTile } from '../navigation/places.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
    padding: tokens.spacingHorizontalL,
    gap: tokens.spacingVerticalS,
  },
  head: { display: 'flex', alignItems: 'baseline', gap: tokens.spacingHorizontalS },
  title: {
    flex: '1 1 0',
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  count: {
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  alarming: { color: tokens.colorStatusDangerForeground1 },
  none: { color: tokens.colorNeutralForeground3 },
  list: { listStyleType: 'none', margin: `0 calc(-1 * ${tokens.spacingHorizontalS})`, padding: 0 },
  document: {
    display: 'flex',
    alignItems: 'baseline',
    gap: tokens.spacingHorizontalS,
    width: '100%',
    boxSizing: 'border-box',
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  code: { flex: 'none', fontWeight: tokens.fontWeightSemibold },
  subject: { flex: '1 1 0', minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  foot: { marginTop: 'auto', display: 'flex', gap: tokens.spacingHorizontalS, marginLeft: '-8px' },
});

/** Late work and messages nobody could read are the only tiles whose number is red. */
const alarming: ReadonlySet<Tile['key']> = new Set(['overdue', 'not-sent', 'quarantined']);

/** One kind of waiting work: how much, the first few, and the whole list one click away. */
export function TodayTile({ tile, now }: { readonly tile: Tile; readonly now: number }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { key, count, documents } = tile;
  return (
    <section className={styles.root} aria-label={words.tiles[key]}>
      <div className={styles.head}>
        <h2 className={styles.title}>{words.tiles[key]}</h2>
        <span
          className={mergeClasses(
            styles.count,
            count === 0 && styles.none,
            count > 0 && alarming.has(key) && styles.alarming,
          )}
        >
          {showNumber(count, language)}
        </span>
      </div>
      {count === 0 && <Text className={styles.none}>{words.empty[key]}</Text>}
      {documents.length > 0 && (
        <ul className={styles.list}>
          {documents.map((document) => (
            <li key={document.id}>
              <button
                type="button"
                className={styles.document}
                title={document.subject}
                onClick={() => openFromTile(key, document)}
              >
                {document.code && <span className={styles.code}>{document.code}</span>}
                <span className={styles.subject}>{document.subject}</span>
                <UrgencyBadge urgency={document.urgency} />
                {document.dueDate && <Due day={document.dueDate} now={now} />}
              </button>
            </li>
          ))}
        </ul>
      )}
      {count > 0 && (
        <div className={styles.foot}>
          <Button
            appearance="transparent"
            size="small"
            icon={<ChevronRightRegular />}
            iconPosition="after"
            onClick={() => openTile(key)}
          >
            {key === 'to-sign' && count > 1
              ? words.signInTurn
              : count > documents.length
                ? words.all(showNumber(count, language))
                : words.open}
          </Button>
        </div>
      )}
    </section>
  );
}

function Due({ day, now }: { readonly day: string; readonly now: number }) {
  const styles = useStyles();
  const { text, overdue } = dueText(day, now, useLanguage());
  return <Caption1 className={overdue ? styles.alarming : styles.none}>{text}</Caption1>;
}
