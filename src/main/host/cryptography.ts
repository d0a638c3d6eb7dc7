import { DeskError, errorSentence } from '../../shared/errors/index.ts';
import { failedAlgorithms } from '../crypto/self-test.ts';
import type { HostLog } from './desk-port.ts';

/** The log says which algorithms this machine lacks; the office opens all the same, since most of its work needs none. */
export async function tellLackingCryptography(log: HostLog): Promise<void> {
  const lacking = await failedAlgorithms();
  if (lacking.length === 0) return;
  const error = new DeskError('host.cryptography-lacking', { algorithms: lacking.join(', ') });
  log.error(errorSentence(error.code, error.params, 'vi'), error);
}
