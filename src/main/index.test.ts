import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openStore } from './store/index.ts';

/** Electron as far as the entry uses it: what is asked of it is kept, its events are emitted by the tests. */
const electron = vi.hoisted(() => ({
  data: '',
  called: [] as string[],
  handlers: new Map<string, (...args: unknown[]) => Promise<unknown>>(),
  protocols: new Map<string, (request: object) => Promise<Response>>(),
  windows: [] as { options: { webPreferences: { preload: string } } }[],
  trouble: [] as string[],
  app: undefined as unknown as EventEmitter,
}));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  const note = (what: string) => void electron.called.push(what);
  class BrowserWindow extends EventEmitter {
    options: { webPreferences: { preload: string } };
    webContents = Object.assign(new EventEmitter(), {
      isCrashed: () => false,
      send: () => undefined,
      sendInputEvent: () => undefined,
    });
    constructor(options: { webPreferences: { preload: string } }) {
      super();
      this.options = options;
      electron.windows.push(this);
    }
    isDestroyed = () => false;
    isMinimized = () => true;
    show = () => note('show');
    focus = () => note('focus');
    restore = () => note('restore');
    async loadURL(url: string) {
      note(`load ${url}`);
      this.emit('ready-to-show');
      electron.app.emit('opened');
    }
  }
  electron.app = Object.assign(new EventEmitter(), {
    enableSandbox: () => note('sandbox'),
    commandLine: { getSwitchValue: (name: string) => (name === 'data' ? electron.data : '') },
    setPath: (_: string, path: string) => (electron.data = path),
    getPath: () => electron.data,
    getPreferredSystemLanguages: () => ['vi-VN'],
    requestSingleInstanceLock: () => true,
    whenReady: () => Promise.resolve(),
    exit: () => electron.app.emit('exited'),
  });
  return {
    app: electron.app,
    BrowserWindow,
    dialog: { showErrorBox: (_: string, text: string) => void electron.trouble.push(text) },
    ipcMain: { handle: (name: string, handler: never) => void electron.handlers.set(name, handler) },
    Menu: { buildFromTemplate: (items: unknown[]) => items, setApplicationMenu: () => note('menu') },
    powerMonitor: new EventEmitter(),
    protocol: {
      registerSchemesAsPrivileged: ([{ scheme }]: [{ scheme: string }]) => note(`scheme ${scheme}`),
      handle: (scheme: string, handler: never) => void electron.protocols.set(scheme, handler),
    },
    safeStorage: {},
    session: {
      defaultSession: {
        setPermissionRequestHandler: () => note('deny'),
        setPermissionCheckHandler: () => note('deny'),
        setDevicePermissionHandler: () => note('deny'),
      },
    },
    shell: {},
    utilityProcess: {},
  };
});

beforeAll(async () => {
  electron.data = await mkdtemp(join(tmpdir(), 'electron-entry-'));
  await import('./index.ts');
  await Promise.race([once(electron.app, 'opened'), once(electron.app, 'exited')]);
  expect(electron.trouble).toEqual([]);
});
afterAll(() => rm(electron.data, { recursive: true }));

it('opens one sandboxed window on our page, and nothing is granted to it', () => {
  expect(electron.called.slice(0, 2)).toEqual(['sandbox', 'scheme app']);
  expect(electron.called.filter((what) => what === 'deny')).toHaveLength(3);
  expect(electron.called.slice(-3)).toEqual(['menu', 'load app://desk/', 'show']);
  expect(electron.windows).toHaveLength(1);
  expect(electron.windows[0]?.options.webPreferences.preload).toMatch(/preload\.cjs$/);
});

it('answers its page out of the real desk', async () => {
  const event = { senderFrame: { parent: null, url: 'app://desk/' } };
  const answer = await electron.handlers.get('desk:call')?.(event, 'session.state', {});
  expect(answer).toMatchObject({ ok: true, value: { host: 'electron', currentPersonId: null, demo: null } });
  const request = { method: 'GET', url: `app://desk/files/${'0'.repeat(64)}`, headers: new Headers() };
  expect((await electron.protocols.get('app')?.(request))?.status).toBe(404);
});

it('comes to the front when it is started a second time', () => {
  electron.app.emit('second-instance');
  expect(electron.called.slice(-2)).toEqual(['restore', 'focus']);
});

it('closes the office before it ends', async () => {
  const office = join(electron.data, 'office');
  expect(() => openStore(office)).toThrow(expect.objectContaining({ code: 'store.already-open' }));
  const prevented = vi.fn();
  const exited = once(electron.app, 'exited');
  electron.app.emit('will-quit', { preventDefault: prevented });
  await exited;
  expect(prevented).toHaveBeenCalledOnce();
  openStore(office).close();
  expect(electron.trouble).toEqual([]);
});
