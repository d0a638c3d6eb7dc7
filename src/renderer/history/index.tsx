import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { showTime } from '../../shared/text/dates.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import { useCall } from '../shell/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { eventSentence } from './event-sentence.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: tokens.spacingHorizontalL, maxWidth: '880px' },
  entry: {
    display: 'grid',
    gridTemplateColumns: '136px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  time: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  sentence: { display: 'block', overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
  actor: { color: tokens.colorNeutralForeground2 },
});

/** Every act on one document from the journal, oldest first: when, what, who. */
export function DocumentHistory({ documentId }: { readonly documentId: string }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { data, failure, slow, reload } = useCall('history.of', { id: documentId }, [
    'incoming',
    'outgoing',
    'exchange',
    'verification',
  ]);
  if (failure && !data) return <ErrorMessage failure={failure} onRetry={reload} />;
  if (!data) return slow ? <Waiting /> : null;
  if (data.entries.length === 0) return <EmptyState>{words.empty}</EmptyState>;
  return (
    <ol className={styles.list} aria-label={words.label}>
      {data.entries.map((entry) => (
        <li key={entry.seq} className={styles.entry} title={words.entry(showNumber(entry.seq, language))}>
          <time className={styles.time} dateTime={new Date(entry.at).toISOString()}>
            {showTime(entry.at)}
          </time>
          <span>
            <Text className={styles.sentence}>{eventSentence(entry, language)}</Text>
            <Text className={styles.actor} size={200}>
              {entry.actor === '' ? words.program : entry.actor}
            </Text>
          </span>
        </li>
      ))}
    </ol>
  );
}
