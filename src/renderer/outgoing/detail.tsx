import { lazy, Suspense, useState } from 'react';
import {
  Badge,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Tab,
  TabList,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { OutgoingDetail as Detail } from '../../shared/ipc/outgoing.ts';
import { showDay } from '../../shared/text/dates.ts';
import { call } from '../bridge.ts';
import { mainAttachment } from '../components/attachment-bar.tsx';
import { DocumentPreview } from '../components/document-preview.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { OfficialLine } from '../components/official-line.tsx';
import { type HeaderAction, nextThing, PageHeader } from '../components/page-header.tsx';
import { UrgencyBadge } from '../components/urgency-badge.tsx';
import { VerificationStrip } from '../components/verification-strip.tsx';
import { Waiting } from '../components/waiting.tsx';
import { useKey } from '../shell/keys.ts';
import { go, replace, useRoute } from '../shell/navigation.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { AllowSendingDialog, CancelDialog, IssueDialog, ReturnDialog } from './acts.tsx';
import { ChecksTab } from './checks-tab.tsx';
import { DeliveriesTab } from './deliveries-tab.tsx';
import { DetailsTab } from './details-tab.tsx';
import { PendingLine } from './pending.tsx';
import { texts } from './texts.ts';

const DocumentHistory = lazy(async () => ({
  default: (await import('../history/index.tsx')).DocumentHistory,
}));

const useStyles = makeStyles({
  code: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  notes: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: `0 ${tokens.spacingHorizontalL}`,
  },
  tabs: {
    padding: `0 ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  scroll: {
    flex: '1 1 0',
    minHeight: 0,
    overflowY: 'auto',
    padding: tokens.spacingHorizontalL,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
});

type Action = Detail['actions'][number];
type Asking = 'return' | 'cancel' | 'issue' | 'allow-sending' | null;

const tabs = ['document', 'checks', 'details', 'deliveries', 'history'] as const;
type TabKey = (typeof tabs)[number];

/** Acts without a question: what they do is undone by the next one, or shown at once. */
const direct = {
  submit: 'outgoing.submit',
  'approve-format': 'outgoing.approve-format',
  number: 'outgoing.number',
} as const;
const isDirect = (action: Action): action is keyof typeof direct => action in direct;

export function OutgoingDetail({ id }: { readonly id: string }) {
  const { data, failure, slow, reload } = useCall('outgoing.get', { id }, [
    'outgoing',
    'exchange',
    'verification',
    'session',
  ]);
  const { query } = useRoute();
  useKey('back', () => replace('outgoing', null, query));
  if (failure && !data) return <ErrorMessage failure={failure} onRetry={reload} />;
  if (!data) return slow ? <Waiting /> : null;
  return <Opened document={data} />;
}

function Opened({ document }: { readonly document: Detail }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { query } = useRoute();
  const [asking, setAsking] = useState<Asking>(null);
  const [tab, setTab] = useState<TabKey>(document.actions.includes('approve-format') ? 'checks' : 'document');
  const main = mainAttachment(document.attachments);
  const doing = useAct(async (action: keyof typeof direct) => {
    await call(direct[action], { id: document.id });
  });

  const choose = (action: Action) => {
    if (isDirect(action)) doing.run(action);
    else if (action === 'edit') go('outgoing', document.id, { ...query, edit: '1' });
    else if (action === 'sign' || action === 'seal') go('signing', document.id);
    else setAsking(action);
  };
  const actions = document.actions.map((key): HeaderAction => ({
    key,
    label: words.actions[key],
    busy: doing.busy && isDirect(key),
    onClick: () => choose(key),
  }));

  const copies: HeaderAction[] = document.fileActs.includes('copy')
    ? [{ key: 'copy', label: words.copy, onClick: () => go('signing', document.id, { copy: 'outgoing' }) }]
    : [];

  return (
    <>
      <PageHeader
        title={document.subject}
        overline={<Overline document={document} />}
        {...nextThing(actions, ['return', 'cancel', 'allow-sending'])}
        rare={copies}
      />
      {document.official && <OfficialLine official={document.official} />}
      {main && document.official?.verdict !== 'unsigned' && <VerificationStrip sha256={main.sha256} />}
      <div className={styles.notes}>
        {doing.failure && <ErrorMessage failure={doing.failure} onDismiss={doing.clear} />}
        {document.alarm && <ErrorMessage failure={document.alarm} />}
        <PendingLine pending={document.pending} />
        {document.returnedReason !== null && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{words.returned(document.returnedReason)}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <TabList
        className={styles.tabs}
        size="small"
        selectedValue={tab}
        onTabSelect={(_, { value }) => setTab(value as TabKey)}
      >
        {tabs.map((key) => (
          <Tab key={key} value={key}>
            {words.tabs[key]}
          </Tab>
        ))}
      </TabList>
      {tab === 'document' ? (
        <DocumentPreview files={document.attachments} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key
        <div className={styles.scroll} tabIndex={0}>
          {tab === 'checks' && <ChecksTab checks={document.checks} />}
          {tab === 'details' && <DetailsTab document={document} />}
          {tab === 'deliveries' && <DeliveriesTab document={document} />}
          {tab === 'history' && (
            <Suspense fallback={<Waiting />}>
              <DocumentHistory documentId={document.id} />
            </Suspense>
          )}
        </div>
      )}
      {asking === 'return' && <ReturnDialog document={document} onClose={() => setAsking(null)} />}
      {asking === 'cancel' && <CancelDialog document={document} onClose={() => setAsking(null)} />}
      {asking === 'allow-sending' && (
        <AllowSendingDialog document={document} onClose={() => setAsking(null)} />
      )}
      {asking === 'issue' && <IssueDialog document={document} onClose={() => setAsking(null)} />}
    </>
  );
}

function Overline({ document }: { readonly document: Detail }) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <>
      <UrgencyBadge urgency={document.urgency} />
      {document.code ? <span className={styles.code}>{document.code}</span> : <Text>{words.noNumber}</Text>}
      {document.issuedDate && <Text>{showDay(document.issuedDate)}</Text>}
      <Text>· {document.kindName}</Text>
      <Badge appearance="tint" color="informative" shape="rounded">
        {words.states[document.state]}
      </Badge>
    </>
  );
}
