import { type ComponentProps, lazy, type ReactNode, Suspense, useState } from 'react';
import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import type { Official } from '../../shared/domain/official-verdict.ts';
import type { Attachment } from '../../shared/ipc/documents.ts';
import { mainAttachment } from './attachment-bar.tsx';
import { DocumentPreview, type PreviewLayers } from './preview.tsx';
import { OfficialLine } from './official-line.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { smallWindow } from '../components/small-window.ts';
import { VerificationStrip } from '../verification/strip.tsx';
import { Waiting } from '../components/waiting.tsx';

const DocumentHistory = lazy(async () => ({
  default: (await import('../history/index.tsx')).DocumentHistory,
}));

const useStyles = makeStyles({
  verdict: { [smallWindow]: { display: 'flex', '& > :last-child': { flex: '1 1 0' } } },
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

/** The tabs every document has: its pages, and what was done with it. */
type CommonTab = 'document' | 'history';

/** A document of either register: its header, what it counts for, and its tabs; the pages are the first of them. */
export function DocumentScreen<Own extends string>({
  document: { id, subject, official, attachments },
  header,
  notes,
  tabs,
  first = 'document',
  preview,
  panels,
}: {
  readonly document: {
    readonly id: string;
    readonly subject: string;
    readonly official: Official | null;
    readonly attachments: readonly Attachment[];
  };
  readonly header: Omit<ComponentProps<typeof PageHeader>, 'title'>;
  /** What is to be known before anything is done. */
  readonly notes: ReactNode;
  /** Their names, in order. */
  readonly tabs: Readonly<Record<NoInfer<Own> | CommonTab, string>>;
  /** The tab that is open at first. */
  readonly first?: NoInfer<Own> | CommonTab;
  readonly preview?: PreviewLayers;
  /** What its own tabs show. */
  readonly panels: Readonly<Record<Own, ReactNode>>;
}) {
  const styles = useStyles();
  const [tab, setTab] = useState<Own | CommonTab>(first);
  const main = mainAttachment(attachments);
  return (
    <>
      <PageHeader title={subject} {...header} />
      <div className={styles.verdict}>
        {official && <OfficialLine official={official} />}
        {main && official?.verdict !== 'unsigned' && <VerificationStrip sha256={main.sha256} />}
      </div>
      <div className={styles.notes}>{notes}</div>
      <TabList
        className={styles.tabs}
        size="small"
        selectedValue={tab}
        onTabSelect={(_, { value }) => setTab(value as Own | CommonTab)}
      >
        {Object.entries<string>(tabs).map(([key, name]) => (
          <Tab key={key} value={key}>
            {name}
          </Tab>
        ))}
      </TabList>
      {tab === 'document' ? (
        <DocumentPreview files={attachments} {...preview} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key
        <div className={styles.scroll} tabIndex={0}>
          {tab === 'history' ? (
            <Suspense fallback={<Waiting />}>
              <DocumentHistory documentId={id} />
            </Suspense>
          ) : (
            panels[tab]
          )}
        </div>
      )}
    </>
  );
}
