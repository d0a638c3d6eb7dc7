import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { QuarantineRow } from '../../shared/ipc/exchange.ts';
import { showTime } from '../../shared/text/dates.ts';
import { call } from '../desk/bridge.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorMessage, failureSentence } from '../components/error-message.tsx';
import { useAct } from '../desk/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: { padding: tokens.spacingHorizontalL, maxWidth: '880px' },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalM} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  text: { flexGrow: 1, overflowWrap: 'anywhere' },
  button: { flexShrink: 0 },
  note: { display: 'block', color: tokens.colorNeutralForeground2 },
});

/** Messages that came but could not be read: kept whole, with why, and a way to read them again. */
export function Quarantine({ rows }: { readonly rows: readonly QuarantineRow[] }) {
  const styles = useStyles();
  const words = useTexts(texts);
  if (rows.length === 0) return <EmptyState>{words.noQuarantine}</EmptyState>;
  return (
    <div className={styles.root}>
      <Text>{words.quarantineHint}</Text>
      <ul className={styles.list}>
        {rows.map((row) => (
          <QuarantineLine key={`${row.line} ${row.axisDocId}`} row={row} />
        ))}
      </ul>
    </div>
  );
}

function QuarantineLine({ row }: { readonly row: QuarantineRow }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const reread = useAct(async () => {
    await call('exchange.reread', { line: row.line, axisDocId: row.axisDocId });
  });
  return (
    <li className={styles.row}>
      <div className={styles.text}>
        <Text>{failureSentence(row.problem, language)}</Text>
        <Text size={200} className={styles.note}>
          {[
            words.received(showTime(row.receivedAt)),
            words.size(showNumber(Math.ceil(row.size / 1024), language)),
            words.axisId(row.axisDocId),
          ].join(' · ')}
        </Text>
        {reread.failure && <ErrorMessage failure={reread.failure} onDismiss={reread.clear} />}
      </div>
      <Button className={styles.button} disabledFocusable={reread.busy} onClick={() => reread.run()}>
        {words.reread}
      </Button>
    </li>
  );
}
