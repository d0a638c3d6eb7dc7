import { EventEmitter } from 'node:events';
import type { Session, WebContents, WindowOpenHandlerResponse } from 'electron';
import { describe, expect, it } from 'vitest';
import { denyPermissions, guardContents } from './guards.ts';
import { externalUrl, isOurPage } from './origin.ts';
import { windowOptions } from './window.ts';

describe('addresses', () => {
  it.each(['app://desk', 'app://desk/', 'app://desk/index.html#/incoming'])('%s is ours', (url) => {
    expect(isOurPage(url)).toBe(true);
  });

  it.each([
    'https://evil.example/?next=app://desk/',
    'app://desk.evil.example/',
    'app://evil/',
    'app://desk@evil/',
    'app://user:x@desk/',
    'app:desk',
    'apps://desk/',
    'file:///app://desk/',
    'about:blank',
    '',
  ])('%s is not', (url) => {
    expect(isOurPage(url)).toBe(false);
  });

  it.each([
    ['https://vanban.example/a b', 'https://vanban.example/a%20b'],
    ['HTTP://example.com', 'http://example.com/'],
    ['mailto:vt@example.edu.vn', 'mailto:vt@example.edu.vn'],
    ['file:///C:/Windows/System32/calc.exe', null],
    ['ms-msdt:/id', null],
    ['javascript:alert(1)', null],
    ['\\\\server\\share', null],
    [`https://example.com/${'x'.repeat(2000)}`, null],
    [['https://example.com'], null],
  ])('%s goes to the system as %s', (url, opened) => {
    expect(externalUrl(url)).toBe(opened);
  });
});

type OpenHandler = (details: { url: string }) => WindowOpenHandlerResponse;

/** A WebContents as far as the guard knows it; the events are Electron's own names. */
function guarded(): {
  ask: (event: string, details: object) => boolean;
  open: (url: string) => unknown;
  opened: string[];
} {
  const emitter = new EventEmitter();
  const opened: string[] = [];
  let handler: OpenHandler | undefined;
  const contents = Object.assign(emitter, {
    setWindowOpenHandler: (given: OpenHandler) => (handler = given),
  });
  guardContents(contents as unknown as WebContents, (url) => void opened.push(url));
  return {
    ask(event, details) {
      let prevented = false;
      emitter.emit(event, { ...details, preventDefault: () => (prevented = true) });
      return !prevented;
    },
    open: (url) => handler?.({ url }),
    opened,
  };
}

describe('window', () => {
  it('goes nowhere but to our page', () => {
    const { ask } = guarded();
    expect(ask('will-navigate', { url: 'app://desk/index.html' })).toBe(true);
    expect(ask('will-navigate', { url: 'https://evil.example/' })).toBe(false);
    expect(ask('will-frame-navigate', { url: 'app://desk/', isMainFrame: true })).toBe(true);
    expect(ask('will-frame-navigate', { url: 'app://desk/', isMainFrame: false })).toBe(false);
    expect(ask('will-redirect', { url: 'app://desk/' })).toBe(false);
    expect(ask('will-attach-webview', {})).toBe(false);
  });

  it('opens no window; a web address goes to the system', () => {
    const { open, opened } = guarded();
    expect(open('https://example.com/')).toEqual({ action: 'deny' });
    expect(open('app://desk/')).toEqual({ action: 'deny' });
    expect(open('file:///etc/passwd')).toEqual({ action: 'deny' });
    expect(opened).toEqual(['https://example.com/']);
  });

  it('is granted no permission, asked in any way', () => {
    const answers: boolean[] = [];
    type Handlers = {
      setPermissionRequestHandler: (
        h: (c: null, p: string, answer: (granted: boolean) => void) => void,
      ) => void;
      setPermissionCheckHandler: (h: () => boolean) => void;
      setDevicePermissionHandler: (h: () => boolean) => void;
    };
    const handlers: Handlers = {
      setPermissionRequestHandler: (h) => h(null, 'media', (granted) => answers.push(granted)),
      setPermissionCheckHandler: (h) => answers.push(h()),
      setDevicePermissionHandler: (h) => answers.push(h()),
    };
    denyPermissions(handlers as unknown as Session);
    expect(answers).toEqual([false, false, false]);
  });

  it('is sandboxed and isolated', () => {
    expect(windowOptions('/preload.cjs').webPreferences).toMatchObject({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
    });
  });
});
