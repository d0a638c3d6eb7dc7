import { Button, Card, CardHeader, Link, makeStyles, Text, Title2, tokens } from '@fluentui/react-components';
import { call } from '../desk/bridge.ts';
import { PersonAvatar } from '../components/person-avatar.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { useTexts } from '../texts/language.ts';
import { go } from '../navigation/route.ts';
import { texts } from './texts.ts';
import { useAct } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalL,
    padding: '48px 24px',
    overflowY: 'auto',
  },
  title: { margin: 0 },
  person: { cursor: 'pointer' },
  name: { fontWeight: tokens.fontWeightSemibold },
  people: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    width: 'min(420px, 100%)',
  },
});

/** Before anything: somebody takes the seat. */
export function Seat() {
  const styles = useStyles();
  const words = useTexts(texts);
  const people = useSession().people.filter(({ active }) => active);
  const sit = useAct(async (personId: string) => {
    await call('session.sit', { personId });
  });
  return (
    <div className={styles.root}>
      <Title2 as="h1" className={styles.title}>
        {words.whoIsThere}
      </Title2>
      <Text>{people.length > 0 ? words.whoHint : words.nobody}</Text>
      {sit.failure && <ErrorMessage failure={sit.failure} />}
      <div className={styles.people}>
        {people.map(({ id, name, role, title }) => (
          // The pointer may press anywhere on the card, the keyboard its one button; both are one click of the card.
          <Card key={id} className={styles.person} onClick={() => sit.run(id)} aria-label={name}>
            <CardHeader
              image={<PersonAvatar name={name} />}
              header={
                <Link as="button" appearance="subtle" className={styles.name}>
                  {name}
                </Link>
              }
              description={title || words.role[role]}
            />
          </Card>
        ))}
      </div>
      {people.length === 0 && (
        <Button appearance="primary" onClick={() => go('settings')}>
          {words.openSettings}
        </Button>
      )}
    </div>
  );
}
