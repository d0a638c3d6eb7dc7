import { numberedTopics } from '../../shared/domain/records.ts';
import type { ReactElement } from 'react';
import { CounterBadge, makeStyles, mergeClasses, tokens, Tooltip } from '@fluentui/react-components';
import { ArrowSwapRegular } from '@fluentui/react-icons/svg/arrow-swap';
import { BookOpenRegular } from '@fluentui/react-icons/svg/book-open';
import { HomeRegular } from '@fluentui/react-icons/svg/home';
import { MailInboxRegular } from '@fluentui/react-icons/svg/mail-inbox';
import { PanelLeftContractRegular } from '@fluentui/react-icons/svg/panel-left-contract';
import { PanelLeftExpandRegular } from '@fluentui/react-icons/svg/panel-left-expand';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import { SendRegular } from '@fluentui/react-icons/svg/send';
import { SettingsRegular } from '@fluentui/react-icons/svg/settings';
import { SignatureRegular } from '@fluentui/react-icons/svg/signature';
import { Hidden } from '../components/hidden.tsx';
import { useTexts } from '../texts/language.ts';
import type { Place } from '../../shared/domain/places.ts';
import { formatHash, routeTo, useRoute } from '../navigation/route.ts';
import { mainPlaces, mayEnter, waitingByPlace } from '../navigation/places.ts';
import { texts } from './texts.ts';
import { useCall } from '../desk/use-call.ts';
import { useCurrentPerson } from '../desk/use-session.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    flex: 'none',
    width: '200px',
    boxSizing: 'border-box',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXS}`,
    gap: '2px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowY: 'auto',
  },
  collapsed: { width: '56px' },
  item: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    boxSizing: 'border-box',
    width: '100%',
    minHeight: '36px',
    padding: `0 ${tokens.spacingHorizontalS} 0 ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    border: 'none',
    background: 'none',
    font: 'inherit',
    fontSize: tokens.fontSizeBase300,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground3Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  current: {
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    '::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      top: '8px',
      bottom: '8px',
      width: '3px',
      borderRadius: '2px',
      backgroundColor: tokens.colorCompoundBrandStroke,
      // Windows' contrast themes take backgrounds away.
      '@media (forced-colors: active)': { backgroundColor: 'Highlight', forcedColorAdjust: 'none' },
    },
  },
  icon: { display: 'inline-flex', flex: 'none', fontSize: '20px' },
  label: { flex: '1 1 0', minWidth: 0, textAlign: 'left', whiteSpace: 'nowrap' },
  cornerCount: { position: 'absolute', top: '0', right: '2px' },
  rest: { marginTop: 'auto' },
});

const icons: Readonly<Record<Exclude<Place, 'search'>, ReactElement>> = {
  today: <HomeRegular />,
  incoming: <MailInboxRegular />,
  outgoing: <SendRegular />,
  signing: <SignatureRegular />,
  exchange: <ArrowSwapRegular />,
  register: <BookOpenRegular />,
  settings: <SettingsRegular />,
  help: <QuestionCircleRegular />,
};

/** Places on the left, each with the number of tasks that wait for the person at the desk. */
export function NavigationPane({
  collapsed,
  onToggle,
}: {
  readonly collapsed: boolean;
  readonly onToggle: () => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const person = useCurrentPerson();
  const tiles = useCall('today.tiles', person ? {} : null, [...numberedTopics, 'exchange', 'session']);
  const counts = waitingByPlace(tiles.data?.tiles ?? []);
  const shown = (place: Place) => person !== undefined && mayEnter(person.role, place);
  const toggle = collapsed ? words.expand : words.collapse;
  return (
    <nav
      className={mergeClasses(styles.root, collapsed && styles.collapsed)}
      aria-label={words.navigation}
      data-pane
    >
      {mainPlaces.filter(shown).map((place) => (
        <PlaceLink key={place} place={place} collapsed={collapsed} count={counts[place] ?? 0} />
      ))}
      <span className={styles.rest} />
      <PlaceLink place="settings" collapsed={collapsed} count={0} />
      <PlaceLink place="help" collapsed={collapsed} count={0} />
      <Tooltip content={toggle} relationship="label" positioning="after">
        <button type="button" className={styles.item} onClick={onToggle} aria-expanded={!collapsed}>
          <span className={styles.icon}>
            {collapsed ? <PanelLeftExpandRegular /> : <PanelLeftContractRegular />}
          </span>
          {!collapsed && <span className={styles.label}>{toggle}</span>}
        </button>
      </Tooltip>
    </nav>
  );
}

function PlaceLink({
  place,
  collapsed,
  count,
}: {
  readonly place: Exclude<Place, 'search'>;
  readonly collapsed: boolean;
  readonly count: number;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const current = useRoute().place === place;
  const label = words.places[place];
  const link = (
    <a
      className={mergeClasses(styles.item, current && styles.current)}
      href={formatHash(routeTo(place))}
      aria-current={current ? 'page' : undefined}
    >
      <span className={styles.icon} aria-hidden>
        {icons[place]}
      </span>
      {collapsed ? <Hidden>{label}</Hidden> : <span className={styles.label}>{label}</span>}
      {count > 0 && <Hidden>{`, ${words.waiting(count)}`}</Hidden>}
      {count > 0 && (
        <CounterBadge
          className={collapsed ? styles.cornerCount : ''}
          count={count}
          overflowCount={99}
          size={collapsed ? 'small' : 'medium'}
          color="brand"
          aria-hidden
        />
      )}
    </a>
  );
  if (!collapsed) return link;
  return (
    <Tooltip content={label} relationship="inaccessible" positioning="after">
      {link}
    </Tooltip>
  );
}
