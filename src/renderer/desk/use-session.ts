import { createContext, useContext, useEffect, useState } from 'react';
import type { Person } from '../../shared/domain/people.ts';
import { type Capability, grantOf } from '../../shared/domain/permissions.ts';
import type { Session } from '../../shared/ipc/session.ts';

export const SessionContext = createContext<Session | null>(null);

/** The desk and who sits at it; the shell shows nothing before it is known. `now` is the desk's clock, by the minute. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of the shell');
  return session;
}

/** Who sits at this window; undefined when nobody does. */
export function useCurrentPerson(): Person | undefined {
  const { people, currentPersonId } = useSession();
  return people.find((person) => person.id === currentPersonId);
}

/** What whoever sits at the desk may do; nobody may do nothing. */
export function useMay(): (capability: Capability) => boolean {
  const person = useCurrentPerson();
  return (capability) => person !== undefined && grantOf(person.role, capability) !== undefined;
}

const tickMs = 30_000;

/** The session as asked last, its clock going on. */
export function useTicking(session: Session | undefined): Session | null {
  const [clock, setClock] = useState<{ of: Session; elapsedMs: number }>();
  useEffect(() => {
    if (!session) return undefined;
    const start = Date.now();
    const timer = setInterval(() => setClock({ of: session, elapsedMs: Date.now() - start }), tickMs);
    return () => clearInterval(timer);
  }, [session]);
  if (!session) return null;
  return clock?.of === session ? { ...session, now: session.now + clock.elapsedMs } : session;
}
