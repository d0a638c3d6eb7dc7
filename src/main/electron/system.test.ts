import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PowerMonitor } from 'electron';
import { describe, expect, it } from 'vitest';
import { DeskError } from '../../shared/errors/index.ts';
import { safeStorageCipher } from './cipher.ts';
import { demoIn } from './demo-folder.ts';
import { endLoginsOnLock } from './lock.ts';
import { menuTemplate, pressOf } from './menu.ts';
import { startupTrouble } from './startup-trouble.ts';
import { utilityHost } from './token-host.ts';

interface Item {
  readonly label?: string;
  readonly accelerator?: string;
  readonly click?: () => void;
}

describe('parts of the system', () => {
  it('keeps secrets only under a key store', async () => {
    const storage = {
      available: true,
      isAsyncEncryptionAvailable: () => Promise.resolve(storage.available),
      encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(text).reverse() as Buffer),
      decryptStringAsync: (bytes: Uint8Array) =>
        Promise.resolve({ result: Buffer.from(bytes).reverse().toString(), shouldReEncrypt: true }),
    };
    const cipher = safeStorageCipher(storage);
    expect(await cipher.decrypt(await cipher.encrypt('abc'))).toEqual({ secret: 'abc', stale: true });
    storage.available = false;
    await expect(cipher.encrypt('abc')).rejects.toMatchObject({ code: 'host.no-keystore' });
    await expect(cipher.decrypt(Buffer.from('abc'))).rejects.toMatchObject({ code: 'host.no-keystore' });
  });

  it('runs a token host as a utility process and kills it for certain', () => {
    const killed: (number | string)[] = [];
    const posted: unknown[] = [];
    const pid: { pid: number | undefined } = { pid: 7 };
    const child = Object.assign(new EventEmitter(), pid, {
      kill: () => killed.push('politely') > 0,
      postMessage: (message: unknown) => void posted.push(message),
    });
    const launch = utilityHost('/token-host.js', {
      fork: () => child as unknown as ReturnType<Parameters<typeof utilityHost>[1]['fork']>,
      killByPid: (pid) => void killed.push(pid),
    });
    const host = launch();
    const heard: unknown[] = [];
    host.onMessage((message) => heard.push(message));
    host.onExit((exit) => heard.push(exit));
    host.post({ id: 1 });
    child.emit('message', { id: 1, ok: true });
    child.emit('exit', 9);
    host.kill();
    child.pid = undefined;
    host.kill();
    expect(posted).toEqual([{ id: 1 }]);
    expect(heard).toEqual([
      { id: 1, ok: true },
      { code: 9, signal: null },
    ]);
    expect(killed).toEqual([7, 'politely']);
  });

  it('ends logins when the screen is locked and when the computer sleeps', async () => {
    const monitor = new EventEmitter();
    const heard: string[] = [];
    const ends = [() => Promise.resolve(), () => Promise.reject(new Error('hung'))];
    endLoginsOnLock(monitor as unknown as PowerMonitor, () => ends.shift()!(), {
      info: () => undefined,
      error: (line) => void heard.push(line),
    });
    monitor.emit('lock-screen');
    monitor.emit('suspend');
    await expect.poll(() => heard).toEqual(['a login did not end with the screen locked']);
    expect(ends).toEqual([]);
  });

  it('has a menu whose items press the keys of the page', () => {
    const pressed: unknown[] = [];
    const items = menuTemplate('vi', (key) => pressed.push(key)).flatMap(({ submenu }) => submenu as Item[]);
    const withKeys = items.filter(({ accelerator }) => accelerator !== undefined);
    for (const item of withKeys) {
      expect(item).toMatchObject({ registerAccelerator: false });
      item.click?.();
    }
    expect(pressed).toContainEqual({ keyCode: 'K', modifiers: ['control'] });
    expect(pressed).toHaveLength(withKeys.length);
    expect(pressOf('F5')).toEqual({ keyCode: 'F5', modifiers: [] });
  });

  it.each(['vi', 'en'] as const)('gives each menu its own access key in %s', (language) => {
    const menus = menuTemplate(language, () => undefined);
    const labels = [menus, ...menus.map(({ submenu }) => submenu as Item[])];
    for (const level of labels) {
      const access = level.flatMap(({ label }) =>
        label === undefined ? [] : [/&(.)/u.exec(label)?.[1]?.toLowerCase()],
      );
      expect(access).not.toContain(undefined);
      expect(new Set(access).size).toBe(access.length);
    }
  });

  it('says in both languages why the desk did not open', () => {
    const { text } = startupTrouble(new DeskError('host.no-keystore'), '/log')!;
    expect(text).toContain('kho khóa');
    expect(text).toContain('key store');
    expect(text).toContain('host.no-keystore');
    expect(startupTrouble(new Error('secret'), '/desk.log')!.text).toContain('/desk.log');
    expect(startupTrouble(new Error('secret'), '/desk.log')!.text).not.toContain('secret');
  });
});

it('says nothing of an upgrade that the person stopped', () => {
  expect(startupTrouble(new DeskError('host.cancelled'), '/log')).toBeNull();
});

describe('a folder of the demo', () => {
  it('is known by its file, and by nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'demo-folder-'));
    expect(demoIn(folder)).toBeNull();
    const tokens = [{ label: 'Token mô phỏng', pin: '12345678' }];
    await writeFile(join(folder, 'demo.json'), JSON.stringify({ tokens }));
    expect(demoIn(folder)).toEqual({ tokens });
    await writeFile(join(folder, 'demo.json'), '{"tokens": "all"}');
    expect(() => demoIn(folder)).toThrow();
    await rm(folder, { recursive: true });
  });
});
