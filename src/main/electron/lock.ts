import type { PowerMonitor } from 'electron';
import type { HostLog } from '../host/desk-port.ts';

/** A token must not stay unlocked behind a locked screen, nor in a computer that sleeps. */
export function endLoginsOnLock(
  monitor: Pick<PowerMonitor, 'on'>,
  endLogins: () => Promise<void>,
  log: HostLog,
): void {
  const end = () => {
    endLogins().catch((error: unknown) => log.error('a login did not end with the screen locked', error));
  };
  monitor.on('lock-screen', end);
  monitor.on('suspend', end);
}
