import { useState } from 'react';
import { Button, Link, makeStyles } from '@fluentui/react-components';
import { SignatureRegular } from '@fluentui/react-icons/svg/signature';
import { type Capability, grantOf } from '../../shared/domain/permissions.ts';
import type { OutgoingState } from '../../shared/domain/states.ts';
import type { OutgoingRow } from '../../shared/ipc/outgoing.ts';
import { showClock } from '../../shared/text/dates.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import { go, replace, useRoute } from '../navigation/route.ts';
import { useCall } from '../desk/use-call.ts';
import { useCurrentPerson } from '../desk/use-session.ts';
import { useTexts } from '../texts/language.ts';
import type { Signed, SigningAct } from './signing-act.ts';
import { DocumentBatch } from './batch/documents.tsx';
import { CopyScreen, isCopyOrigin } from './copy/index.tsx';
import { FileSigning } from './files/index.tsx';
import { DoneLine } from './done-line.tsx';
import { OnReceived } from './on-received.tsx';
import { QueueBar } from './queue-bar.tsx';
import { texts } from './texts.ts';
import { Workspace } from './workspace.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
});

const openFiles = () => replace('signing', null, { files: '1' });

/** What waits for either act: the clerk numbers a signed document and then seals it. */
const waitingStates: Readonly<Record<SigningAct, OutgoingState[]>> = {
  approve: ['to-sign'],
  seal: ['signed', 'numbered'],
};

/** What waits for the signature of the person at the desk, one after the other; what an address names; files of any kind. */
export function SigningScreen() {
  const person = useCurrentPerson();
  const { id, query } = useRoute();
  if (!person) return null;
  const may = (capability: Capability) => grantOf(person.role, capability) !== undefined;
  const { copy, act: wanted } = query;
  if (isCopyOrigin(copy) && may('copy.sign'))
    return <CopyScreen key={`${copy} ${id}`} origin={copy} id={id} />;
  if (id !== null && (wanted === 'incoming' || wanted === 'comment'))
    return <OnReceived key={`${person.id} ${wanted} ${id}`} id={id} kind={wanted} />;
  const act = may('outgoing.sign') ? 'approve' : may('outgoing.seal') ? 'seal' : null;
  if (act === null || query['files'] === '1') return <FileSigning key={person.id} />;
  return <Queue key={person.id} act={act} />;
}

function Queue({ act }: { readonly act: SigningAct }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { id, query } = useRoute();
  const list = useCall(
    'outgoing.list',
    { states: waitingStates[act], mineOnly: act === 'approve', descending: false, limit: 200 },
    ['outgoing'],
  );
  const [done, setDone] = useState<Done>();
  const [shown, setShown] = useState<string>();
  if (list.failure && !list.data) return <ErrorMessage failure={list.failure} onRetry={list.reload} />;
  if (!list.data) return list.slow ? <Waiting /> : null;
  const { rows } = list.data;
  // What is on screen stays there, whatever is numbered or comes to stand before it: the button must not change under
  // the hand that goes for it.
  const current = id ?? (rows.find((row) => row.id === shown) ?? rows[0])?.id;
  if (current !== shown) setShown(current);
  // -1 for a document that was opened by its address and waits no longer.
  const index = rows.findIndex((row) => row.id === current);
  const together = rows.filter(({ state }) => state !== 'signed');
  const batched = query['batch'] === '1';
  const open = (row: OutgoingRow | undefined) => replace('signing', row?.id ?? null, query);
  return (
    <div className={styles.root}>
      {done && (
        <DoneLine
          said={words.done[act](showClock(done.signed.signedAt))}
          signed={done.signed}
          onClose={() => setDone(undefined)}
        >
          {act === 'seal' && (
            <Link inline onClick={() => go('outgoing', done.id)}>
              {words.toIssue}
            </Link>
          )}
        </DoneLine>
      )}
      {rows.length > 0 && !batched && (
        <QueueBar
          act={act}
          rows={rows}
          index={index}
          onOpen={open}
          onFiles={openFiles}
          onBatch={together.length > 1 ? () => replace('signing', null, { batch: '1' }) : undefined}
        />
      )}
      {batched ? (
        <DocumentBatch act={act} rows={together} onLeave={() => replace('signing')} />
      ) : current === undefined ? (
        <EmptyState
          icon={<SignatureRegular />}
          action={<Button onClick={openFiles}>{words.signFiles}</Button>}
        >
          {words.empty[act]}
        </EmptyState>
      ) : (
        <Document
          key={current}
          id={current}
          act={act}
          onSigned={(signed) => {
            setDone({ id: current, signed });
            open(rows[index + 1] ?? rows.find((row) => row.id !== current));
          }}
        />
      )}
    </div>
  );
}

function Document({
  id,
  act,
  onSigned,
}: {
  readonly id: string;
  readonly act: SigningAct;
  readonly onSigned: (signed: Signed) => void;
}) {
  const words = useTexts(texts);
  const { data, failure, slow, reload } = useCall('outgoing.get', { id }, ['outgoing']);
  if (failure && !data) return <ErrorMessage failure={failure} onRetry={reload} />;
  if (!data) return slow ? <Waiting /> : null;
  const mine = (['sign', 'seal', 'number'] as const).some((action) => data.actions.includes(action));
  if (!mine) return <EmptyState>{words.notNow}</EmptyState>;
  return <Workspace detail={data} act={act} onSigned={onSigned} />;
}

interface Done {
  readonly id: string;
  readonly signed: Signed;
}
