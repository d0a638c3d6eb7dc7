import { Spinner, makeStyles } from '@fluentui/react-components';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '100%',
    minHeight: '96px',
  },
});

export function Waiting({ label }: { readonly label?: string }) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <div className={styles.root}>
      <Spinner size="small" label={label ?? words.loading} />
    </div>
  );
}
