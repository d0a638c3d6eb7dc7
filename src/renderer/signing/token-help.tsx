import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { ErrorMessage } from '../components/error-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import { go } from '../shell/navigation.ts';
import { useTexts } from '../texts/language.ts';
import type { SigningAct } from './acts.ts';
import { texts } from './texts.ts';
import type { Choices } from './use-choices.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** No certificate to sign with: what the program sees instead, and what to do. */
export function TokenHelp({ act, asked }: { readonly act: SigningAct; readonly asked: Choices['asked'] }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { data, failure, slow, reload } = asked;
  if (!data && !failure) return slow ? <Waiting /> : null;
  const hidden = data?.tokens.filter(
    ({ driver, certificates }) => driver === 'pkcs12' && certificates.length === 0,
  );
  return (
    <div className={styles.root}>
      {failure ? (
        <ErrorMessage failure={failure} />
      ) : (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{words.noToken[act]}</MessageBarBody>
        </MessageBar>
      )}
      {data?.problems.map((problem) => (
        <ErrorMessage key={`${problem.code} ${JSON.stringify(problem.params)}`} failure={problem} />
      ))}
      {hidden?.map(({ id, module }) => (
        <MessageBar key={id} intent="info" layout="multiline">
          <MessageBarBody>{words.hiddenFile(module)}</MessageBarBody>
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
