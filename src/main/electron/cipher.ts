import type { SafeStorage } from 'electron';
import { DeskError } from '../../shared/errors/index.ts';
import type { Cipher } from '../host/vault.ts';

type Storage = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'>;

/** Secrets under the key store of the system: on Windows DPAPI, which keeps out other users of the machine. */
export function safeStorageCipher(storage: Storage): Cipher {
  async function requireKeyStore(): Promise<void> {
    if (!(await storage.isAsyncEncryptionAvailable())) throw new DeskError('host.no-keystore');
  }
  return {
    async encrypt(secret) {
      await requireKeyStore();
      return storage.encryptStringAsync(secret);
    },
    async decrypt(bytes) {
      await requireKeyStore();
      const { result, shouldReEncrypt } = await storage.decryptStringAsync(Buffer.from(bytes));
      return { secret: result, stale: shouldReEncrypt };
    },
  };
}
