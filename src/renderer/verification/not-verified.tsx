import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import type { ErrorCode } from '../../shared/errors/index.ts';
import { call } from '../desk/bridge.ts';
import { type Asked, useAct } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { texts } from '../components/texts.ts';

const useStyles = makeStyles({
  state: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    minHeight: '28px',
  },
});

const stopped = 'host.cancelled' satisfies ErrorCode;

/** In place of what checking a file found: it is still being checked, and can be stopped, or it was, or it failed. */
export function NotVerified({
  sha256,
  failure,
  slow,
  reload,
}: { readonly sha256: string } & Pick<Asked<'verification.of'>, 'failure' | 'slow' | 'reload'>) {
  const styles = useStyles();
  const words = useTexts(texts);
  const act = useAct(async () => {
    await call(slow ? 'verification.stop' : 'verification.again', { sha256 });
    if (!slow) reload();
  });
  if (act.failure) return <ErrorMessage failure={act.failure} onDismiss={act.clear} />;
  if (!slow && !failure) return null;
  if (!slow && failure?.code !== stopped) return <ErrorMessage failure={failure!} onRetry={reload} />;
  // One button in one place: who pressed it keeps the keyboard there.
  return (
    <div className={styles.state}>
      <output>
        {slow ? <Spinner size="tiny" label={words.verifying} /> : <Text>{words.verificationStopped}</Text>}
      </output>
      <Button size="small" disabledFocusable={act.busy} onClick={() => act.run()}>
        {slow ? words.stop : words.checkAgain}
      </Button>
    </div>
  );
}
