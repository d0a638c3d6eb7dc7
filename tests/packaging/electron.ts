import { EventEmitter } from 'node:events';

/** Electron as far as the program's entry uses it: what is asked of it is kept, its events are emitted by the tests. */

interface WindowOptions {
  readonly webPreferences: { readonly preload: string };
}
type Handler = (...args: unknown[]) => Promise<unknown>;
type Protocol = (request: Pick<Request, 'method' | 'url' | 'headers'>) => Promise<Response>;

export const seen = {
  /** What `--data` says, '' for a start without it. */
  given: '',
  /** The account's own folder. */
  account: '',
  called: [] as string[],
  handlers: new Map<string, Handler>(),
  protocols: new Map<string, Protocol>(),
  windows: [] as { readonly options: WindowOptions }[],
  trouble: [] as string[],
};
const note = (what: string): void => void seen.called.push(what);

/** Emits, besides Electron's events, `opened` when the window has its page and `exited` at the end. */
export const app = Object.assign(new EventEmitter(), {
  enableSandbox: () => note('sandbox'),
  commandLine: { getSwitchValue: (name: string) => (name === 'data' ? seen.given : '') },
  getPath: () => seen.account,
  getPreferredSystemLanguages: () => ['vi-VN'],
  requestSingleInstanceLock: () => true,
  whenReady: () => Promise.resolve(),
  exit: () => app.emit('exited'),
});

export class BrowserWindow extends EventEmitter {
  readonly options: WindowOptions;
  readonly webContents = Object.assign(new EventEmitter(), {
    isCrashed: () => false,
    send: () => undefined,
    sendInputEvent: () => undefined,
  });
  constructor(options: WindowOptions) {
    super();
    this.options = options;
    seen.windows.push(this);
  }
  isDestroyed = () => false;
  isMinimized = () => true;
  show = () => note('show');
  destroy = () => note('destroy');
  focus = () => note('focus');
  restore = () => note('restore');
  loadURL(url: string): Promise<void> {
    note(`load ${url}`);
    this.emit('ready-to-show');
    app.emit('opened');
    return Promise.resolve();
  }
}

export const dialog = { showErrorBox: (_: string, text: string) => void seen.trouble.push(text) };
export const ipcMain = { handle: (name: string, handler: Handler) => void seen.handlers.set(name, handler) };
export const Menu = {
  buildFromTemplate: (items: readonly unknown[]) => items,
  setApplicationMenu: () => note('menu'),
};
export const powerMonitor = new EventEmitter();
export const protocol = {
  registerSchemesAsPrivileged: ([{ scheme }]: [{ scheme: string }]) => note(`scheme ${scheme}`),
  handle: (scheme: string, handler: Protocol) => void seen.protocols.set(scheme, handler),
};
export const safeStorage = {};
export const session = {
  defaultSession: {
    setPermissionRequestHandler: () => note('deny'),
    setPermissionCheckHandler: () => note('deny'),
    setDevicePermissionHandler: () => note('deny'),
  },
};
export const shell = {};
export const utilityProcess = {};
