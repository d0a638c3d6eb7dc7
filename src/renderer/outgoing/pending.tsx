import { makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import type { PendingProof } from '../../shared/ipc/documents.ts';
import { showTime } from '../../shared/text/dates.ts';
import { failureSentence } from '../components/error-message.tsx';
import { useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** One quiet line: the signatures stand, and what still has to be proved about them comes by itself. */
export function PendingLine({ pending }: { readonly pending: readonly PendingProof[] }) {
  const words = useTexts(texts).pending;
  const kinds = [...new Set(pending.map(({ kind }) => words.kinds[kind]))];
  if (kinds.length === 0) return null;
  return (
    <MessageBar intent="info">
      <MessageBarBody>{words.line(kinds.join(', '))}</MessageBarBody>
    </MessageBar>
  );
}

/** Each proof that is awaited, file by file: tried how often, tried again when, and why not yet. */
export function PendingList({ pending }: { readonly pending: readonly PendingProof[] }) {
  const styles = useStyles();
  const words = useTexts(texts).pending;
  const language = useLanguage();
  return (
    <ul className={styles.list}>
      {pending.map(({ sha256, name, kind, attempts, nextAt, problem }) => (
        <li key={`${sha256} ${kind}`}>
          {words.of(words.kinds[kind], name)}{' '}
          <span className={styles.quiet}>{words.next(attempts, showTime(nextAt))}</span>
          {problem && <div>{failureSentence(problem, language)}</div>}
        </li>
      ))}
    </ul>
  );
}
