import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  text: { display: 'flex', gap: tokens.spacingHorizontalS },
  name: {
    flex: '1 1 0',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    lineHeight: tokens.lineHeightBase300,
  },
  dot: {
    flex: 'none',
    width: '8px',
    height: '8px',
    borderRadius: '50%',
    backgroundColor: tokens.colorCompoundBrandBackground,
    // Windows' contrast themes take backgrounds away.
    '@media (forced-colors: active)': { backgroundColor: 'CanvasText', forcedColorAdjust: 'none' },
  },
  unread: { fontWeight: tokens.fontWeightSemibold },
  subject: {
    flex: '1 1 0',
    minWidth: 0,
    display: '-webkit-box',
    overflow: 'hidden',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  code: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1, marginRight: '6px' },
  side: { display: 'flex', flexDirection: 'column', alignItems: 'flex-end' },
  quiet: {
    flex: 'none',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
});

/** One document in a list: who and when; below, number and notation with the subject, and beside it what is urgent. */
export function ListRow({
  who,
  when,
  unread = false,
  code,
  subject,
  side,
}: {
  readonly who: string;
  readonly when: string;
  readonly unread?: boolean;
  readonly code: string;
  readonly subject: string;
  /** Short texts under each other: urgency, state or due date. */
  readonly side: ReactNode;
}) {
  const styles = useStyles();
  return (
    <div title={subject}>
      <div className={styles.line}>
        {unread && <span className={styles.dot} aria-hidden />}
        <span className={mergeClasses(styles.name, unread && styles.unread)}>{who}</span>
        <span className={styles.quiet}>{when}</span>
      </div>
      <div className={styles.text}>
        <div className={mergeClasses(styles.subject, unread && styles.unread)}>
          {code && <span className={styles.code}>{code}</span>}
          {subject}
        </div>
        <div className={mergeClasses(styles.quiet, styles.side)}>{side}</div>
      </div>
    </div>
  );
}
