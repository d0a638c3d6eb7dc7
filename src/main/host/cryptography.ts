import { DeskError, errorSentence } from '../../shared/errors/index.ts';
import type { Problem } from '../../shared/ipc/call.ts';
import { failedAlgorithms } from '../crypto/self-test.ts';
import type { HostLog } from './desk-port.ts';

/**
 * What the cryptography of this machine lacks, for the log and for every window; null where all is well. The office
 * opens all the same, since most of its work needs none of it.
 */
export async function lackingCryptography(log: HostLog): Promise<Problem | null> {
  const lacking = await failedAlgorithms();
  if (lacking.length === 0) return null;
  const params = { algorithms: lacking.join(', ') };
  const error = new DeskError('host.cryptography-lacking', params);
  log.error(errorSentence(error.code, error.params, 'vi'), error);
  return { code: error.code, params };
}
