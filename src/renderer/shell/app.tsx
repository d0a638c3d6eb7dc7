import { FluentProvider } from '@fluentui/react-components';
import { ErrorMessage } from '../components/error-message.tsx';
import { useSystemTheme } from './theme.ts';
import { useCall } from './use-call.ts';
import { SessionContext } from './use-session.ts';

/** The window: theme and session, then the shell. */
export function App() {
  const session = useCall('session.state', {}, ['session', 'settings']);
  return (
    <FluentProvider theme={useSystemTheme()}>
      {session.failure && <ErrorMessage failure={session.failure} onRetry={session.reload} />}
      {session.data && <SessionContext.Provider value={session.data}>{null}</SessionContext.Provider>}
    </FluentProvider>
  );
}
