import { type ComponentType, lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { grantOf } from '../../shared/domain/permissions.ts';
import { call } from '../desk/bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { Waiting } from '../components/waiting.tsx';
import { ExchangeScreen } from '../exchange/index.tsx';
import { IncomingScreen } from '../incoming/index.tsx';
import { OutgoingScreen } from '../outgoing/index.tsx';
import { SearchScreen } from '../search/index.tsx';
import { TodayScreen } from '../today/index.tsx';
import { useTexts } from '../texts/language.ts';
import { useKey } from '../navigation/keys.ts';
import type { Place } from '../../shared/domain/places.ts';
import { recordKinds, records } from '../../shared/domain/records.ts';
import { go, useRoute } from '../navigation/route.ts';
import { NavigationPane } from './navigation-pane.tsx';
import { FirstServices } from './first-services.tsx';
import { focusNextPane } from '../navigation/panes.ts';
import { mayEnter } from '../navigation/places.ts';
import { ScreenGuard } from './screen-guard.tsx';
import { Seat } from './seat.tsx';
import { texts } from './texts.ts';
import { TopBar } from './top-bar.tsx';
import { useAct } from '../desk/use-call.ts';
import { useCurrentPerson, useSession } from '../desk/use-session.ts';

const SigningScreen = lazy(async () => ({ default: (await import('../signing/index.tsx')).SigningScreen }));
const RegisterScreen = lazy(async () => ({
  default: (await import('../register/index.tsx')).RegisterScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import('../settings/index.tsx')).SettingsScreen,
}));
const HelpScreen = lazy(async () => ({ default: (await import('./help/index.tsx')).HelpScreen }));

const screens: Readonly<Record<Place, ComponentType>> = {
  today: TodayScreen,
  incoming: IncomingScreen,
  outgoing: OutgoingScreen,
  signing: SigningScreen,
  exchange: ExchangeScreen,
  register: RegisterScreen,
  settings: SettingsScreen,
  search: SearchScreen,
  help: HelpScreen,
};

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    height: '100vh',
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  body: { display: 'flex', flex: '1 1 0', minHeight: 0 },
  main: { flex: '1 1 0', minWidth: 0, overflow: 'hidden', display: 'flex', flexDirection: 'column' },
});

/** Places where a page of paper stands beside its list. */
const withPaper: ReadonlySet<Place> = new Set(recordKinds.map((kind) => records[kind].place));

const roomy = '(min-width: 1500px)';

function subscribeToWidth(changed: () => void): () => void {
  const query = window.matchMedia(roomy);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** On a small window the names of the places make room for an open document. */
function useCollapsed(): [boolean, () => void] {
  const { place, id } = useRoute();
  const wide = useSyncExternalStore(subscribeToWidth, () => window.matchMedia(roomy).matches);
  const [chosen, setChosen] = useState<boolean | null>(null);
  const needsRoom = !wide && withPaper.has(place) && (id !== null || place === 'signing');
  const collapsed = chosen ?? needsRoom;
  return [collapsed, () => setChosen(!collapsed)];
}

export function Shell() {
  const styles = useStyles();
  const words = useTexts(texts);
  const { place } = useRoute();
  const person = useCurrentPerson();
  const [collapsed, toggle] = useCollapsed();
  const sync = useAct(async () => {
    await call('exchange.sync', {});
  });
  const mayDraft = person !== undefined;
  useKey('newOutgoing', () => go('outgoing', 'new'), mayDraft);
  useKey('sync', () => sync.run(), person !== undefined && mayEnter(person.role, 'exchange'));
  useKey('help', () => go('help'));
  useKey('nextPane', focusNextPane);

  const { servicesDecided, machineProblem } = useSession();
  const [later, setLater] = useState(false);
  const [isRead, setRead] = useState(false);
  const mayDecide = person !== undefined && grantOf(person.role, 'settings.change') !== undefined;
  const Screen = screens[place];
  const allowed = person ? mayEnter(person.role, place) : place === 'settings' || place === 'help';
  return (
    <div className={styles.root}>
      <TopBar />
      {mayDecide && !servicesDecided && !later && <FirstServices onLater={() => setLater(true)} />}
      {machineProblem && !isRead && <ErrorMessage failure={machineProblem} onDismiss={() => setRead(true)} />}
      {sync.failure && <ErrorMessage failure={sync.failure} onDismiss={sync.clear} />}
      <div className={styles.body}>
        <NavigationPane collapsed={collapsed} onToggle={toggle} />
        <main className={styles.main} data-pane>
          <ScreenGuard key={`${person?.id} ${place}`}>
            <Suspense fallback={<Waiting />}>
              {allowed ? <Screen /> : person ? <EmptyState>{words.notAllowed}</EmptyState> : <Seat />}
            </Suspense>
          </ScreenGuard>
        </main>
      </div>
    </div>
  );
}
