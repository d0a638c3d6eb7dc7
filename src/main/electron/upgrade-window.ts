import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { windowOptions } from './window.ts';

/** The small window that shows how far the records have been made ready for this version. It needs no bridge. */
export function upgradeWindowOptions(): BrowserWindowConstructorOptions {
  const { title = '', webPreferences: { preload: _, ...webPreferences } = {} } = windowOptions('');
  return {
    title,
    width: 520,
    height: 260,
    useContentSize: true,
    resizable: false,
    maximizable: false,
    fullscreenable: false,
    show: false,
    webPreferences,
  };
}

/** Whoever closes the window stops the upgrade; it goes when that is safe, with the program. */
export function stopOnClose(window: Pick<BrowserWindow, 'on'>, stop: () => void): void {
  window.on('close', (event) => {
    event.preventDefault();
    stop();
  });
}
