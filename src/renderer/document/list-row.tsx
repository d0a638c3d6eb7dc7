import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  root: { display: 'flex', gap: tokens.spacingHorizontalS, height: '100%' },
  text: { flex: '1 1 0', minWidth: 0 },
  who: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  name: {
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
    display: '-webkit-box',
    overflow: 'hidden',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  code: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1, marginRight: '6px' },
  side: {
    flex: 'none',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-end',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
});

/** One document in a list: who and when, number and notation with the subject on two lines, what is urgent on the right. */
export function ListRow({
  who,
  unread = false,
  code,
  subject,
  side,
}: {
  readonly who: string;
  readonly unread?: boolean;
  readonly code: string;
  readonly subject: string;
  /** Short texts under each other: when, urgency, due date. */
  readonly side: ReactNode;
}) {
  const styles = useStyles();
  return (
    <div className={styles.root} title={subject}>
      <div className={styles.text}>
        <div className={mergeClasses(styles.who, unread && styles.unread)}>
          {unread && <span className={styles.dot} aria-hidden />}
          <span className={styles.name}>{who}</span>
        </div>
        <div className={mergeClasses(styles.subject, unread && styles.unread)}>
          {code && <span className={styles.code}>{code}</span>}
          {subject}
        </div>
      </div>
      <div className={styles.side}>{side}</div>
    </div>
  );
}
