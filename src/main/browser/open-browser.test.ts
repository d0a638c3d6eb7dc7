import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electronArguments, findElectron, windowless } from './electron-binary.ts';
import { openBrowser, openerOf } from './open-browser.ts';

describe('openBrowser', () => {
  it.each([
    ['linux', 'xdg-open', ['u']],
    ['darwin', 'open', ['u']],
    ['win32', 'cmd.exe', ['/c', 'start', '""', 'u']],
  ] as const)('on %s uses %s', (platform, command, args) => {
    expect(openerOf(platform, 'u')).toEqual([command, args]);
  });

  it('says whether it worked and never throws', async () => {
    const shell = process.platform === 'win32' ? (['cmd.exe', '/c'] as const) : (['sh', '-c'] as const);
    expect(await openBrowser('u', [shell[0], [shell[1], 'exit 0']])).toBe(true);
    expect(await openBrowser('u', [shell[0], [shell[1], 'exit 1']])).toBe(false);
    expect(await openBrowser('u', ['no-such-command-here', []])).toBe(false);
  });
});

describe('findElectron', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'electron-'))));
  afterEach(() => rm(folder, { recursive: true }));
  const installer = (code: string) => writeFile(join(folder, 'install.js'), code);

  it('says that the package is missing', async () => {
    expect(await findElectron(true, { folder: null })).toEqual({
      missing: 'the npm package electron is not installed',
    });
  });

  it('downloads only when allowed', async () => {
    await installer(
      `const fs = require('fs'); fs.mkdirSync(__dirname + '/dist');
       fs.writeFileSync(__dirname + '/dist/electron', ''); fs.writeFileSync(__dirname + '/path.txt', 'electron');`,
    );
    expect(await findElectron(false, { folder, noWindow: null })).toEqual({
      missing: 'its program has not been downloaded',
    });
    expect(await findElectron(true, { folder, noWindow: null })).toEqual({
      path: join(folder, 'dist', 'electron'),
    });
    await installer('process.exit(1)');
    expect(await findElectron(true, { folder, noWindow: null })).toEqual({
      path: join(folder, 'dist', 'electron'),
    });
  });

  it.each([
    ['console.error("getaddrinfo ENOTFOUND\\n  at x"); process.exit(1)', '(getaddrinfo ENOTFOUND)', {}],
    ['', '(the installer left nothing)', {}],
    ['setInterval(() => 0, 1000)', '(no answer within 0.3 seconds)', { timeoutMs: 300 }],
  ])('tells why the download by `%s` failed', async (code, reason, limit) => {
    await installer(code);
    expect(await findElectron(true, { folder, noWindow: null, ...limit })).toEqual({
      missing: `its program could not be downloaded ${reason}`,
    });
  });

  it('looks for nothing where no window can be shown', async () => {
    await installer('throw new Error("asked for a download")');
    const missing = windowless('linux', {})!;
    expect(missing).toBe('there is no desktop session to show its window');
    expect(await findElectron(true, { folder, noWindow: missing })).toEqual({ missing });
  });

  it.each([
    ['linux', { DISPLAY: ':0' }],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }],
    ['win32', {}],
    ['darwin', {}],
  ] as const)('%s with %j shows windows', (platform, env) => {
    expect(windowless(platform, env)).toBeNull();
  });

  it('starts it with the program and its folder of data', () => {
    expect(electronArguments('/program', '/office').slice(-3)).toEqual([
      '/program',
      `--user-data-dir=${join('/office', 'profile')}`,
      '--data=/office',
    ]);
  });
});
