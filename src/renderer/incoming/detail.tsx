import { lazy, Suspense, useState } from 'react';
import {
  Badge,
  Link,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Tab,
  TabList,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { IncomingDetail as Detail } from '../../shared/ipc/incoming.ts';
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
import { formatHash, go, replace, routeTo, useRoute } from '../shell/navigation.ts';
import { useKey } from '../shell/keys.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { CloseDialog, DirectDialog, RefuseDialog, RegisterDuplicateDialog } from './acts.tsx';
import { DetailsTab } from './details-tab.tsx';
import { HandlingTab } from './handling-tab.tsx';
import { texts } from './texts.ts';
import { useStamp } from './use-stamp.tsx';

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
type Asking = 'register' | 'refuse' | 'direct' | 'close' | null;

const tabs = ['document', 'details', 'handling', 'history'] as const;
type TabKey = (typeof tabs)[number];

export function IncomingDetail({ id }: { readonly id: string }) {
  const { data, failure, slow, reload } = useCall('incoming.get', { id }, [
    'incoming',
    'verification',
    'session',
  ]);
  const { query } = useRoute();
  useKey('back', () => replace('incoming', null, query));
  if (failure && !data) return <ErrorMessage failure={failure} onRetry={reload} />;
  if (!data) return slow ? <Waiting /> : null;
  return <Opened document={data} />;
}

function Opened({ document }: { readonly document: Detail }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const [asking, setAsking] = useState<Asking>(null);
  const [tab, setTab] = useState<TabKey>('document');
  const main = mainAttachment(document.attachments);
  const at = { id: document.id };
  const register = useAct(async () => {
    await call('incoming.register', at);
  });
  const start = useAct(async () => {
    await call('incoming.start', at);
  });

  const doAction: Readonly<Record<Action, () => void>> = {
    register: () => (document.duplicateOf ? setAsking('register') : register.run()),
    refuse: () => setAsking('refuse'),
    direct: () => setAsking('direct'),
    start: () => start.run(),
    close: () => setAsking('close'),
    reply: () => go('outgoing', 'new', { replyTo: document.id }),
  };
  const actions = document.actions.map((key): HeaderAction => ({
    key,
    label: words.actions[key],
    onClick: doAction[key],
    busy: (key === 'register' && register.busy) || (key === 'start' && start.busy),
  }));
  const next = nextThing(actions, ['refuse']);
  const fileActs = (['incoming', 'comment'] as const)
    .filter((kind) => document.fileActs.includes(kind))
    .map((kind): HeaderAction => ({
      key: kind,
      label: words.fileActs[kind],
      onClick: () => go('signing', document.id, { act: kind }),
    }));
  const stamp = useStamp(document);
  const failure = register.failure ?? start.failure;

  const copies: HeaderAction[] = document.fileActs.includes('copy')
    ? [{ key: 'copy', label: words.copy, onClick: () => go('signing', document.id, { copy: 'incoming' }) }]
    : [];

  return (
    <>
      <PageHeader
        title={document.subject}
        overline={<Overline document={document} />}
        primary={next.primary}
        others={[...next.others, ...fileActs]}
        rare={copies}
      />
      {document.official && <OfficialLine official={document.official} />}
      {main && document.official?.verdict !== 'unsigned' && <VerificationStrip sha256={main.sha256} />}
      <div className={styles.notes}>
        {failure && <ErrorMessage failure={failure} />}
        <Notes document={document} />
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
        <DocumentPreview files={document.attachments} {...stamp} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key
        <div className={styles.scroll} tabIndex={0}>
          {tab === 'details' && <DetailsTab document={document} />}
          {tab === 'handling' && <HandlingTab document={document} />}
          {tab === 'history' && (
            <Suspense fallback={<Waiting />}>
              <DocumentHistory documentId={document.id} />
            </Suspense>
          )}
        </div>
      )}
      {asking === 'register' && (
        <RegisterDuplicateDialog document={document} onClose={() => setAsking(null)} />
      )}
      {asking === 'refuse' && <RefuseDialog document={document} onClose={() => setAsking(null)} />}
      {asking === 'direct' && <DirectDialog document={document} onClose={() => setAsking(null)} />}
      {asking === 'close' && <CloseDialog document={document} onClose={() => setAsking(null)} />}
    </>
  );
}

function Overline({ document }: { readonly document: Detail }) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <>
      <UrgencyBadge urgency={document.urgency} />
      <span className={styles.code}>{document.code}</span>
      {document.issuedDate && <Text>{showDay(document.issuedDate)}</Text>}
      <Text>· {document.sender.name}</Text>
      <Badge appearance="tint" color="informative" shape="rounded">
        {words.states[document.state]}
      </Badge>
      {document.arrivalNumber !== null && <Text>{words.arrivalNumber(document.arrivalNumber)}</Text>}
    </>
  );
}

function Notes({ document }: { readonly document: Detail }) {
  const words = useTexts(texts);
  const { duplicateOf, warnings } = document;
  return (
    <>
      {duplicateOf && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {words.duplicate(String(duplicateOf.arrivalNumber ?? '–'))}{' '}
            <Link href={formatHash(routeTo('incoming', duplicateOf.id))}>{words.openDuplicate}</Link>
          </MessageBarBody>
        </MessageBar>
      )}
      {warnings.length > 0 && (
        <MessageBar intent="info">
          <MessageBarBody>{words.warned}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
