import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { TokenInfo } from '../../shared/domain/token.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import { localDay, showDay } from '../../shared/text/dates.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { LightMark } from '../components/verdict-badge.tsx';
import { Waiting } from '../components/waiting.tsx';
import { useCall } from '../shell/use-call.ts';
import { useSession } from '../shell/use-session.ts';
import { useTexts } from '../texts/language.ts';
import { Modules } from './modules.tsx';
import { Pkcs12Files } from './pkcs12.tsx';
import { PartHeading, Section } from './section.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between' },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
  certificates: { listStyle: 'none', margin: 0, padding: 0 },
});

/** The tokens plugged in, the drivers that may be loaded for them, and certificate files. */
export function TokensSection({
  settings,
  mayChange,
}: {
  readonly settings: Settings;
  readonly mayChange: boolean;
}) {
  const words = useTexts(texts);
  return (
    <Section title={words.sections.tokens} {...(!mayChange && { hint: words.readOnly })}>
      <SeenTokens />
      <Modules modules={settings.modules} mayChange={mayChange} />
      <Pkcs12Files files={settings.pkcs12} mayChange={mayChange} />
    </Section>
  );
}

function SeenTokens() {
  const styles = useStyles();
  const words = useTexts(texts);
  const { data, failure, slow, reload } = useCall('signing.tokens', {}, ['tokens', 'settings']);
  return (
    <div className={styles.part}>
      <div className={styles.head}>
        <PartHeading>{words.tokens.seen}</PartHeading>
        <Button size="small" onClick={reload}>
          {words.tokens.look}
        </Button>
      </div>
      {failure && <ErrorMessage failure={failure} />}
      {!data && slow && <Waiting />}
      {data?.tokens.length === 0 && <Text>{words.tokens.none}</Text>}
      <ul className={styles.list}>
        {data?.tokens.map((token) => (
          <SeenToken key={token.id} token={token} />
        ))}
      </ul>
      {data?.problems.map((problem) => (
        <ErrorMessage key={`${problem.code} ${JSON.stringify(problem.params)}`} failure={problem} />
      ))}
    </div>
  );
}

function SeenToken({ token }: { readonly token: TokenInfo }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { demo } = useSession();
  const simulated = demo?.tokens.find(({ label }) => label === token.label);
  const notes = [
    token.serial === '' ? token.label : words.tokens.label(token.label, token.serial),
    simulated && words.tokens.demo(simulated.pin),
    !token.present && words.tokens.absent,
  ];
  return (
    <li>
      <Text block>{notes.filter(Boolean).join(' · ')}</Text>
      {token.pin.locked && <ErrorMessage failure={{ code: 'token.pin-locked', params: {} }} />}
      <ul className={styles.certificates}>
        {token.certificates.map(({ sha256, subjectName, notAfter, expired }) => (
          <li key={sha256}>
            <LightMark light={expired ? 'bad' : 'good'}>
              {words.tokens[expired ? 'expired' : 'valid'](subjectName, showDay(localDay(notAfter)))}
            </LightMark>
          </li>
        ))}
      </ul>
      {token.driver === 'pkcs12' && token.certificates.length === 0 && <Text>{words.tokens.hidden}</Text>}
    </li>
  );
}
