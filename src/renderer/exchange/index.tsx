import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { call } from '../desk/bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { replace, useRoute } from '../navigation/route.ts';
import { useAct, useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { Deliveries } from './deliveries.tsx';
import { ExchangeProblem } from './exchange-problem.tsx';
import { Quarantine } from './quarantine.tsx';
import { syncLine } from './sync-line.ts';
import { texts } from './texts.ts';

export { SyncState } from './sync-state.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  tabs: { padding: `0 ${tokens.spacingHorizontalS}` },
  content: { flexGrow: 1, minHeight: 0, overflowY: 'auto' },
  problem: { padding: `0 ${tokens.spacingHorizontalL}` },
});

/** What goes out and how far it has come; what came in and could not be read. */
export function ExchangeScreen() {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { now } = useSession();
  const { query } = useRoute();
  const quarantined = query['filter'] === 'quarantined';
  const state = useCall('exchange.state', {}, ['exchange', 'settings']);
  const quarantine = useCall('exchange.quarantine', {}, ['exchange']);
  const sync = useAct(async () => {
    await call('exchange.sync', {});
  });
  const busy = sync.busy || state.data?.phase === 'syncing';
  const problem = sync.failure ?? state.failure ?? (quarantined ? undefined : quarantine.failure);

  return (
    <div className={styles.root}>
      <PageHeader
        title={words.title}
        overline={state.data && syncLine(state.data, now, language).text}
        primary={{
          key: 'sync',
          label: words.sync,
          icon: <ArrowSyncRegular />,
          onClick: () => sync.run(),
          busy,
          disabled: state.data?.configured === false,
        }}
      />
      <div className={styles.problem}>
        {problem && <ErrorMessage failure={problem} />}
        {state.data && <ExchangeProblem state={state.data} />}
      </div>
      <TabList
        className={styles.tabs}
        selectedValue={quarantined ? 'quarantined' : 'deliveries'}
        onTabSelect={(_, { value }) =>
          replace('exchange', null, value === 'quarantined' ? { filter: 'quarantined' } : {})
        }
      >
        <Tab value="deliveries">{words.deliveries}</Tab>
        <Tab value="quarantined">
          {words.quarantine(showNumber(quarantine.data?.rows.length ?? 0, language))}
        </Tab>
      </TabList>
      <div className={styles.content}>
        {quarantined ? (
          <Loaded asked={quarantine}>{({ rows }) => <Quarantine rows={rows} />}</Loaded>
        ) : (
          <Deliveries />
        )}
      </div>
    </div>
  );
}
