import type { HostLog } from './desk-port.ts';
import { failed, type Refusal } from './refusal.ts';

/**
 * Takes what nobody caught, an exception or a promise that failed with nobody waiting: it goes to the log, the person is
 * told, and the program goes on. All truth is in the records, and an act that failed has written nothing.
 * @param tell hears the failure as a person may see it
 */
export function catchTheRest(
  program: Pick<NodeJS.Process, 'on'>,
  log: HostLog,
  tell: (failure: Refusal) => void,
): void {
  const take = (error: unknown) => tell(failed(error, log));
  program.on('uncaughtException', take);
  program.on('unhandledRejection', take);
}
