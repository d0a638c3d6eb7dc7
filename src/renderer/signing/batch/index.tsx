import { useState } from 'react';
import { Link, makeStyles, MessageBar, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import type { OutgoingRow } from '../../../shared/ipc/outgoing.ts';
import type { Box } from '../../../shared/ipc/signing.ts';
import { call } from '../../bridge.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useCurrentPerson, useSession } from '../../shell/use-session.ts';
import { showNumber, useLanguage, useTexts } from '../../texts/language.ts';
import type { BatchResult, SigningAct } from '../acts.ts';
import { choiceKey } from '../certificates.ts';
import { BlueButton, CertificatePart } from '../panel.tsx';
import { PinDialog } from '../pin-dialog.tsx';
import { texts } from '../texts.ts';
import { TokenHelp } from '../token-help.tsx';
import { useChoices } from '../use-choices.ts';
import { useOffline } from '../use-offline.ts';
import { BatchList } from './list.tsx';
import { Review } from './review.tsx';
import { BatchSummary } from './summary.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flex: '1 1 0', minHeight: 0 },
  list: {
    flex: 'none',
    width: '264px',
    overflowY: 'auto',
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXL,
    width: '288px',
    flexShrink: 0,
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalL,
    overflowY: 'auto',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  last: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, marginTop: 'auto' },
});

/** What has been signed, or not, with the names of the documents: the queue forgets those that are done. */
interface Finished {
  readonly rows: readonly OutgoingRow[];
  readonly result: BatchResult;
}

/**
 * Several documents with one PIN: each can be looked at and left out before, they are signed one after the other, and
 * what failed is said once, with a way to do just that again.
 */
export function Batch({
  act,
  rows,
  onLeave,
}: {
  readonly act: SigningAct;
  readonly rows: readonly OutgoingRow[];
  readonly onLeave: () => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { officeName } = useSession();
  const person = useCurrentPerson();
  const offline = useOffline();
  const certificates = useChoices(act, act === 'approve' ? (person?.name ?? '') : officeName);
  const [open, setOpen] = useState<string>();
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [moved, setMoved] = useState<ReadonlyMap<string, readonly Box[]>>(new Map());
  const [asking, setAsking] = useState(false);
  const [finished, setFinished] = useState<Finished>();
  const chosen = rows.filter(({ id }) => !leftOut.has(id));
  const current = rows.find(({ id }) => id === open) ?? rows[0];
  const { choice } = certificates;
  const count = showNumber(chosen.length, language);

  const redo = (ids: ReadonlySet<string>) => {
    setLeftOut(new Set(rows.filter(({ id }) => !ids.has(id)).map(({ id }) => id)));
    setFinished(undefined);
    setAsking(true);
  };
  if (rows.length === 0 && !finished) return <EmptyState>{words.empty[act]}</EmptyState>;
  return (
    <div className={styles.root}>
      <div className={styles.list} data-pane>
        <BatchList
          title={words.batch.title[act]}
          rows={rows}
          current={current?.id}
          leftOut={leftOut}
          onOpen={setOpen}
          onLeftOut={setLeftOut}
        />
      </div>
      {current && (
        <Review
          key={current.id}
          id={current.id}
          act={act}
          kept={{
            boxes: moved.get(current.id),
            keep: (boxes) => setMoved((old) => new Map(old).set(current.id, boxes)),
          }}
        />
      )}
      <section className={styles.panel} aria-label={words.panel} data-pane>
        <CertificatePart
          act={act}
          signer={certificates.signer}
          choices={certificates.choices}
          choice={choice}
          onChoose={certificates.choose}
        >
          <TokenHelp act={act} asked={certificates.asked} />
        </CertificatePart>
        <Text>{words.batch.hint}</Text>
        <div className={styles.last}>
          {offline && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{words.offline}</MessageBarBody>
            </MessageBar>
          )}
          <BlueButton
            label={words.batch.act[act](count)}
            enabled={choice !== undefined && chosen.length > 0}
            onClick={() => setAsking(true)}
          />
          <Link onClick={onLeave}>{words.batch.leave}</Link>
        </div>
      </section>
      {asking && choice && (
        <PinDialog
          key={choiceKey(choice)}
          title={words.batch.title[act]}
          action={words.batch.act[act](count)}
          what={[words.batch.documents, words.batch.onePin(count)]}
          choice={choice}
          offline={offline}
          sign={async (login) => {
            const items = chosen.map(({ id }) => ({ id, boxes: [...(moved.get(id) ?? [])] }));
            const result = await call('signing.sign-batch', { items, act, ...login });
            setFinished({ rows: chosen, result });
            setAsking(false);
          }}
          onFailed={certificates.asked.reload}
          onClose={() => setAsking(false)}
        />
      )}
      {finished && (
        <BatchSummary
          act={act}
          rows={finished.rows}
          result={finished.result}
          onRedo={redo}
          onClose={() => {
            setFinished(undefined);
            if (rows.length === 0) onLeave();
          }}
        />
      )}
    </div>
  );
}
