import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { ErrorMessage } from '../components/error-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import { go } from '../shell/navigation.ts';
import { useTexts } from '../texts/language.ts';
import { ownExpired } from './certificates.ts';
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
  const empty = there.filter(({ certificates }) => certificates.length === 0);
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
      {empty.map(({ id, driver, label, module }) => (
        <MessageBar key={id} intent="info" layout="multiline">
          <MessageBarBody>
            {driver === 'pkcs12' ? words.hiddenFile(module) : words.noCertificate(label)}
          </MessageBarBody>
        </MessageBar>
      ))}
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
