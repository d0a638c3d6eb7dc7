import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';

const useStyles = makeStyles({
  root: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/** Words for screen readers only; what is seen and what is heard are then one name (WCAG 2.5.3). */
export function Hidden({ children }: { readonly children: ReactNode }) {
  const styles = useStyles();
  return <span className={styles.root}>{children}</span>;
}
