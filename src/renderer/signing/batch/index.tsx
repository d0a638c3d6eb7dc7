import { type ReactNode, useState } from 'react';
import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Holder } from '../../../shared/domain/holder.ts';
import type { Box } from '../../../shared/ipc/signing.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { showNumber, useLanguage, useTexts } from '../../texts/language.ts';
import type { BatchResult } from '../signing-act.ts';
import { CertificatePart } from '../panel.tsx';
import { type Login, PinDialog } from '../pin-dialog.tsx';
import { SigningPanel } from '../signing-panel.tsx';
import { texts } from '../texts.ts';
import type { KeptBoxes } from '../use-boxes.ts';
import { useChoices } from '../use-choices.ts';
import { useOffline } from '../use-offline.ts';
import type { BatchEntry } from './entry.ts';
import { BatchList } from './list.tsx';
import { BatchSummary } from './summary.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flex: '1 1 0', minHeight: 0 },
  list: {
    flex: 'none',
    width: '264px',
    overflowY: 'auto',
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

/** What is signed one after another, and by which call. */
export interface BatchWork {
  /** Which words: documents are signed or sealed, files are files. */
  readonly kind: keyof typeof texts.vi.batch.kinds;
  readonly holder: Holder;
  readonly entries: readonly BatchEntry[];
  readonly sign: (
    items: readonly { readonly id: string; readonly boxes: Box[] }[],
    login: Login,
  ) => Promise<BatchResult>;
}

/** What has been signed, or not, with the names: the queue forgets those that are done. */
interface Finished {
  readonly entries: readonly BatchEntry[];
  readonly result: BatchResult;
}

/**
 * Several documents or files with one PIN: each can be looked at and left out before, they are signed one after the
 * other, and what failed is said once, with a way to do just that again.
 */
export function Batch({
  work: { kind, holder, entries, sign },
  renderReview,
  renderAfter,
  summaryAction,
  head,
  leave,
  onLeave,
  onClose,
  children,
}: {
  readonly work: BatchWork;
  /** The pages of one; where its marks are moved to is kept until it is signed. */
  readonly renderReview: (entry: BatchEntry, kept: KeptBoxes) => ReactNode;
  /** What can be done with one that is signed. */
  readonly renderAfter?: (id: string) => ReactNode;
  /** What can be done with all that are signed. */
  readonly summaryAction?: ReactNode;
  /** Above the list. */
  readonly head?: ReactNode;
  readonly leave: string;
  readonly onLeave: () => void;
  /** After the summary has been read, also when what failed is then done again. */
  readonly onClose: (result: BatchResult) => void;
  /** What else there is to choose, above the signer. */
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  const all = useTexts(texts).batch;
  const words = all.kinds[kind];
  const language = useLanguage();
  const offline = useOffline();
  const certificates = useChoices(holder);
  const [open, setOpen] = useState<string>();
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [moved, setMoved] = useState<ReadonlyMap<string, readonly Box[]>>(new Map());
  // While they are signed the queue grows shorter; what was chosen stays on screen until the end is told.
  const [asked, setAsked] = useState<readonly BatchEntry[]>();
  const [finished, setFinished] = useState<Finished>();
  const shown = asked ?? entries;
  // Another holder's mark has another size.
  const placeOf = (id: string) => `${holder.kind} ${id}`;
  const chosen = shown.filter(({ id }) => !leftOut.has(id));
  const current = shown.find(({ id }) => id === open) ?? shown[0];
  const { choice } = certificates;
  const count = showNumber(chosen.length, language);

  const close = () => {
    setFinished(undefined);
    if (finished) onClose(finished.result);
  };
  const redo = (ids: ReadonlySet<string>) => {
    close();
    setAsked(finished?.entries.filter(({ id }) => ids.has(id)));
  };
  const summary = finished && (
    <BatchSummary
      words={words}
      {...finished}
      renderAfter={renderAfter}
      action={summaryAction}
      onRedo={redo}
      onClose={close}
    />
  );
  if (shown.length === 0)
    return (
      <>
        <EmptyState>{words.empty}</EmptyState>
        {summary}
      </>
    );
  return (
    <div className={styles.root}>
      <div className={styles.list} data-pane>
        <BatchList
          words={words}
          entries={shown}
          current={current?.id}
          leftOut={leftOut}
          onOpen={setOpen}
          onLeftOut={setLeftOut}
        >
          {head}
        </BatchList>
      </div>
      {current &&
        renderReview(current, {
          boxes: moved.get(placeOf(current.id)),
          keep: (boxes) => setMoved((old) => new Map(old).set(placeOf(current.id), boxes)),
        })}
      <SigningPanel
        offline={offline}
        label={words.act(count)}
        enabled={choice?.belongs === true && chosen.length > 0}
        onAct={() => setAsked(entries)}
        foot={<Link onClick={onLeave}>{leave}</Link>}
      >
        {children}
        <CertificatePart certificates={certificates} />
        <Text>{words.hint}</Text>
      </SigningPanel>
      {asked && (
        <PinDialog
          title={words.title}
          action={words.act(count)}
          what={[words.things, chosen.length === 1 ? chosen[0]!.name : words.onePin(count)]}
          certificates={certificates}
          offline={offline}
          sign={async (login) => {
            const items = chosen.map(({ id }) => ({ id, boxes: [...(moved.get(placeOf(id)) ?? [])] }));
            const result = await sign(items, login);
            setFinished({ entries: chosen, result });
            setAsked(undefined);
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
      {summary}
    </div>
  );
}
