import type { ReactNode } from 'react';
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { Problem } from '../../../shared/ipc/call.ts';
import type { BatchItem } from '../../../shared/ipc/signing.ts';
import type { Light } from '../../../shared/domain/verification.ts';
import { ErrorMessage, failureSentence } from '../../components/error-message.tsx';
import { useFirstFocus } from '../../components/use-first-focus.ts';
import { useReturnFocus } from '../../components/use-return-focus.ts';
import { LightMark } from '../../components/verdict-badge.tsx';
import { useKey } from '../../navigation/keys.ts';
import { showNumber, useLanguage, useTexts } from '../../texts/language.ts';
import type { BatchResult } from '../signing-act.ts';
import { type BatchWords, texts } from '../texts.ts';
import type { BatchEntry } from './entry.ts';

const useStyles = makeStyles({
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: '144px minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'start',
    padding: `${tokens.spacingVerticalS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  redo: { whiteSpace: 'nowrap', maxWidth: 'none' },
  why: { color: tokens.colorNeutralForeground2 },
});

const lights: Readonly<Record<BatchItem['outcome'], Light>> = {
  signed: 'good',
  failed: 'bad',
  'not-tried': 'unknown',
};

/** What came of a batch, the failures first, each with its reason; one button does just those again. */
export function BatchSummary({
  words,
  entries,
  result: { items, stopped },
  renderAfter,
  action,
  onRedo,
  onClose,
}: {
  readonly words: BatchWords;
  readonly entries: readonly BatchEntry[];
  readonly result: BatchResult;
  /** What can be done with one that is signed. */
  readonly renderAfter: ((id: string) => ReactNode) | undefined;
  readonly action: ReactNode;
  readonly onRedo: (ids: ReadonlySet<string>) => void;
  readonly onClose: () => void;
}) {
  const styles = useStyles();
  const common = useTexts(texts).batch;
  const language = useLanguage();
  useReturnFocus();
  // Not the list, which comes first because it may scroll.
  const next = useFirstFocus();
  const open = items.filter(({ outcome }) => outcome !== 'signed');
  const signed = items.filter(({ outcome }) => outcome === 'signed');
  const show = (count: number) => showNumber(count, language);
  const redo = () => onRedo(new Set(open.map(({ id }) => id)));
  useKey('primary', open.length > 0 ? redo : onClose);
  return (
    <Dialog open modalType="modal" onOpenChange={(_, dialog) => !dialog.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words.result}</DialogTitle>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key */}
          <DialogContent className={styles.content} tabIndex={0}>
            <Text weight="semibold">{words.signed(show(signed.length), show(items.length))}</Text>
            {stopped && <Stopped problem={stopped} words={words} />}
            <ul className={styles.list}>
              {[...open, ...signed].map(({ id, outcome, problem }) => (
                <li key={id} className={styles.item}>
                  <LightMark light={lights[outcome]}>{words.outcomes[outcome]}</LightMark>
                  <span>
                    {entries.find((entry) => entry.id === id)?.name}
                    {problem && <div className={styles.why}>{failureSentence(problem, language)}</div>}
                  </span>
                  {outcome === 'signed' && renderAfter?.(id)}
                </li>
              ))}
            </ul>
          </DialogContent>
          {action && <DialogActions position="start">{action}</DialogActions>}
          <DialogActions>
            {open.length > 0 && (
              <Button ref={next} appearance="primary" className={styles.redo} onClick={redo}>
                {words.redo(show(open.length))}
              </Button>
            )}
            <Button
              ref={open.length > 0 ? null : next}
              appearance={open.length > 0 ? 'secondary' : 'primary'}
              onClick={onClose}
            >
              {common.close}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Stopped({ problem, words }: { readonly problem: Problem; readonly words: BatchWords }) {
  // The catalogue's sentence says that nothing changed, which is not so between two documents.
  if (problem.code !== 'host.cancelled') return <ErrorMessage failure={problem} />;
  return (
    <MessageBar intent="info">
      <MessageBarBody>{words.cancelled}</MessageBarBody>
    </MessageBar>
  );
}
