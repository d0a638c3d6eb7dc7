import { useEffect, useState } from 'react';
import { FluentProvider, makeStyles, ProgressBar, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { answerSchema } from '../../shared/ipc/index.ts';
import { UPGRADE_PATH, upgradeStateSchema, type UpgradeState } from '../../shared/ipc/upgrade.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { asFailure, CallFailure, unreachable } from '../desk/bridge.ts';
import '../shell/app.css';
import { useSystemTheme } from '../shell/theme.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

/** Between two looks at how far it is. */
const PAUSE_MS = 300;

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    maxWidth: '520px',
    minHeight: '100vh',
    boxSizing: 'border-box',
    justifyContent: 'center',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXXL}`,
  },
  title: { margin: 0 },
  hint: { color: tokens.colorNeutralForeground2 },
});

/** How far the records of the version before have been made ready; a browser's tab then goes to the desk. */
export function Upgrade() {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { state, failure } = useUpgrade();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const show = (value: number) => showNumber(value, language);
  const text = state && words.progress(show(state.done), show(state.total));
  return (
    <FluentProvider theme={useSystemTheme()}>
      <main className={styles.page}>
        <Subtitle1 as="h1" className={styles.title}>
          {failure ? words.failed : words.title}
        </Subtitle1>
        {!failure && <Text>{words.hint}</Text>}
        {failure ? (
          <ErrorMessage failure={failure} />
        ) : (
          <>
            <ProgressBar
              {...(state && state.total > 0 && { value: state.done, max: state.total })}
              thickness="large"
              aria-label={text ?? words.title}
            />
            <Text className={styles.hint}>{text}</Text>
          </>
        )}
        <Text className={styles.hint}>{words.safe}</Text>
      </main>
    </FluentProvider>
  );
}

function useUpgrade(): { state: UpgradeState | null; failure: CallFailure | null } {
  const [state, setState] = useState<UpgradeState | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  useEffect(() => {
    const ending = new AbortController();
    let later: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      try {
        const found = await ask(ending.signal);
        setState(found);
        if (!found.isOpen) later = setTimeout(() => void look(), PAUSE_MS);
        // The desk is at the same address; Electron shows it in a window of its own.
        else if (location.pathname === '/') location.reload();
      } catch (error) {
        if (!ending.signal.aborted) setFailure(asFailure(error));
      }
    };
    void look();
    return () => {
      ending.abort();
      clearTimeout(later);
    };
  }, []);
  return { state, failure };
}

async function ask(signal: AbortSignal): Promise<UpgradeState> {
  const response = await fetch(UPGRADE_PATH, { signal }).catch((error: unknown) => {
    throw new CallFailure(unreachable, {}, error);
  });
  const answer = answerSchema.parse(await response.json());
  if (!answer.ok) throw new CallFailure(answer.code, answer.params);
  return upgradeStateSchema.parse(answer.value);
}
