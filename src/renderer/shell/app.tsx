import { useEffect } from 'react';
import { FluentProvider } from '@fluentui/react-components';
import { ErrorMessage } from '../components/error-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import { useLanguage } from '../texts/language.ts';
import './app.css';
import { Shell } from './shell.tsx';
import { useSystemTheme } from './theme.ts';
import { useCall } from '../desk/use-call.ts';
import { SessionContext, useTicking } from '../desk/use-session.ts';

/** The window: theme, language and session, then the shell. */
export function App() {
  const language = useLanguage();
  const session = useCall('session.state', {}, ['session', 'settings']);
  const ticking = useTicking(session.data);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <FluentProvider theme={useSystemTheme()}>
      {session.failure && <ErrorMessage failure={session.failure} onRetry={session.reload} />}
      {ticking && (
        <SessionContext.Provider value={ticking}>
          <Shell />
        </SessionContext.Provider>
      )}
      {!session.data && session.slow && <Waiting />}
    </FluentProvider>
  );
}
