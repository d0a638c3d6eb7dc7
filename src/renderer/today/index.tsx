import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  Title2,
  tokens,
} from '@fluentui/react-components';
import { DocumentAddRegular } from '@fluentui/react-icons/svg/document-add';
import { localDay, showDay } from '../../shared/text/dates.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import { withKey } from '../shell/keys.ts';
import { go } from '../shell/navigation.ts';
import { useCall } from '../shell/use-call.ts';
import { useCurrentPerson, useSession } from '../shell/use-session.ts';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';
import { TodayTile } from './tile.tsx';

const useStyles = makeStyles({
  root: {
    height: '100%',
    boxSizing: 'border-box',
    overflowY: 'auto',
    padding: tokens.spacingHorizontalXXL,
    backgroundColor: tokens.colorNeutralBackground2,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
  },
  head: { display: 'flex', alignItems: 'flex-end', gap: tokens.spacingHorizontalL },
  hello: { flex: '1 1 0', minWidth: 0 },
  title: { margin: 0 },
  office: { color: tokens.colorNeutralForeground3 },
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(340px, 1fr))',
    gap: tokens.spacingHorizontalL,
  },
});

/** Hôm nay: what the day holds for whoever sits at the desk. */
export function TodayScreen() {
  const styles = useStyles();
  const words = useTexts(texts);
  const session = useSession();
  const person = useCurrentPerson();
  const tiles = useCall('today.tiles', {}, ['incoming', 'outgoing', 'exchange']);
  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <div className={styles.hello}>
          <Title2 as="h1" block className={styles.title}>
            {words.greeting(person?.name ?? '')}
          </Title2>
          <Text className={styles.office}>
            {words.office(session.officeName, showDay(localDay(session.now)))}
          </Text>
        </div>
        <Button
          icon={<DocumentAddRegular />}
          title={withKey(words.draft, 'newOutgoing')}
          onClick={() => go('outgoing', 'new')}
        >
          {words.draft}
        </Button>
      </div>
      {session.demo && (
        <MessageBar layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{words.demoTitle}</MessageBarTitle>
            {session.demo.tokens.map(({ label, pin }) => words.demo(label, pin)).join(' ')}
          </MessageBarBody>
        </MessageBar>
      )}
      {tiles.failure && <ErrorMessage failure={tiles.failure} onRetry={tiles.reload} />}
      {tiles.slow && !tiles.data && <Waiting />}
      {tiles.data && tiles.data.tiles.length === 0 && <EmptyState>{words.nothing}</EmptyState>}
      {tiles.data && (
        <div className={styles.tiles}>
          {tiles.data.tiles.map((tile) => (
            <TodayTile key={tile.key} tile={tile} now={session.now} />
          ))}
        </div>
      )}
    </div>
  );
}
