import { recordTopics } from '../../shared/domain/records.ts';
import { useState } from 'react';
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { HistoryEntry } from '../../shared/ipc/history.ts';
import { showTime } from '../../shared/text/dates.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { Loaded } from '../components/loaded.tsx';
import { useCall } from '../desk/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { eventSentence } from './event-sentence.ts';
import { texts } from './texts.ts';
import { inGroups } from './upkeep.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, maxWidth: '880px' },
  entry: {
    display: 'grid',
    gridTemplateColumns: '136px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  time: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  sentence: { display: 'block', overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
  upkeep: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    '& > .fui-Button': { flex: 'none', alignSelf: 'flex-start' },
  },
  actor: { color: tokens.colorNeutralForeground2 },
});

/** Every act on one document from the journal, oldest first: when, what, who. */
export function DocumentHistory({ documentId }: { readonly documentId: string }) {
  const asked = useCall('history.of', { id: documentId }, [...recordTopics, 'exchange', 'verification']);
  return <Loaded asked={asked}>{({ entries }) => <Entries entries={entries} />}</Loaded>;
}

function Entries({ entries }: { readonly entries: readonly HistoryEntry[] }) {
  const styles = useStyles();
  const words = useTexts(texts);
  if (entries.length === 0) return <EmptyState>{words.empty}</EmptyState>;
  return (
    <ol className={styles.list} aria-label={words.label}>
      {inGroups(entries).map((group) =>
        group.length === 1 ? (
          <Entry key={group[0]!.seq} entry={group[0]!} />
        ) : (
          <Upkeep key={group[0]!.seq} entries={group} />
        ),
      )}
    </ol>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  return (
    <li className={styles.entry} title={words.entry(showNumber(entry.seq, language))}>
      <Time at={entry.at} />
      <span>
        <Text className={styles.sentence}>{eventSentence(entry, language)}</Text>
        <Text className={styles.actor} size={200}>
          {entry.actor === '' ? words.program : entry.actor}
        </Text>
      </span>
    </li>
  );
}

function Time({ at }: { readonly at: number }) {
  const styles = useStyles();
  return (
    <time className={styles.time} dateTime={new Date(at).toISOString()}>
      {showTime(at)}
    </time>
  );
}

/** What the program did by itself in a row: one line, and each entry where somebody wants to see it. */
function Upkeep({ entries }: { readonly entries: readonly HistoryEntry[] }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <li className={styles.entry}>
        <Time at={entries[0]!.at} />
        <span className={styles.upkeep}>
          <Text>{words.upkeep(showNumber(entries.length, language))}</Text>
          <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? words.hide : words.show}
          </Button>
        </span>
      </li>
      {open && entries.map((entry) => <Entry key={entry.seq} entry={entry} />)}
    </>
  );
}
