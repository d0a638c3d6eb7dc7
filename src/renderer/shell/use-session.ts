import { createContext, useContext } from 'react';
import type { Person } from '../../shared/domain/people.ts';
import type { Session } from '../../shared/ipc/settings.ts';

export const SessionContext = createContext<Session | null>(null);

/** The desk and who sits at it; the shell shows nothing before it is known. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of the shell');
  return session;
}

export function useCurrentPerson(): Person | undefined {
  const { people, currentPersonId } = useSession();
  return people.find((person) => person.id === currentPersonId);
}
