import { Fragment, useState } from 'react';
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  tokens,
} from '@fluentui/react-components';
import { ErrorMessage } from '../components/error-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import { go } from '../navigation/route.ts';
import { useTexts } from '../texts/language.ts';
import { ownExpired } from './certificates.ts';
import { LearnButton, LearnDialog } from './learn-certificates.tsx';
import { texts } from './texts.ts';
import type { Choices } from './use-choices.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** No certificate to sign with: what the program sees instead, and what to do. */
export function TokenHelp({ asked, holder }: Pick<Choices, 'asked' | 'holder'>) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { data, failure, slow, reload } = asked;
  if (!data && !failure) return slow ? <Waiting /> : null;
  const there = data?.tokens.filter(({ present }) => present) ?? [];
  return (
    <div className={styles.root}>
      {failure ? (
        <ErrorMessage failure={failure} />
      ) : (
        ownExpired(there, holder).length === 0 && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{words.noToken[holder.kind]}</MessageBarBody>
          </MessageBar>
        )
      )}
      {data?.problems.map((problem) => (
        <ErrorMessage key={problem.path} failure={problem} />
      ))}
      <HiddenCertificates asked={asked} />
      <div className={styles.buttons}>
        <Button size="small" onClick={reload}>
          {words.lookAgain}
        </Button>
        <Button size="small" onClick={() => go('settings', 'tokens')}>
          {words.tokenSettings}
        </Button>
      </div>
    </div>
  );
}

/** Tokens that may hold the right certificate: they show none in force before their PIN. */
export function HiddenCertificates({ asked: { data, reload } }: Pick<Choices, 'asked'>) {
  const words = useTexts(texts);
  const [reading, setReading] = useState<string>();
  const hiding = data?.tokens.filter(
    ({ present, hidesCertificates, certificates }) =>
      present && hidesCertificates && certificates.every(({ expired }) => expired),
  );
  return hiding?.map((token) => (
    <Fragment key={token.id}>
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>{words.hidesCertificates(token.label)}</MessageBarBody>
        <MessageBarActions>
          <LearnButton label={token.label} onClick={() => setReading(token.id)} />
        </MessageBarActions>
      </MessageBar>
      {reading === token.id && (
        <LearnDialog token={token} onFailed={reload} onClose={() => setReading(undefined)} />
      )}
    </Fragment>
  ));
}
