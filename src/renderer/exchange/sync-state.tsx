import {
  Button,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Spinner,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { CircleRegular } from '@fluentui/react-icons/svg/circle';
import { CloudOffRegular } from '@fluentui/react-icons/svg/cloud-off';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import type { ExchangeState } from '../../shared/ipc/exchange.ts';
import { call } from '../desk/bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { ariaKey, withKey } from '../navigation/keys.ts';
import { go } from '../navigation/route.ts';
import { useAct, useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { ExchangeProblem } from './exchange-problem.tsx';
import { clockOf, syncLine, type SyncTone } from './sync-line.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  line: { flexShrink: 0, fontWeight: tokens.fontWeightRegular, whiteSpace: 'nowrap' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
  caution: { color: tokens.colorStatusWarningForeground3 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  surface: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    width: '360px',
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

const icons: Readonly<Record<SyncTone, React.JSX.Element>> = {
  good: <CheckmarkCircleFilled />,
  quiet: <CircleRegular />,
  caution: <CloudOffRegular />,
  bad: <DismissCircleFilled />,
};

/** The exchange in one quiet line; a click says more and offers to send and receive now. */
export function SyncState() {
  const styles = useStyles();
  const language = useLanguage();
  const { now } = useSession();
  const { data } = useCall('exchange.state', {}, ['exchange', 'settings']);
  if (!data) return null;
  const { tone, text } = syncLine(data, now, language);
  const icon = data.phase === 'syncing' ? <Spinner size="extra-tiny" /> : icons[tone];
  return (
    <Popover trapFocus positioning="below-end">
      <PopoverTrigger disableButtonEnhancement>
        <Button
          className={styles.line}
          appearance="subtle"
          title={text}
          icon={<span className={styles[tone]}>{icon}</span>}
        >
          {text}
        </Button>
      </PopoverTrigger>
      <PopoverSurface>
        <About state={data} text={text} />
      </PopoverSurface>
    </Popover>
  );
}

function About({ state, text }: { readonly state: ExchangeState; readonly text: string }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { now } = useSession();
  return (
    <div className={styles.surface}>
      <Subtitle2>{words.about}</Subtitle2>
      <Text>{text}</Text>
      <ExchangeProblem state={state} />
      {state.configured ? (
        <Text>
          {state.waiting === 0
            ? words.state.nothingWaiting
            : words.state.waitingMessages(showNumber(state.waiting, language))}
        </Text>
      ) : (
        <Text>{words.state.unconfiguredHint}</Text>
      )}
      {state.nextSyncAt !== null && <Text>{words.state.next(clockOf(state.nextSyncAt, now))}</Text>}
      <div className={styles.buttons}>
        {state.configured ? (
          <SyncButton busy={state.phase === 'syncing'} />
        ) : (
          <Button appearance="primary" onClick={() => go('settings', 'axis')}>
            {words.openSettings}
          </Button>
        )}
        <Button onClick={() => go('exchange')}>{words.openBoard}</Button>
      </div>
    </div>
  );
}

function SyncButton({ busy }: { readonly busy: boolean }) {
  const words = useTexts(texts);
  const sync = useAct(async () => {
    await call('exchange.sync', {});
  });
  return (
    <>
      {sync.failure && <ErrorMessage failure={sync.failure} onDismiss={sync.clear} />}
      <Button
        appearance="primary"
        disabledFocusable={busy || sync.busy}
        title={withKey(words.sync, 'sync')}
        aria-keyshortcuts={ariaKey('sync')}
        onClick={() => sync.run()}
      >
        {words.sync}
      </Button>
    </>
  );
}
