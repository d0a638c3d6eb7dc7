import { chmod, readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { DeskError } from '../../shared/errors/index.ts';
import { moveFile } from '../disk/busy.ts';

/** Where the desk keeps the few secrets it must remember (of the axis; never a PIN), by key. */
export interface Vault {
  /** Null when nothing is kept under `key`. Throws `host.vault-unreadable` when something is but cannot be read. */
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
}

/** How a secret is protected on disk. */
export interface Cipher {
  encrypt(secret: string): Promise<Uint8Array>;
  /** `stale`: the key has changed since, so the secret should be written again. */
  decrypt(bytes: Uint8Array): Promise<{ readonly secret: string; readonly stale: boolean }>;
}

/** Outside Electron there is no key store to ask: only the file's permissions keep other users out. */
export const permissionsOnly: Cipher = {
  encrypt: (secret) => Promise.resolve(Buffer.from(secret)),
  decrypt: (bytes) => Promise.resolve({ secret: Buffer.from(bytes).toString(), stale: false }),
};

const contents = z.record(z.string(), z.base64());

/** A vault in one file, readable by its owner only and replaced whole at each change. */
export function fileVault(path: string, cipher: Cipher): Vault {
  let writing: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Record<string, string>> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw new DeskError('host.vault-unreadable', {}, cause);
    }
    try {
      return contents.parse(JSON.parse(text));
    } catch {
      // The cause would quote the file, and with it secrets.
      throw new DeskError('host.vault-unreadable');
    }
  }

  async function write(key: string, value: string): Promise<void> {
    // A vault that cannot be read is started anew: the person has just typed the secret it should hold.
    const before = await read().catch(() => ({}));
    const kept = Buffer.from(await cipher.encrypt(value)).toString('base64');
    await writeFile(`${path}.new`, JSON.stringify({ ...before, [key]: kept }), { mode: 0o600, flush: true });
    await chmod(`${path}.new`, 0o600);
    await moveFile(`${path}.new`, path);
  }

  function set(key: string, value: string): Promise<void> {
    const written = writing.then(() => write(key, value));
    writing = written.catch(() => undefined);
    return written;
  }

  return {
    set,
    async get(key) {
      await writing;
      const kept = (await read())[key];
      if (kept === undefined) return null;
      const { secret, stale } = await cipher.decrypt(Buffer.from(kept, 'base64')).catch((cause: unknown) => {
        throw new DeskError('host.vault-unreadable', {}, cause);
      });
      if (stale) await set(key, secret);
      return secret;
    },
  };
}
