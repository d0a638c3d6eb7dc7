import type { ReactNode } from 'react';
import { Body1, makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: tokens.spacingVerticalM,
    height: '100%',
    padding: tokens.spacingHorizontalXXL,
    textAlign: 'center',
    color: tokens.colorNeutralForeground3,
  },
  icon: { fontSize: '40px', lineHeight: 1 },
});

/** Nothing here, said kindly, with what one can do about it. */
export function EmptyState({
  icon,
  children,
  action,
}: {
  readonly icon?: ReactNode;
  readonly children: string;
  readonly action?: ReactNode;
}) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      {icon && (
        <span className={styles.icon} aria-hidden>
          {icon}
        </span>
      )}
      <Body1>{children}</Body1>
      {action}
    </div>
  );
}
