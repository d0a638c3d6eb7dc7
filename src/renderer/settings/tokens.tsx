import { useState } from 'react';
import { Button, Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import { expiryWarning } from '../../shared/domain/expiry.ts';
import type { TokenInfo } from '../../shared/domain/token.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import { daysUntil, localDay, showDay } from '../../shared/text/dates.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { LightMark } from '../components/verdict-badge.tsx';
import { Waiting } from '../components/waiting.tsx';
import { type Asked, useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';
import { LearnButton, LearnDialog } from '../signing/learn-certificates.tsx';
import { useTexts } from '../texts/language.ts';
import { Modules } from './modules.tsx';
import { Pkcs12Files } from './pkcs12.tsx';
import { PartHeading, Section } from './section.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between' },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
  expired: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalS})` },
  learn: { padding: `${tokens.spacingVerticalXS} 0 ${tokens.spacingVerticalS}` },
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
  const [includeExpired, setIncludeExpired] = useState(false);
  const seen = useCall('signing.tokens', { includeExpired }, ['tokens', 'settings']);
  return (
    <Section title={words.sections.tokens} {...(!mayChange && { hint: words.readOnly })}>
      <SeenTokens
        seen={seen}
        modules={settings.modules}
        includeExpired={includeExpired}
        onIncludeExpired={setIncludeExpired}
      />
      <Modules modules={settings.modules} problems={seen.data?.problems ?? []} mayChange={mayChange} />
      <Pkcs12Files files={settings.pkcs12} mayChange={mayChange} />
    </Section>
  );
}

function SeenTokens({
  seen: { data, failure, slow, reload },
  modules,
  includeExpired,
  onIncludeExpired,
}: {
  readonly seen: Asked<'signing.tokens'>;
  readonly modules: Settings['modules'];
  readonly includeExpired: boolean;
  readonly onIncludeExpired: (include: boolean) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  // What is wrong with a driver is said where the driver stands.
  const others = data?.problems.filter(({ path }) => !modules.some((module) => module.path === path));
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
      {data?.tokens.length === 0 && (
        <Text>{modules.length === 0 ? words.tokens.noDriver : words.tokens.none}</Text>
      )}
      <ul className={styles.list}>
        {data?.tokens.map((token) => (
          <SeenToken key={token.id} token={token} onFailed={reload} />
        ))}
      </ul>
      {others?.map((problem) => (
        <ErrorMessage key={problem.path} failure={problem} />
      ))}
      <Checkbox
        className={styles.expired}
        label={words.tokens.showExpired}
        checked={includeExpired}
        onChange={(_, { checked }) => onIncludeExpired(checked === true)}
      />
    </div>
  );
}

function SeenToken({ token, onFailed }: { readonly token: TokenInfo; readonly onFailed: () => void }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { demo, now } = useSession();
  const [reading, setReading] = useState(false);
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
        {token.certificates.map(({ sha256, subjectName, notBefore, notAfter, expired }) => (
          <li key={sha256}>
            {notBefore > now ? (
              <LightMark light="caution">
                {words.tokens.early(subjectName, showDay(localDay(notBefore)))}
              </LightMark>
            ) : (
              <LightMark light={expired ? 'bad' : endsSoon(notAfter, now) ? 'caution' : 'good'}>
                {words.tokens[expired ? 'expired' : 'valid'](subjectName, showDay(localDay(notAfter)))}
              </LightMark>
            )}
          </li>
        ))}
      </ul>
      {token.certificates.length === 0 && (
        <Text block>{words.tokens[token.hidesCertificates ? 'hidden' : 'noCertificate']}</Text>
      )}
      {token.hidesCertificates && token.present && (
        <div className={styles.learn}>
          <LearnButton label={token.label} onClick={() => setReading(true)} />
        </div>
      )}
      {reading && <LearnDialog token={token} onFailed={onFailed} onClose={() => setReading(false)} />}
    </li>
  );
}

const endsSoon = (notAfter: number, now: number): boolean =>
  expiryWarning(daysUntil(localDay(notAfter), now)) !== null;
