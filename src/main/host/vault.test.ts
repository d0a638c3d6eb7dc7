import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Cipher, fileVault, permissionsOnly } from './vault.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vault-'));
  path = join(folder, 'vault.json');
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps secrets between openings, for their owner only', async () => {
  const vault = fileVault(path, permissionsOnly);
  expect(await vault.get('axis')).toBeNull();
  await Promise.all([vault.set('axis', 'bí mật'), vault.set('other', 'x')]);
  await vault.set('axis', 'mới');
  const again = fileVault(path, permissionsOnly);
  expect([await again.get('axis'), await again.get('other')]).toEqual(['mới', 'x']);
  // Windows has no such bits: there the folder of the account keeps others out.
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('says that a damaged vault is unreadable, and starts anew when a secret is entered', async () => {
  const vault = fileVault(path, permissionsOnly);
  for (const damaged of ['{', '{"axis": 1}', '{"axis": "not base64!"}']) {
    await writeFile(path, damaged);
    await expect(vault.get('axis')).rejects.toMatchObject({ code: 'host.vault-unreadable' });
  }
  await vault.set('axis', 'x');
  expect(await vault.get('axis')).toBe('x');
});

it('says the same of a secret whose key is gone, without quoting it', async () => {
  const locked: Cipher = { ...permissionsOnly, decrypt: () => Promise.reject(new Error('DPAPI')) };
  const vault = fileVault(path, locked);
  await vault.set('axis', 'x');
  await expect(vault.get('axis')).rejects.toMatchObject({ code: 'host.vault-unreadable' });
});

it('writes a secret again when its key has changed', async () => {
  let generation = 1;
  const rotating: Cipher = {
    encrypt: (secret) => Promise.resolve(Buffer.from(`${generation}:${secret}`)),
    decrypt(bytes) {
      const [made, secret = ''] = Buffer.from(bytes).toString().split(':');
      return Promise.resolve({ secret, stale: Number(made) !== generation });
    },
  };
  const vault = fileVault(path, rotating);
  await vault.set('axis', 'x');
  generation = 2;
  expect(await vault.get('axis')).toBe('x');
  expect(await readFile(path, 'utf8')).toContain(Buffer.from('2:x').toString('base64'));
});
