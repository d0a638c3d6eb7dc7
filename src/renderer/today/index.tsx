import { numberedTopics } from '../../shared/domain/records.ts';
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import { DocumentAddRegular } from '@fluentui/react-icons/svg/document-add';
import type { Tile } from '../../shared/ipc/today.ts';
import { localDay, showDay } from '../../shared/text/dates.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { type HeaderAction, PageHeader } from '../components/page-header.tsx';
import { Waiting } from '../components/waiting.tsx';
import { go } from '../navigation/route.ts';
import { openFromTile, openTile } from '../navigation/places.ts';
import { useCall } from '../desk/use-call.ts';
import { useCurrentPerson, useSession } from '../desk/use-session.ts';
import { useTexts } from '../texts/language.ts';
import { ExpiringCertificates } from './expiring.tsx';
import { texts } from './texts.ts';
import { TodayTile } from './tile.tsx';

const useStyles = makeStyles({
  root: {
    height: '100%',
    boxSizing: 'border-box',
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXXL}`,
  },
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
  const tiles = useCall('today.tiles', {}, [...numberedTopics, 'exchange']);
  const all = tiles.data?.tiles ?? [];
  const waiting = all.filter(({ count }) => count > 0);
  const done = all.filter(({ count }) => count === 0);
  const [next] = waiting;
  return (
    <div className={styles.root}>
      <PageHeader
        title={words.greeting(person?.name ?? '')}
        overline={words.office(session.officeName, showDay(localDay(session.now)))}
        primary={next && nextAction(next, words.next[next.key])}
        others={[
          {
            key: 'draft',
            label: words.draft,
            icon: <DocumentAddRegular />,
            onClick: () => go('outgoing', 'new'),
          },
        ]}
      />
      <div className={styles.body}>
        {session.demo && (
          <MessageBar layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{words.demoTitle}</MessageBarTitle>
              {session.demo.tokens.map(({ label, pin }) => words.demo(label, pin)).join(' ')}
            </MessageBarBody>
          </MessageBar>
        )}
        {person && <ExpiringCertificates person={person} />}
        {tiles.failure && <ErrorMessage failure={tiles.failure} onRetry={tiles.reload} />}
        {tiles.slow && !tiles.data && <Waiting />}
        {tiles.data && tiles.data.tiles.length === 0 && <EmptyState>{words.nothing}</EmptyState>}
        <div className={styles.tiles}>
          {[...waiting, ...done].map((tile) => (
            <TodayTile key={tile.key} tile={tile} now={session.now} />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The blue button of the day: the first document of the first tile that has one. */
function nextAction(tile: Tile, label: string): HeaderAction {
  const [document] = tile.documents;
  return {
    key: tile.key,
    label,
    onClick: () => (document ? openFromTile(tile.key, document) : openTile(tile.key)),
  };
}
