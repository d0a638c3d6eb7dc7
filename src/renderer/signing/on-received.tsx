import { useEffect, useState } from 'react';
import { Field, Input, Link, makeStyles, Text, Textarea, tokens } from '@fluentui/react-components';
import type { FileAct } from '../../shared/ipc/file-acts.ts';
import type { Box } from '../../shared/ipc/signing.ts';
import type { IncomingDetail } from '../../shared/ipc/incoming.ts';
import { showClock } from '../../shared/text/dates.ts';
import { call, CallFailure } from '../desk/bridge.ts';
import { mainAttachment } from '../document/attachment-bar.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { FileFailure } from '../document/file-failure.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Waiting } from '../components/waiting.tsx';
import { PdfView } from '../pdf/index.tsx';
import { go } from '../navigation/route.ts';
import { useKey } from '../navigation/keys.ts';
import { useCall } from '../desk/use-call.ts';
import { useCurrentPerson, useSession } from '../desk/use-session.ts';
import { useTexts } from '../texts/language.ts';
import type { Signed } from './signing-act.ts';
import { DoneLine } from './done-line.tsx';
import { type Deed, Placing } from './placing.tsx';
import { placeOf } from './papers.tsx';
import { texts } from './texts.ts';

type Kind = 'incoming' | 'comment';
type ReceivedAct = Extract<FileAct, { kind: Kind }>;

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  view: { flex: '1 1 0', minHeight: 0 },
  header: { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  code: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  refused: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The arrival stamp or an opinion, signed on the file derived from a received document. */
export function OnReceived({ id, kind }: { readonly id: string; readonly kind: Kind }) {
  const words = useTexts(texts).received;
  const { data, failure, slow, reload } = useCall('incoming.get', { id }, ['incoming', 'session']);
  const [done, setDone] = useState<Done>();
  const back = () => go('incoming', id, done ? { file: 'annotated' } : {});
  useKey('back', back);
  if (done) return <Result kind={kind} done={done} onLeave={back} />;
  if (failure && !data) return <ErrorMessage failure={failure} onRetry={reload} />;
  if (!data) return slow ? <Waiting /> : null;
  if (!data.fileActs.includes(kind)) return <EmptyState>{words.notNow}</EmptyState>;
  return <Writing document={data} kind={kind} onBack={back} onDone={setDone} />;
}

interface Done {
  readonly file: { readonly sha256: string; readonly name: string };
  /** Where the mark stands, to be brought into view. */
  readonly at: Box | undefined;
  readonly signed: Signed;
}

function Result({
  kind,
  done: { file, at, signed },
  onLeave,
}: {
  readonly kind: Kind;
  readonly done: Done;
  readonly onLeave: () => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts).received;
  const [place] = useState(at && placeOf(at));
  return (
    <div className={styles.root}>
      <DoneLine said={words.done[kind](showClock(signed.signedAt))} signed={signed} onClose={onLeave}>
        <Link inline onClick={onLeave}>
          {words.back}
        </Link>
      </DoneLine>
      <div className={styles.view}>
        <PdfView sha256={file.sha256} name={file.name} place={place} />
      </div>
    </div>
  );
}

/** While somebody types, the desk is not asked for every letter. */
const pauseMs = 400;

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function Writing({
  document,
  kind,
  onBack,
  onDone,
}: {
  readonly document: IncomingDetail;
  readonly kind: Kind;
  readonly onBack: () => void;
  readonly onDone: (done: Done) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { officeName } = useSession();
  const person = useCurrentPerson();
  const { id } = document;
  const [act, setAct] = useState<ReceivedAct>(
    kind === 'incoming'
      ? { kind, id, forwardTo: document.mainHandler ?? '', fileCode: '' }
      : { kind, id, text: document.direction?.opinion ?? '' },
  );
  const marked = document.attachments.find(({ role }) => role === 'annotated');
  const base = marked ?? mainAttachment(document.attachments);
  const isEmpty = act.kind === 'comment' && act.text.trim() === '';
  const shown = useSettled(act);
  // An opinion not written yet is planned with the mark it will have at least.
  const asked = shown.kind === 'comment' && shown.text.trim() === '' ? { ...shown, text: '…' } : shown;
  const plan = useCall('file-act.plan', { act: asked }, ['incoming', 'settings']);
  // Signed in a box of another size, the mark would be squeezed.
  const isPlanned = JSON.stringify(plan.answers?.act) === JSON.stringify(act);
  const deed: Deed = {
    holder:
      kind === 'comment'
        ? { kind: 'person', name: person?.name ?? '' }
        : { kind: 'office', name: officeName },
    label: words.received.label[kind],
    pin: {
      title: words.received.title[kind],
      action: words.received.verb[kind],
      what: [words.pin.document, [document.code, document.subject].filter(Boolean).join(' · ')],
    },
    sign: async (login, boxes) => {
      const { items } = await call('file-act.sign', { items: [{ act, boxes }], ...login });
      const { file, signedAt, problem, notes } = items[0]!;
      if (!file || signedAt === null)
        throw problem ? new CallFailure(problem.code, problem.params) : new CallFailure('host.cancelled');
      const verification = await call('verification.of', { sha256: file.sha256 });
      onDone({ file, at: boxes[0], signed: { signedAt, verification, notes } });
    },
  };
  const header = (
    <div className={styles.header}>
      <PageHeader
        title={document.subject}
        overline={
          <>
            <span>{words.received.title[kind]}</span>
            <span className={styles.code}>{document.code}</span>
          </>
        }
      />
    </div>
  );
  if (plan.failure && !plan.data)
    return (
      <div className={styles.root}>
        {header}
        <div className={styles.refused}>
          <FileFailure failure={plan.failure} file={base} onReload={plan.reload} />
          <Link onClick={onBack}>{words.received.back}</Link>
        </div>
      </div>
    );
  if (!plan.data) return plan.slow ? <Waiting /> : null;
  return (
    <div className={styles.root}>
      {header}
      <Placing
        placements={plan.data.placements}
        deed={deed}
        ready={!isEmpty && isPlanned && plan.failure === undefined}
        foot={<Link onClick={onBack}>{words.received.back}</Link>}
      >
        <div className={styles.fields}>
          {act.kind === 'incoming' ? (
            <>
              <Field label={words.received.forwardTo} hint={words.received.forwardHint}>
                <Input
                  value={act.forwardTo}
                  maxLength={100}
                  onChange={(_, { value }) => setAct({ ...act, forwardTo: value })}
                />
              </Field>
              <Field label={words.received.fileCode}>
                <Input
                  value={act.fileCode}
                  maxLength={50}
                  onChange={(_, { value }) => setAct({ ...act, fileCode: value })}
                />
              </Field>
            </>
          ) : (
            <Field label={words.received.opinion} required>
              <Textarea
                value={act.text}
                rows={4}
                maxLength={2000}
                onChange={(_, { value }) => setAct({ ...act, text: value })}
              />
            </Field>
          )}
          {plan.failure && <FileFailure failure={plan.failure} file={base} onReload={plan.reload} />}
          <Text className={styles.quiet}>{words.received.keeps}</Text>
        </div>
      </Placing>
    </div>
  );
}
