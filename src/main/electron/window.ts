import type { BrowserWindowConstructorOptions } from 'electron';

/** The one window. What Electron 45 does by default is said again where a later default must not change it. */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    title: 'Bàn Văn Thư',
    name: 'desk',
    windowStatePersistence: true,
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 600,
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  };
}
